"""What earlier tasks say against a host or an investigator: answers for the room of dossiers.

Law: Circular 08/2017/TT-BKHCN, Article 4; Circular 10/2014/TT-BKHCN; since then Decree 267/2025/NĐ-CP, Article 5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from core import clock
from core.people.models import Organisation, User
from core.people.selectors import predecessors_of
from core.regulations import parameter, value
from core.workflow.ruling import Refusal
from proposals.models import Dossier
from tasks.lifecycle import TaskState
from tasks.models import AcceptanceFile, Cause, Grade, Task

from .lists import RUNNING_STATES
from .reports import REPORTING_STATES


@dataclass(frozen=True, slots=True)
class Rule:
    """What an earlier task must not be: its condition, the words, the parameter it rests on."""

    condition: Q
    text: str
    key: str
    # Only so many tasks of this kind speak against the person.
    at_least: int = 1


def task_obstacles(dossier: Dossier, on: date) -> Iterator[Refusal]:
    """Everything that earlier tasks say against a dossier on a day: its host first. Three queries."""
    host, person, regulation = dossier.host, dossier.principal_investigator, dossier.regulation
    return _each([*_of_host(host, on, regulation), *_of_person(person, on, regulation)], regulation, person)


def host_obstacles(host: Organisation, on: date, regulation: str) -> Iterator[Refusal]:
    """What speaks against a host alone."""
    return _each(_of_host(host, on, regulation), regulation)


def investigator_obstacles(person: User, on: date, regulation: str) -> Iterator[Refusal]:
    """What speaks against an investigator alone."""
    return _each(_of_person(person, on, regulation), regulation, person)


def _of_host(host: Organisation, on: date, regulation: str) -> list[Rule]:
    """Debts follow the host's successors."""
    tasks = Q(host__in=[host, *predecessors_of(host, on)])
    return [replace(rule, condition=tasks & rule.condition) for rule in _host_rules(on, regulation)]


def _of_person(person: User, on: date, regulation: str) -> list[Rule]:
    """Leads another task, handed one in late, or failed."""
    rules = [_busy(regulation), _late(person, on, regulation), _failed(on, regulation)]
    return [replace(rule, condition=Q(principal_investigator=person) & rule.condition) for rule in rules]


def _host_rules(on: date, regulation: str) -> Iterator[Rule]:
    """Unpaid recovery, late acceptance dossier, termination by its own fault, unregistered results."""
    key = "eligibility.organisation.unpaid_recovery"
    if value(key, regulation):
        text = _("%(host)s has not paid back what was recovered from task %(task)s.")
        yield Rule(Q(state=TaskState.RECOVERING), text, key)
    key = "eligibility.organisation.late_acceptance_days"
    latest_end = _before(on, key, regulation)
    text = _("%(host)s has not filed the acceptance dossier of task %(task)s in time.")
    yield Rule(Q(state__in=REPORTING_STATES, ends_on__lt=latest_end), text, key)
    yield _violation(on, regulation)
    key = "eligibility.organisation.unregistered_results"
    if value(key, regulation):
        # Registration itself has its time: only what is overdue speaks against the host.
        text = _("%(host)s has not registered the results of task %(task)s.")
        yield Rule(Q(state=TaskState.ACCEPTED, due_on__lt=on), text, key)


def _before(on: date, key: str, regulation: str) -> date:
    """The day that lies the rule's time before ``on``, in the rule's own unit."""
    rule = parameter(key, regulation)
    return clock.add_days(on, -int(rule.value), rule.unit)


def _violation(on: date, regulation: str) -> Rule:
    """Barred for a year after a contract was ended by the host's own fault."""
    key = "eligibility.organisation.violation_ban_years"
    since = _before(on, key, regulation)
    own_fault = Q(termination__cause=Cause.SUBJECTIVE, termination__terminated_on__gt=since)
    return Rule(own_fault, _("The contract of task %(task)s of %(host)s was terminated by its own fault."), key)


def _busy(regulation: str) -> Rule:
    counted = value("eligibility.counted_levels", regulation)
    running = Q(level__in=counted, state__in=(TaskState.APPROVED, *RUNNING_STATES))
    key = "eligibility.investigator.concurrent_tasks_max"
    text = _("%(person)s leads task %(task)s, which still runs.")
    return Rule(running, text, key, at_least=int(value(key, regulation)))


def _late(person: User, on: date, regulation: str) -> Rule:
    """Filed too late: barred for years from the filing (Circular 10/2014/TT-BKHCN). One query."""
    key = "eligibility.investigator.late_ban_years"
    since = _before(on, key, regulation)
    files = AcceptanceFile.objects.filter(task__principal_investigator=person, late_days__gt=0, filed_on__gt=since)
    late = [one.task_id for one in files if _is_too_late(one, regulation)]
    return Rule(Q(pk__in=late), _("%(person)s handed in task %(task)s late."), key)


def _is_too_late(dossier: AcceptanceFile, regulation: str) -> bool:
    """Whether the filing lies more than the rule's time after the day on which the dossier was due."""
    assert dossier.filed_on is not None  # noqa: S101  # asked by the caller
    rule = parameter("eligibility.investigator.late_from_days", regulation)
    due = dossier.filed_on - timedelta(days=dossier.late_days or 0)
    return dossier.filed_on > clock.add_days(due, int(rule.value), rule.unit)


def _failed(on: date, regulation: str) -> Rule:
    key = "eligibility.investigator.failed_ban_years"
    since = _before(on, key, regulation)
    failed = Q(grade=Grade.FAIL, accepted_on__gt=since, accepted_on__lte=on)
    return Rule(failed, _("%(person)s led task %(task)s, which failed."), key)


def _each(rules: Sequence[Rule], regulation: str, person: User | None = None) -> Iterator[Refusal]:
    """One refusal for each rule and task that meet, rule by rule. A void entry speaks against nobody. One query."""
    meets = {
        f"meets_{number}": Case(When(rule.condition, then=True), default=False) for number, rule in enumerate(rules)
    }
    speaking = Task.objects.filter(reduce(or_, (rule.condition for rule in rules))).exclude(state=TaskState.VOID)
    found = list(speaking.annotate(**meets).select_related("host").order_by("code"))
    for name, rule in zip(meets, rules, strict=True):
        against = [task for task in found if getattr(task, name)]
        origin = parameter(rule.key, regulation)
        for task in against if len(against) >= rule.at_least else ():
            words = {"task": task.code, "host": task.host.name, "person": person.full_name if person else ""}
            yield Refusal(rule.text % words, origin.source, blocking=origin.is_confirmed)
