"""The money of a task from before is written on its page, and booked by the word of the second person."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audit import service as audit
from core.money import VND
from core.people.models import User
from core.workflow.entries import Confirmation
from funds.models import OpeningBalance, OpeningGrant, OpeningPayment
from funds.selectors.openings import contradictions, has_books, opening_of
from tasks.models import Contract, Instalment, Task

from . import common
from .opening import EarlierPayment, adopt_balance

OPENING_FACTS = ("decision", "settled_vnd", "returned_vnd", "settled_on")


def save_opening(
    task: Task,
    *,
    actor: User,
    facts: common.Facts,
    granted: Mapping[int, int] | None = None,
    payments: Iterable[Mapping[str, Any]] = (),
) -> OpeningBalance:
    """Write the money of a task from before: nothing is booked until a second person confirms the task.

    ``facts``: decision, settled_vnd, returned_vnd, settled_on; ``granted``: đồng by budget year; ``payments``:
    sequence of the instalment, paid_on, bank_reference. Raises PermissionDenied, and ValidationError with everything
    that contradicts the contract.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="open_books")
        contract = Contract.objects.filter(task=held).first()
        if contract is None:
            raise ValidationError(_("The contract has not been written yet."))
        opening = OpeningBalance.objects.filter(task=held).first() or OpeningBalance(task=held)
        opening.entered_by = actor
        common.write(opening, facts, OPENING_FACTS)
        years = (granted or {}).items()
        grants = [OpeningGrant(opening=opening, year=year, amount_vnd=VND(amount)) for year, amount in years if amount]
        common.rewrite(grants, opening.grants)
        common.rewrite([OpeningPayment(opening=opening, **row) for row in payments], opening.payments)
        if wrong := list(contradictions(opening, contract)):
            raise ValidationError(wrong)
        common.note("opening_balance", held, actor, **_words(opening))
    return opening


def _words(opening: OpeningBalance) -> dict[str, Any]:
    return {
        "decision": opening.decision,
        "settled_vnd": opening.settled_vnd,
        "returned_vnd": opening.returned_vnd,
        "granted": {str(one.year): one.amount_vnd for one in opening.grants.all()},
        "paid": [one.sequence for one in opening.payments.all()],
    }


def open_books(word: Confirmation) -> None:
    """Book what was written of the money of a task that has just been confirmed, and by the same two persons.

    Of an approved task, whose contract is still to be signed, only the approval. Raises as ``adopt_balance``.
    """
    task: Task = word.subject
    if not has_books(task):
        return
    opening = opening_of(task)
    adopt_balance(
        task,
        actor=opening.entered_by if opening else word.entered_by,
        confirmed_by=word.confirmed_by,
        decision=opening.decision if opening else word.note,
        on=word.effective_on,
        payments=_earlier_payments(opening) if opening else (),
        settled_vnd=VND(opening.settled_vnd if opening else 0),
        returned_vnd=VND(opening.returned_vnd if opening else 0),
        settled_on=opening.settled_on if opening else None,
        granted={one.year: VND(one.amount_vnd) for one in opening.grants.all()} if opening else {},
        batch="form",
        admitted=True,
        key=common.inner_key(word.key, "opening"),
    )


def _earlier_payments(opening: OpeningBalance) -> list[EarlierPayment]:
    plan = {one.sequence: one for one in Instalment.objects.filter(contract__task=opening.task_id)}
    return [EarlierPayment(plan[one.sequence], one.paid_on, one.bank_reference) for one in opening.payments.all()]
