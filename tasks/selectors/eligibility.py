"""What earlier tasks say against a host or an investigator: answers for the room of dossiers.

Law: Circular 08/2017/TT-BKHCN, Article 4; Circular 10/2014/TT-BKHCN; since then Decree 267/2025/NĐ-CP, Article 5.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.clock import Unit
from core.people.models import Organisation, User
from core.people.selectors import predecessors_of
from core.regulations import parameter, value
from core.workflow.ruling import Refusal
from proposals.models import Dossier
from tasks.lifecycle import TaskState
from tasks.models import Cause, Grade, Task

from .lists import RUNNING_STATES
from .reports import REPORTING_STATES

ORGANISATION = "eligibility.organisation"
PERSON = "eligibility.investigator"


def task_obstacles(dossier: Dossier, on: date) -> Iterator[Refusal]:
    """Everything that earlier tasks say against a dossier on a day."""
    yield from host_obstacles(dossier.host, on, dossier.regulation)
    yield from investigator_obstacles(dossier.principal_investigator, on, dossier.regulation)


def host_obstacles(host: Organisation, on: date, regulation: str) -> Iterator[Refusal]:
    """Unpaid recovery, late acceptance dossier, unregistered results: debts follow the host's successors."""
    tasks = Task.objects.filter(host__in=[host, *predecessors_of(host, on)])
    if value(f"{ORGANISATION}.unpaid_recovery", regulation):
        text = _("%(host)s has not paid back what was recovered from task %(task)s.")
        yield from _each(tasks.filter(state=TaskState.RECOVERING), text, f"{ORGANISATION}.unpaid_recovery", regulation)
    key = f"{ORGANISATION}.late_acceptance_days"
    latest_end = on - timedelta(days=int(value(key, regulation)))
    late = tasks.filter(state__in=REPORTING_STATES, ends_on__lt=latest_end)
    yield from _each(
        late, _("%(host)s has not filed the acceptance dossier of task %(task)s in time."), key, regulation
    )
    yield from _violations(tasks, on, regulation)
    if value(f"{ORGANISATION}.unregistered_results", regulation):
        # Registration itself has its time: only what is overdue speaks against the host.
        unregistered = tasks.filter(state=TaskState.ACCEPTED, due_on__lt=on)
        text = _("%(host)s has not registered the results of task %(task)s.")
        yield from _each(unregistered, text, f"{ORGANISATION}.unregistered_results", regulation)


def _violations(tasks: QuerySet[Task], on: date, regulation: str) -> Iterator[Refusal]:
    """Barred for a year after a contract was ended by the host's own fault."""
    key = f"{ORGANISATION}.violation_ban_years"
    since = clock.add_days(on, -int(value(key, regulation)), Unit.YEARS)
    own_fault = tasks.filter(termination__cause=Cause.SUBJECTIVE, termination__terminated_on__gt=since)
    text = _("The contract of task %(task)s of %(host)s was terminated by its own fault.")
    yield from _each(own_fault, text, key, regulation)


def investigator_obstacles(person: User, on: date, regulation: str) -> Iterator[Refusal]:
    """Leads another task, handed one in late, or failed."""
    tasks = Task.objects.filter(principal_investigator=person).select_related("host")
    yield from _busy(person, tasks, regulation)
    yield from _late(person, tasks, on, regulation)
    key = f"{PERSON}.failed_ban_years"
    since = clock.add_days(on, -int(value(key, regulation)), Unit.YEARS)
    text = _("%(person)s led task %(task)s, which failed.")
    failed = tasks.filter(grade=Grade.FAIL, accepted_on__gt=since, accepted_on__lte=on)
    yield from _each(failed, text, key, regulation, person=person)


def _busy(person: User, tasks: QuerySet[Task], regulation: str) -> Iterator[Refusal]:
    counted = value("eligibility.counted_levels", regulation)
    running = tasks.filter(level__in=counted, state__in=(TaskState.APPROVED, *RUNNING_STATES))
    key = f"{PERSON}.concurrent_tasks_max"
    if running.count() >= value(key, regulation):
        yield from _each(
            running, _("%(person)s leads task %(task)s, which still runs."), key, regulation, person=person
        )


def _late(person: User, tasks: QuerySet[Task], on: date, regulation: str) -> Iterator[Refusal]:
    """Filed more than 30 days late: barred for two years from the filing."""
    key = f"{PERSON}.late_ban_years"
    since = clock.add_days(on, -int(value(key, regulation)), Unit.YEARS)
    days = int(value(f"{PERSON}.late_from_days", regulation))
    late = Q(acceptance_files__late_days__gt=days, acceptance_files__filed_on__gt=since)
    text = _("%(person)s handed in task %(task)s late.")
    yield from _each(tasks.filter(late).distinct(), text, key, regulation, person=person)


def _each(
    tasks: QuerySet[Task], text: str, key: str, regulation: str, *, person: User | None = None
) -> Iterator[Refusal]:
    rule = parameter(key, regulation)
    for task in tasks.select_related("host").order_by("code"):
        words = {"task": task.code, "host": task.host.name, "person": person.full_name if person else ""}
        yield Refusal(text % words, rule.source, blocking=rule.is_confirmed)
