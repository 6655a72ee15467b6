"""The plans of the years and the estimates that are granted each January."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.money import VND
from core.people.roles import Payer, Role
from funds import services as funds

from .plan_tasks import TaskPlan
from .player import History
from .scans import SCAN
from .stage import Stage
from .terms import IN_LEDGER, Terms

BILLION = 1_000_000_000
FIRST = 250
# What the plans hold above what was approved: room for the orders of the year.
SPARE_PERCENT = 112
COMING_BILLIONS = {Payer.FUND: 68, Payer.DEPARTMENT_BUDGET: 14}


def plans(stage: Stage, agreed: Iterable[tuple[TaskPlan, Terms]]) -> Iterator[History]:
    """One plan for each payer and year: those of the past cover what was approved, the coming one is still free."""
    approved: Counter[tuple[Payer, int]] = Counter()
    for plan, terms in agreed:
        if plan.payer in IN_LEDGER:
            approved[plan.payer, terms.approved_on.year] += terms.state_vnd
    years = range(min((year for _payer, year in approved), default=stage.plan_year), stage.plan_year + 1)
    for payer in sorted(IN_LEDGER):
        for year in years:
            billions = -(-approved[payer, year] * SPARE_PERCENT // 100 // BILLION) + 1
            if year == stage.plan_year:
                billions = COMING_BILLIONS[payer]
            yield _plan(stage, payer, year, VND(billions * BILLION))


def _plan(stage: Stage, payer: Payer, year: int, amount: VND) -> History:
    """Decided in December before the year; the coming one as soon as the budget is announced."""
    decided = min(date(year - 1, 12, 10), stage.days.day(30))
    yield max(clock.instant(decided, time(9, year % 60)), stage.days.at(FIRST, 8, year % 60))
    title, number = f"Giao kế hoạch vốn khoa học và công nghệ năm {year}", f"{2800 + year % 60}/QĐ-UBND"
    plan = funds.set_year_plan(
        year=year,
        amount_vnd=amount,
        decision=decision(title, number, decided),
        payer=payer,
        actor=stage.staff(Role.FUND_OFFICER),
        key=stage.key(),
    )
    yield stage.player.later(minutes=5)
    funds.answer_year_plan(plan, actor=stage.staff(Role.CHIEF_ACCOUNTANT), agrees=True)


def january(stage: Stage) -> Iterator[History]:
    """When a year began since the tasks came in, its estimates were granted in one act."""
    year = stage.days.today.year
    for payer in sorted(IN_LEDGER):
        yield _estimates(stage, payer, year)


def _estimates(stage: Stage, payer: Payer, year: int) -> History:
    yield max(clock.instant(date(year, 1, 4), time(10)), stage.days.at(190, 15))
    made = funds.grant_year_estimates(
        year=year,
        decision=decision(f"Giao dự toán năm {year}", f"{5 + len(payer)}/QĐ-QPTKHCN", clock.today()),
        payer=payer,
        actor=stage.staff(Role.FUND_OFFICER),
        key=stage.key(),
    )
    yield stage.player.later(minutes=5)
    for first in made[:1]:
        funds.answer_year_estimates(first, actor=stage.staff(Role.CHIEF_ACCOUNTANT), agrees=True)


def decision(title: str, number: str, on: date) -> funds.Decision:
    """The decision behind a plan or an estimate, with its scan."""
    scan = SimpleUploadedFile("Quyết định.png", SCAN, content_type="image/png")
    return funds.Decision(title=title, number=number, decided_on=on, scan=scan)
