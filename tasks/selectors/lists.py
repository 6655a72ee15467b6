"""Tasks as lists and figures: which run, how they stand, how far they are. Dates are compared, never guessed."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils.translation import pgettext_lazy

from core.people.models import User
from core.people.policy import visible_to
from core.workflow.confirmed import stands
from tasks.lifecycle import InspectionState, TaskState
from tasks.models import Inspection, Instalment, Report, Task, Verdict

from . import money
from .reports import HANDED_IN, REPORTING_STATES, WAITED_FOR

T = TaskState
WAITING_STATES = (T.ACCEPTANCE_FILED, T.ACCEPTANCE_RETURNED, T.GRASSROOTS_ACCEPTED, T.AT_COUNCIL)
RUNNING_STATES = (T.CONTRACTED, T.RUNNING, T.SUSPENDED, *WAITING_STATES)
OVER_STATES = (T.ARCHIVED, T.REVOKED, T.ENDED, T.LIQUIDATED)
# A task that ends within these days with less than this done is at risk; no rule of law, a sign for the officer.
NEAR_END_DAYS = 60
NEARLY_DONE = 80


class Standing(TextChoices):
    """How a running task stands, for the monitoring page."""

    ON_TIME = "on_time", pgettext_lazy("standing", "On time")
    AT_RISK = "at_risk", pgettext_lazy("standing", "At risk")
    OVERDUE = "overdue", pgettext_lazy("standing", "Overdue")
    WAITING = "waiting", pgettext_lazy("standing", "Waiting for acceptance")


def running_tasks(user: User) -> QuerySet[Task]:
    """The tasks in work that the user may see, of all levels, managed and followed; none that waits to be confirmed."""
    return visible_to(user, Task).filter(stands(), state__in=RUNNING_STATES)


def _reports(*states: str) -> QuerySet[Report]:
    return Report.objects.filter(task=OuterRef("pk"), state__in=states)


def with_progress(tasks: QuerySet[Task]) -> QuerySet[Any]:
    """Adds ``percent`` (of the last report) and ``next_due`` (the next report, or the acceptance dossier)."""
    last = _reports(*HANDED_IN).order_by("-due_date").values("percent")[:1]
    first_due = _reports(*WAITED_FOR).order_by().values("task").annotate(first=Min("due_date")).values("first")
    reporting = Case(When(state__in=REPORTING_STATES, then=Subquery(first_due)))
    return tasks.annotate(
        percent=Coalesce(Subquery(last), F("opening_percent")),
        next_report=reporting,
        next_due=Case(
            When(state__in=REPORTING_STATES, next_report__isnull=False, then=_earlier()),
            When(state__in=REPORTING_STATES, then=F("acceptance_due_on")),
            default=F("due_on"),
        ),
    )


def _earlier() -> Any:
    return Case(
        When(acceptance_due_on__isnull=True, then=F("next_report")), default=Least("next_report", "acceptance_due_on")
    )


def with_standing(tasks: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Adds ``standing``; needs ``with_progress`` first."""
    late_report = _reports(*WAITED_FOR).filter(due_date__lt=on)
    overdue = Q(state__in=REPORTING_STATES) & (Q(Exists(late_report)) | Q(acceptance_due_on__lt=on))
    last_verdict = (
        Inspection.objects.filter(task=OuterRef("pk"), state=InspectionState.CONCLUDED)
        .order_by("-planned_on", "-sequence")
        .values("verdict")[:1]
    )
    near_end = Q(ends_on__lte=on + timedelta(days=NEAR_END_DAYS)) & (Q(percent__lt=NEARLY_DONE) | Q(percent=None))
    at_risk = Q(state=T.SUSPENDED) | Q(last_verdict__in=[Verdict.ADJUST, Verdict.STOP]) | near_end
    rows: QuerySet[Any] = tasks.annotate(
        last_verdict=Subquery(last_verdict),
        standing=Case(
            When(state__in=WAITING_STATES, then=Value(Standing.WAITING)),
            When(overdue, then=Value(Standing.OVERDUE)),
            When(at_risk, then=Value(Standing.AT_RISK)),
            default=Value(Standing.ON_TIME),
            output_field=CharField(),
        ),
    )
    return rows


def monitored_tasks(user: User, on: date) -> QuerySet[Any]:
    """Running tasks with progress, standing and paid money: what the monitoring page shows and filters."""
    rows = with_standing(with_progress(money.source().annotate(running_tasks(user))), on)
    return rows.select_related("host", "principal_investigator")


def counted_tasks(user: User) -> QuerySet[Task]:
    """Every task the user may see but void entries: what the counts of the list are made of."""
    return visible_to(user, Task).exclude(state=T.VOID)


def listed_tasks(user: User) -> QuerySet[Any]:
    """Every task the user may see, as the list shows it."""
    rows = with_progress(visible_to(user, Task))
    return rows.select_related("host", "principal_investigator", "managing_body")


def overdue(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the (annotated) tasks that are late."""
    return tasks.filter(standing=Standing.OVERDUE)


def standing_figures(tasks: QuerySet[Any]) -> dict[str, int]:
    """How many of the (annotated) tasks stand how, and their money. One query."""
    counts = {name: Count("pk", filter=Q(standing=name)) for name in Standing.values}
    sums = {"paid": Sum("paid_vnd"), "contracted": Sum("contract__state_value_vnd"), "all": Count("pk")}
    found = tasks.aggregate(**counts, **sums)
    return {name: int(number or 0) for name, number in found.items()}


def level_counts(tasks: QuerySet[Any]) -> dict[tuple[str, str], int]:
    """How many tasks by level and management. One query."""
    rows = tasks.order_by().values_list("level", "management").annotate(number=Count("pk"))
    return {(level, management): number for level, management, number in rows}


def planned_by_month(tasks: QuerySet[Any], year: int) -> list[int]:
    """What the contracts of these tasks plan to pay in each month of the year, in đồng. One query."""
    planned = [0] * money.MONTHS
    rows = Instalment.objects.filter(contract__task__in=tasks.order_by().values("pk"), planned_on__year=year)
    for day, amount in rows.order_by().values_list("planned_on", "amount_vnd"):
        planned[day.month - 1] += amount
    return planned
