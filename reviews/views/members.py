"""The members of a council: named, replaced, with their conflicts of interest."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from core.people.models import User
from core.people.policy import allowed, visible_to
from core.people.screens import screen
from core.ui.forms import KeyedForm
from core.ui.parts import Action, Panel
from reviews import services
from reviews.forms.seats import ReplaceForm, SeatForm
from reviews.models import Capacity, Council, Position, Seat, SeatReplacement
from reviews.selectors.conflicts import Conflict, category_label, conflicts_of
from reviews.selectors.seats import candidates, founders, replacements_waiting, seats_of, unit_of

from .answers import FORM, acting, answer, crumbs
from .declaring import conflict_panels


@screen("name", Council)
@FORM
def council_members(request: HttpRequest, council: Council) -> HttpResponse:
    """Who sits, what speaks against it, and in a draft the form for one more."""
    user, seats = acting(request), seats_of(council)
    rights = allowed(user, council, "edit", "replace", "note_conflicts")
    if request.method == "POST" and "edit" not in rights:
        raise Http404
    form = SeatForm(request.POST or None, candidates=candidates(council))

    def act() -> str:
        data = form.cleaned_data
        services.add_seat(
            council,
            actor=acting(request),
            user=data["user"],
            position=Position(data["position"]),
            capacity=Capacity(data["capacity"]),
        )
        return request.path

    return answer(
        request,
        form,
        act,
        title=_("Members"),
        submit_label=_("Name this member"),
        done=_("The member is named."),
        back=council.get_absolute_url(),
        panels=[
            _panel(council, user, seats, rights),
            *conflict_panels(council, user, seats),
            *waiting_panels(council, user),
        ],
        crumbs=crumbs(council),
        template="reviews/form.html" if "edit" in rights else "reviews/panels.html",
    )


def _panel(council: Council, user: User, seats: Sequence[Seat], rights: frozenset[str]) -> Panel:
    conflicts, others = conflicts_of(council, seats), rights - {"note_conflicts"}
    rows = [
        _row(seat, [one for one in conflicts if one.seat == seat], others if seat.user_id == user.pk else rights)
        for seat in seats
    ]
    return Panel(_("Members"), "reviews/_seats.html", {"rows": rows}, slot="main", icon="users")


def waiting_panels(council: Council, user: User) -> list[Panel]:
    """Replacements that a second person still has to confirm, for those who may; no panel without any."""
    rows = replacements_waiting(council).filter(pk__in=visible_to(user, SeatReplacement).values("pk"))
    lines = [_replacement(row, allowed(user, row, "confirm", "drop")) for row in rows]
    title = _("Replacements to be confirmed")
    return [Panel(title, "reviews/_seats.html", {"rows": lines}, slot="main", icon="users")] if lines else []


def _replacement(row: SeatReplacement, rights: frozenset[str]) -> dict[str, Any]:
    pages = (("confirm", _("Confirm")), ("drop", _("Strike")))
    return {
        "name": f"{row.seat} → {row.user}",
        "position": row.decision,
        "capacity": formats.date_format(row.decided_on),
        "unit": str(row.decided_by),
        "note": row.reason,
        "actions": [
            Action(_("Scan of the decision"), reverse("documents:file-download", args=[row.scan.code])),
            *(
                Action(label, reverse(f"reviews:replacement-{right}", args=[row.code]), danger=right == "drop")
                for right, label in pages
                if right in rights
            ),
        ],
    }


def _row(seat: Seat, conflicts: list[Conflict], rights: frozenset[str]) -> dict[str, Any]:
    return {
        "name": str(seat.user),
        "position": seat.get_position_display(),
        "capacity": seat.get_capacity_display(),
        "unit": unit_of(seat.user),
        "barred": [category_label(one.category) for one in conflicts if one.is_barred],
        "known": [category_label(one.category) for one in conflicts if not one.is_barred],
        "note": seat.declared_note,
        "actions": [
            Action(label, reverse(f"reviews:{page}", args=[seat.code]), dialog=True, danger=page == "seat-remove")
            for right, page, label in (
                ("edit", "seat-remove", _("Take off")),
                ("replace", "seat-replace", _("Replace")),
                ("note_conflicts", "seat-note", _("Note a conflict")),
            )
            if right in rights
        ],
    }


@screen("remove", Seat)
@FORM
def seat_remove(request: HttpRequest, seat: Seat) -> HttpResponse:
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.remove_seat(seat, actor=acting(request)),
        title=_("Take this member off the draft?"),
        lead=str(seat.user),
        submit_label=_("Take off"),
        done=_("The member is taken off the draft."),
        back=_back(seat),
        crumbs=crumbs(seat.council),
        danger=True,
    )


@screen("replace", Seat)
@FORM
def seat_replace(request: HttpRequest, seat: Seat) -> HttpResponse:
    council = seat.council
    form = ReplaceForm(
        request.POST or None, request.FILES or None, candidates=candidates(council), founders=founders(council)
    )

    def act() -> None:
        data = form.cleaned_data
        facts = {name: data[name] for name in ("words", "decided_by", "decided_on", "scan")}
        decision = services.AmendingDecision(**facts)
        services.replace_seat(seat, actor=acting(request), user=data["user"], decision=decision, reason=data["reason"])

    return answer(
        request,
        form,
        act,
        title=_("Replace a member"),
        lead=str(seat),
        submit_label=_("Enter"),
        done=_("The replacement is entered; a second person confirms it next."),
        back=_back(seat),
        crumbs=crumbs(council),
    )


@screen("confirm", SeatReplacement)
@FORM
def replacement_confirm(request: HttpRequest, row: SeatReplacement) -> HttpResponse:
    """Whoever has read the decision lets the seat change hands."""
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.confirm_replacement(row, actor=acting(request)),
        title=_("Confirm the replacement"),
        lead=f"{row.seat} → {row.user}: {row.decision}",
        submit_label=_("Confirm"),
        done=_("The member is replaced."),
        back=row.seat.council.get_absolute_url(),
        crumbs=crumbs(row.seat.council),
    )


@screen("drop", SeatReplacement)
@FORM
def replacement_drop(request: HttpRequest, row: SeatReplacement) -> HttpResponse:
    """A wrong entry is struck before anybody confirms it."""
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.drop_replacement(row, actor=acting(request)),
        title=_("Strike this entry?"),
        lead=f"{row.seat} → {row.user}: {row.decision}",
        submit_label=_("Strike"),
        done=_("The entry is struck; the seat keeps its member."),
        back=_back(row.seat),
        crumbs=crumbs(row.seat.council),
        danger=True,
    )


def _back(seat: Seat) -> str:
    return reverse("reviews:council-members", args=[seat.council.code])
