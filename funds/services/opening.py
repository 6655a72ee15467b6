"""Opening balances: the books of a task that was approved, contracted or paid before this system."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.service import PendingEvent
from core.money import VND
from core.people.models import User
from core.workflow.admission import adoption_refusals
from core.workflow.adoption import Adoption, adopt, hands_refusals
from core.workflow.ruling import StepRefused
from funds.ledger import Entry
from funds.lifecycle import DisbursementState, SettlementState
from funds.models import Account, Disbursement, Settlement, Transfer, YearEstimate
from funds.postings import Edge
from funds.selectors.books import books_of, is_in_ledger
from funds.selectors.openings import CLOSED
from funds.selectors.rest import rest_of, years_of
from tasks.lifecycle import TaskState
from tasks.models import Contract, Instalment, Task

from . import common

# Edge, đồng, budget year.
Posting = tuple[Edge, int, int | None]


@dataclass(frozen=True, slots=True)
class EarlierPayment:
    """An instalment that the bank paid before this system."""

    instalment: Instalment
    paid_on: date
    bank_reference: str


@dataclass(frozen=True, slots=True)
class _Opening:
    """What stands behind one opening: the persons, the paper, the form's key."""

    task: Task
    adoption: Adoption
    decision: str
    key: UUID
    event: PendingEvent

    def post(self, moves: Iterable[Posting], on: date, *, name: object = "") -> list[Transfer]:
        """Post every edge with an amount in one act; the transfers."""
        entries = [self._entry(edge, amount, year, name) for edge, amount, year in moves if amount]
        return common.post_facts(entries, self.event, on) if entries else []

    def _entry(self, edge: Edge, amount: int, year: int | None, name: object) -> Entry:
        key = f"{edge.word}:{common.inner_key(self.key, f'{edge.word}:{year}:{name}')}"
        return Entry(edge=edge, amount_vnd=VND(amount), key=key, task=self.task, year=year, memo=self.decision[:300])


def adopt_balance(
    task: Task,
    *,
    actor: User,
    confirmed_by: User,
    decision: str,
    on: date,
    payments: Sequence[EarlierPayment] = (),
    settled_vnd: VND = VND(0),  # noqa: B008  # a plain number
    returned_vnd: VND = VND(0),  # noqa: B008
    settled_on: date | None = None,
    granted: Mapping[int, VND] | None = None,
    batch: str = "",
    admitted: bool = False,
    key: UUID,
) -> None:
    """Open the books of an adopted task: what was approved, contracted, granted, paid and settled before ``on``.

    An officer enters it, the head of division confirms; never before the task itself is confirmed. Payments and
    settlement come in as adopted papers. ``granted`` names the estimates by budget year; left out, everything
    contracted for the years up to that of ``on``. A closed task gives the rest back to the source. Followed tasks and
    other people's money have no books: nothing happens.
    ``admitted``: whoever wrote it was asked for his role then, and may have left since.
    Amounts in đồng. The same ``key`` again does nothing. Raises StepRefused, ValidationError.
    """
    if not is_in_ledger(task):
        return
    adoption = Adoption(
        batch=batch, actor=actor, confirmed_by=confirmed_by, effective_on=on, note=decision, admitted=admitted
    )
    if refusals := hands_refusals(adoption):
        raise StepRefused(refusals)
    with audit.transaction():
        held = Task.objects.select_for_update().get(pk=task.pk)
        if waiting := list(adoption_refusals(held)):
            raise StepRefused(waiting)
        if Account.objects.filter(task=held).exists():
            _check_replay(held, key)
            return
        payload = {"decision": decision, "settled_vnd": settled_vnd, "returned_vnd": returned_vnd, "key": str(key)}
        event = audit.record("balance", actor=actor, subject_type="task", subject_code=held.code, payload=payload)
        opening = _Opening(held, adoption, common.clean(decision), key, event)
        opening.post([(Edge.APPROVE, held.approved_state_vnd, None)], held.approved_on)
        contract = Contract.objects.filter(task=held).first()
        # One that is written and not signed yet binds nothing.
        if contract is not None and held.state != TaskState.APPROVED:
            _contract(opening, contract, granted)
            _payments(opening, payments)
            _settlement(opening, settled_vnd, returned_vnd, settled_on or on)
        if held.state in CLOSED:
            opening.post(rest_of(books_of(held)), on)


