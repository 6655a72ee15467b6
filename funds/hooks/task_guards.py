"""Answers to the rooms below: does the plan have room, can the contract be paid, is all settled and recovered."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.money import format_vnd
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from funds.choices import LEDGER_PAYERS, Bucket
from funds.lifecycle import DisbursementState, SettlementState
from funds.models import Disbursement, RecoveryClosing, Repayment, Settlement
from funds.selectors import limits
from funds.selectors.books import is_in_ledger, room_of
from proposals.lifecycle import Guard as Proposals
from proposals.models import Order
from proposals.selectors.dossiers import recommended_for
from tasks.lifecycle import Guard
from tasks.models import Contract, Task
from tasks.selectors import computed_recovery
from tasks.selectors.recovery import rule_of

from .common import BUDGET_RULE, DEBT_RULE, PAYMENT_RULE, SETTLEMENT_RULE, books, hands, limit


@guard(Proposals.YEAR_PLAN_HAS_ROOM)
def year_plan_has_room(facts: StepFacts) -> Refusal | None:
    """What the appraised budget takes must be free in the payer's plan."""
    order: Order = facts.subject
    dossier = recommended_for(facts)
    wanted = dossier.appraised_state_vnd if dossier else None
    if not wanted or order.payer not in LEDGER_PAYERS:
        return None
    room = room_of(order.payer)
    if wanted <= room:
        return None
    text = _("The plan has %(room)s đồng free; the task takes %(wanted)s đồng of State money.")
    return limit(facts, text % {"room": format_vnd(room), "wanted": format_vnd(wanted)}, BUDGET_RULE)


@guard(Guard.FRAMEWORK_HAS_ROOM)
def framework_has_room(facts: StepFacts) -> Refusal | None:
    """The contract is covered by what was approved, and its plan of payments can be paid."""
    task: Task = facts.subject
    contract: Contract | None = getattr(task, "contract", None)
    if contract is None or not is_in_ledger(task):
        return None
    approved = books(facts, task).lies_in(Bucket.FRAMEWORK)
    if contract.state_value_vnd > approved:
        text = _("%(approved)s đồng are approved and reserved; the contract takes %(wanted)s đồng of State money.")
        words = {"approved": format_vnd(approved), "wanted": format_vnd(contract.state_value_vnd)}
        return limit(facts, text % words, BUDGET_RULE)
    too_early = limits.over_advance(contract, task, limits.planned_advances(contract), facts.effective_on)
    return limit(facts, too_early, PAYMENT_RULE)


@guard(Guard.BANK_ANSWERS_CONFIRMED)
def bank_answers_confirmed(facts: StepFacts) -> Refusal | None:
    """What the bank has paid is booked first: a stop would forget it, and nobody would owe it."""
    codes = _answered_by_the_bank(facts)
    if not codes:
        return None
    text = _("The bank has paid, and the chief accountant has not confirmed it yet: %(codes)s.")
    return limit(facts, text % {"codes": codes}, BUDGET_RULE)


def _answered_by_the_bank(facts: StepFacts) -> str:
    """The codes of approved payments that bear a bank reference; asked once for all steps of one question."""
    if "answered_by_the_bank" not in facts.cache:
        paid = Disbursement.objects.filter(task=facts.subject, state=DisbursementState.APPROVED)
        codes = paid.exclude(bank_reference="").order_by("code").values_list("code", flat=True)
        facts.cache["answered_by_the_bank"] = ", ".join(codes)
    return str(facts.cache["answered_by_the_bank"])


@guard(Guard.SETTLED)
def settled(facts: StepFacts) -> Refusal | None:
    """No advance is open, nothing is on its way to the bank, no paper waits."""
    task: Task = facts.subject
    if not is_in_ledger(task):
        return None
    advanced = books(facts, task).lies_in(Bucket.ADVANCED)
    if advanced:
        text = _("%(amount)s đồng of the advances are not settled.") % {"amount": format_vnd(advanced)}
        return limit(facts, text, SETTLEMENT_RULE)
    waiting = ", ".join(open_papers(task))
    return limit(facts, _("Still open: %(codes)s.") % {"codes": waiting}, SETTLEMENT_RULE) if waiting else None


def open_papers(task: Task) -> Iterator[str]:
    """The codes of requests, settlements and repayments that are under way."""
    first, *others = (
        model._default_manager.filter(task=task)
        .exclude(state__in=[*model.lifecycle.final, SettlementState.DRAFT])
        .order_by()
        .values_list("code", flat=True)
        for model in (Disbursement, Settlement, Repayment)
    )
    yield from sorted(first.union(*others))


@guard(Guard.NOTHING_TO_RECOVER)
def nothing_to_recover(facts: StepFacts) -> Refusal | None:
    """After a termination: by what it decided nothing goes back. Where nothing does, no order is needed."""
    task: Task = facts.subject
    amount = computed_recovery(task) or books(facts, task).lies_in(Bucket.RECOVERABLE)
    if not amount:
        return None
    text = _("%(amount)s đồng are to be recovered: order the recovery first.") % {"amount": format_vnd(amount)}
    return limit(facts, text, rule_of(task.termination).key if hasattr(task, "termination") else DEBT_RULE)


@guard(Guard.RECOVERY_CLOSED)
def recovery_closed(facts: StepFacts) -> Refusal | None:
    """Everything came back, or a ground for closing is on record, entered by somebody else."""
    task: Task = facts.subject
    missing = books(facts, task).lies_in(Bucket.RECOVERABLE)
    if not missing:
        return None
    closing = closing_of(task, missing)
    if closing is None:
        text = _("The host still owes %(amount)s đồng and no ground for closing is recorded.")
        return limit(facts, text % {"amount": format_vnd(missing)}, DEBT_RULE)
    if closing.entered_by in hands(facts):
        return facts.refuse(_("Whoever recorded the ground may not close the recovery too (separation of duties)."))
    return None


def closing_of(task: Task, missing_vnd: int) -> RecoveryClosing | None:
    """The ground on record for just this amount: a later recovery needs its own."""
    last = RecoveryClosing.objects.filter(task=task).order_by("-pk").first()
    return last if last is not None and last.missing_vnd == missing_vnd else None
