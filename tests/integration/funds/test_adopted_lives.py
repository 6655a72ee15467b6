"""Tasks from before are entered on the pages with all that belongs to them, confirmed, and go on to their end."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core.people.policy import visible_to
from core.people.roles import Payer, Role
from core.workflow.confirmation import confirm_adoption
from core.workflow.data_corrections import may_ask
from core.workflow.integrity import faults as state_faults
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from funds import services
from funds.choices import Bucket
from funds.models import Account, Disbursement, Settlement, Transfer, YearEstimate
from funds.selectors.books import room_of
from funds.verification import faults
from tasks.models import Task
from tasks.selectors.lists import counted_tasks, running_tasks
from tests.factories import funds as made
from tests.factories import tasks as after
from tests.factories.adopting import complete, entered, url, with_balance
from tests.factories.browsing import confirm, fill_in, refusals, signed_in, was_shown
from tests.factories.funds import MILLION, lies
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A running task, entered on the pages with its contract and its balance; nobody has confirmed it."""
    who = made.house()
    officer = signed_in(who.people.officer)
    task = entered(who, officer)
    complete(officer, task)
    with_balance(officer, task)
    return SimpleNamespace(who=who, task=task)


@pytest.fixture
def task(story):
    return story.task


def running(head, task):
    """The same, confirmed on the page: the plan has room for it."""
    made.plan(2_000 * MILLION)
    return confirm(head, task)


def test_a_running_task_from_before_goes_on_to_its_archive(who, task, officer, head):
    running(head, task)
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


def test_every_paper_cites_the_contract_of_before(who, task, officer, head):
    running(head, task)
    report = after.filed_report(who.people, task.reports.first())
    after.step(report, "accept", who.people.officer)
    decision = made.fund_paper(who, made.verified(who, task, 2, reason="Đã kiểm tra"), "approve")
    cited = decision.facts["contract"]
    assert (cited["symbol"], cited["date"]) == ("07/2025/HĐKHCN", "2025-11-01")
    assert decision.facts["paid_before"] == 400 * MILLION


def test_two_persons_stand_behind_every_opening_entry(who, task, officer, head):
    running(head, task)
    papers = [*Disbursement.objects.all(), *Settlement.objects.all()]
    assert [paper.state for paper in papers] == ["paid", "settled"]
    assert [(one.year, one.amount_vnd // MILLION, one.entered_by) for one in YearEstimate.objects.all()] == [
        (2025, 400, who.people.officer),
        (2026, 500, who.people.officer),
    ]
    assert {one.effective_on for one in Transfer.objects.filter(debit__task=task, edge="pay")} == {date(2025, 11, 24)}
    assert room_of(Payer.FUND) == 1_100 * MILLION


def test_the_head_sees_all_of_it_on_one_page(who, task, officer, head):
    for address in (task.get_absolute_url(), reverse("workflow:adoption-confirm", args=["task", task.code])):
        page = head.get(address).content.decode()
        for words in ("Quy trình nuôi", "Trần Thị Thư Ký", "07/2025/HĐKHCN", "KB-0711", "300,000,000", "Sổ theo dõi"):
            assert words in page, (address, words)


def test_nothing_is_booked_before_the_second_person_speaks(who, task, officer, head):
    made.plan(2_000 * MILLION)
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


def test_a_refused_entry_leaves_nothing_in_the_books_the_counts_and_the_lists(who, task, officer, head):
    made.plan(2_000 * MILLION)
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


def test_a_contract_written_again_is_measured_again(who, task, officer, head):
    made.plan(2_000 * MILLION)
    half = {"instalments-0-amount_vnd": "200.000.000", "instalments-1-amount_vnd": "500.000.000"}
    fill_in(officer, url("tasks", "contract-edit", task), **half)
    assert refusals(head, task) == [
        "More was granted for 2025 than the contract plans for it.",
        "More is settled and given back than was paid.",
    ]


def test_who_wrote_a_part_does_not_confirm_it(who, task, officer, head):
    made.plan(2_000 * MILLION)
    fill_in(head, url("tasks", "products-edit", task), products__0__quantity="2")
    assert refusals(head, task) == ["You wrote a part of this record yourself: another head of division confirms it."]
    confirm_adoption(task, actor=user_with(Role.HEAD_OF_DIVISION), key=uuid4())
    assert task.products.get().quantity == 2


def test_money_that_another_task_took_meanwhile_stops_the_confirmation_whole(who, task, officer, head):
    made.plan(950 * MILLION)
    assert refusals(head, task) == []
    made.covered(made.bare_task(who.people, approved_state_vnd=900 * MILLION))
    made.move(made.bare_task(who.people), made.Edge.APPROVE, 800 * MILLION)
    with pytest.raises(StepRefused):
        confirm_adoption(task, actor=who.people.head, key=uuid4())
    task.refresh_from_db()
    assert (task.unconfirmed, Account.objects.filter(task=task).count()) == (True, 0)


def test_an_officer_who_has_left_meanwhile_keeps_nobody_from_confirming(who, task, officer, head):
    made.plan(2_000 * MILLION)
    who.people.officer.memberships.update(valid_to=date(2026, 3, 1))
    assert not confirm(head, task).unconfirmed
