"""What a task from before must say before a second person can confirm that it stands where it was entered."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from core import clock
from tasks.lifecycle import TaskState as T
from tasks.models import Grade, Task

from .contracts import contract_of, over_approval, unplanned
from .earlier import unnumbered_words, wanted_papers

# States to which no contract led, or whose contract lies in an archive that is not ours.
UNBOUND = (T.APPROVED, T.REVOKED, T.ARCHIVED)
CLOSED = (T.LIQUIDATED, T.ARCHIVED)
GRADES = {
    **dict.fromkeys((T.ACCEPTED, T.REGISTERED, T.RECOGNISED, *CLOSED), (Grade.PASS, Grade.EXCELLENT)),
    T.FAILED: (Grade.FAIL,),
}


def missing_in_entry(task: Task) -> Iterator[str]:
    """Everything that the state of the task needs and nobody has written, in words."""
    if task.is_followed:
        yield from _missing_in_following(task)
        return
    if task.state != T.APPROVED and not (task.starts_on and task.ends_on):
        yield _("A task under way has a start and an end.")
    yield from _missing_papers(task)
    yield from _missing_in_contract(task)
    yield from _impossible_days(task)
    if task.state not in {T.REVOKED, T.ARCHIVED} and not task.products.all():
        yield _("The products of the task are not written.")
    yield from _missing_at_the_end(task)


def days_to_come(record: Model, *columns: str) -> Iterator[str]:
    """The days of what has happened already that have not come yet, in words."""
    for name in columns:
        day = getattr(record, name)
        if day is not None and day > clock.today():
            column: Any = record._meta.get_field(name)
            yield _("%(label)s: this day has not come yet.") % {"label": column.verbose_name}


def _impossible_days(task: Task) -> Iterator[str]:
    yield from days_to_come(task, "approved_on", "accepted_on")
    for paper in task.earlier_papers.all():
        if paper.signed_on > clock.today():
            yield _("%(label)s: this day has not come yet.") % {"label": paper.get_kind_display()}
    contract = contract_of(task)
    if contract is not None:
        yield from days_to_come(contract, "signed_on")
    if hasattr(task, "termination"):
        yield from days_to_come(task.termination, "terminated_from")


def _missing_in_following(task: Task) -> Iterator[str]:
    if task.state == T.RUNNING and not (task.starts_on and task.ends_on):
        yield _("From when until when the task runs is not recorded.")
    if task.state == T.ENDED and not (task.ended_on and task.end_note and task.ended_on <= clock.today()):
        yield _("When and how the task ended is not recorded.")


def _missing_papers(task: Task) -> Iterator[str]:
    """What later papers cite; the contract is asked for itself, unless it lies in an archive."""
    contract = contract_of(task)
    has_contract = task.state not in UNBOUND or bool(contract and contract.number and contract.signed_on)
    known = {paper.kind for paper in task.earlier_papers.all()}
    missing = [kind for kind in wanted_papers(task.state, has_contract=has_contract) if kind.value not in known]
    if missing:
        yield unnumbered_words(missing)


def _missing_in_contract(task: Task) -> Iterator[str]:
    """A contract with its number, and instalments that make its value; none yet where it is still to be signed."""
    contract = contract_of(task)
    if contract is None:
        if task.state not in UNBOUND:
            yield _("The contract has not been written yet.")
        return
    if task.state != T.APPROVED and not (contract.number and contract.signed_on):
        yield _("Number and date of the contract are not written.")
    yield from filter(None, (unplanned(contract), over_approval(task, contract)))


def _missing_at_the_end(task: Task) -> Iterator[str]:
    """The grade of the council, unless the contract was ended early; why it was ended."""
    ended = hasattr(task, "termination")
    wanted = GRADES.get(T(task.state))
    if wanted and not (ended and task.state in CLOSED) and (task.grade not in wanted or task.accepted_on is None):
        yield _("The council's grade of task %(code)s is not recorded.") % {"code": task.code}
    if task.state == T.TERMINATED and not ended:
        yield _("The ground of the termination is not named.")
