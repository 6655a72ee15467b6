"""Councils: list, room, drafting."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from core.people.policy import allowed, may, visible_to
from core.people.screens import PageKind, screen
from core.ui.forms import KeyedForm
from core.ui.listing import listing
from core.ui.parts import Action, Figure
from core.workflow import pages
from reviews import services
from reviews.forms.councils import AgendaForm, CouncilForm, DissolutionForm, SittingForm
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Council
from reviews.selectors.agenda import SEVERAL, items_of, made_with, waiting
from reviews.selectors.seats import seats_of

from . import room
from .answers import FORM, acting, answer, crumbs
from .declaring import conflict_panels
from .leaving import departure_panels
from .members import waiting_panels
from .tables import COUNCILS, CouncilFilter, with_counts

# The buttons of the room: right, page, words. What the next step needs stands in the checklist besides.
BUTTONS = (
    ("edit", "council-edit", gettext_lazy("Edit")),
    ("name", "council-members", gettext_lazy("Members")),
    ("minute", "council-minutes", gettext_lazy("Course of the sitting")),
    ("see_counts", "council-counts", gettext_lazy("Count of the ballots")),
    ("see_names", "council-ballots", gettext_lazy("Ballots by name")),
)
# What leads off the usual way.
ASIDES = (("propose_dissolution", "council-dissolution", gettext_lazy("Write the ground of the dissolution")),)
MORE = (
    "compose",
    "open_items",
    "arrange",
    "attend",
    "conclude",
    "declare",
    "appraise",
    "type_ballots",
    "confirm_ballots",
)


@screen("councils.list", kind=PageKind.LIST)
@require_GET
def council_list(request: HttpRequest) -> HttpResponse:
    actions = []
    if may(request.user, "councils.create"):
        actions = [Action(_("New council"), reverse("reviews:council-create"), primary=True, icon="plus")]
    rows = with_counts(visible_to(request.user, Council))
    return listing(request, rows, CouncilFilter, COUNCILS, title=_("Councils"), actions=actions)


# All rights that the room asks for, asked with its record.
RIGHTS = (*(right for right, _page, _words in (*BUTTONS, *ASIDES)), *MORE)


@screen("view", Council, asks=RIGHTS)
@require_GET
def council_detail(request: HttpRequest, council: Council) -> HttpResponse:
    user = acting(request)
    rights = allowed(user, council, *RIGHTS)
    here = room.Room(council, user, seats_of(council), items_of(council), rights)
    return pages.detail(
        request,
        council,
        title=council.title,
        crumbs=crumbs(),
        actions=[*_own_declaration(here), *_buttons(council, rights, BUTTONS)],
        asides=_buttons(council, rights, ASIDES),
        panels=[
            *room.panels(here),
            *conflict_panels(council, user, here.seats),
            *departure_panels(council, user, here.seats),
            *waiting_panels(council, user),
        ],
        loaded={"seats": here.seats, "items": here.items},
    )


def _own_declaration(here: room.Room) -> list[Action]:
    """For a member in office: whether he has a conflict. It leads while he has not said."""
    mine = next((seat for seat in here.seats if seat.user_id == here.user.pk), None)
    if mine is None or "declare" not in here.rights:
        return []
    url = reverse("reviews:seat-declare", args=[mine.code])
    return [Action(_("My conflict of interest"), url, primary=mine.declared_at is None, icon="flag")]


def _buttons(council: Council, rights: frozenset[str], among: Sequence[tuple[str, str, StrOrPromise]]) -> list[Action]:
    return [
        Action(label, reverse(f"reviews:{page}", args=[council.code]))
        for right, page, label in among
        if right in rights
    ]


@screen("councils.create", kind=PageKind.FORM)
@FORM
def council_create(request: HttpRequest) -> HttpResponse:
    """First the kind, then what waits for such a council."""
    chosen = request.GET.get("kind", "")
    if chosen not in CouncilKind.values:
        return _choose_kind(request)
    kind, user = CouncilKind(chosen), acting(request)
    made = made_with(request.POST.get("key", ""), user)
    if made is not None:
        return redirect(made.get_absolute_url())
    form = CouncilForm(
        request.POST or None, kind=kind, waiting=waiting(kind), initial=_usual(kind, request.GET.get("item", ""))
    )

    def act() -> str:
        council = services.create_council(actor=user, kind=kind, key=form.acting_key, **form.facts())
        return council.get_absolute_url()

    return answer(
        request,
        form,
        act,
        title=_("New council: %(kind)s") % {"kind": kind.label},
        submit_label=_("Save the draft"),
        done=_("The council is drafted. Name its members now."),
        back=reverse("reviews:council-create"),
        crumbs=crumbs(),
    )


def _usual(kind: CouncilKind, item: str) -> dict[str, Any]:
    """What such a council is usually called, in the language of its decision; and the record that asked for it."""
    items: Any = [item] if kind in SEVERAL else item
    return {"title": TITLES[kind], "items": items}


TITLES = {
    CouncilKind.IDENTIFICATION: "Hội đồng tư vấn xác định nhiệm vụ khoa học và công nghệ",
    CouncilKind.SELECTION: "Hội đồng tư vấn tuyển chọn, giao trực tiếp tổ chức chủ trì nhiệm vụ khoa học và công nghệ",
    CouncilKind.APPRAISAL: "Tổ thẩm định kinh phí nhiệm vụ khoa học và công nghệ",
    CouncilKind.ACCEPTANCE: "Hội đồng tư vấn đánh giá, nghiệm thu kết quả thực hiện nhiệm vụ khoa học và công nghệ",
}


def _choose_kind(request: HttpRequest) -> HttpResponse:
    figures = [
        Figure(kind.label, waiting(kind).count(), note=_("waiting for such a council"), url=f"?kind={kind.value}")
        for kind in CouncilKind
    ]
    context = {"title": _("New council"), "lead": _("Which kind of council?"), "figures": figures, "crumbs": crumbs()}
    return render(request, "generic/dashboard.html", context)


@screen("edit", Council)
@FORM
def council_edit(request: HttpRequest, council: Council) -> HttpResponse:
    form = CouncilForm(request.POST or None, kind=CouncilKind(council.kind), council=council)
    return _fact_form(
        request,
        council,
        form,
        lambda: services.edit_council(council, actor=acting(request), facts=form.facts()),
        title=_("Edit the council"),
    )


@screen("arrange", Council)
@FORM
def council_sitting(request: HttpRequest, council: Council) -> HttpResponse:
    form = SittingForm(request.POST or None, council=council)

    def act() -> None:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        services.arrange_sitting(council, actor=acting(request), **facts)

    return _fact_form(request, council, form, act, title=_("Date and place of the sitting"))


@screen("propose_dissolution", Council)
@FORM
def council_dissolution(request: HttpRequest, council: Council) -> HttpResponse:
    form = DissolutionForm(request.POST or None, initial={"reason": council.dissolution_reason})

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.write_dissolution_reason(council, actor=acting(request), reason=reason)

    return _fact_form(request, council, form, act, title=_("Ground of the dissolution"))


@screen("compose", Council)
@FORM
def council_agenda(request: HttpRequest, council: Council) -> HttpResponse:
    """More proposals for an identification council; the other kinds judge one subject."""
    form = AgendaForm(request.POST or None, waiting=waiting(CouncilKind(council.kind)))

    def act() -> str:
        services.add_items(council, form.cleaned_data["items"], actor=acting(request))
        return request.path

    points = [
        room.Point(
            item.title, is_done=False, note=item.subject.code, url=reverse("reviews:item-remove", args=[item.code])
        )
        for item in items_of(council)
    ]
    return answer(
        request,
        form,
        act,
        title=_("Agenda"),
        submit_label=_("Put on the agenda"),
        done=_("The agenda is saved."),
        back=council.get_absolute_url(),
        panels=[room.points_panel(_("On the agenda: open an item to take it off"), points)],
        crumbs=crumbs(council),
    )


@screen("remove", AgendaItem)
@FORM
def item_remove(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    back = reverse("reviews:council-agenda", args=[item.council.code])
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.remove_item(item, actor=acting(request)),
        title=_("Take %(code)s off the agenda?") % {"code": item.subject.code},
        lead=item.title,
        submit_label=_("Take off the agenda"),
        done=_("The agenda is saved."),
        back=back,
        crumbs=crumbs(item.council),
        danger=True,
    )


def _fact_form(
    request: HttpRequest, council: Council, form: KeyedForm, act: Callable[[], object], *, title: str
) -> HttpResponse:
    """A form whose act leads back to the room."""

    def then() -> None:
        act()

    return answer(
        request,
        form,
        then,
        title=title,
        submit_label=_("Save"),
        done=_("The council is saved."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
    )
