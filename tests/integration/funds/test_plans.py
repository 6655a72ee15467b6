"""Plans of a year, estimates of a task: what comes in, what is granted, what can be taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.audit.models import Event
from core.money import VND
from core.people.roles import Payer
from core.workflow.ruling import StepRefused
from funds import services
from funds.models import Transfer, YearEstimate, YearPlan
from funds.models.plans import Standing
from funds.selectors.books import books_of, room_of
from funds.selectors.grants import estimates_to_answer
from funds.selectors.overview import plan_of
from funds.verification import faults
from proposals.lifecycle import OrderState
from proposals.models import Order
from proposals.services import write_ground
from tasks.lifecycle import AmendmentState
from tasks.models import AmendmentKind, Task
from tasks.services import create_amendment, give_opinion
from tests.factories import funds as made
from tests.factories import proposals as before
from tests.factories.asking import said
from tests.factories.funds import MILLION
from tests.factories.people import department
from tests.factories.tasks import paper, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def plan_facts(who, **more):
    facts = {
        "year": 2026,
        "amount_vnd": VND(5_000 * MILLION),
        "decision": made.decision(number="12/QĐ-UBND"),
        "actor": who.accountant,
        "key": uuid4(),
    }
    return {**facts, **more}


def agreed(plan, who):
    return services.answer_year_plan(plan, actor=who.director, agrees=True)


def test_plans_add_up_once_a_second_person_agrees_and_a_replay_adds_nothing(who):
    facts = plan_facts(who)
    first = services.set_year_plan(**facts)
    assert services.set_year_plan(**{**facts, "decision": made.decision(number="12/QĐ-UBND")}) == first
    second = services.set_year_plan(**plan_facts(who, amount_vnd=VND(MILLION), payer=Payer.DEPARTMENT_BUDGET))
    assert [plan.code for plan in (first, second)] == ["KH.2026.001", "KH.2026.003"]
    assert (room_of(Payer.FUND), plan_of(2026, Payer.FUND), Transfer.objects.count()) == (0, 0, 0)
    first, second = agreed(first, who), agreed(second, who)
    assert (room_of(Payer.FUND), room_of(Payer.DEPARTMENT_BUDGET)) == (5_000 * MILLION, MILLION)
    events = Event.objects.filter(subject_type="year_plan", subject_code=first.code).exclude(kind="file.stored")
    assert [(event.kind, event.actor) for event in events] == [
        ("year_plan.entered", who.accountant),
        ("year_plan.confirmed", who.director),
    ]
    assert events.last().uuid == first.transfer.event_uuid
    assert (first.standing, first.number, first.scan.subject_code) == (Standing.IN_FORCE, "12/QĐ-UBND", first.code)


def test_nobody_confirms_what_he_entered_and_only_the_fund_s_seniors_confirm(who):
    plan = made.entered_plan(MILLION, actor=who.accountant)
    for stranger in (who.accountant, who.fund_officer, who.people.director, who.inspector):
        with pytest.raises(PermissionDenied):
            services.answer_year_plan(plan, actor=stranger, agrees=True)
    agreed(plan, who)
    with pytest.raises(PermissionDenied):
        agreed(plan, who)
    assert room_of(Payer.FUND) == MILLION


def test_a_plan_that_the_second_person_refuses_never_counts(who):
    plan = made.entered_plan(MILLION)
    with pytest.raises(ValidationError):
        services.answer_year_plan(plan, actor=who.director, agrees=False)
    struck = services.answer_year_plan(plan, actor=who.director, agrees=False, reason="Sai số tiền")
    assert (struck.standing, room_of(Payer.FUND)) == (Standing.STRUCK, 0)
    with pytest.raises(PermissionDenied):
        agreed(plan, who)


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1, "nhiều", None])
def test_a_plan_of_no_amount_is_refused(who, amount):
    with pytest.raises(ValidationError) as refused:
        services.set_year_plan(**plan_facts(who, amount_vnd=amount))
    assert list(refused.value.message_dict) == ["amount_vnd"]
    assert Transfer.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "wrong"), [("year", 1999), ("payer", Payer.HOST), ("title", " "), ("number", " "), ("decided_on", None)]
)
def test_a_plan_needs_its_facts(who, column, wrong):
    wrong = clock.today() + timedelta(days=1) if column == "decided_on" else wrong
    own = {column: wrong} if column in {"year", "payer"} else {"decision": made.decision(**{column: wrong})}
    with pytest.raises(ValidationError):
        services.set_year_plan(**plan_facts(who, **own))
    assert YearPlan.objects.count() == 0


def test_the_database_refuses_such_plans_too(who):
    given = made.plan(MILLION)
    columns = {"decision": "x", "decided_on": clock.today(), "entered_by": who.accountant}
    for wrong in (
        {"amount_vnd": 0},
        {"year": 1999},
        {"payer": Payer.HOST},
        {"amount_vnd": 10**15 + 1},
        {"number": "1/QĐ"},
        {"confirmed_by": who.director},
        {"transfer": given.transfer},
        {"withdrawal_by": who.director, "withdrawal_reason": "x"},
    ):
        facts = {"year": 2026, "amount_vnd": 1, "payer": Payer.FUND, "code": "x", "created_key": uuid4(), **columns}
        with pytest.raises(IntegrityError), transaction.atomic():
            YearPlan.objects.create(**{**facts, **wrong})
    with pytest.raises(IntegrityError), transaction.atomic():
        YearPlan.objects.filter(pk=given.pk).update(confirmed_by=given.entered_by)


def test_only_the_fund_plans_and_grants(who):
    for stranger in (who.people.officer, who.inspector, who.people.signer, who.director):
        with pytest.raises(PermissionDenied):
            services.set_year_plan(**plan_facts(who, actor=stranger))
        with pytest.raises(PermissionDenied):
            services.grant_year_estimates(year=2026, decision=made.decision(), actor=stranger, key=uuid4())


def test_a_wrong_plan_is_withdrawn_by_two_while_its_money_is_free(who):
    plan = made.plan(900 * MILLION)
    services.withdraw_year_plan(plan, actor=who.accountant, reason="Nhập sai")
    assert room_of(Payer.FUND) == 900 * MILLION
    with pytest.raises(PermissionDenied):
        services.answer_year_plan(plan, actor=who.accountant, agrees=True)
    kept = services.answer_year_plan(plan, actor=who.director, agrees=False, reason="Quyết định còn hiệu lực")
    assert (kept.standing, room_of(Payer.FUND)) == (Standing.IN_FORCE, 900 * MILLION)
    services.withdraw_year_plan(plan, actor=who.accountant, reason="Nhập sai")
    agreed(plan, who)
    assert (YearPlan.objects.get(pk=plan.pk).standing, room_of(Payer.FUND)) == (Standing.WITHDRAWN, 0)
    with pytest.raises(PermissionDenied):
        services.withdraw_year_plan(plan, actor=who.accountant, reason="Nhập sai")
    used = made.plan(900 * MILLION)
    made.services.adopt_balance(
        made.bare_task(who.people),
        actor=who.people.officer,
        confirmed_by=who.people.head,
        decision="Sổ cũ",
        on=clock.today(),
        key=uuid4(),
    )
    services.withdraw_year_plan(used, actor=who.accountant, reason="Cắt giảm")
    with pytest.raises(ValidationError):
        agreed(used, who)
    with pytest.raises(ValidationError):
        services.withdraw_year_plan(made.plan(1), actor=who.accountant, reason=" ")
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_an_estimate_stays_within_the_contracts_year(who, language):
    task = made.contracted(who, grant=False)
    key = uuid4()
    first = made.grant(who, task, 2026, 400 * MILLION, key=key)
    assert made.grant(who, task, 2026, 400 * MILLION, key=key) == first
    with pytest.raises(ValidationError) as refused:
        made.grant(who, task, 2026, 51 * MILLION)
    assert refused.value.message_dict == {
        "amount_vnd": ["The contract has 50,000,000 đồng left for this year."],
    }
    made.grant(who, task, 2026, 50 * MILLION)
    assert books_of(task).year(2026).allocated_vnd == 450 * MILLION


def test_an_estimate_waits_for_a_second_person_and_nothing_is_granted_twice_meanwhile(who):
    task = made.contracted(who, grant=False)
    estimate = made.entered_grant(who, task, 2026, 450 * MILLION)
    assert (books_of(task).year(2026).allocated_vnd, Transfer.objects.filter(edge="grant").count()) == (0, 0)
    with pytest.raises(ValidationError):
        made.entered_grant(who, task, 2026, 1)
    for stranger in (who.fund_officer, who.people.head):
        with pytest.raises(PermissionDenied):
            services.answer_year_estimates(estimate, actor=stranger, agrees=True)
    services.answer_year_estimates(estimate, actor=who.accountant, agrees=True)
    assert books_of(task).year(2026).allocated_vnd == 450 * MILLION


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1, "ba", None])
def test_an_estimate_of_no_amount_is_refused(who, amount):
    task = made.contracted(who, grant=False)
    facts = {"year": 2026, "amount_vnd": amount, "decision": made.decision(), "actor": who.fund_officer}
    with pytest.raises(ValidationError) as refused:
        services.grant_year_estimate(task, **facts, key=uuid4())
    assert list(refused.value.message_dict) == ["amount_vnd"]


def test_a_year_is_granted_for_all_tasks_at_once_and_confirmed_at_once(who):
    tasks = [made.contracted(who, grant=False) for _ in range(2)]
    facts = {"year": 2026, "actor": who.accountant}
    key = uuid4()
    first, second = services.grant_year_estimates(**facts, decision=made.decision(), key=key)
    assert services.grant_year_estimates(**facts, decision=made.decision(), key=key) == []
    assert (first.scan, YearEstimate.objects.count()) == (second.scan, 2)
    assert [list(estimates_to_answer(one)) for one in (who.accountant, who.director)] == [[], [first]]
    services.answer_year_estimates(second, actor=who.director, agrees=True)
    assert [books_of(task).year(2026).allocated_vnd for task in tasks] == [450 * MILLION] * 2
    assert list(estimates_to_answer(who.director)) == []


USED = "This form was already used for something else. Open the page again."


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_key_of_a_form_enters_nothing_else(who, language):
    one, other = made.contracted(who, grant=False), made.contracted(who, grant=False)
    plan, first = made.entered_plan(MILLION, actor=who.fund_officer), made.entered_grant(who, one, 2026, MILLION)
    key, actor, more = first.batch, who.fund_officer, made.decision(number="99/QĐ-MA")
    for act in (
        lambda: services.grant_year_estimates(year=2027, decision=made.decision(), actor=actor, key=key),
        lambda: made.grant(who, one, 2026, MILLION, key=key, decision=more),
        lambda: made.grant(who, one, 2027, MILLION, key=key),
        lambda: made.grant(who, one, 2026, 2 * MILLION, key=key),
        lambda: made.grant(who, other, 2026, MILLION, key=key),
        lambda: services.set_year_plan(**plan_facts(who, key=plan.batch)),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.messages == [USED]
    assert (YearEstimate.objects.get(), YearPlan.objects.filter(transfer=None).get()) == (first, plan)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_year_granted_to_all_once_takes_in_nothing_later_under_its_key(who, language):
    task, key = made.contracted(who, grant=False), uuid4()
    facts = {"year": 2026, "decision": made.decision(), "actor": who.fund_officer, "key": key}
    (first,) = services.grant_year_estimates(**facts)
    late = made.contracted(who, grant=False)
    assert services.grant_year_estimates(**facts) == []
    for wrong in ({"year": 2027}, {"decision": made.decision(number="99/QĐ-MA")}, {"actor": who.accountant}):
        with pytest.raises(ValidationError, match=USED):
            services.grant_year_estimates(**{**facts, **wrong})
    with pytest.raises(ValidationError, match=USED):
        made.grant(who, late, 2026, MILLION, key=key)
    services.answer_year_estimates(first, actor=who.accountant, agrees=False, reason="Sai số tiền")
    with pytest.raises(ValidationError, match=USED):
        services.grant_year_estimates(**facts)
    assert YearEstimate.objects.get().task == task


def test_an_estimate_is_taken_back_by_two_while_nothing_of_it_is_used(who):
    task = made.contracted(who, grant=False)
    estimate = made.grant(who, task, 2026, 450 * MILLION)
    services.withdraw_year_estimate(estimate, actor=who.fund_officer, reason="Giao nhầm")
    assert books_of(task).year(2026).waiting_vnd == 0
    services.answer_year_estimates(estimate, actor=who.director, agrees=True)
    assert books_of(task).year(2026).waiting_vnd == 450 * MILLION
    with pytest.raises(PermissionDenied):
        services.withdraw_year_estimate(estimate, actor=who.accountant, reason="Giao nhầm")
    second = made.grant(who, task, 2026, 450 * MILLION)
    made.approved(who, task)
    services.withdraw_year_estimate(second, actor=who.fund_officer, reason="Giao nhầm")
    with pytest.raises(ValidationError):
        services.answer_year_estimates(second, actor=who.director, agrees=True)
    assert list(faults()) == []


# ── The award takes the money out of the plan ──────────────────────────────────────────────────────────────────────


def appraised(people):
    """An order of the fund, its dossier appraised at 900 million đồng of State money."""
    order = before.called_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    with clock.moved_to(order.selection_call.closes_at + timedelta(hours=1)):
        before.open_dossiers(people, order)
        return before.appraised_order(people, order, dossier)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_an_award_reserves_the_money_and_a_revocation_frees_it(who, language):
    order = appraised(who.people)
    with clock.moved_to(clock.instant(clock.today() + timedelta(days=90))):
        with pytest.raises(
            StepRefused, match=r"The plan has 0 đồng free; the task takes 900,000,000 đồng of State money."
        ):
            paper(order, "approve_task", who.people, who.people.chair)
        made.plan(1_000 * MILLION)
        paper(order, "approve_task", who.people, who.people.chair)
        task = Task.objects.get(order=order)
        assert (order.state, room_of(Payer.FUND)) == (OrderState.AWARDED, 100 * MILLION)
        # The fund pays; it is the department that manages.
        assert (task.payer, task.managing_body) == (Payer.FUND, department())
        assert books_of(task).balances == {"framework": 900 * MILLION}
        write_ground(order, actor=who.people.officer, ground="Tổ chức chủ trì xin rút")
        order.refresh_from_db()
        paper(order, "revoke", who.people, who.people.chair)
        assert (order.state, room_of(Payer.FUND)) == (OrderState.REVOKED, 1_000 * MILLION)
        assert list(faults()) == []


def test_an_order_that_the_fund_does_not_pay_needs_no_room_in_its_plan(who):
    people = who.people
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    order = before.appraised_order(people, order, dossier)
    full = "The plan has 0 đồng free; the task takes 900,000,000 đồng of State money."
    assert said(order, "approve_task", people.chair) == [full]
    Order.objects.filter(pk=order.pk).update(payer=Payer.HOST)
    assert said(Order.objects.get(pk=order.pk), "approve_task", people.chair) == []


def test_a_task_of_before_that_is_revoked_gives_its_money_back(who):
    task = made.covered(made.bare_task(who.people))
    assert room_of(Payer.FUND) == 0
    step(task, "revoke_without_order", who.people.chair, reason="Tổ chức chủ trì xin rút")
    assert (task.state, room_of(Payer.FUND)) == ("revoked", task.approved_state_vnd)
    assert list(faults()) == []


# ── Instalments move between budget years ──────────────────────────────────────────────────────────────────────────


def rephased(who, task, *rows):
    """An amendment that gives instalments new amounts and years, decided."""
    amendment = create_amendment(
        task,
        actor=who.people.applicant,
        kind=AmendmentKind.PHASING,
        facts={"reason": "Chậm tiến độ"},
        phasings=[
            {
                "instalment": task.contract.instalments.get(sequence=number),
                "amount_vnd": VND(amount * MILLION),
                "planned_on": clock.today().replace(year=year),
                "budget_year": year,
            }
            for number, amount, year in rows
        ],
        key=uuid4(),
    )
    step(amendment, "request", who.people.signer)
    give_opinion(amendment, actor=who.people.officer, opinion="Đồng ý", agrees=True)
    step(amendment, "examine", who.people.officer)
    paper(amendment, "decide", who.people, who.people.chair)
    return amendment


def years(task):
    return {
        year: tuple(amount // MILLION for amount in (held.waiting_vnd, held.allocated_vnd))
        for year, held in books_of(task).years.items()
    }


def test_bound_money_follows_the_instalments(who):
    task = made.running(who, grant=False)
    made.grant(who, task, 2026, 450 * MILLION)
    made.grant(who, task, 2027, 270 * MILLION)
    made.paid(who, task)
    assert years(task) == {2026: (0, 0), 2027: (0, 270), 2028: (180, 0)}
    amendment = rephased(who, task, (2, 200, 2028), (3, 250, 2029))
    assert (amendment.state, years(task)) == (
        AmendmentState.DECIDED,
        {2026: (0, 0), 2027: (0, 0), 2028: (200, 0), 2029: (250, 0)},
    )
    assert list(faults()) == []


def test_money_of_one_year_is_shared_out_to_several(who):
    task = made.running(who, grant=False)
    assert years(task) == {2026: (450, 0), 2027: (270, 0), 2028: (180, 0)}
    rephased(who, task, (1, 300, 2026), (2, 300, 2029), (3, 300, 2030))
    assert years(task) == {2026: (300, 0), 2027: (0, 0), 2028: (0, 0), 2029: (300, 0), 2030: (300, 0)}
    assert list(faults()) == []
