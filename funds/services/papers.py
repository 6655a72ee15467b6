"""Requests to pay, the bank's answer, repayments, the ground on which a recovery ends."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.money import VND
from core.people.models import User
from funds.choices import Bucket
from funds.models import Disbursement, RecoveryClosing, Repayment
from funds.models.papers import GONE
from funds.selectors.books import books_of
from funds.selectors.grounds import approved_on, recovery_ordered_on
from tasks.models import Instalment, Task
from tasks.selectors import instalment_obstacle

from . import common

DISBURSEMENT_FACTS = ("account", "bank", "purpose")
REQUEST_FACTS = ("amount_vnd", "budget_year", *DISBURSEMENT_FACTS)
REPAYMENT_FACTS = ("amount_vnd", "received_on", "bank_reference")
CLOSING_FACTS = ("ground", "decision", "decided_on", "note")


def create_disbursement(
    instalment: Instalment, *, actor: User, account: str = "", bank: str = "", purpose: str = "", key: UUID
) -> Disbursement:
    """A draft request to pay an instalment, once its precondition holds. Amount and budget year are the plan's.

    Without ``account`` and ``bank`` those of the contract. The same ``key`` again gives the first.
    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        task = common.hold(instalment.contract.task, actor=actor, action="request_money")
        first = Disbursement.objects.filter(created_key=key).first()
        if first is not None:
            return first
        # As it is now: an amendment may have changed the plan meanwhile.
        planned = Instalment.objects.select_related("contract__task").get(pk=instalment.pk)
        _check_instalment(planned)
        disbursement = Disbursement(
            task=task,
            instalment=planned,
            amount_vnd=planned.amount_vnd,
            budget_year=planned.budget_year,
            code=common.next_code(task, Disbursement),
            regulation=task.regulation,
            state_since=clock.now(),
            created_key=key,
            entered_by=common.typist(task, actor),
        )
        contract = planned.contract
        facts = {"account": account or contract.host_account, "bank": bank or contract.host_bank, "purpose": purpose}
        common.write(disbursement, facts, DISBURSEMENT_FACTS)
        written = common.facts_of(disbursement, REQUEST_FACTS)
        common.note("create", disbursement, actor, instalment=planned.sequence, **written)
    return disbursement


def _check_instalment(instalment: Instalment) -> None:
    if Disbursement.objects.filter(instalment=instalment).exclude(state__in=GONE).exists():
        raise ValidationError(_("A payment of this instalment is already requested."), code="obstacle")
    obstacle = instalment_obstacle(instalment)
    if obstacle:
        raise ValidationError(obstacle, code="obstacle")


def edit_disbursement(disbursement: Disbursement, *, actor: User, facts: common.Facts) -> Disbursement:
    """Change a draft request; the plan's amount and year are taken anew. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(disbursement, actor=actor, action="edit")
        before = common.facts_of(held, REQUEST_FACTS)
        held.amount_vnd, held.budget_year = held.instalment.amount_vnd, held.instalment.budget_year
        common.write(held, facts, DISBURSEMENT_FACTS)
        common.note("edit", held, actor, before=before, after=common.facts_of(held, REQUEST_FACTS))
    return held


def enter_payment(disbursement: Disbursement, *, actor: User, bank_reference: str, paid_on: date) -> Disbursement:
    """Enter the bank's answer to an approved payment; the chief accountant confirms it by the step ``pay``.

    Raises PermissionDenied, ValidationError.
    """
    common.refuse_future("paid_on", paid_on)
    with audit.transaction():
        held = common.hold(disbursement, actor=actor, action="enter_payment")
        if not bank_reference.strip():
            raise ValidationError({"bank_reference": _("Enter the bank's reference.")})
        common.refuse_before("paid_on", paid_on, approved_on(held), _("The payment was approved only on %(day)s."))
        common.refuse_booked(held, "bank_reference", bank_reference)
        held.paid_entered_by = actor
        common.write(held, {"bank_reference": bank_reference, "paid_on": paid_on}, ("bank_reference", "paid_on"))
        common.note("payment", held, actor, bank_reference=held.bank_reference, paid_on=paid_on.isoformat())
    return held


def write_annulment_ground(disbursement: Disbursement, *, actor: User, ground: str) -> Disbursement:
    """Write why an approved payment shall be annulled, as the decision prints it.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(disbursement, actor=actor, action="write_ground")
        common.write(held, {"annulment_ground": ground}, ("annulment_ground",))
        common.note("ground", held, actor)
    return held


def record_repayment(
    task: Task, *, actor: User, amount_vnd: VND, received_on: date, bank_reference: str, key: UUID
) -> Repayment:
    """Record money of a recovery that came in; the chief accountant confirms it. Amount in đồng.

    The same ``key`` again gives the first. Raises PermissionDenied, ValidationError.
    """
    common.refuse_future("received_on", received_on)
    with audit.transaction():
        held = common.hold(task, actor=actor, action="repay_money")
        first = Repayment.objects.filter(created_key=key).first()
        if first is not None:
            return first
        text = _("The recovery was ordered only on %(day)s.")
        common.refuse_before("received_on", received_on, recovery_ordered_on(held), text)
        owed = books_of(held).lies_in(Bucket.RECOVERABLE)
        if amount_vnd > owed:
            raise common.refuse("amount_vnd", _("The host owes %(owed)s đồng."), owed=owed)
        repayment = Repayment(
            task=held,
            recorded_by=actor,
            code=common.next_code(held, Repayment),
            regulation=held.regulation,
            state_since=clock.now(),
            created_key=key,
        )
        common.refuse_booked(repayment, "bank_reference", bank_reference)
        facts = {"amount_vnd": amount_vnd, "received_on": received_on, "bank_reference": bank_reference}
        common.write(repayment, facts, REPAYMENT_FACTS)
        common.note("create", repayment, actor, amount_vnd=amount_vnd, bank_reference=repayment.bank_reference)
    return repayment


def record_closing(task: Task, *, actor: User, facts: common.Facts, key: UUID) -> RecoveryClosing:
    """Enter why a recovery ends although money is missing: ``ground``, ``decision``, ``decided_on``, ``note``.

    The chief accountant, another person, closes the recovery. The same ``key`` again gives the first.
    Raises PermissionDenied, ValidationError.
    """
    common.refuse_future("decided_on", facts["decided_on"])
    with audit.transaction():
        held = common.hold(task, actor=actor, action="close_debt")
        first = RecoveryClosing.objects.filter(created_key=key).first()
        if first is not None:
            return first
        missing = books_of(held).lies_in(Bucket.RECOVERABLE)
        if not missing:
            raise ValidationError(_("Nothing is owed any more: the recovery can be closed without a ground."))
        closing = RecoveryClosing(task=held, missing_vnd=missing, entered_by=actor, created_key=key)
        common.write(closing, facts, CLOSING_FACTS)
        common.note("recovery_closing", held, actor, ground=str(closing.ground), missing_vnd=missing)
    return closing
