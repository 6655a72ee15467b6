"""Tasks from before are entered on the pages with all that belongs to them, confirmed, and go on to their end."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.people.policy import can, visible_to
from core.people.roles import Payer, Role
from core.workflow.adoption import Adoption
from core.workflow.confirmation import confirm_adoption
from core.workflow.data_corrections import may_ask
from core.workflow.integrity import faults as state_faults
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from funds import services
from funds.choices import Bucket
from funds.models import Account, Disbursement, OpeningBalance, Settlement, Transfer, YearEstimate
from funds.selectors.books import room_of
from funds.verification import faults
from tasks.models import Task
from tasks.selectors.lists import counted_tasks, running_tasks
from tasks.services import create_amendment, save_acceptance_file
from tests.factories import funds as made
from tests.factories import tasks as after
from tests.factories.adopting import GRADED, PAID, PRODUCT, complete, entered, url, with_balance
from tests.factories.browsing import confirm, fill_in, refusals, shown, typed_in, was_shown
from tests.factories.funds import MILLION, lies
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DETAIL_LIMIT = 20


def running(who, officer, head):
    """A running task, entered and confirmed on the pages."""
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    return confirm(head, task)


def test_a_running_task_from_before_goes_on_to_its_archive(who, officer, head):
    task = running(who, officer, head)
    assert lies(task) == {Bucket.ALLOCATED: 500, Bucket.ADVANCED: 100, Bucket.SETTLED: 300}
    assert [report.due_date for report in task.reports.all()] == [date(2026, 3, 15), date(2026, 9, 15)]
    report = after.filed_report(who.people, task.reports.first())
    after.step(report, "accept", who.people.officer)
    made.paid(who, task, 2, reason="Đã kiểm tra")
    made.recognised(who, task)
    made.paid(who, task, 3, reason="Đã kiểm tra")
    made.settled(who, task, 600 * MILLION)
    assert task.grade == "pass"
    made.liquidate(who, task)
    after.step(task, "archive", who.people.clerk)
    assert (task.state, lies(task)) == ("archived", {Bucket.SETTLED: 900})
    assert (list(faults()), state_faults()[0]) == ([], [])


def test_every_paper_cites_the_contract_of_before(who, officer, head):
    task = running(who, officer, head)
    report = after.filed_report(who.people, task.reports.first())
    after.step(report, "accept", who.people.officer)
    decision = made.fund_paper(who, made.verified(who, task, 2, reason="Đã kiểm tra"), "approve")
    cited = decision.facts["contract"]
    assert (cited["symbol"], cited["date"]) == ("07/2025/HĐKHCN", "2025-11-01")
    assert decision.facts["paid_before"] == 400 * MILLION


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


def test_two_persons_stand_behind_every_opening_entry(who, officer, head):
    task = running(who, officer, head)
    papers = [*Disbursement.objects.all(), *Settlement.objects.all()]
    assert [paper.state for paper in papers] == ["paid", "settled"]
    assert [(one.year, one.amount_vnd // MILLION, one.entered_by) for one in YearEstimate.objects.all()] == [
        (2025, 400, who.people.officer),
        (2026, 500, who.people.officer),
    ]
    assert {one.effective_on for one in Transfer.objects.filter(debit__task=task, edge="pay")} == {date(2025, 11, 24)}
    assert room_of(Payer.FUND) == 1_100 * MILLION


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


def test_the_head_sees_all_of_it_on_one_page(who, officer, head):
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    for address in (task.get_absolute_url(), reverse("workflow:adoption-confirm", args=["task", task.code])):
        page = head.get(address).content.decode()
        for words in ("Quy trình nuôi", "Trần Thị Thư Ký", "07/2025/HĐKHCN", "KB-0711", "300,000,000", "Sổ theo dõi"):
            assert words in page, (address, words)


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


def test_nothing_is_booked_before_the_second_person_speaks(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    assert (Account.objects.filter(task=task).count(), Disbursement.objects.count()) == (0, 0)
    with pytest.raises(StepRefused, match="chưa xác nhận"):
        services.adopt_balance(
            task,
            actor=who.people.officer,
            confirmed_by=who.people.head,
            decision="Sổ",
            on=date(2026, 3, 1),
            key=uuid4(),
        )
    assert not task.reports.exists()


def test_a_refused_entry_leaves_nothing_in_the_books_the_counts_and_the_lists(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    address = reverse("workflow:adoption-refuse", args=["task", task.code])
    assert (
        head.post(address, {"key": uuid4(), "reason": "Nhầm hợp đồng", **was_shown(head, address)}).status_code == 302
    )
    task.refresh_from_db()
    assert (task.state, task.code, may_ask(task, who.people.officer)) == ("void", "DTKHCN.2025.07.HUY1", False)
    assert (Account.objects.filter(task=task).count(), room_of(Payer.FUND)) == (0, 2_000 * MILLION)
    user = who.people.officer
    assert (list(running_tasks(user)), list(counted_tasks(user)), available_steps(task, user)) == ([], [], [])
    assert not visible_to(who.people.signer, Task).exists()
    again = entered(who, officer)
    assert again.code == "DTKHCN.2025.07"
    complete(officer, again)
    with_balance(officer, again)
    confirm(head, again)
    assert (lies(again)[Bucket.ADVANCED], list(faults()), state_faults()[0]) == (100, [], [])


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


def test_a_contract_written_again_is_measured_again(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    half = {"instalments-0-amount_vnd": "200.000.000", "instalments-1-amount_vnd": "500.000.000"}
    fill_in(officer, url("tasks", "contract-edit", task), **half)
    assert refusals(head, task) == [
        "More was granted for 2025 than the contract plans for it.",
        "More is settled and given back than was paid.",
    ]


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


def test_who_wrote_a_part_does_not_confirm_it(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    fill_in(head, url("tasks", "products-edit", task), products__0__quantity="2")
    assert refusals(head, task) == ["You wrote a part of this record yourself: another head of division confirms it."]
    confirm_adoption(task, actor=user_with(Role.HEAD_OF_DIVISION), key=uuid4())
    assert task.products.get().quantity == 2


def test_money_that_another_task_took_meanwhile_stops_the_confirmation_whole(who, officer, head):
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    made.plan(950 * MILLION)
    assert refusals(head, task) == []
    made.covered(made.bare_task(who.people, approved_state_vnd=900 * MILLION))
    made.move(made.bare_task(who.people), made.Edge.APPROVE, 800 * MILLION)
    with pytest.raises(StepRefused):
        confirm_adoption(task, actor=who.people.head, key=uuid4())
    task.refresh_from_db()
    assert (task.unconfirmed, Account.objects.filter(task=task).count()) == (True, 0)


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


def test_an_officer_who_has_left_meanwhile_keeps_nobody_from_confirming(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    who.people.officer.memberships.update(valid_to=date(2026, 3, 1))
    assert not confirm(head, task).unconfirmed
