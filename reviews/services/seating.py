"""Members: named in the draft; after the decision only replaced, by another decision."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.grants import grant, revoke
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role
from reviews.models import JUDGE, Capacity, Council, DeclaredConflict, Position, Seat

from . import common


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


def replace_seat(seat: Seat, *, actor: User, user: User, decision: str, reason: str) -> Seat:
    """Put somebody else on a seat after the decision, before the sitting: ``decision`` names the amending decision.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="replace")
        decision, reason = common.clean(decision, 200), common.clean(reason, 300)
        if not decision or not reason:
            raise ValidationError(_("Name the decision that replaces the member, and why."))
        _leave(seat, held, reason)
        new = Seat(council=held, user=user, position=seat.position, capacity=seat.capacity, replaces=seat)
        new.appointed_by = decision
        _sit(new)
        revoke(seat.user, JUDGE, held, actor=actor, ground=seat.code)
        grant(user, JUDGE, held, actor=actor, ground=new.code)
        common.note("seat.replaced", held, actor, reason=reason, seat=seat.code, by=new.code, decision=decision)
    return new


def declare_conflict(seat: Seat, *, actor: User, conflict: DeclaredConflict | None, words: str = "") -> Seat:
    """Note what a member declares: a relative, partiality, a sanction; None: no conflict. Raises PermissionDenied.

    A member declares for himself; the secretary and the head of division for anybody.
    """
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="declare")
        may_for_others = has_role(actor, Role.ADMINISTRATIVE_SECRETARY, Role.HEAD_OF_DIVISION)
        if seat.user_id != actor.pk and not may_for_others:
            raise ValidationError(_("A member declares only for himself."))
        seat.declared, seat.declared_note = (conflict.value if conflict else ""), common.clean(words, 300)
        seat.declared_at = clock.now()
        seat.save(update_fields=["declared", "declared_note", "declared_at"])
        common.note("seat.declared", held, actor, seat=seat.code, conflict=seat.declared)
    return seat


def _leave(seat: Seat, council: Council, reason: str) -> None:
    left = Seat.objects.filter(pk=seat.pk, council=council, removed_at=None).update(
        removed_at=clock.now(), removal_reason=reason
    )
    if not left:
        raise ValidationError(_("This member has left the council already."))


def _sit(seat: Seat) -> Seat:
    if not has_role(seat.user, Role.COUNCIL_MEMBER):
        raise ValidationError({"user": _("Only people with the role of a council member can be named.")})
    try:
        with transaction.atomic():
            seat.full_clean(exclude=["code"])
            seat.save()
    except IntegrityError as taken:
        raise ValidationError(_("This person or this part in the council is taken already.")) from taken
    return seat
