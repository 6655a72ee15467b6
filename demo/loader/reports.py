"""Progress reports: filed a few days before they are due, accepted a week later; some late, some sent back."""

from datetime import timedelta
from enum import Enum, auto

from core import clock
from core.money import VND, split
from core.people.roles import Role
from tasks import services
from tasks.lifecycle import ReportState
from tasks.models import Report, Task
from tasks.selectors import money

from .player import History
from .stage import Stage


class Punctuality(Enum):
    """How the host behaves with the last report before the demo's day."""

    GOOD = auto()
    OVERDUE = auto()
    JUST_FILED = auto()
    SENT_BACK = auto()


def reports(stage: Stage, task: Task, punctuality: Punctuality = Punctuality.GOOD) -> History:
    """Every report of the task that was due until the demo's day."""
    rows = list(task.reports.filter(due_date__lt=stage.days.today).order_by("due_date"))
    for place, report in enumerate(rows):
        last = place == len(rows) - 1
        yield from _one(stage, task, report, punctuality if last else Punctuality.GOOD)


def _one(stage: Stage, task: Task, report: Report, punctuality: Punctuality) -> History:
    if punctuality is Punctuality.OVERDUE:
        return
    before = (stage.days.today - report.due_date).days
    late = punctuality is Punctuality.JUST_FILED
    yield stage.days.at(min(3, before) if late else before + 1 + task.pk % 6, 8 + task.pk % 8, task.pk % 60)
    report.refresh_from_db()
    if report.state != ReportState.DUE:
        # Nobody waits for it any more: the acceptance dossier was filed, or the contract ended.
        return
    write(stage, task, report)
    stage.step(report, "file", stage.signer(task.host))
    if late:
        return
    yield clock.now() + timedelta(days=4 + task.pk % 5)
    officer = stage.staff(Role.OFFICER)
    if punctuality is Punctuality.SENT_BACK:
        stage.step(report, "send_back", officer, reason="Chưa nêu rõ phần việc chậm và kinh phí đã sử dụng.")
    else:
        stage.step(report, "accept", officer)


def write(stage: Stage, task: Task, report: Report) -> None:
    """Work, percentage and spending, as the elapsed time lets one expect."""
    task.refresh_from_db()
    percent = progress(task, stage.random.randrange(-6, 7))
    spent = VND(spent_so_far(task, min(percent, 80)) // 1_000_000 * 1_000_000)
    labour, rest = split(spent, (60, 40))
    chance = stage.random
    services.save_report(
        report,
        actor=stage.known(task.principal_investigator),
        facts={
            **{name: stage.say("report", name) for name in ("done", "not_done", "next_steps", "risks")},
            "percent": percent,
            "spent_vnd": spent,
            "other_spent_vnd": VND(task.approved_other_vnd * chance.randrange(20, 60) // 100),
        },
        spending=[
            {"item": "Công lao động", "planned_vnd": task.approved_state_vnd * 6 // 10, "state_vnd": labour},
            {"item": "Vật tư, nguyên liệu", "planned_vnd": task.approved_state_vnd * 4 // 10, "state_vnd": rest},
        ],
    )


def progress(task: Task, drift: int = 0) -> int:
    """How much should be done by now, in per cent, a little more or less."""
    if task.starts_on is None or task.ends_on is None:
        return 0
    length = (task.ends_on - task.starts_on).days
    return max(1, min((clock.today() - task.starts_on).days * 100 // length + drift, 97))


def spent_so_far(task: Task, percent: int) -> VND:
    """That part of the State's money, as far as it was paid: hosts of the demo advance nothing of their own."""
    wanted, totals = VND(task.approved_state_vnd * percent // 100), money.source().totals(task)
    return wanted if totals.with_host_vnd is None else min(wanted, totals.paid_vnd)
