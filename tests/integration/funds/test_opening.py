"""Opening balances: the books of tasks that were paid before this system."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.money import VND
from core.people.roles import Payer
from core.workflow.ruling import StepRefused
from funds import services
from funds.choices import Bucket
from funds.models import Account, Disbursement, Settlement, YearEstimate
from funds.selectors.books import books_of, room_of
from funds.services import EarlierPayment
from funds.verification import faults
from tasks.models import Precondition
from tasks.selectors import money
from tasks.selectors.contracts import InstalmentPlan
from tasks.services import TaskParts
from tests.factories import funds as made
from tests.factories.funds import MILLION
from tests.factories.tasks import contract_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def old_task(who, state="running", **more):
    """A task approved in 2024 for 900 million đồng, contracted for 800 in 2024, 2025 and 2026."""
    shape = made.bare_task(who.people)
    contract = contract_facts(
        shape, state_value_vnd=VND(800 * MILLION), starts_on=date(2024, 5, 1), ends_on=date(2026, 10, 31)
    )
    instalments = [
        InstalmentPlan(
            amount_vnd=VND(amount * MILLION),
            precondition=Precondition.SIGNED,
            planned_on=date(year, 6, 1),
            budget_year=year,
        )
        for year, amount in ((2024, 400), (2025, 250), (2026, 150))
    ]
    signed = {**contract, "signed_on": date(2024, 4, 20), "number": "03/2024/HĐKHCN"}
    return made.bare_task(
        who.people,
        state=state,
        approved_on=date(2024, 4, 1),
        starts_on=date(2024, 5, 1),
        ends_on=date(2026, 10, 31),
        parts=TaskParts(contract=signed, instalments=instalments),
        **more,
    )


def payments(task, count=2):
    days = [date(2024, 6, 3), date(2025, 7, 1), date(2026, 2, 2)]
    instalments = task.contract.instalments.all()
    return [EarlierPayment(one, day, f"KB-{day}") for one, day in zip(instalments, days[:count], strict=False)]


def open_books(who, task, **more):
    facts = {
        "actor": who.people.officer,
        "confirmed_by": who.people.head,
        "decision": "Biên bản bàn giao sổ 2025",
        "on": clock.today(),
        "key": uuid4(),
    }
    return services.adopt_balance(task, **{**facts, **more})


def test_an_old_task_brings_its_money_with_it(who):
    made.plan(2_000 * MILLION)
    task = old_task(who)
    open_books(who, task, payments=payments(task), settled_vnd=VND(390 * MILLION), returned_vnd=VND(10 * MILLION))
    held = {name: amount // MILLION for name, amount in books_of(task).balances.items() if amount}
    assert held == {Bucket.ALLOCATED: 150, Bucket.ADVANCED: 250, Bucket.SETTLED: 390}
    assert room_of(Payer.FUND) == 1_210 * MILLION
    assert [(one.state, one.paid_on.year) for one in Disbursement.objects.order_by("code")] == [
        ("paid", 2024),
        ("paid", 2025),
    ]
    assert Settlement.objects.get().state == "settled"
    assert [estimate.year for estimate in YearEstimate.objects.all()] == [2024, 2025, 2026]
    source = money.source()
    assert source.totals(task).paid_vnd == 650 * MILLION
    assert source.paid_instalments(task.contract) == {payment.instalment.pk for payment in payments(task)}
    assert source.monthly_paid(2025) == [0] * 6 + [250 * MILLION] + [0] * 5
    assert [row.paid_vnd for row in source.annotate(type(task).objects.filter(pk=task.pk))] == [650 * MILLION]
    assert list(faults()) == []


def test_a_closed_task_gives_the_rest_back(who):
    made.plan(2_000 * MILLION)
    task = old_task(who, state="archived")
    open_books(who, task, payments=payments(task), settled_vnd=VND(650 * MILLION))
    assert {name for name, amount in books_of(task).balances.items() if amount} == {Bucket.SETTLED}
    assert room_of(Payer.FUND) == 1_350 * MILLION
    assert list(faults()) == []


def test_estimates_may_be_named(who):
    made.plan(2_000 * MILLION)
    task = old_task(who)
    open_books(who, task, granted={2024: VND(400 * MILLION), 2025: VND(0)}, payments=payments(task, 1))
    assert [estimate.year for estimate in YearEstimate.objects.all()] == [2024]
    assert books_of(task).year(2026).waiting_vnd == 150 * MILLION


def test_a_replay_opens_nothing_twice(who):
    made.plan(2_000 * MILLION)
    task = old_task(who)
    key = uuid4()
    open_books(who, task, payments=payments(task), key=key)
    open_books(who, task, payments=payments(task), key=key)
    assert Disbursement.objects.count() == 2
    with pytest.raises(ValidationError):
        open_books(who, task)


def test_old_books_need_a_second_person_and_money(who):
    task = old_task(who)
    made.plan(1)
    with pytest.raises(ValidationError):
        open_books(who, task)
    made.plan(2_000 * MILLION)
    for given in ({"payments": payments(task)}, {}):
        with pytest.raises(StepRefused):
            open_books(who, task, **given, confirmed_by=who.people.officer)
    with pytest.raises(ValidationError):
        open_books(who, task, payments=[EarlierPayment(task.contract.instalments.first(), date(2026, 3, 3), "x")])
    assert not Account.objects.filter(task=task).exists()


def test_other_peoples_money_has_no_books(who):
    task = old_task(who, payer=Payer.OTHER)
    open_books(who, task, payments=payments(task))
    followed = old_task(who, management="followed")
    open_books(who, followed)
    assert (Account.objects.count(), Disbursement.objects.count()) == (0, 0)
