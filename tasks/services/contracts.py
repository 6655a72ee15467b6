"""The contract is written by the officer, signed by a step."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audit import service as audit
from core.people.models import User
from tasks.models import Contract, Instalment, Task
from tasks.selectors.acceptance import acceptance_deadline
from tasks.selectors.contracts import InstalmentPlan, default_instalments, is_of_before

from . import common
from .earlier import drop_contract_paper

CONTRACT_FACTS = (
    "paying_body",
    "payer_signer",
    "payer_position",
    "host_signer",
    "host_position",
    "host_account",
    "host_bank",
    "state_value_vnd",
    "other_value_vnd",
    "starts_on",
    "ends_on",
    "report_dates",
    "copies",
)
# Of a contract that was signed before this system.
SIGNED = ("number", "signed_on")
OLD_FACTS = (*SIGNED, *CONTRACT_FACTS)


def save_contract(
    task: Task, *, actor: User, facts: common.Facts, instalments: Iterable[InstalmentPlan] | None = None
) -> Contract:
    """Write the contract of an approved task, or change it before it is signed; or one signed before this system.

    The latter has ``number`` and ``signed_on`` too, and is written until the entry of its task is confirmed. Without
    ``instalments`` the rule book's shares are used. Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_contract")
        contract = Contract.objects.filter(task=held).first() or Contract(task=held)
        contract = common.write(contract, facts, OLD_FACTS if is_of_before(held) else CONTRACT_FACTS)
        plan = list(instalments) if instalments is not None else _default_plan(contract)
        check_plan(contract, plan)
        common.rewrite(instalment_rows(contract, plan), contract.instalments)
        if contract.number and contract.signed_on:
            drop_contract_paper(held)
        common.note("contract", held, actor, **_words(contract, plan))
    return contract


def _default_plan(contract: Contract) -> list[InstalmentPlan]:
    task = contract.task
    return default_instalments(contract.state_value_vnd, contract.starts_on, contract.ends_on, task.regulation)


def check_plan(contract: Contract, plan: Iterable[InstalmentPlan]) -> None:
    """Raise ValidationError unless the instalments add up to the state's part of the contract."""
    total = sum(one.amount_vnd for one in plan)
    if total != contract.state_value_vnd:
        raise ValidationError(_("The instalments must add up to the state's part of the contract."), code="sum")


def instalment_rows(contract: Contract, plan: Iterable[InstalmentPlan]) -> Iterator[Instalment]:
    """The plan as unsaved rows, numbered from 1."""
    for number, one in enumerate(plan, start=1):
        yield Instalment(
            contract=contract,
            sequence=number,
            amount_vnd=one.amount_vnd,
            precondition=one.precondition,
            planned_on=one.planned_on,
            budget_year=one.budget_year,
        )


def _words(contract: Contract, plan: Iterable[InstalmentPlan]) -> dict[str, Any]:
    return {
        "host_account": contract.host_account,
        "host_bank": contract.host_bank,
        "state_value_vnd": contract.state_value_vnd,
        "other_value_vnd": contract.other_value_vnd,
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat(),
        "instalments": [one.amount_vnd for one in plan],
    }


def bind_contract(task: Task, on: date) -> None:
    """The signed contract's dates become the task's. Called by the step that signs."""
    contract = Contract.objects.get(task=task)
    contract.signed_on = on
    contract.save(update_fields=["signed_on"])
    task.starts_on = contract.starts_on
    move_end(task, contract.ends_on)


def move_end(task: Task, ends_on: date) -> None:
    """Set the task's end and, with it, the last day for the acceptance dossier."""
    task.ends_on = ends_on
    task.acceptance_due_on = acceptance_deadline(ends_on, task.regulation, task.approved_on)
    task.save(update_fields=["starts_on", "ends_on", "acceptance_due_on"])
