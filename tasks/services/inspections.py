"""Inspections are planned, announced by a step, recorded, concluded by a step."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from tasks.models import Finding, Inspection, Task

from . import common

PLAN_FACTS = ("kind", "planned_on", "place", "ground", "head", "period_from", "period_to")
RECORD_FACTS = (
    "held_at",
    "closed_at",
    "inspectors",
    "host_people",
    "host_head",
    "facts",
    "requests",
    "percent",
    "spent_vnd",
    "settled_vnd",
    "verdict",
)


def plan_inspection(task: Task, *, actor: User, facts: common.Facts, key: UUID) -> Inspection:
    """Plan an inspection. The same ``key`` again gives the first. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="plan_inspection")
        first = Inspection.objects.filter(created_key=key).first()
        if first is not None:
            return first
        number = (Inspection.objects.filter(task=held).aggregate(last=Max("sequence"))["last"] or 0) + 1
        inspection = Inspection(
            task=held,
            code=f"{held.code}.KT{number:02d}",
            sequence=number,
            regulation=held.regulation,
            state_since=clock.now(),
            created_key=key,
        )
        _check_day(facts)
        common.write(inspection, facts, PLAN_FACTS)
        common.note("create", inspection, actor, planned_on=inspection.planned_on.isoformat())
    return inspection


def _check_day(facts: common.Facts) -> None:
    """A plan is for days to come: the host is told before anybody visits (Circular 33/2014/TT-BKHCN)."""
    day = facts.get("planned_on")
    if day is not None and day < clock.today():
        raise ValidationError({"planned_on": _("The day lies in the past.")})


def change_plan(inspection: Inspection, *, actor: User, facts: common.Facts) -> Inspection:
    """Change the plan before it is announced. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(inspection, actor=actor, action="edit")
        _check_day(facts)
        common.write(held, facts, PLAN_FACTS)
        common.note("edit", held, actor, planned_on=held.planned_on.isoformat())
    return held


def record_inspection(
    inspection: Inspection, *, actor: User, facts: common.Facts, findings: Iterable[Mapping[str, Any]]
) -> Inspection:
    """Write what was found; ``findings``: content, planned, done. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(inspection, actor=actor, action="record")
        common.write(held, facts, RECORD_FACTS)
        rows = [Finding(inspection=held, sequence=number, **row) for number, row in enumerate(findings, start=1)]
        common.rewrite(rows, held.findings)
        common.note("record", held, actor, verdict=held.verdict, percent=held.percent)
    return held
