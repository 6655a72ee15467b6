"""Facts of registration, recognition, liquidation, and of the end of a followed task."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from tasks.lifecycle import TaskState
from tasks.models import Liquidation, Recognition, Registration, Task
from tasks.selectors.registration import registration_deadline

from . import common

REGISTRATION_FACTS = ("requested_on", "corrected_on", "storage", "members", "filing_on", "abstract")
RECOGNITION_FACTS = ("ownership", "receivers", "results")
LIQUIDATION_FACTS = ("held_on", "place", "assets", "handover")
FOLLOWING_FACTS = ("starts_on", "ends_on", "ended_on", "end_note")


def save_registration(task: Task, *, actor: User, facts: common.Facts) -> Registration:
    """What the certificate of registration says; a filing for intellectual property moves the day it is due.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_registration")
        row = Registration.objects.filter(task=held).first() or Registration(task=held)
        if (facts.get("filing_on") or clock.today()) > clock.today():
            raise ValidationError({"filing_on": _("This day has not come yet.")})
        common.write(row, facts, REGISTRATION_FACTS)
        if held.state == TaskState.ACCEPTED:
            held.due_on = registration_deadline(held, row.filing_on) or held.due_on
            held.save(update_fields=["due_on"])
        days = {name: str(getattr(row, name) or "") for name in ("requested_on", "filing_on")}
        common.note("registration", held, actor, **days, due_on=str(held.due_on or ""))
    return row


def names_owner(task: Task) -> bool:
    """Whether the decision recognising the results must say who owns them."""
    return bool(task.rule("recognition.names_owner").value)


def save_recognition(task: Task, *, actor: User, facts: common.Facts) -> Recognition:
    """What the decision recognising the results says. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_recognition")
        row = Recognition.objects.filter(task=held).first() or Recognition(task=held)
        if not str(facts.get("ownership", row.ownership)).strip() and names_owner(held):
            raise ValidationError({"ownership": _("Say who owns the results.")})
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
