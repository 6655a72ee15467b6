"""The record of the sitting: who came, who counts the votes, when the investigator left, what was discussed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.notifications.service import tell_of_act
from core.people.models import User
from core.regulations import number
from core.rows import check_row
from reviews.lifecycle import ActTell, CouncilState
from reviews.models import AgendaItem, Council, Seat
from reviews.selectors.seats import seats_of

from . import common
from .leaving import enter_departures


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """What is noted of one member. ``counts_votes``: belongs to the group that counts the ballots."""

    present: bool
    absence_reason: str = ""
    counts_votes: bool = False


def record_attendance(council: Council, *, actor: User, attendance: Mapping[str, Attendance]) -> Council:
    """Note by seat code who is there. The vote-counting group is empty or as large as the rule book says.

    Whoever is noted absent is told. Whoever was present when the sitting was opened stays so until a second person
    confirms that he left: ``reviews.services.leaving``. Raises PermissionDenied once the ballot is open, and
    ValidationError when a member is left out or cannot count, or left without a reason.
    """
    with audit.transaction():
        held = common.hold(council, actor=actor, action="attend")
        seats = seats_of(held)
        _check_attendance(held, seats, attendance)
        absent = [seat for seat in seats if seat.attended is not False and not attendance[seat.code].present]
        left = [seat for seat in absent if seat.attended and held.state == CouncilState.SITTING]
        for seat in seats:
            _write(seat, attendance[seat.code], stays=seat in left)
        turned, present = [seat for seat in absent if seat not in left], sum(bool(seat.attended) for seat in seats)
        facts: dict[str, Any] = {"present": present, "appointed": len(seats)}
        event = common.note("sitting.attendance", held, actor, **facts, turned_absent=[seat.code for seat in turned])
        tell_of_act(ActTell.NOTED_ABSENT, [seat.user for seat in turned], subject=held, event=event)
        enter_departures(held, {seat: attendance[seat.code].absence_reason for seat in left}, actor=actor)
    return held


def _write(seat: Seat, noted: Attendance, *, stays: bool) -> None:
    seat.attended, seat.counts_votes = noted.present or stays, noted.counts_votes
    seat.absence_reason = "" if seat.attended else common.clean(noted.absence_reason, 200)
    seat.save(update_fields=["attended", "counts_votes", "absence_reason"])


def _check_attendance(council: Council, seats: Sequence[Seat], attendance: Mapping[str, Attendance]) -> None:
    if {seat.code for seat in seats} != set(attendance):
        raise ValidationError(_("Say of every member whether he is present."))
    counters = [noted for noted in attendance.values() if noted.counts_votes]
    if any(not noted.present for noted in counters):
        raise ValidationError(_("Only a member who is present can count the votes."))
    wanted = number("council.vote_counters", council.regulation, council.sitting_day)
    if counters and len(counters) != wanted:
        raise ValidationError(_("The group that counts the votes has %(number)s members.") % {"number": wanted})


def record_minutes(
    council: Council,
    *,
    actor: User,
    opened_at: datetime | None = None,
    closed_at: datetime | None = None,
    guests: str = "",
    discussion: str = "",
    investigators: Mapping[str, datetime | None] | None = None,
) -> Council:
    """Write down the course of the sitting. ``guests`` and ``discussion``: one entry on each line.

    ``investigators``: by item code, the instant at which an investigator who had come left the room, None while he is
    still there; items without an entry had no investigator in the room (TT 11/2014/TT-BKHCN: he leaves before the
    discussion). Raises PermissionDenied, and ValidationError for an instant that has not come, one before the decision
    that establishes the council, and a sitting that closes before it opens.
    """
    with audit.transaction():
        held = common.hold(council, actor=actor, action="minute")
        _check_instants(held, opened_at, closed_at)
        held.opened_at, held.closed_at = opened_at, closed_at
        held.guests, held.discussion = common.clean(guests), common.clean(discussion)
        check_row(held, unique=False)
        held.save(update_fields=["opened_at", "closed_at", "guests", "discussion"])
        if investigators is not None:
            _note_investigators(held, investigators)
        common.note("sitting.minutes", held, actor)
    return held


def _check_instants(council: Council, opened_at: datetime | None, closed_at: datetime | None) -> None:
    if unfounded := common.unfounded(council, opened_at):
        raise ValidationError({"opened_at": unfounded})
    if any(instant is not None and instant > clock.now() for instant in (opened_at, closed_at)):
        raise ValidationError(_("The instant lies in the future."))
    if closed_at and (opened_at is None or closed_at < opened_at):
        raise ValidationError({"closed_at": _("The sitting closes after it opens.")})


def _note_investigators(council: Council, investigators: Mapping[str, datetime | None]) -> None:
    for item in AgendaItem.objects.filter(council=council):
        came, left = item.code in investigators, investigators.get(item.code)
        if (came, left) != (item.investigator_came, item.investigator_left_at):
            item.investigator_came, item.investigator_left_at = came, left
            item.save(update_fields=["investigator_came", "investigator_left_at"])
