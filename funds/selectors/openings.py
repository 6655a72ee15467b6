"""The money of a task from before: what was written of it, and what speaks against booking it so."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core import clock
from core.money import VND, format_vnd
from funds.models import OpeningBalance
from tasks.lifecycle import TaskState
from tasks.models import Contract, Instalment, Task
from tasks.selectors.contracts import contract_of
from tasks.selectors.entries import days_to_come

from .books import is_in_ledger, room_of
from .references import booked_elsewhere
from .rest import years_of

REMEMBERED = "known_opening"
# Nothing is left open with the host.
CLOSED = (TaskState.LIQUIDATED, TaskState.ARCHIVED, TaskState.REVOKED)


def opening_of(task: Task) -> OpeningBalance | None:
    """What is written, or None; read once for each instance of the task."""
    known = vars(task)
    if REMEMBERED not in known:
        rows = OpeningBalance.objects.filter(task=task).prefetch_related("grants", "payments")
        known[REMEMBERED] = rows.first()
    found: OpeningBalance | None = known[REMEMBERED]
    return found


def has_books(task: Task) -> bool:
    """Whether books are opened for the task: not for other people's money, nor where no contract is known."""
    return is_in_ledger(task) and (task.state == TaskState.APPROVED or contract_of(task) is not None)


def missing_in_opening(task: Task) -> Iterator[str]:
    """Everything that keeps the books of a task from being opened as they are written, in words."""
    if not has_books(task):
        return
    opening, contract = opening_of(task), contract_of(task)
    if task.state != TaskState.APPROVED and contract is not None:
        if opening is None:
            yield _("The opening balance is not written: what was granted, paid and settled before this system.")
        else:
            yield from contradictions(opening, contract)
    room = room_of(task.payer)
    if room < task.approved_state_vnd:
        text = _("The payer's plans leave %(room)s đồng free, the task needs %(needed)s: enter the older plans first.")
        yield text % {"room": format_vnd(room), "needed": format_vnd(VND(task.approved_state_vnd))}


def contradictions(opening: OpeningBalance, contract: Contract) -> Iterator[str]:
    """What in an opening balance does not fit the contract, or itself."""
    plan = {one.sequence: one for one in contract.instalments.all()}
    payments = list(opening.payments.all())
    if unknown := [str(one.sequence) for one in payments if one.sequence not in plan]:
        yield _("The contract has no instalment %(numbers)s any more.") % {"numbers": ", ".join(unknown)}
    if any(one.paid_on > clock.today() for one in payments):
        yield _("A payment lies in the future.")
    yield from _references([one.bank_reference for one in payments])
    paid = [plan[one.sequence] for one in payments if one.sequence in plan]
    yield from _by_year(opening, plan.values(), paid)
    yield from _settled(opening, contract, sum(one.amount_vnd for one in paid))


def _references(references: list[str]) -> Iterator[str]:
    if len({one.upper() for one in references}) < len(references):
        yield _("Two payments bear the same bank reference.")
    if booked := booked_elsewhere(*references):
        yield booked


def _by_year(opening: OpeningBalance, plan: Iterable[Instalment], paid: list[Instalment]) -> Iterator[str]:
    contracted, spent = years_of(plan), years_of(paid)
    granted = {one.year: one.amount_vnd for one in opening.grants.all()}
    for year in sorted({*granted, *spent}):
        words = {"year": str(year)}
        if granted.get(year, 0) > contracted.get(year, 0):
            yield _("More was granted for %(year)s than the contract plans for it.") % words
        if spent.get(year, 0) > granted.get(year, 0):
            yield _("More was paid of %(year)s than was granted for it.") % words


def _settled(opening: OpeningBalance, contract: Contract, paid: int) -> Iterator[str]:
    cleared = opening.settled_vnd + opening.returned_vnd
    if cleared > paid:
        yield _("More is settled and given back than was paid.")
    if cleared and opening.settled_on is None:
        yield _("The day of the settlement is not written.")
    yield from days_to_come(opening, "settled_on")
    if contract.task.state in CLOSED and cleared < paid:
        yield _("Of a closed task everything that was paid is settled or given back.")
