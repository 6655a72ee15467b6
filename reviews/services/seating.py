"""Members: named in the draft; after the decision only replaced, by another decision of the same body, by two hands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.audit import service as audit
from core.files.services import store_upload
from core.people.authorities import AuthorityMissing, is_holder
from core.people.grants import grant, revoke
from core.people.models import User
from core.people.roles import Act, Role
from core.people.selectors import has_role
from core.rows import check_row
from reviews.models import JUDGE, SINGLE, Capacity, Council, Position, Seat, SeatReplacement

from . import common

LEFT = gettext_lazy("This member has left the council already.")


def add_seat(
    council: Council,
    *,
    actor: User,
    user: User,
    position: Position = Position.MEMBER,
    capacity: Capacity = Capacity.EXPERT,
) -> Seat:
    """Name a member in the draft. Raises PermissionDenied, ValidationError for somebody who may not or does already."""
    with audit.transaction():
        held = common.hold(council, actor=actor, action="edit")
        seat = _sit(Seat(council=held, user=user, position=position, capacity=capacity))
        common.note("seat.added", held, actor, seat=seat.code, member=user.code, position=seat.position)
    return seat


def remove_seat(seat: Seat, *, actor: User) -> None:
    """Take a member off the draft. Raises PermissionDenied once the decision names the members."""
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="edit")
        Seat.objects.filter(pk=seat.pk, council=held).delete()
        common.note("seat.removed", held, actor, seat=seat.code, member=seat.user.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendingDecision:
    """The decision that puts somebody else on a seat: its number and issuer, who took it when, its scan."""

    words: str
    decided_by: User
    decided_on: date
    scan: "UploadedFile[Any]"


def replace_seat(seat: Seat, *, actor: User, user: User, decision: AmendingDecision, reason: str) -> SeatReplacement:
    """Enter whom the founder of the council puts on a seat after the decision, before the sitting.

    The seat changes hands when a second person confirms it. Raises PermissionDenied, ValidationError, UploadRefused.
    """
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="replace")
        words, reason = common.clean(decision.words, 200), common.clean(reason, 300)
        if not words or not reason:
            raise ValidationError(_("Name the decision that replaces the member, and why."))
        _check_founder(held, decision)
        _check_member(user)
        if seat.removed_at is not None:
            raise ValidationError(LEFT)
        scan = store_upload(decision.scan, actor=actor, subject=held, purpose="replacement", internal=True)
        row = SeatReplacement(seat=seat, user=user, decision=words, reason=reason, scan=scan, entered_by=actor)
        row.decided_by, row.decided_on = decision.decided_by, decision.decided_on
        check_row(row, exclude=["code"])
        row.save()
        facts = {"seat": seat.code, "member": user.code, "decision": words, "decided_on": row.decided_on.isoformat()}
        common.note("seat.replacement_entered", held, actor, reason=reason, **facts)
    return row


def confirm_replacement(row: SeatReplacement, *, actor: User) -> Seat:
    """The second person has read the decision: the seat changes hands. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold_council_of(row, actor=actor, action="confirm")
        seat = row.seat
        _leave(seat, held, row.reason)
        new = Seat(council=held, user=row.user, position=seat.position, capacity=seat.capacity, replaces=seat)
        new.appointed_by = row.decision
        _sit(new)
        row.confirmed_by, row.confirmed_at = actor, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        revoke(seat.user, JUDGE, held, actor=actor, ground=seat.code)
        grant(row.user, JUDGE, held, actor=actor, ground=new.code)
        facts = {"seat": seat.code, "by": new.code, "decision": row.decision, "entered_by": row.entered_by.code}
        common.note("seat.replaced", held, actor, reason=row.reason, **facts)
    return new


def drop_replacement(row: SeatReplacement, *, actor: User) -> None:
    """Strike an entry that nobody has confirmed: the seat keeps its member. Raises PermissionDenied."""
    with audit.transaction():
        held = common.hold(row.seat.council, actor=actor, action="replace")
        if SeatReplacement.objects.filter(pk=row.pk, confirmed_at=None).delete()[0]:
            common.note("seat.replacement_dropped", held, actor, seat=row.seat.code, member=row.user.code)


def _check_founder(council: Council, decision: AmendingDecision) -> None:
    """Only who may establish the council may change it (TT 20/2023/TT-BKHCN, Article 8)."""
    if decision.decided_on > clock.today():
        raise ValidationError({"decided_on": _("This day lies in the future.")})
    try:
        founder = council.authority(Act.COUNCIL_FOUNDER, decision.decided_on)
    except AuthorityMissing as missing:
        raise ValidationError({"decided_by": _("Nobody could establish this council on that day.")}) from missing
    if not is_holder(founder, decision.decided_by, decision.decided_on):
        raise ValidationError({"decided_by": _("This person could not establish the council on that day.")})


def _leave(seat: Seat, council: Council, reason: str) -> None:
    left = Seat.objects.filter(pk=seat.pk, council=council, removed_at=None).update(
        removed_at=clock.now(), removal_reason=reason
    )
    if not left:
        raise ValidationError(LEFT)


def _check_member(user: User) -> None:
    if not has_role(user, Role.COUNCIL_MEMBER):
        raise ValidationError({"user": _("Only people with the role of a council member can be named.")})


def _check_free(seat: Seat) -> None:
    """One chair, one vice-chair, one scientific secretary."""
    held = Seat.objects.filter(council=seat.council, position=seat.position, removed_at=None)
    if seat.position in SINGLE and held.exists():
        text = _("The council has its %(position)s already: remove that seat first.")
        raise ValidationError({"position": text % {"position": seat.get_position_display().lower()}})


def _sit(seat: Seat) -> Seat:
    _check_member(seat.user)
    _check_free(seat)
    try:
        with transaction.atomic():
            check_row(seat, exclude=["code"])
            seat.save()
    except IntegrityError as taken:
        raise ValidationError(_("This person or this part in the council is taken already.")) from taken
    return seat
