"""Everything that happens, history by history."""

from collections.abc import Iterator
from datetime import date

from core.regulations import DayOfYear, value
from tasks.models import Precondition

from . import calls, identification, lists, money, proposals
from .desk import half_done
from .inspections import ready_for_money
from .plan_proposals import FIRST, SECOND, proposal_plans
from .plan_tasks import ADOPTED, Life, TaskPlan, task_plans
from .player import History
from .reports import Punctuality
from .stage import Stage
from .tasks import Course, task
from .terms import IN_LEDGER, terms
from .titles import TitleBook

# When second instalments are paid in this system: the first so many days ago, the last ones not yet.
PAID_FIRST, PAID_LAST = 168, -8
MOST_PAID = 40
PAYS = {Life.STEADY, Life.EXTENDED, Life.NEAR_END}
# Months of thirty days from the start to half of the work: nobody asks for the second part before.
EARLIEST_PERCENT, LATEST_PERCENT = 35, 78
LATE_REPORTS = {Punctuality.OVERDUE: 8, Punctuality.JUST_FILED: 6, Punctuality.SENT_BACK: 3}


def programme(stage: Stage) -> Iterator[History]:
    """All histories; the player puts them in order."""
    book = TitleBook()
    yield from _proposals(stage, book)
    yield from _tasks(stage, book)
    yield ready_for_money(stage)
    yield half_done(stage)


def _proposals(stage: Stage, book: TitleBook) -> Iterator[History]:
    yield calls.call_for_proposals(stage, 1, announced=FIRST.first + 4, closes=FIRST.last - 5)
    yield calls.call_for_proposals(stage, 2, announced=SECOND.first + 4, closes=-25)
    yield calls.call_in_preparation(stage)
    plans = dict(enumerate(proposal_plans(book, stage.scale), start=1))
    for number, plan in plans.items():
        yield proposals.proposal(stage, number, plan)
    yield from identification.councils(stage, plans)
    yield from lists.lists(stage, plans)


def _tasks(stage: Stage, book: TitleBook) -> Iterator[History]:
    plans = dict(enumerate(task_plans(book, stage.scale), start=1))
    seconds = payment_days(stage, plans)
    lateness = _lateness(plans, seconds)
    courses = {}
    for number, plan in plans.items():
        second = seconds.get(number)
        waits_for = _waits_for(stage, number, second)
        courses[number] = Course(terms(stage, plan, second), second, waits_for, lateness.get(number, Punctuality.GOOD))
    yield from money.plans(stage, [(plan, courses[number].terms) for number, plan in plans.items()])
    yield from money.january(stage)
    for number, plan in plans.items():
        yield task(stage, number, plan, courses[number])


def payment_days(stage: Stage, plans: dict[int, TaskPlan]) -> dict[int, int]:
    """Which tasks get their second instalment in this system, and how many days before the demo's day."""
    able = [number for number, plan in plans.items() if _pays(plan)]
    chosen = [
        number
        for place, number in enumerate(able)
        if place * MOST_PAID // len(able) != (place - 1) * MOST_PAID // len(able)
    ]
    last = max(len(chosen) - 1, 1)
    return {number: PAID_FIRST - (PAID_FIRST - PAID_LAST) * place // last for place, number in enumerate(chosen)}


def _pays(plan: TaskPlan) -> bool:
    """Far enough now, not too far when it came in."""
    if plan.life not in PAYS or plan.payer not in IN_LEDGER:
        return False
    length = plan.months * 30
    now = (length - plan.ends) * 100 // length
    then = (length - plan.ends - ADOPTED) * 100 // length
    return now >= EARLIEST_PERCENT and then <= LATEST_PERCENT


def _waits_for(stage: Stage, number: int, second: int | None) -> Precondition:
    """Every other one waits for a report, where one is due in time; the others for an inspection."""
    if second is None or number % 2 == 0:
        return Precondition.INSPECTION_PASSED
    first, last = stage.days.day(ADOPTED - 20), stage.days.day(second + 24)
    due = _days(value("report.dates"), first.year, last.year)
    return Precondition.PROGRESS_ACCEPTED if any(first < day < last for day in due) else Precondition.INSPECTION_PASSED


def _days(days: tuple[DayOfYear, ...], first: int, last: int) -> list[date]:
    return [date(year, month, day) for year in range(first, last + 1) for month, day in days]


def _lateness(plans: dict[int, TaskPlan], seconds: dict[int, int]) -> dict[int, Punctuality]:
    """Some hosts are late with the last report: none of those that ask for money."""
    quiet = [number for number, plan in plans.items() if plan.life is Life.STEADY and number not in seconds]
    kinds = [kind for kind, number in LATE_REPORTS.items() for _ in range(number)]
    return dict(zip(quiet, kinds, strict=False))
