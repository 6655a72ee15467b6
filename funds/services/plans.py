"""Plans of a year and estimates of a task: money comes in and is granted, or is withdrawn while it is free."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.service import PendingEvent
from core.money import VND
from core.numbers.services import draw_code
from core.people.models import User
from core.people.policy import can, may
from core.people.roles import Payer
from funds.choices import Bucket
from funds.ledger import Entry, NotReversible, Overspent, reverse
from funds.models import Account, Transfer, YearEstimate, YearPlan
from funds.models.plans import Granted
from funds.postings import Edge
from funds.selectors.books import books_of
from tasks.models import Task

from . import common

# Overridden by the setting CODE_PATTERNS, {name: pattern}.
PATTERN = "KH.{year}.{number:03d}"
Given = TypeVar("Given", bound=Granted)


def set_year_plan(
    *, year: int, amount_vnd: VND, decision: str, decided_on: date, payer: str = Payer.FUND, actor: User, key: UUID
) -> YearPlan:
    """Let the money of a decision come into the source of a payer for a year; several decisions add up.

    Amount in đồng. The same ``key`` again gives the first plan. Raises PermissionDenied, ValidationError.
    """
    if not may(actor, "funds.plan"):
        raise PermissionDenied
    plan = YearPlan(year=year, amount_vnd=amount_vnd, decision=common.clean(decision), decided_on=decided_on)
    plan.payer, plan.entered_by, plan.created_key = payer, actor, key
    _check(plan)
    with audit.transaction():
        # Drawing the code locks its series: a second form with the same key waits here and is seen.
        plan.code = _next_code()
        first = YearPlan.objects.filter(created_key=key).first()
        if first is not None:
            return first
        event = audit.record(
            "year_plan", actor=actor, subject_type="year_plan", subject_code=plan.code, payload=_words(plan)
        )
        entry = Entry(edge=Edge.FUND_THE_YEAR, amount_vnd=amount_vnd, key=f"plan:{key}", source=payer)
        plan.transfer = common.post_facts([entry], event, decided_on)[0]
        plan.save()
    return plan


def withdraw_year_plan(plan: YearPlan, *, actor: User, reason: str) -> YearPlan:
    """Take a plan back while its money is free: a mistake, or a cut. Raises PermissionDenied, ValidationError."""
    if not can(actor, "withdraw", plan):
        raise PermissionDenied
    with audit.transaction():
        event = audit.record(
            "year_plan.withdrawn",
            actor=actor,
            subject_type="year_plan",
            subject_code=plan.code,
            payload=_words(plan),
            reason=_reason(reason),
        )
        _reverse(plan.transfer, event)
    return plan


def grant_year_estimate(
    task: Task, *, year: int, amount_vnd: VND, decision: str, granted_on: date, actor: User, key: UUID
) -> YearEstimate:
    """Grant a part of the contract for a budget year: what is granted may be paid.

    Amount in đồng. The same ``key`` again gives the first. Raises PermissionDenied, ValidationError when the contract
    has less left for that year.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="grant_money")
        first = YearEstimate.objects.filter(created_key=key).first()
        return first or _grant(held, year, amount_vnd, decision, granted_on, actor=actor, key=key)


def grant_year_estimates(
    *, year: int, decision: str, granted_on: date, payer: str = Payer.FUND, actor: User, key: UUID
) -> list[YearEstimate]:
    """Grant, for every contracted task of a payer, all that its contract still waits for in a year.

    In one transaction; the same ``key`` again grants nothing twice. Raises PermissionDenied, ValidationError.
    """
    if not may(actor, "funds.grant"):
        raise PermissionDenied
    made = []
    with audit.transaction():
        for task in _waiting_tasks(year, payer):
            part = common.inner_key(key, task.pk)
            waiting = books_of(task).year(year).waiting_vnd
            if waiting and can(actor, "grant_money", task):
                made.append(_grant(task, year, waiting, decision, granted_on, actor=actor, key=part))
    return made


def withdraw_year_estimate(estimate: YearEstimate, *, actor: User, reason: str) -> YearEstimate:
    """Take an estimate back while nothing of it is used. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = Task.objects.select_for_update().get(pk=estimate.task_id)
        if not can(actor, "withdraw", estimate):
            raise PermissionDenied
        event = audit.record(
            "year_estimate.withdrawn",
            actor=actor,
            subject_type="task",
            subject_code=held.code,
            payload=_words(estimate),
            reason=_reason(reason),
        )
        _reverse(estimate.transfer, event)
    return estimate


def _waiting_tasks(year: int, payer: str) -> list[Task]:
    """The tasks with money contracted for the year and not granted, locked in the order of their keys."""
    accounts = Account.objects.filter(bucket=Bucket.COMMITTED_FUTURE, budget_year=year, source=payer)
    tasks = accounts.values("task")
    return list(Task.objects.select_for_update().filter(pk__in=tasks).order_by("pk"))


def _grant(
    task: Task, year: int, amount_vnd: VND, decision: str, granted_on: date, *, actor: User, key: UUID
) -> YearEstimate:
    estimate = YearEstimate(task=task, year=year, amount_vnd=amount_vnd, decision=common.clean(decision))
    estimate.decided_on, estimate.entered_by, estimate.created_key = granted_on, actor, key
    estimate.code = common.next_code(task, YearEstimate)
    _check(estimate)
    waiting = books_of(task).year(year).waiting_vnd
    if amount_vnd > waiting:
        text = _("The contract has %(left)s đồng left for this year.")
        raise common.refuse("amount_vnd", text, left=waiting)
    event = audit.record(
        "year_estimate", actor=actor, subject_type="task", subject_code=task.code, payload=_words(estimate)
    )
    entry = Entry(edge=Edge.GRANT, amount_vnd=amount_vnd, key=f"grant:{key}", task=task, year=year)
    estimate.transfer = common.post_facts([entry], event, granted_on)[0]
    estimate.save()
    return estimate


def _check(row: Given) -> None:
    row.full_clean(exclude=["code", "transfer"], validate_unique=False)
    common.refuse_future("decided_on", row.decided_on)


def _words(row: Granted) -> Mapping[str, object]:
    return {
        "year": row.year,
        "amount_vnd": row.amount_vnd,
        "decision": row.decision,
        "decided_on": row.decided_on.isoformat(),
    }


def _reason(reason: str) -> str:
    cleaned = common.clean(reason)
    if not cleaned:
        raise ValidationError({"reason": _("Give a reason.")})
    return cleaned


def _reverse(transfer: Transfer, event: PendingEvent) -> None:
    key = f"back:{event.uuid}"
    try:
        reverse(transfer, key=key, event_uuid=event.uuid, effective_on=clock.today(), memo=event.reason[:300])
    except Overspent as refused:
        raise ValidationError(str(refused), code="overspent") from refused
    except NotReversible as refused:
        raise ValidationError(_("This was withdrawn before.")) from refused


def _next_code() -> str:
    pattern = {"year_plan": PATTERN, **getattr(settings, "CODE_PATTERNS", {})}["year_plan"]
    return draw_code(pattern, "codes", "year_plan", clock.today())
