"""The members of a council: named, replaced, with their conflicts of interest."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.policy import allowed, can
from core.people.screens import screen
from core.ui.forms import KeyedForm
from core.ui.parts import Action, Panel
from reviews import services
from reviews.forms.seats import ConflictForm, OwnConflictForm, ReplaceForm, SeatForm
from reviews.models import Capacity, Council, Position, Seat
from reviews.selectors.conflicts import Conflict, category_label, conflicts_of
from reviews.selectors.seats import candidates, seats_of, unit_of

from .answers import FORM, acting, answer, crumbs


@screen("name", Council)
@FORM
def council_members(request: HttpRequest, council: Council) -> HttpResponse:
    """Who sits, what speaks against it, and in a draft the form for one more."""
    rights = allowed(acting(request), council, "edit", "replace", "declare")
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
        panels=[_panel(council, rights)],
        crumbs=crumbs(council),
        template="reviews/form.html" if "edit" in rights else "reviews/panels.html",
    )


def _panel(council: Council, rights: frozenset[str]) -> Panel:
    seats = seats_of(council)
    conflicts = conflicts_of(council, seats)
    rows = [_row(seat, [one for one in conflicts if one.seat == seat], rights) for seat in seats]
    return Panel(_("Members"), "reviews/_seats.html", {"rows": rows}, slot="main", icon="users")


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
                ("declare", "seat-declare", _("Declare a conflict")),
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
    form = ReplaceForm(request.POST or None, candidates=candidates(seat.council))

    def act() -> None:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        services.replace_seat(seat, actor=acting(request), **facts)

    return answer(
        request,
        form,
        act,
        title=_("Replace a member"),
        lead=str(seat),
        submit_label=_("Replace"),
        done=_("The member is replaced."),
        back=_back(seat),
        crumbs=crumbs(seat.council),
    )


@screen("declare", Seat)
@FORM
def seat_declare(request: HttpRequest, seat: Seat) -> HttpResponse:
    is_own = seat.user_id == acting(request).pk
    form = (OwnConflictForm if is_own else ConflictForm)(request.POST or None, seat=seat)

    def act() -> None:
        words = form.cleaned_data["words"]
        services.declare_conflict(seat, actor=acting(request), conflict=form.declared(), words=words)

    return answer(
        request,
        form,
        act,
        title=_("My conflict of interest") if is_own else _("Declare a conflict"),
        lead=str(seat),
        submit_label=_("Save"),
        done=_("The declaration is saved."),
        back=_back(seat) if can(request.user, "replace", seat) else seat.council.get_absolute_url(),
        crumbs=crumbs(seat.council),
    )


def _back(seat: Seat) -> str:
    return reverse("reviews:council-members", args=[seat.council.code])
