"""A change of an approved order: prepared here, applied by the amending decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import Organisation, User
from core.rows import check_row
from proposals.models import Order, OrderChange, Proposal
from proposals.models.common import title_columns

from . import common

FACTS = (
    "title",
    "objectives",
    "state_budget_vnd",
    "other_budget_vnd",
    "months",
    "mode",
    "direct_host",
    "receiver",
    "state_keeps_ownership",
)
Decided = TypeVar("Decided", bound=Order | Proposal)
ORGANISATIONS = ("direct_host", "receiver")


def record_order_change(order: Order, *, actor: User, facts: Mapping[str, Any], ground: str) -> OrderChange:
    """Write down what the amending decision shall change; a change prepared before is replaced.

    Raises PermissionDenied, and ValidationError when nothing changes or the ground is missing.
    """
    with audit.transaction():
        held = common.hold(order, actor=actor, action="change")
        before = {name: plain(held, name) for name in FACTS}
        trial = Order.objects.get(pk=held.pk)
        common.set_facts(trial, facts, (*FACTS, "folded", "sort_key"))
        check_row(trial, unique=False)
        after = {name: plain(trial, name) for name in FACTS}
        changed = [name for name in FACTS if before[name] != after[name]]
        if not changed:
            raise ValidationError(_("Nothing changes."))
        if not ground.strip():
            raise ValidationError({"ground": _("Name the ground of the change.")})
        change = held.changes.filter(applied_on=None).first() or OrderChange(order=held)
        change.before = {name: before[name] for name in changed}
        change.after = {name: after[name] for name in changed}
        change.ground, change.prepared_by, change.prepared_at = ground.strip(), actor, clock.now()
        check_row(change, exclude=["before"])
        change.save()
        common.note("change", held, actor, before=change.before, after=change.after)
    return change


def write_ground(record: Decided, *, actor: User, ground: str) -> Decided:
    """Write the reason that the next refusing, cancelling or revoking paper will print, one ground on each line.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(record, actor=actor, action="ground")
        if not ground.strip():
            raise ValidationError({"decision_ground": _("Name the ground of the decision.")})
        return common.save_facts(held, {"decision_ground": ground}, ("decision_ground",), actor=actor)


def name_answer_day(order: Order, *, actor: User, day: date) -> Order:
    """Name the day until which an invited host may submit its dossier. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(order, actor=actor, action="change")
        if day <= clock.today():
            raise ValidationError({"answer_by": _("Name a day that is still to come.")})
        return common.save_facts(held, {"answer_by": day}, ("answer_by",), actor=actor)


def plain(order: Order, name: str) -> Any:
    """A column as JSON keeps it: an organisation by its code."""
    value = getattr(order, name)
    return (value.code if value else "") if name in ORGANISATIONS else value


def apply_change(order: Order, change: OrderChange) -> list[str]:
    """Put the prepared change into the order's columns and return their names. Called by the amending step alone."""
    names = list(change.after)
    for name, value in change.after.items():
        found = Organisation.objects.filter(code=value).first() if name in ORGANISATIONS else value
        setattr(order, name, found)
    if "title" in names:
        for name, value in title_columns(order.title).items():
            setattr(order, name, value)
        names += ["folded", "sort_key"]
    return names
