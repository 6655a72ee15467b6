"""What an amendment asks for, in words: for the guard, the page and the decision."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from core.money import format_vnd
from tasks.lifecycle import TaskState as T
from tasks.models import Amendment, AmendmentKind, Change, Contract, Phasing, Task

from . import money
from .extension import end_asked_for
from .reports import REPORTING_STATES

# The contract still binds its parties: neither ended nor settled.
BINDING_STATES = (
    T.CONTRACTED,
    T.RUNNING,
    T.SUSPENDED,
    T.ACCEPTANCE_FILED,
    T.ACCEPTANCE_RETURNED,
    T.GRASSROOTS_ACCEPTED,
    T.AT_COUNCIL,
    T.ACCEPTED,
    T.FAILED,
    T.REGISTERED,
    T.RECOGNISED,
)


def missing_in_amendment(amendment: Amendment) -> str:
    """What the request lacks, in words; empty when it is complete."""
    kind = AmendmentKind(amendment.kind)
    task: Task = amendment.task
    if kind is AmendmentKind.EXTENSION and amendment.extension_months is None:
        return _("By how many months the task shall be extended is not said.")
    if kind is AmendmentKind.INVESTIGATOR:
        return _missing_investigator(amendment, task)
    if kind is AmendmentKind.CONTENT and not amendment.changes:
        return _("What shall change is not said.")
    if kind is AmendmentKind.PHASING and not amendment.phasings.exists():
        return _("No instalment is changed.")
    return ""


def _missing_investigator(amendment: Amendment, task: Task) -> str:
    if amendment.new_investigator is None:
        return _("The new principal investigator is not named.")
    if amendment.new_investigator == task.principal_investigator:
        return _("The new principal investigator is the present one.")
    return ""


def phasing_obstacle(task: Task, rows: Iterable[Phasing]) -> str:
    """Why the plan of payments cannot be changed so, in words; empty when it can.

    Only instalments of this contract that are not paid, and the sum stays. Asked when the request is written, and
    again when it is decided: meanwhile money may have been asked for.
    """
    contract = Contract.objects.filter(task=task).first()
    if contract is None:
        return _("The contract of this task is not in the system.")
    instalments = {one.pk: one for one in contract.instalments.all()}
    moved = {row.instalment_id: row.amount_vnd for row in rows}
    if moved.keys() - instalments.keys():
        return _("An instalment of another contract cannot be changed here.")
    if moved.keys() & money.source().paid_instalments(contract):
        return _("An instalment that is paid cannot be changed.")
    if sum(moved.get(pk, one.amount_vnd) for pk, one in instalments.items()) != contract.state_value_vnd:
        return _("The instalments must add up to the state's part of the contract.")
    return ""


def decision_obstacle(amendment: Amendment) -> str:
    """What has happened since the request was written that speaks against it, in words; empty when nothing has.

    More time is given to work alone: once the results are handed in there is none to extend.
    """
    task: Task = amendment.task
    if task.state not in BINDING_STATES:
        return _("Task %(code)s has ended: nothing of its contract is amended any more.") % {"code": task.code}
    if amendment.kind == AmendmentKind.EXTENSION and task.state not in REPORTING_STATES:
        text = _("Task %(code)s is in the state “%(state)s”: only a task whose work goes on is extended.")
        return text % {"code": task.code, "state": task.state_label}
    if amendment.kind == AmendmentKind.PHASING:
        return phasing_obstacle(task, amendment.phasings.all())
    return ""


def changes_of(amendment: Amendment) -> list[Change]:
    """Each amended point before and after, in Vietnamese as the decision prints it; fixed once decided."""
    if amendment.decided_changes:
        decided: list[Change] = amendment.decided_changes
        return decided
    return list(_asked(amendment))


def _asked(amendment: Amendment) -> Iterator[Change]:
    task: Task = amendment.task
    match AmendmentKind(amendment.kind):
        case AmendmentKind.EXTENSION:
            yield Change(item="Thời gian kết thúc", before=_day(task.ends_on), after=_day(end_asked_for(amendment)))
        case AmendmentKind.INVESTIGATOR:
            new = amendment.new_investigator
            yield Change(
                item="Chủ nhiệm nhiệm vụ", before=str(task.principal_investigator), after=str(new) if new else ""
            )
        case AmendmentKind.CONTENT:
            yield from amendment.changes
        case AmendmentKind.PHASING:
            yield from _phasings(amendment)


def _phasings(amendment: Amendment) -> Iterator[Change]:
    for one in amendment.phasings.select_related("instalment"):
        old = one.instalment
        yield Change(
            item=f"Đợt cấp kinh phí {old.sequence}",
            before=_payment(old.amount_vnd, old.planned_on, old.budget_year),
            after=_payment(one.amount_vnd, one.planned_on, one.budget_year),
        )


def _payment(amount: int, day: date, year: int) -> str:
    return f"{format_vnd(amount, 'vi')} đồng, ngày {_day(day)}, năm ngân sách {year}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
