"""Plans of a year and estimates of a task: entered here, with their decision. Who answers them is another person."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.money import VND
from core.numbers.services import draw_code
from core.people.models import User
from core.people.policy import can, may
from core.people.roles import Payer
from core.rows import check_row
from funds.choices import Bucket
from funds.models import Account, YearEstimate, YearPlan
from funds.models.plans import Granted
from funds.selectors.grants import ungranted_of
from tasks.models import Task

from . import common
from .decisions import Decision, note
from .replays import entered_before, granted_before

# Overridden by the setting CODE_PATTERNS, {name: pattern}.
PATTERN = "KH.{year}.{number:03d}"


def set_year_plan(
    *, year: int, amount_vnd: VND, decision: Decision, payer: str = Payer.FUND, actor: User, key: UUID
) -> YearPlan:
    """Enter the money that a decision gives a payer for a year; several decisions add up.

    It counts once another person has confirmed it (``answer_year_plan``). Amount in đồng. The same form again gives
    the first plan. Raises PermissionDenied, ValidationError, also for a ``key`` that entered something else,
    UploadRefused.
    """
    if not may(actor, "funds.plan"):
        raise PermissionDenied
    plan = YearPlan(year=year, amount_vnd=amount_vnd, payer=payer, created_key=key, batch=key)
    decision.write(plan, actor)
    _check(plan)
    with audit.transaction():
        # Drawing the code locks its series: a second form with the same key waits here and is seen.
        plan.code = _next_code()
        first = entered_before(plan)
        if first is not None:
            return first
        plan.scan = decision.stored(plan, "year_plan", actor)
        plan.save()
        note(plan, "entered", actor)
    return plan


def grant_year_estimate(
    task: Task, *, year: int, amount_vnd: VND, decision: Decision, actor: User, key: UUID
) -> YearEstimate:
    """Enter what a decision grants of the contract for a budget year: once another person confirms it, it may be paid.

    Amount in đồng. The same form again gives the first. Raises PermissionDenied, ValidationError when the contract
    has less left for that year, or the ``key`` entered something else.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="grant_money")
        row = YearEstimate(task=held, year=year, amount_vnd=amount_vnd, created_key=key, batch=key)
        decision.write(row, actor)
        return entered_before(row) or _enter(row, decision, actor)


def grant_year_estimates(
    *, year: int, decision: Decision, payer: str = Payer.FUND, actor: User, key: UUID
) -> list[YearEstimate]:
    """Enter, for every contracted task of a payer, all that its contract still waits for in a year.

    In one transaction, to be confirmed in one act; the same form again enters nothing: no contract signed since slips
    under the decision. Raises PermissionDenied, ValidationError, also for a ``key`` that entered something else,
    UploadRefused.
    """
    if not may(actor, "funds.grant"):
        raise PermissionDenied
    made: list[YearEstimate] = []

    def wanted(task: Task, amount: VND) -> YearEstimate:
        part = common.inner_key(key, task.pk)
        row = YearEstimate(task=task, year=year, amount_vnd=amount, created_key=part, batch=key)
        decision.write(row, actor)
        return row

    with audit.transaction():
        tasks = _waiting_tasks(year, payer)
        if granted_before(key, tasks, payer, wanted):
            return []
        for task in tasks:
            waiting = ungranted_of(task, year)
            if waiting > 0 and can(actor, "grant_money", task):
                row = wanted(task, VND(waiting))
                row.scan = made[0].scan if made else None
                made.append(_enter(row, decision, actor))
    return made


def _waiting_tasks(year: int, payer: str) -> list[Task]:
    """The tasks with money contracted for the year and not granted, locked in the order of their keys."""
    accounts = Account.objects.filter(bucket=Bucket.COMMITTED_FUTURE, budget_year=year, source=payer)
    tasks = accounts.values("task")
    return list(Task.objects.select_for_update().filter(pk__in=tasks).order_by("pk"))


def _enter(estimate: YearEstimate, decision: Decision, actor: User) -> YearEstimate:
    task = estimate.task
    estimate.code = common.next_code(task, YearEstimate)
    _check(estimate)
    left = ungranted_of(task, estimate.year)
    if estimate.amount_vnd > left:
        raise common.refuse("amount_vnd", _("The contract has %(left)s đồng left for this year."), left=max(left, 0))
    estimate.scan = estimate.scan or decision.stored(estimate, "year_estimate", actor)
    estimate.save()
    note(estimate, "entered", actor)
    return estimate


def _check(row: Granted) -> None:
    check_row(row, exclude=["code", "scan", "transfer"], unique=False)
    common.refuse_future("decided_on", row.decided_on)


def _next_code() -> str:
    pattern = {"year_plan": PATTERN, **getattr(settings, "CODE_PATTERNS", {})}["year_plan"]
    return draw_code(pattern, "codes", "year_plan", clock.today())
