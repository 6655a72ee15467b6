"""Ballots: cast by the member, typed over from paper, confirmed by a second person."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.people.screens import PageKind, screen
from core.ui.forms import StepForm
from core.ui.parts import Action, Fact, Panel
from core.workflow.models import Stepped
from reviews import services
from reviews.forms.ballots import OWN, TYPED
from reviews.models import AgendaItem, GradeBallot, ScoreBallot, VoteBallot
from reviews.selectors.ballots import BALLOTS, items_with_own, own_ballot, seats_to_type
from reviews.services import Paper
from reviews.services.sealing import typed_digest

from . import content
from .answers import FORM, acting, answer, crumbs

FACTS = "components/facts.html"


@screen("vote", AgendaItem)
@FORM
def ballot_cast(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """The member's own ballot on one item; saved ones show what was counted from them."""
    user, council = acting(request), item.council
    mine, items = own_ballot(item, user), list(items_with_own(council, user))
    following = next((one for one in items if not one.voted and one.pk != item.pk), None)
    form = OWN[council.kind](request.POST or None, item=item, ballot=mine)

    def act() -> str:
        services.cast_ballot(item, form.content(), actor=user)
        return reverse("reviews:ballot-cast", args=[following.code]) if following else request.path

    return answer(
        request,
        form,
        act,
        title=_("My ballot: %(code)s") % {"code": item.subject.code},
        lead=_("Ballot %(number)s of %(all)s") % _place(item, items) if len(items) > 1 else "",
        submit_label=_("Change my ballot") if mine else _("Cast my ballot"),
        done=_filed(item, following, items),
        back=council.get_absolute_url(),
        panels=[_subject_panel(item)],
        notes=content.own_note(mine),
        crumbs=crumbs(council),
    )


def _place(item: AgendaItem, items: Sequence[AgendaItem]) -> dict[str, int]:
    """Which of the ballots of the sitting the item's is, counted from one."""
    return {"number": [one.pk for one in items].index(item.pk) + 1, "all": len(items)}


def _filed(item: AgendaItem, following: AgendaItem | None, items: Sequence[AgendaItem]) -> str:
    """Which ballot is in and may still be changed, and which one the page that follows asks for."""
    code = {"code": item.subject.code}
    done = _("The ballot for %(code)s is in. You may change it until the ballot is closed.") % code
    if following is None:
        return done
    next_one = _("Next: %(code)s (%(number)s of %(all)s).")
    return f"{done} {next_one % {'code': following.subject.code, **_place(following, items)}}"


def _subject_panel(item: AgendaItem) -> Panel:
    subject: Stepped = item.subject
    facts = [Fact(_("Code"), subject.code, "code", url=subject.get_absolute_url()), Fact(_("Title"), item.title)]
    if item.seen_by_host:
        facts.append(Fact(_("Host organisation"), item.seen_by_host))
    return Panel(_("What you judge"), FACTS, {"facts": facts}, slot="main", icon="file")


@screen("type_ballots", AgendaItem)
@FORM
def ballot_type(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """A paper ballot typed over by the secretary."""
    council = item.council
    form = TYPED[council.kind](request.POST or None, request.FILES or None, item=item, seats=seats_to_type(item))

    def act() -> None:
        paper = Paper(seat=form.chosen_seat(), scan=form.cleaned_data["scan"])
        services.enter_paper_ballot(item, form.read(), paper=paper, actor=acting(request), key=form.acting_key)

    return answer(
        request,
        form,
        act,
        title=_("Type a paper ballot"),
        submit_label=_("Save the ballot"),
        done=_("The ballot is typed. A second person must confirm it."),
        back=council.get_absolute_url(),
        panels=[_subject_panel(item)],
        crumbs=crumbs(council),
    )


def _confirm(request: HttpRequest, ballot: Any) -> HttpResponse:
    council = ballot.item.council
    form = StepForm(request.POST or None, with_reason=False, initial={"shown": typed_digest(ballot)})

    def act() -> None:
        services.confirm_ballot(ballot, actor=acting(request), shown=form.was_shown)

    scan = reverse(f"reviews:ballot-scan-{council.kind}", args=[ballot.code])
    facts = [Fact(_("Ballot of"), str(ballot.seat.user)), *content.facts_of(ballot)]
    actions = [Action(_("Open the scan"), scan, icon="file")]
    typed = Panel(_("What was typed"), FACTS, {"facts": facts}, slot="main", icon="ballot", actions=actions)
    return answer(
        request,
        form,
        act,
        title=_("Confirm a paper ballot"),
        lead=_("Compare the scan with what was typed. If they differ, let the secretary type the ballot again."),
        submit_label=_("The paper says the same: confirm"),
        done=_("The ballot is confirmed."),
        back=council.get_absolute_url(),
        panels=[_subject_panel(ballot.item), typed],
        crumbs=crumbs(council),
    )


def _scan(request: HttpRequest, ballot: Any) -> HttpResponseBase:
    if ballot.scan is None:
        return redirect(ballot.item.council.get_absolute_url())
    response = FileResponse(
        ballot.scan.place.open("rb"),
        as_attachment=True,
        filename=ballot.scan.name,
        content_type=ballot.scan.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


RELATED = ("item__council", "seat__user", "scan")
View = Callable[..., HttpResponseBase]
confirm_views: dict[str, View] = {
    kind: screen("confirm", model, related=RELATED)(FORM(_confirm)) for kind, model in BALLOTS.items()
}
scan_views: dict[str, View] = {
    kind: screen("view", model, kind=PageKind.OTHER, related=RELATED)(require_GET(_scan))
    for kind, model in BALLOTS.items()
}
__all__ = ["GradeBallot", "ScoreBallot", "VoteBallot", "ballot_cast", "ballot_type", "confirm_views", "scan_views"]
