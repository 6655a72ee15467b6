"""Conflicts of interest: what a member says of himself, and what others note of him. His word never clears theirs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.notifications.service import tell_of_act
from core.people.models import User
from core.people.policy import can
from reviews.lifecycle import ActTell
from reviews.models import ConflictNote, DeclaredConflict, Seat
from reviews.selectors.seats import judges_of

from . import common


def declare_conflict(seat: Seat, *, actor: User, conflict: DeclaredConflict | None, words: str = "") -> Seat:
    """Note what a member declares of himself: a relative, partiality, a sanction; None: no conflict.

    What others noted stays as it is. Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="declare")
        if seat.user_id != actor.pk:
            raise ValidationError(_("A member declares only for himself."))
        seat.declared, seat.declared_note = (conflict.value if conflict else ""), common.clean(words, 300)
        seat.declared_at = clock.now()
        seat.save(update_fields=["declared", "declared_note", "declared_at"])
        common.note("seat.declared", held, actor, seat=seat.code, conflict=seat.declared)
    return seat


def note_conflict(seat: Seat, *, actor: User, conflict: DeclaredConflict, words: str) -> ConflictNote:
    """Note what somebody else found of a member (TT 20/2023/TT-BKHCN, Article 8.2); he and who judges it are told.

    Raises PermissionDenied for the member himself and whoever may not, ValidationError without words.
    """
    with audit.transaction():
        held = common.hold(seat.council, actor=actor, action="note_conflicts")
        if not can(actor, "note", seat):
            raise PermissionDenied
        said = common.clean(words, 300)
        if not said:
            raise ValidationError({"words": _("Say what the conflict is.")})
        row = ConflictNote.objects.create(seat=seat, conflict=conflict, words=said, noted_by=actor)
        event = common.note("seat.conflict_noted", held, actor, seat=seat.code, conflict=row.conflict, entry=row.code)
        tell_of_act(ActTell.CONFLICT_NOTED, [seat.user], subject=held, event=event)
        judges = [user for user in judges_of(held) if user != seat.user]
        tell_of_act(ActTell.CONFLICT_TO_JUDGE, judges, subject=held, event=event)
    return row


def answer_conflict(row: ConflictNote, *, actor: User, words: str) -> ConflictNote:
    """What the member says to it; it goes on speaking against him. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold_council_of(row, actor=actor, action="answer")
        row.answer = common.clean(words, 300)
        row.save(update_fields=["answer"])
        common.note("seat.conflict_answered", held, actor, seat=row.seat.code, entry=row.code)
    return row


def clear_conflict(row: ConflictNote, *, actor: User, reason: str) -> ConflictNote:
    """Judge that it is no conflict, with the reason: who presides or the head of division.

    Raises PermissionDenied for the member and for who noted it, ValidationError without a reason.
    """
    with audit.transaction():
        held = common.hold_council_of(row, actor=actor, action="clear")
        why = common.clean(reason, 300)
        if not why:
            raise ValidationError({"reason": _("Say why it is no conflict.")})
        row.cleared_by, row.cleared_at, row.cleared_reason = actor, clock.now(), why
        row.save(update_fields=["cleared_by", "cleared_at", "cleared_reason"])
        facts = {"seat": row.seat.code, "entry": row.code, "noted_by": row.noted_by.code}
        event = common.note("seat.conflict_cleared", held, actor, reason=why, **facts)
        tell_of_act(ActTell.CONFLICT_CLEARED, [row.seat.user], subject=held, event=event)
    return row
