"""Every column of money refuses the same: below its minimum, over 10¹⁵, fractions and words."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from core.money import MAX_VND, VNDField
from funds import services
from funds.models import Disbursement, YearPlan
from tasks.models import Contract, Instalment, Precondition
from tasks.selectors.contracts import InstalmentPlan
from tasks.services import save_contract
from tests.factories import funds as made
from tests.factories import proposals as before
from tests.factories import tasks as after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MONEY = [
    pytest.param(field, id=f"{model._meta.label}.{field.name}")
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, VNDField) and field.model is model
]
# A running total of the books may grow past one amount, and the difference of two sums may be negative.
TOTALS = {"credits_vnd", "debits_vnd"}


def out_of_range(field):
    return [field.minimum - 1, MAX_VND + 1]


def plain(condition):
    """The comparisons of a condition that all must hold."""
    return [one for one in condition.children if isinstance(one, tuple)]


def name_of(case: Any) -> str:
    """The column of a pytest.param."""
    return str(case.values[0].name)


def test_money_stands_in_many_columns():
    assert len(MONEY) > 40


@pytest.mark.parametrize("field", [one for one in MONEY if name_of(one) not in TOTALS])
def test_every_column_of_money_is_bounded_in_the_database(field):
    """The constraint of the model, under its name in the database too."""
    bounds = {f"{field.name}__gte": field.minimum, f"{field.name}__lte": MAX_VND}
    checks = [one for one in field.model._meta.constraints if isinstance(one, models.CheckConstraint)]
    names = [one.name for one in checks if bounds.items() <= dict(plain(one.condition)).items()]
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, field.model._meta.db_table)
    assert len(names) == 1, field
    assert there[names[0]]["check"] is True


@pytest.mark.parametrize("field", MONEY)
@pytest.mark.parametrize("wrong", ["một tỷ", "1000", 1.5, True])
def test_no_column_of_money_rounds_or_reads_words(field, wrong):
    with pytest.raises(ValidationError):
        field.clean(wrong, None)
    with pytest.raises(TypeError):
        field.get_prep_value(wrong)


@pytest.mark.parametrize("field", [one for one in MONEY if name_of(one) not in TOTALS])
def test_every_column_of_money_is_bounded_before_the_database(field):
    for wrong in out_of_range(field):
        with pytest.raises(ValidationError):
            field.clean(wrong, None)
    assert field.clean(MAX_VND, None) == MAX_VND


WRONG = [-1, 0, MAX_VND + 1, "mười", 1.5]


@pytest.mark.parametrize("amount", WRONG)
def test_a_contract_takes_no_wrong_instalment(amount):
    people = after.cast()
    task = after.adopted(people)
    facts = after.contract_facts(task)
    rest = facts["state_value_vnd"] - amount if isinstance(amount, int | float) else facts["state_value_vnd"]
    day = facts["starts_on"]
    common = {"precondition": Precondition.SIGNED, "planned_on": day, "budget_year": day.year}
    plan = [InstalmentPlan(amount_vnd=one, **common) for one in (amount, rest)]
    with pytest.raises((ValidationError, TypeError)):
        save_contract(task, actor=people.officer, facts=facts, instalments=plan)
    assert (Contract.objects.count(), Instalment.objects.count()) == (0, 0)


@pytest.mark.parametrize("amount", WRONG)
def test_money_that_came_back_is_an_amount(amount):
    who = made.house()
    task = made.running(who)
    made.paid(who, task)
    made.terminated(who, task, spent=0, accepted=0)
    made.recovering(who, task, 450 * made.MILLION)
    with pytest.raises((ValidationError, TypeError)):
        made.recorded(who, task, amount)
    assert task.repayments.count() == 0


@pytest.mark.parametrize("amount", WRONG)
def test_a_year_plan_is_an_amount(amount):
    with pytest.raises((ValidationError, TypeError)):
        made.plan(amount)
    assert YearPlan.objects.count() == 0


@pytest.mark.parametrize("amount", [-1, 0, MAX_VND + 1])
def test_the_database_takes_no_wrong_payment(amount):
    """Past every service: the row itself is refused."""
    who = made.house()
    draft = made.request(who, made.running(who))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.filter(pk=draft.pk).update(amount_vnd=amount)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE funds_disbursement SET amount_vnd = 'mười' WHERE id = %s", [draft.pk])
    assert services.edit_disbursement(draft, actor=who.people.applicant, facts={"purpose": "x"}).amount_vnd > 0


@pytest.mark.parametrize("amount", [-1, MAX_VND + 1, "mười", 1.5])
def test_a_proposal_takes_no_wrong_budget(amount):
    people = before.cast()
    proposal = before.draft_proposal(people, before.open_call(people))
    with pytest.raises((ValidationError, TypeError)):
        before.services.edit_proposal(proposal, actor=people.applicant, facts={"other_budget_vnd": amount})
