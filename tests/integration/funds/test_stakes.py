"""Whoever takes a step on a paper of money reads once more what it is about."""

import pytest

from core.workflow.outlook import consequences
from tests.factories import funds as made
from tests.factories.funds import MILLION
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_whoever_takes_a_step_with_money_reads_what_it_is_about(who, language):
    task = made.running(who)
    payment = made.entered(who, made.approved(who, task), bank_reference="UNC-2026-01")
    rows = {row.name: row for row in payment.lifecycle.rows}
    told = consequences(payment, rows["pay"])
    assert told[1:4] == [
        "Amount: 450,000,000 đồng.",
        f"To the account {payment.account}, {payment.bank}.",
        "Bank reference: UNC-2026-01, paid on 02/03/2026.",
    ]
    step(payment, "pay", who.accountant)
    settlement = made.draft_settlement(who, task, 300 * MILLION, 50 * MILLION)
    assert "Spent and to be settled: 300,000,000 đồng." in consequences(settlement, settlement.row("file"))
    given_back = f"Given back: 50,000,000 đồng, bank reference {settlement.return_reference}."
    assert given_back in consequences(settlement, settlement.row("file"))
