"""What earlier tasks say against a host or an investigator: answers for the room of dossiers.

Law: Circular 08/2017/TT-BKHCN, Article 4; Circular 10/2014/TT-BKHCN; since then Decree 267/2025/NĐ-CP, Article 5.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, When
from django.utils.translation import gettext as _

from core import clock
from core.people.models import Organisation, User
from core.people.roles import Level
from core.people.selectors import predecessors_of
from core.regulations import parameter, value
from core.workflow.confirmed import stands
from core.workflow.ruling import Refusal, ruled
from proposals.models import Dossier
from proposals.selectors.dossiers import RECOMMENDED
from proposals.selectors.eligibility import counted_levels
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
    # Only so many of this kind speak against the person, those of ``beside`` among them.
    at_least: int = 1
    # What counts like such a task and is none yet, in words.
    beside: tuple[str, ...] = ()
    # What SQL cannot say in the rule's own unit: asked of the few tasks that the condition finds.
    is_sure: Callable[[Task], bool] = lambda _task: True


HostRules = Callable[[date, str], Iterable[Rule]]
# What other rooms know against a host by its earlier tasks: asked in the same question.
host_rules: list[HostRules] = []


def task_obstacles(dossier: Dossier, on: date) -> Iterator[Refusal]:
    """What earlier tasks and other dossiers say against a dossier on a day: its host first. Three queries."""
    host, person, regulation = dossier.host, dossier.principal_investigator, dossier.regulation
    rules = [*_of_host(host, on, regulation), *_of_person(person, on, regulation, asked=dossier)]
    return _each(rules, on, regulation, person)


def host_obstacles(host: Organisation, on: date, regulation: str) -> Iterator[Refusal]:
    """What speaks against a host alone."""
    return _each(_of_host(host, on, regulation), on, regulation)


def investigator_obstacles(person: User, on: date, regulation: str) -> Iterator[Refusal]:
    """What speaks against an investigator alone."""
    return _each(_of_person(person, on, regulation), on, regulation, person)


def _of_host(host: Organisation, on: date, regulation: str) -> list[Rule]:
    """Debts follow the host's successors."""
    tasks = Q(host__in=[host, *predecessors_of(host, on)])
    rules = [rule for made in (_host_rules, *host_rules) for rule in made(on, regulation)]
    return _about(tasks, rules, on, regulation)


def _of_person(person: User, on: date, regulation: str, asked: Dossier | None = None) -> list[Rule]:
    """Leads another task or is about to, handed one in late, or failed. ``asked``: the dossier that is asked about."""
    rules = [_busy(person, on, regulation, asked), _late(person, on, regulation), _failed(on, regulation)]
    return _about(Q(principal_investigator=person), rules, on, regulation)


def _about(whose: Q, rules: Iterable[Rule], on: date, regulation: str) -> list[Rule]:
    """The rules, each about somebody's tasks alone, and of those only about the levels that count."""
    tasks = whose & Q(level__in=counted_levels(regulation, on))
    return [replace(rule, condition=tasks & rule.condition) for rule in rules]


def _host_rules(on: date, regulation: str) -> Iterator[Rule]:
    """Unpaid recovery, late acceptance dossier, termination by its own fault, unregistered results."""
    key = "eligibility.organisation.unpaid_recovery"
    if value(key, regulation, on):
        text = _("%(host)s has not paid back what was recovered from task %(task)s.")
        yield Rule(Q(state=TaskState.RECOVERING), text, key)
    key = "eligibility.organisation.late_acceptance_days"
    latest_end = _before(on, key, regulation)
    text = _("%(host)s has not filed the acceptance dossier of task %(task)s in time.")
    yield Rule(Q(state__in=REPORTING_STATES, ends_on__lt=latest_end), text, key)
    yield _violation(on, regulation)
    key = "eligibility.organisation.unregistered_results"
    if value(key, regulation, on):
        # Registration itself has its time: only what is overdue speaks against the host.
        text = _("%(host)s has not registered the results of task %(task)s.")
        yield Rule(Q(state=TaskState.ACCEPTED, due_on__lt=on) & _not_asked_in_time(), text, key)


def _not_asked_in_time() -> Q:
    """A host that asked within its time waits for the department, and answers for no delay of it."""
    return Q(registration__requested_on=None) | Q(registration__requested_on__gt=F("due_on"))


def _before(on: date, key: str, regulation: str) -> date:
    """The day that lies the rule's time before ``on``, in the rule's own unit."""
    rule = parameter(key, regulation, on)
    return clock.add_days(on, -int(rule.value), rule.unit)


