"""Facts of registration, recognition, liquidation, and of the end of a followed task."""

from core.audit import service as audit
from core.people.models import User
from tasks.models import Liquidation, Recognition, Registration, Task

from . import common

REGISTRATION_FACTS = ("requested_on", "corrected_on", "storage", "members", "filing_on", "abstract", "is_public")
CERTIFICATE = "certificate"
RECOGNITION_FACTS = ("ownership", "receivers", "results")
LIQUIDATION_FACTS = ("held_on", "place", "assets", "handover")
FOLLOWING_FACTS = ("starts_on", "ends_on", "ended_on", "end_note")


def save_registration(task: Task, *, actor: User, facts: common.Facts) -> Registration:
    """What the certificate of registration says; of a task from before also which one it was: ``certificate``.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_registration")
        row = Registration.objects.filter(task=held).first() or Registration(task=held)
        common.write(row, facts, (*REGISTRATION_FACTS, *([CERTIFICATE] if held.unconfirmed else [])))
        common.note("registration", held, actor, requested_on=row.requested_on.isoformat())
    return row


def save_recognition(task: Task, *, actor: User, facts: common.Facts) -> Recognition:
    """What the decision recognising the results says. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_recognition")
        row = Recognition.objects.filter(task=held).first() or Recognition(task=held)
        common.write(row, facts, RECOGNITION_FACTS)
        common.note("recognition", held, actor)
    return row


def save_liquidation(task: Task, *, actor: User, facts: common.Facts) -> Liquidation:
    """What the minutes of the liquidation say. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_liquidation")
        row = Liquidation.objects.filter(task=held).first() or Liquidation(task=held)
        common.write(row, facts, LIQUIDATION_FACTS)
        common.note("liquidation", held, actor, held_on=row.held_on.isoformat())
    return row


def save_following(task: Task, *, actor: User, facts: common.Facts) -> Task:
    """From when until when a followed task runs, or when and how it ended, as its own managing body says.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_following")
        common.write(held, facts, FOLLOWING_FACTS)
        common.note("following", held, actor, **{name: str(value or "") for name, value in facts.items()})
    return held
