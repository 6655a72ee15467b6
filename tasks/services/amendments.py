"""Amendments: asked for by the host, examined by an officer, applied by the decision."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.workflow.ruling import Taking
from tasks.models import Amendment, AmendmentKind, Phasing, Task
from tasks.selectors import money
from tasks.selectors.amendments import changes_of, phasing_obstacle
from tasks.selectors.extension import end_asked_for

from . import common
from .contracts import move_end
from .reports import schedule_reports

AMENDMENT_FACTS = ("reason", "extension_months", "new_investigator", "changes")
Rows = Iterable[Mapping[str, Any]]


def create_amendment(
    task: Task, *, actor: User, kind: AmendmentKind, facts: common.Facts, phasings: Rows = (), key: UUID
) -> Amendment:
    """A draft request of a kind. The same ``key`` again gives the first. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="request_amendment")
        first = Amendment.objects.filter(created_key=key).first()
        if first is not None:
            return first
        number = (Amendment.objects.filter(task=held).aggregate(last=Max("sequence"))["last"] or 0) + 1
        amendment = Amendment(
            task=held,
            kind=kind,
            code=f"{held.code}.DC{number:02d}",
            sequence=number,
            regulation=held.regulation,
            state_since=clock.now(),
            created_key=key,
            entered_by=common.typist(held, actor),
        )
        _fill(amendment, facts, phasings)
        common.note("create", amendment, actor, amendment_kind=str(kind))
    return amendment


def edit_amendment(amendment: Amendment, *, actor: User, facts: common.Facts, phasings: Rows = ()) -> Amendment:
    """Change a draft request. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(amendment, actor=actor, action="edit")
        _fill(held, facts, phasings)
        common.note("edit", held, actor)
    return held


def _fill(amendment: Amendment, facts: common.Facts, phasings: Rows) -> None:
    common.write(amendment, facts, AMENDMENT_FACTS)
    if amendment.kind == AmendmentKind.PHASING:
        rows = [Phasing(amendment=amendment, **row) for row in phasings]
        obstacle = phasing_obstacle(amendment.task, rows)
        if obstacle:
            raise ValidationError(obstacle)
        common.rewrite(rows, amendment.phasings)


def give_opinion(amendment: Amendment, *, actor: User, opinion: str, agrees: bool) -> Amendment:
    """Write the officer's opinion on a request. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(amendment, actor=actor, action="examine")
        held.opinion_by = actor
        common.write(held, {"opinion": opinion, "agrees": agrees}, ("opinion", "agrees"))
        common.note("opinion", held, actor, agrees=agrees)
    return held


def apply_amendment(amendment: Amendment, step: Taking) -> None:
    """Make the decided change true: the points before and after are kept, new reports are added, none is moved."""
    task = Task.objects.select_for_update().get(pk=amendment.task_id)
    amendment.task = task
    amendment.decided_changes, amendment.decided_on = changes_of(amendment), step.effective_on
    amendment.new_ends_on = end_asked_for(amendment)
    amendment.save(update_fields=["decided_changes", "decided_on", "new_ends_on"])
    match AmendmentKind(amendment.kind):
        case AmendmentKind.EXTENSION:
            _extend(task, amendment)
        case AmendmentKind.INVESTIGATOR:
            assert amendment.new_investigator is not None  # noqa: S101  # the guard asked for it
            task.principal_investigator = amendment.new_investigator
            task.save(update_fields=["principal_investigator"])
        case AmendmentKind.PHASING:
            _rephase(amendment)
            money.rephased(step, amendment)
        case AmendmentKind.CONTENT:
            # Words change words: the decided points themselves are the new content.
            pass


def _extend(task: Task, amendment: Amendment) -> None:
    before, after = task.ends_on, amendment.new_ends_on
    if before is None or after is None:
        return
    move_end(task, after)
    schedule_reports(task, after=before)


def _rephase(amendment: Amendment) -> None:
    for one in amendment.phasings.select_related("instalment"):
        instalment = one.instalment
        instalment.amount_vnd, instalment.planned_on = one.amount_vnd, one.planned_on
        instalment.budget_year = one.budget_year
        instalment.save(update_fields=["amount_vnd", "planned_on", "budget_year"])