def _violation(on: date, regulation: str) -> Rule:
    """Barred for a year after a contract was ended by the host's own fault."""
    key = "eligibility.organisation.violation_ban_years"
    since = _before(on, key, regulation)
    own_fault = Q(termination__cause=Cause.SUBJECTIVE, termination__terminated_on__gt=since)
    return Rule(own_fault, _("The contract of task %(task)s of %(host)s was terminated by its own fault."), key)


def _busy(person: User, on: date, regulation: str, asked: Dossier | None) -> Rule:
    """Tasks that run, and dossiers that a council recommended and nobody has decided: they become tasks. One query."""
    running = Q(state__in=(TaskState.APPROVED, *RUNNING_STATES))
    recommended = Dossier.objects.filter(state__in=RECOMMENDED, order__level__in=counted_levels(regulation, on))
    others = recommended.filter(principal_investigator=person)
    rivals = others.exclude(pk__in=[asked.pk] if asked else []).order_by("code").values_list("code", flat=True)
    key = "eligibility.investigator.concurrent_tasks_max"
    text = _("%(person)s leads task %(task)s, which still runs.")
    taken = _("%(person)s is already recommended to lead another task (dossier %(code)s).")
    beside = tuple(taken % {"person": person.full_name, "code": code} for code in rivals)
    return Rule(running, text, key, at_least=int(value(key, regulation, on)), beside=beside)


def _late(person: User, on: date, regulation: str) -> Rule:
    """Filed too late: barred for years from the filing (Circular 10/2014/TT-BKHCN)."""
    key = "eligibility.investigator.late_ban_years"
    since = _before(on, key, regulation)
    files = AcceptanceFile.objects.filter(task__principal_investigator=person, filed_on__gt=since)
    late = files.filter(filed_on__gt=F("due_on")).order_by()

    def is_sure(task: Task) -> bool:
        return any(_is_too_late(one, on, regulation) for one in late.filter(task=task))

    text = _("%(person)s handed in task %(task)s late.")
    return Rule(Q(pk__in=late.values("task")), text, key, is_sure=is_sure)


def _is_too_late(dossier: AcceptanceFile, on: date, regulation: str) -> bool:
    """Whether the filing lies more than the rule's time after the day on which the dossier was due."""
    assert dossier.filed_on is not None  # noqa: S101  # asked by the caller
    assert dossier.due_on is not None  # noqa: S101
    rule = parameter("eligibility.investigator.late_from_days", regulation, on)
    return dossier.filed_on > clock.add_days(dossier.due_on, int(rule.value), rule.unit)


def _failed(on: date, regulation: str) -> Rule:
    key = "eligibility.investigator.failed_ban_years"
    since = _before(on, key, regulation)
    failed = Q(grade=Grade.FAIL, accepted_on__gt=since, accepted_on__lte=on)
    return Rule(failed, _("%(person)s led task %(task)s, which failed."), key)


def _each(rules: Sequence[Rule], on: date, regulation: str, person: User | None = None) -> Iterator[Refusal]:
    """One refusal for each rule and task that meet, and for what counts beside, rule by rule. One query.

    An entry from before that is void, or that nobody has confirmed, speaks against nobody.
    """
    meets = {
        f"meets_{number}": Case(When(rule.condition, then=True), default=False) for number, rule in enumerate(rules)
    }
    speaking = Task.objects.filter(stands(), reduce(or_, (rule.condition for rule in rules)))
    found = list(speaking.annotate(**meets).select_related("host").order_by("code"))
    for name, rule in zip(meets, rules, strict=True):
        against = [task for task in found if getattr(task, name) and rule.is_sure(task)]
        if len(against) + len(rule.beside) >= rule.at_least:
            told = [(_said(rule, task, person), task.level == Level.NATIONAL) for task in against]
            for text, is_national in (*told, *((text, False) for text in rule.beside)):
                yield _weighed(ruled(text, rule.key, regulation, on), regulation, on, is_national=is_national)


def _weighed(refusal: Refusal, regulation: str, on: date, *, is_national: bool) -> Refusal:
    """The published texts name national tasks: that others count too may have to be confirmed, and then only warns."""
    is_sure = is_national or parameter("eligibility.counted_levels", regulation, on).is_confirmed
    return refusal if is_sure else replace(refusal, blocking=False)


def _said(rule: Rule, task: Task, person: User | None) -> str:
    return rule.text % {"task": task.code, "host": task.host.name, "person": person.full_name if person else ""}
