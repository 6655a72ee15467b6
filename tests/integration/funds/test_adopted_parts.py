"""The parts of a task from before, typed one by one: what is missing or contradicts is said, and who may write."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.people.policy import can
from core.people.roles import Payer
from core.workflow.adoption import Adoption
from funds import services
from funds.choices import Bucket
from funds.models import Account, OpeningBalance
from tasks.services import create_amendment, save_acceptance_file
from tests.factories import funds as made
from tests.factories import tasks as after
from tests.factories.adopting import GRADED, PAID, PRODUCT, complete, entered, url, with_balance
from tests.factories.browsing import confirm, fill_in, refusals, shown, typed_in, was_shown
from tests.factories.funds import MILLION, lies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DETAIL_LIMIT = 20


def test_each_record_keeps_its_own_papers(who, officer, head):
    wrong = entered(who, officer, evidence=after.pdf("hop-dong-nham"))
    page = head.get(reverse("workflow:adoption-confirm", args=["task", wrong.code])).content.decode()
    assert "hop-dong-nham.pdf" in page
    address = reverse("workflow:adoption-refuse", args=["task", wrong.code])
    head.post(address, {"key": uuid4(), "reason": "Nhầm hợp đồng", **was_shown(head, address)})
    right = entered(who, officer, evidence=after.pdf("hop-dong-dung"))
    wrong.refresh_from_db()
    for task, has, lacks in ((right, "dung", "nham"), (wrong, "nham", "dung")):
        course = head.get(url("tasks", "task-course", task)).content.decode()
        assert (f"hop-dong-{has}.pdf" in course, f"hop-dong-{lacks}.pdf" in course) == (True, False)


def test_the_confirmation_says_everything_that_is_missing(who, officer, head):
    task = entered(who, officer)
    assert refusals(head, task) == [
        "The contract has not been written yet.",
        "The products of the task are not written.",
    ]
    complete(officer, task)
    assert refusals(head, task) == [
        "The opening balance is not written: what was granted, paid and settled before this system.",
        "The payer's plans leave 0 đồng free, the task needs 900,000,000: enter the older plans first.",
    ]
    with_balance(officer, task)
    made.plan(900 * MILLION)
    assert refusals(head, task) == []
    page = head.get(task.get_absolute_url()).content.decode()
    assert "Nothing is missing: the head of division confirms or refuses it." in page


@pytest.mark.parametrize("state", ["running", "liquidated"])
def test_its_page_stays_within_its_questions(who, officer, head, django_assert_max_num_queries, state):
    task = entered(who, officer, state=state, **(GRADED if state == "liquidated" else {}))
    complete(officer, task)
    with_balance(officer, task, settled_vnd="400.000.000")
    pages = [(client, task.get_absolute_url()) for client in (officer, head)]
    for client, address in [*pages, (head, reverse("workflow:adoption-confirm", args=["task", task.code]))]:
        client.get(address)
        with django_assert_max_num_queries(DETAIL_LIMIT):
            client.get(address)


def test_what_contradicts_the_contract_is_not_written_down(who, officer, client_for):
    task = entered(who, officer)
    complete(officer, task)
    address, english = url("funds", "opening-edit", task), client_for(who.people.officer, "en")
    money = {"decision": "Sổ", **PAID}
    for typed, said in [
        ({"granted_2025": "450,000,000"}, "More was granted for 2025 than the contract plans for it."),
        ({"granted_2025": "300,000,000"}, "More was paid of 2025 than was granted for it."),
        (
            {"settled_vnd": "500,000,000", "settled_on": "2026-01-01"},
            "More is settled and given back than was paid.",
        ),
        ({"settled_vnd": "100,000,000"}, "The day of the settlement is not written."),
        ({"payments__0__paid_on": "2026-03-03"}, "A payment lies in the future."),
        ({"settled_vnd": "100,000,000", "settled_on": "2026-03-03"}, "Settled on: this day has not come yet."),
    ]:
        answer = typed_in(english, address, **{**money, **typed})
        assert answer.context["form"].non_field_errors() == [said]
    half = typed_in(officer, address, **{**money, "payments__0__bank_reference": ""})
    assert list(half.context["formset"].forms[0].errors) == ["bank_reference"]
    assert not OpeningBalance.objects.exists()
    with_balance(officer, task)
    again = shown(officer.get(address))
    assert (again["payments-0-bank_reference"], again["granted_2026"]) == ("KB-0711", "500.000.000")


def test_payments_of_before_bear_references_of_their_own(who, officer, client_for):
    made.plan(2_000 * MILLION)
    made.entered(who, made.approved(who, made.running(who)), bank_reference="kb-0711")
    task = entered(who, officer)
    complete(officer, task)
    address, english = url("funds", "opening-edit", task), client_for(who.people.officer, "en")
    booked = typed_in(english, address, decision="Sổ", **PAID)
    said = ["This bank reference is booked already, as: disbursement."]
    assert booked.context["form"].non_field_errors() == said
    both = {name.replace("0", "1", 1): value for name, value in PAID.items()} | PAID
    twice = typed_in(english, address, decision="Sổ", **both, granted_2026="500,000,000")
    assert twice.context["form"].non_field_errors() == ["Two payments bear the same bank reference.", *said]


def test_the_fund_officer_may_write_the_balance_and_nobody_else_of_the_fund(who, officer, client_for):
    task = entered(who, officer)
    address = url("funds", "opening-edit", task)
    empty = typed_in(officer, address, decision="Sổ")
    assert empty.context["form"].non_field_errors()
    complete(officer, task)
    with_balance(client_for(who.fund_officer), task)
    assert OpeningBalance.objects.get().entered_by == who.fund_officer
    for person in (who.accountant, who.director, who.people.head, who.people.signer):
        assert client_for(person).get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        services.save_opening(task, actor=who.accountant, facts={"decision": "Sổ"})


def test_nothing_else_happens_to_a_task_that_nobody_has_confirmed(who, officer):
    task = entered(who, officer)
    complete(officer, task)
    people = who.people
    for actor, action in [
        (people.applicant, "request_amendment"),
        (people.applicant, "edit_acceptance"),
        (people.officer, "plan_inspection"),
        (people.officer, "edit_suspension"),
        (people.officer, "request_money"),
        (who.fund_officer, "grant_money"),
    ]:
        assert not can(actor, action, task), action
    with pytest.raises(PermissionDenied):
        save_acceptance_file(task, actor=people.applicant, facts={})
    with pytest.raises(PermissionDenied):
        create_amendment(task, actor=people.applicant, kind="content", facts={}, key=uuid4())
    confirmed = after.adopted(people)
    assert not can(people.officer, "edit_entry", confirmed)
    assert not can(people.officer, "open_books", after.adopted(people, "running", payer=Payer.FUND))


def test_an_approved_task_needs_no_balance_and_signs_its_contract_here(who, officer, head):
    made.plan(900 * MILLION)
    task = entered(who, officer, state="approved", starts_on="", ends_on="", opening_percent="")
    fill_in(officer, url("tasks", "products-edit", task), **PRODUCT)
    assert can(who.people.officer, "open_books", task).allowed is False
    confirm(head, task)
    assert lies(task) == {Bucket.FRAMEWORK: 900}
    after.written_contract(who.people, task)
    after.paper(task, "sign_contract", who.people, who.people.director)
    assert (task.state, lies(task)) == ("contracted", {Bucket.COMMITTED_FUTURE: 900})


def test_a_contract_that_is_written_and_not_signed_binds_no_money(who, officer, head):
    made.plan(900 * MILLION)
    task = entered(who, officer, state="approved", starts_on="", ends_on="", opening_percent="")
    fill_in(officer, url("tasks", "products-edit", task), **PRODUCT)
    after.written_contract(who.people, task)
    confirm(head, task)
    after.paper(task, "sign_contract", who.people, who.people.director)
    assert lies(task) == {Bucket.COMMITTED_FUTURE: 900}


def test_a_task_of_other_peoples_money_needs_contract_and_products_only(who, officer, head):
    task = entered(who, officer, payer="host")
    complete(officer, task)
    confirm(head, task)
    assert not Account.objects.filter(task=task).exists()


def test_the_service_refuses_an_opening_without_a_contract(who, officer):
    task = entered(who, officer)
    with pytest.raises(ValidationError):
        services.save_opening(task, actor=who.people.officer, facts={"decision": "Sổ"})


def test_one_person_alone_enters_a_task_and_two_at_once_schedule_its_reports(who):
    dates = {"approved_on": date(2025, 10, 20), "starts_on": date(2025, 11, 3), "ends_on": date(2026, 11, 2)}
    assert after.adopted(who.people, "running", **dates).reports.count() == 2
    adoption = Adoption(batch="form", actor=who.people.officer, effective_on=date(2026, 3, 1))
    alone = after.services.adopt_task(facts=after.facts(who.people, **dates), state="running", adoption=adoption)
    assert (alone.unconfirmed, alone.reports.count()) == (True, 0)


def test_days_that_have_not_come_are_not_confirmed(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task, signed_on="2026-03-03")
    with_balance(officer, task)
    assert "Signed on: this day has not come yet." in refusals(head, task)
