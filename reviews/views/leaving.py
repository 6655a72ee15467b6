"""Who left the open sitting: shown to everybody in the room, confirmed by a second person, or struck."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.models import User
from core.people.policy import allowed
from core.people.screens import screen
from core.ui.forms import KeyedForm
from core.ui.parts import Action, Panel, Tone
from reviews import services
from reviews.models import Council, Departure, Seat
from reviews.selectors.seats import departures_of, were_gone

from .answers import FORM, acting, answer, crumbs


def departure_panels(council: Council, user: User, seats: Sequence[Seat]) -> list[Panel]:
    """Who is said to have left, by whom, confirmed by whom; no panel where everybody stayed."""
    lines = [_entry(row, user) for row in departures_of(council)] if were_gone(seats) else []
    title = _("Members who left the sitting")
    return [Panel(title, "reviews/_entries.html", {"rows": lines}, slot="main", icon="users")] if lines else []


def _entry(row: Departure, user: User) -> dict[str, Any]:
    lines = [row.reason, _("entered by %(name)s") % {"name": row.entered_by}]
    entry = {"title": str(row.seat), "lines": lines}
    if row.confirmed_by:
        lines.append(_("confirmed by %(name)s") % {"name": row.confirmed_by})
        return {**entry, "badge": _("Confirmed"), "tone": Tone.SUCCESS}
    return {**entry, "badge": _("Waits for a second person"), "tone": Tone.WARNING, "actions": _actions(row, user)}


def _actions(row: Departure, user: User) -> list[Action]:
    rights = allowed(user, row, "confirm", "drop")
    return [
        Action(label, reverse(f"reviews:departure-{right}", args=[row.code]), danger=right == "drop")
        for right, label in (("confirm", _("Confirm")), ("drop", _("Strike")))
        if right in rights
    ]


@screen("confirm", Departure)
@FORM
def departure_confirm(request: HttpRequest, row: Departure) -> HttpResponse:
    """Who was in the room too says that the member left."""
    council = row.seat.council
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.confirm_departure(row, actor=acting(request)),
        title=_("Confirm that this member left the sitting"),
        lead=f"{row.seat}: {row.reason}",
        submit_label=_("Confirm"),
        done=_("The member is noted as absent."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
    )


@screen("drop", Departure)
@FORM
def departure_drop(request: HttpRequest, row: Departure) -> HttpResponse:
    """The member is still there: the entry goes."""
    council = row.seat.council
    return answer(
        request,
        KeyedForm(request.POST or None),
        lambda: services.drop_departure(row, actor=acting(request)),
        title=_("Strike this entry?"),
        lead=f"{row.seat}: {row.reason}",
        submit_label=_("Strike"),
        done=_("The entry is struck; the member is present."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
        danger=True,
    )