def _check_replay(task: Task, key: UUID) -> None:
    first = f"{Edge.APPROVE.word}:{common.inner_key(key, f'{Edge.APPROVE.word}:None:')}"
    if not task.accounts.filter(incoming__key=first).exists():
        raise ValidationError(_("The books of this task are open already."))


def _contract(opening: _Opening, contract: Contract, granted: Mapping[int, VND] | None) -> None:
    task, signed_on = opening.task, contract.signed_on or contract.starts_on
    common.refuse_future("signed_on", signed_on)
    planned = years_of(contract.instalments.all())
    signing: list[Posting] = [(Edge.SIGN, amount, year) for year, amount in planned.items()]
    rest = task.approved_state_vnd - sum(planned.values())
    opening.post([*signing, (Edge.RETURN_UNCONTRACTED, rest, None)], signed_on)
    until = opening.adoption.effective_on.year
    given = granted if granted is not None else {year: sum_ for year, sum_ in planned.items() if year <= until}
    for year, amount in given.items():
        # An estimate may be granted before its year begins.
        _grant(opening, year, amount, min(max(signed_on, date(year, 1, 1)), clock.today()))


def _grant(opening: _Opening, year: int, amount: int, on: date) -> None:
    for transfer in opening.post([(Edge.GRANT, amount, year)], on):
        YearEstimate.objects.create(
            task=opening.task,
            code=common.next_code(opening.task, YearEstimate),
            year=year,
            amount_vnd=VND(amount),
            decision=opening.decision,
            decided_on=on,
            transfer=transfer,
            entered_by=opening.adoption.actor,
            confirmed_by=opening.adoption.confirmed_by,
            batch=opening.key,
            created_key=common.inner_key(opening.key, f"grant:{year}"),
        )


def _payments(opening: _Opening, payments: Sequence[EarlierPayment]) -> None:
    for payment in sorted(payments, key=lambda one: one.instalment.sequence):
        one = payment.instalment
        common.refuse_future("paid_on", payment.paid_on)
        moves: list[Posting] = [(edge, one.amount_vnd, one.budget_year) for edge in (Edge.COMMIT, Edge.PAY)]
        opening.post(moves, payment.paid_on, name=one.pk)
        adopt(_paid(opening, payment), DisbursementState.PAID, opening.adoption)


def _paid(opening: _Opening, payment: EarlierPayment) -> Disbursement:
    task, one = opening.task, payment.instalment
    return Disbursement(
        task=task,
        instalment=one,
        amount_vnd=one.amount_vnd,
        budget_year=one.budget_year,
        account=one.contract.host_account,
        bank=one.contract.host_bank,
        bank_reference=common.clean(payment.bank_reference),
        paid_on=payment.paid_on,
        paid_entered_by=opening.adoption.actor,
        code=common.next_code(task, Disbursement),
        regulation=task.regulation,
        created_key=common.inner_key(opening.key, f"payment:{one.pk}"),
    )


def _settlement(opening: _Opening, settled: int, returned: int, on: date) -> None:
    if not settled and not returned:
        return
    task = opening.task
    common.refuse_future("settled_on", on)
    opening.post([(Edge.SETTLE, settled, None), (Edge.GIVE_BACK, returned, None)], on)
    settlement = Settlement(
        task=task,
        spent_vnd=VND(settled),
        returned_vnd=VND(returned),
        report=opening.decision,
        settled_on=on,
        code=common.next_code(task, Settlement),
        regulation=task.regulation,
        created_key=common.inner_key(opening.key, "settlement"),
    )
    adopt(settlement, SettlementState.SETTLED, opening.adoption)
