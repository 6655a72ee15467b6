"""The life of one task since it came in."""

from collections.abc import Callable
from dataclasses import dataclass

from reviews.models import Level
from tasks.models import Grade, Instalment, Precondition, Task, Verdict

from . import acceptance, amendments, breaking, contracts, inspections, payments
from .adoption import adopt
from .plan_tasks import ADOPTED, Life, TaskPlan
from .player import History
from .reports import Punctuality, reports
from .stage import Stage
from .terms import Terms

BATCHES, DAYS_BETWEEN = 4, 4


@dataclass(frozen=True, slots=True)
class Course:
    """What is agreed for one task: ``second``: when its second instalment is paid here, and what that waits for."""

    terms: Terms
    second: int | None = None
    waits_for: Precondition = Precondition.INSPECTION_PASSED
    punctuality: Punctuality = Punctuality.GOOD


def task(stage: Stage, number: int, plan: TaskPlan, course: Course) -> History:
    """It comes in with one of the batches, or when it was approved; then it goes on by itself."""
    came = ADOPTED - number % BATCHES * DAYS_BETWEEN if plan.signed is None else plan.signed + 20
    yield stage.days.at(came, 8 + number % 8, number * 7 % 60)
    made = adopt(stage, plan, course.terms, course.waits_for)
    add = stage.player.add
    if made.reports.exists():
        add(reports(stage, made, course.punctuality))
    if course.second is not None:
        add(payments.second_instalment(stage, made, course.second))
    if plan.life in LIVES:
        add(LIVES[plan.life](stage, made, plan))
    elif plan.life is Life.STEADY and course.second is None and plan.place % 7 == 0:
        add(_visit(stage, made, plan))


def _visit(stage: Stage, made: Task, plan: TaskPlan) -> History:
    """Visits that no payment waits for: some still to come, one that asks for changes."""
    match plan.place % 3:
        case 0:
            yield from inspections.inspection(stage, made, 40, Verdict.ADJUST)
        case 1:
            yield from inspections.inspection(stage, made, -7)
        case _:
            yield from inspections.planned(stage, made, -25)


def _signed_here(stage: Stage, made: Task, plan: TaskPlan) -> History:
    signed = plan.signed or 0
    yield from contracts.sign(stage, made, stage.days.at(signed, 9))
    stage.player.add(reports(stage, made))
    first = Instalment.objects.select_related("contract").get(contract__task=made, sequence=1)
    yield from payments.pay(stage, made, first, signed - 38)


def _contracted(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from contracts.sign(stage, made, stage.days.at(plan.signed or 0, 9))


def _approved(stage: Stage, made: Task, plan: TaskPlan) -> History:
    """The contract is written and waits for the director's signature."""
    yield stage.days.at(plan.signed or 0, 9)
    contracts.write(stage, made)
    stage.draft(made, "sign_contract")


def _extended(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from amendments.extension(stage, made, plan.place)


def _resumed(stage: Stage, made: Task, _plan: TaskPlan) -> History:
    yield from breaking.suspend(stage, made, stage.days.at(160, 10))
    yield from breaking.resume(stage, made, stage.days.at(85, 10))
    yield from amendments.new_leader(stage, made, 60)


def _suspended(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from breaking.suspend(stage, made, stage.days.at(70 - 12 * plan.place, 10))


def _filed(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from acceptance.file_dossier(stage, made, stage.days.at(9 - plan.place, 9, plan.place * 9))


def _returned(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from acceptance.file_dossier(stage, made, stage.days.at(13, 9, plan.place * 9))
    yield from acceptance.send_back(stage, made, stage.days.at(7 - plan.place, 10))


def _grassroots(stage: Stage, made: Task, _plan: TaskPlan) -> History:
    """Under the new rules, which know no grassroots acceptance, the dossier waits for its council."""
    yield from acceptance.file_dossier(stage, made, stage.days.at(22, 9))
    yield from acceptance.accept_at_grassroots(stage, made, stage.days.at(8, 10))


def _at_council(stage: Stage, made: Task, plan: TaskPlan) -> History:
    yield from acceptance.file_dossier(stage, made, stage.days.at(28, 9, plan.place * 9))
    yield from acceptance.accept_at_grassroots(stage, made, stage.days.at(20, 10))
    until = "vote" if plan.place == 0 else "convene"
    yield from acceptance.judge(stage, made, 1 if plan.place == 0 else -5 - plan.place, until=until)


def _judged(stage: Stage, made: Task, plan: TaskPlan) -> History:
    level = Level.FAIL if plan.life is Life.FAILED else Level.PASS
    yield from acceptance.file_dossier(stage, made, stage.days.at(96, 9), grade=Grade.PASS)
    yield from acceptance.accept_at_grassroots(stage, made, stage.days.at(86, 10))
    yield from acceptance.judge(stage, made, 55 - 20 * plan.place, level=level)


def _whole(stage: Stage, made: Task, _plan: TaskPlan) -> History:
    """From the dossier to the archive, every paper in this system."""
    days = stage.days
    yield from acceptance.file_dossier(stage, made, days.at(152, 9), grade=Grade.EXCELLENT)
    yield from acceptance.accept_at_grassroots(stage, made, days.at(142, 10))
    yield from acceptance.judge(stage, made, 118)
    yield from acceptance.register(stage, made, days.at(104, 10))
    last = Instalment.objects.select_related("contract").get(contract__task=made, sequence=3)
    contracts.grant(stage, made, last.budget_year)
    yield from payments.pay(stage, made, last, 88)
    yield from acceptance.recognise(stage, made, days.at(80, 10))
    yield from payments.settle(stage, made, 58, give_back_percent=3)
    yield from acceptance.liquidate(stage, made, days.at(48, 10))
    yield from acceptance.archive(stage, made, days.at(20, 10))


def _terminated(stage: Stage, made: Task, plan: TaskPlan) -> History:
    days = stage.days
    when = {Life.TERMINATED: 18, Life.RECOVERING: 66, Life.RECOVERED: 150}[plan.life]
    yield from breaking.terminate(stage, made, days.at(when, 10))
    if plan.life is not Life.TERMINATED:
        yield from breaking.order_recovery(stage, made, days.at(when - 28, 10))
    if plan.life is Life.RECOVERED:
        yield from breaking.repay(stage, made, days.at(when - 52, 10))


def _followed(stage: Stage, made: Task, plan: TaskPlan) -> History:
    """Half of the followed tasks are visited together with their managing body."""
    if plan.place % 2:
        yield from inspections.inspection(stage, made, 30 + 9 * plan.place)


LIVES: dict[Life, Callable[[Stage, Task, TaskPlan], History]] = {
    Life.SIGNED_HERE: _signed_here,
    Life.CONTRACTED: _contracted,
    Life.APPROVED: _approved,
    Life.EXTENDED: _extended,
    Life.RESUMED: _resumed,
    Life.SUSPENDED: _suspended,
    Life.FILED: _filed,
    Life.RETURNED: _returned,
    Life.GRASSROOTS: _grassroots,
    Life.AT_COUNCIL: _at_council,
    Life.ACCEPTED: _judged,
    Life.FAILED: _judged,
    Life.WHOLE: _whole,
    Life.TERMINATED: _terminated,
    Life.RECOVERING: _terminated,
    Life.RECOVERED: _terminated,
    Life.FOLLOWED: _followed,
}
