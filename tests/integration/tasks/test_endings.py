"""Lives that do not go their usual way: suspension, termination, recovery, revocation, refusals in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import clock
from core.documents.models import Document
from core.documents.templatetags.letters import long_date
from core.jobs.service import run_due_jobs
from core.money import VND
from core.workflow.adoption import Adoption
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from proposals.selectors.eligibility import checks
from tasks import services
from tasks.hooks.papers import ground_words
from tasks.lifecycle import TaskState
from tasks.models import AmendmentKind, Cause, Grade, Termination
from tasks.selectors import computed_recovery, extension_refusals, instalment_obstacle, overdue_reports
from tasks.selectors.eligibility import host_obstacles, investigator_obstacles, task_obstacles
from tasks.selectors.texts import adopted_texts
from tests.factories import tasks as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

R2 = "r2_2025"


def suspended(people, until=date(2026, 6, 1)):
    task = make.running(people)
    words = {"ground": "Chưa quyết toán", "from_on": clock.today(), "until": until, "conditions": "Quyết toán đợt 1"}
    services.save_suspension(task, actor=people.officer, facts=words)
    make.paper(task, "suspend", people, people.chair, reason="Chưa quyết toán")
    return task


def test_a_task_is_suspended_and_resumed_with_a_later_end(people):
    task = suspended(people)
    assert task.state == "suspended"
    services.save_resumption(
        task,
        actor=people.officer,
        facts={"resume_note": "Đã quyết toán", "resume_from": clock.today(), "new_ends_on": date(2028, 6, 2)},
    )
    decision = make.paper(task, "resume", people, people.chair, reason="Đã quyết toán")
    assert (task.state, task.ends_on, task.reports.count()) == ("running", date(2028, 6, 2), 5)
    assert decision.facts["suspension"]["symbol"] == Document.objects.get(kind="suspension_decision").symbol
    row = task.suspensions.get()
    assert (row.suspended_on, row.resumed_on) == (clock.today(), clock.today())


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_resumption_moves_the_end_by_the_time_the_task_stood_still(people, language):
    """More would be an extension without its limits: it only goes with a reason."""
    task = suspended(people)
    with clock.moved_to(clock.now() + timedelta(days=30)):
        answers = []
        for ends_on in (date(2028, 4, 1), date(2028, 4, 2), date(2040, 1, 1)):
            facts = {"resume_note": "Đã quyết toán", "resume_from": clock.today(), "new_ends_on": ends_on}
            services.save_resumption(task, actor=people.officer, facts=facts)
            offer = next(one for one in available_steps(task, people.chair) if one.row.name == "resume")
            answers.append([(str(one), one.blocking) for one in offer.refusals])
    text = "The task stood still for so long that its end moves to 01/04/2028 at the latest; more is an extension."
    assert answers == [[], [(text, False)], [(text, False)]]


def test_a_suspension_longer_than_the_rule_book_only_warns_while_the_number_is_unconfirmed(people):
    task = make.running(people)
    words = {"ground": "x", "from_on": clock.today(), "until": date(2026, 12, 1), "conditions": "x"}
    services.save_suspension(task, actor=people.officer, facts=words)
    offer = next(one for one in available_steps(task, people.chair) if one.row.name == "suspend")
    assert [refusal.blocking for refusal in offer.refusals] == [False]


def test_without_its_facts_a_suspension_is_refused_in_words(people, language):
    task = make.running(people)
    offer = next(one for one in available_steps(task, people.chair) if one.row.name == "suspend")
    assert offer.is_open is False
    assert offer.refusals[0].source == "Quy định của tỉnh (chưa có văn bản)"


def test_a_breach_leads_to_termination_and_recovery(people):
    task = make.terminated(people, Cause.SUBJECTIVE)
    assert (task.state, task.termination.terminated_on) == ("terminated", clock.today())
    assert list(task.reports.order_by().values_list("state", flat=True).distinct()) == ["dropped"]
    # Nothing was paid: nothing can be asked back by the rule book.
    assert computed_recovery(task) == 0
    facts = {
        "amount_vnd": VND(50_000_000),
        "basis": "Biên bản kiểm tra",
        "due_on": date(2026, 4, 1),
        "account": "3713",
        "bank": "Kho bạc",
    }
    with pytest.raises(ValidationError) as refused:
        services.save_recovery(task, actor=people.officer, facts=facts)
    assert list(refused.value.message_dict) == ["difference_reason"]
    services.save_recovery(task, actor=people.officer, facts={**facts, "difference_reason": "Theo kết luận kiểm tra"})
    decision = make.paper(task, "order_recovery", people, people.chair)
    assert (task.state, decision.facts["amount"]) == ("recovering", 50_000_000)
    assert task.recovery_orders.get().ordered_on == clock.today()


def test_accepted_risk_needs_an_assessment(people):
    task = make.running(people)
    facts = {
        "ground": "5.2",
        "cause": Cause.OBJECTIVE,
        "terminated_from": clock.today(),
        "explanation": "Bão",
        "spent_vnd": VND(1),
        "accepted_vnd": VND(1),
        "returned_percent": 0,
        "percent_reason": "Chấp nhận rủi ro",
        "procedure_followed": True,
    }
    services.save_termination(task, actor=people.officer, facts=facts)
    with pytest.raises(StepRefused) as refused:
        make.paper(task, "terminate", people, people.chair, reason="Bão")
    assert [refusal.source for refusal in refused.value.refusals] == ["Luật 93/2025/QH15, Điều 9"]


def test_an_extension_after_the_end_twice_or_too_long_is_refused_with_its_source(people):
    task = make.running(people)
    too_long = make.extension(people, task, 13)
    with pytest.raises(StepRefused) as refused:
        make.step(too_long, "request", people.signer)
    assert refused.value.refusals[0].source == "Thông tư 33/2014/TT-BKHCN, Điều 16"
    # The circular is sure for old tasks only: for a new one it warns, and a reason is asked for.
    too_long.task.regulation = "r1_2013"
    assert [one.blocking for one in extension_refusals(too_long, clock.today())] == [True]
    too_long.task.regulation = R2
    assert [one.blocking for one in extension_refusals(too_long, clock.today())] == [False]

    make.paper(make.examined(people, make.extension(people, task, 6)), "decide", people, people.chair)
    with pytest.raises(StepRefused):
        make.step(make.extension(people, task, 6), "request", people.signer)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_what_an_adopted_task_used_of_its_chances_counts(people, language):
    """Most running tasks come from before: extended there, they are not extended here as if for the first time."""
    fresh, used = (
        make.adopted(people, "running", extensions_before=times, starts_on=clock.today(), ends_on=date(2028, 3, 2))
        for times in (0, 1)
    )
    said = [
        [str(one) for one in extension_refusals(make.extension(people, task, 6), clock.today())]
        for task in (fresh, used)
    ]
    assert said == [[], ["The task was extended already; it may be extended at most 1 time(s)."]]

    judged = make.adopted(people, "failed", repeats_before=1)
    again = next(one for one in available_steps(judged, people.chair) if one.row.name == "allow_second_acceptance")
    assert [str(one) for one in again.refusals] == [
        "The results were evaluated again already; this is possible 1 time(s)."
    ]


def test_an_extension_asked_for_in_time_may_be_decided_after_the_end(people):
    task = make.running(people)
    with clock.moved_to(make.at(date(2028, 2, 28), 9)):
        amendment = make.examined(people, make.extension(people, task, 6))
    with clock.moved_to(make.at(date(2028, 3, 10), 9)):
        make.paper(amendment, "decide", people, people.chair)
        late = make.extension(people, task, 6)
    task.refresh_from_db()
    assert task.ends_on == date(2028, 9, 2)
    with clock.moved_to(make.at(date(2028, 9, 3), 9)), pytest.raises(StepRefused) as refused:
        make.step(late, "request", people.signer)
    assert len(str(refused.value.refusals[0]).split(".")) >= 2


def test_rephasing_keeps_the_sum_and_moves_the_plan(people):
    task = make.running(people)
    first, second, third = task.contract.instalments.all()
    rows = [
        {"instalment": one, "amount_vnd": amount, "planned_on": date(2027, 6, 1), "budget_year": 2027}
        for one, amount in ((second, 200_000_000), (third, 250_000_000))
    ]
    words = {"actor": people.applicant, "kind": AmendmentKind.PHASING, "facts": {"reason": "Dự toán năm"}}
    with pytest.raises(ValidationError):
        services.create_amendment(task, phasings=rows[:1], key=uuid4(), **words)
    amendment = services.create_amendment(task, phasings=rows, key=uuid4(), **words)
    make.paper(make.examined(people, amendment), "decide", people, people.chair)
    plan = task.contract.instalments.values_list("amount_vnd", "budget_year")
    assert list(plan) == [(450_000_000, 2026), (200_000_000, 2027), (250_000_000, 2027)]
    assert first.amount_vnd == 450_000_000


def test_a_new_investigator_takes_over_with_the_decision(people):
    task = make.running(people)
    successor = user_with("applicant", people.university)
    amendment = services.create_amendment(
        task,
        actor=people.applicant,
        kind=AmendmentKind.INVESTIGATOR,
        facts={"reason": "Nghỉ hưu", "new_investigator": successor},
        key=uuid4(),
    )
    make.paper(make.examined(people, amendment), "decide", people, people.chair)
    task.refresh_from_db()
    assert task.principal_investigator == successor


def test_the_clock_starts_the_work_on_the_first_day(people):
    task = make.adopted(people)
    make.written_contract(people, task, starts_on=date(2026, 3, 16))
    make.paper(task, "sign_contract", people, people.director)
    run_due_jobs()
    task.refresh_from_db()
    assert task.state == "contracted"
    with clock.moved_to(make.at(date(2026, 3, 16), 7)):
        run_due_jobs()
    task.refresh_from_db()
    assert task.state == "running"


def test_a_contract_beyond_the_approval_is_refused(people):
    task = make.adopted(people)
    services.save_contract(
        task, actor=people.officer, facts=make.contract_facts(task, state_value_vnd=VND(task.approved_state_vnd + 1))
    )
    with pytest.raises(StepRefused) as refused:
        make.paper(task, "sign_contract", people, people.director)
    assert len(refused.value.refusals) == 1
    with pytest.raises(ValidationError):
        services.save_contract(task, actor=people.officer, facts=make.contract_facts(task), instalments=[])


def test_facts_stand_still_once_the_step_is_taken(people):
    task = make.contracted(people)
    with pytest.raises(PermissionDenied):
        make.written_contract(people, task)
    report = task.reports.first()
    make.filed_report(people, report)
    with pytest.raises(PermissionDenied):
        services.save_report(report, actor=people.applicant, facts={"done": "Sửa sau"})


def test_a_strange_officer_of_another_host_writes_nothing(people):
    report = make.running(people).reports.first()
    with pytest.raises(PermissionDenied):
        services.save_report(report, actor=user_with("applicant"), facts={"done": "x"})


def test_an_instalment_waits_for_its_precondition(people):
    task = make.running(people)
    first, second, third = task.contract.instalments.all()
    assert instalment_obstacle(first) == ""
    assert instalment_obstacle(second) != ""
    inspection = make.planned_inspection(people, task, date(2026, 3, 5))
    make.step(inspection, "announce", people.officer)
    with clock.moved_to(make.at(date(2026, 3, 5), 17)):
        make.recorded(people, inspection)
        make.step(inspection, "conclude", people.officer)
    assert instalment_obstacle(second) == ""
    assert instalment_obstacle(third) != ""


def test_overdue_reports_are_those_past_their_day(people):
    task = make.running(people)
    assert overdue_reports(task, date(2026, 3, 15)) == []
    assert [report.sequence for report in overdue_reports(task, date(2026, 9, 16))] == [1, 2]


def test_earlier_tasks_speak_against_host_and_investigator(people):
    assert task_obstacles in checks
    make.adopted(people, TaskState.RECOVERING)
    task = make.adopted(people, "running", starts_on=date(2024, 1, 1), ends_on=date(2026, 1, 1))
    found = [str(one) for one in host_obstacles(people.university, clock.today(), R2)]
    assert len(found) == 2
    assert task.code in found[1]
    busy = list(investigator_obstacles(people.applicant, clock.today(), R2))
    assert [task.code in str(one) for one in busy] == [True]


def test_a_failure_bars_the_investigator_for_its_years(people):
    make.adopted(people, TaskState.ARCHIVED, grade=Grade.FAIL, accepted_on=clock.today() - timedelta(days=400))
    assert len(list(investigator_obstacles(people.applicant, clock.today(), R2))) == 1
    much_later = clock.today() + timedelta(days=365 * 3)
    assert list(investigator_obstacles(people.applicant, much_later, R2)) == []


def test_a_followed_task_ends_by_the_word_of_its_body(people):
    task = make.adopted(people, "running", management="followed", starts_on=date(2025, 1, 1), ends_on=date(2026, 2, 1))
    assert {one.row.name for one in available_steps(task, people.officer)} == {"end_following"}
    with pytest.raises(StepRefused):
        make.step(task, "end_following", people.officer)
    words = {"ended_on": date(2026, 2, 1), "end_note": "Nghiệm thu cấp quốc gia, đạt"}
    services.save_following(task, actor=people.officer, facts=words)
    make.step(task, "end_following", people.officer)
    assert task.state == "ended"


def test_adopted_tasks_are_among_the_texts_that_proposals_are_compared_with(people):
    task = make.adopted(people, "running", starts_on=date(2025, 1, 1), ends_on=date(2027, 1, 1))
    assert [one.code for one in adopted_texts(None)] == [task.code]


def test_adopting_twice_with_one_key_makes_one_task(people):
    key = uuid4()
    words = {
        "facts": make.facts(people, starts_on=date(2025, 1, 1), ends_on=date(2027, 1, 1)),
        "state": "running",
        "parts": services.TaskParts(papers=make.earlier_papers("running")),
        "adoption": Adoption(
            batch="form",
            actor=people.officer,
            confirmed_by=people.head,
            effective_on=clock.today(),
            note="Hồ sơ giấy",
        ),
        "key": key,
    }
    first = services.adopt_task(**words)
    assert services.adopt_task(**words) == first
    assert [report.due_date for report in first.reports.all()] == [date(2026, 3, 15), date(2026, 9, 15)]


def test_the_hosts_own_fault_bars_it_for_a_year(people):
    task = make.terminated(people, Cause.SUBJECTIVE)
    found = list(host_obstacles(people.university, clock.today(), R2))
    assert [task.code in str(one) for one in found] == [True]
    assert list(host_obstacles(people.university, clock.today() + timedelta(days=370), R2)) == []


def test_before_its_contract_a_task_is_revoked_never_terminated(people):
    task = make.adopted(people)
    facts = {
        "ground": "5.2",
        "cause": Cause.OBJECTIVE,
        "terminated_from": clock.today(),
        "explanation": "Không còn cần thiết",
        "spent_vnd": VND(0),
        "accepted_vnd": VND(0),
        "returned_percent": 0,
        "percent_reason": "Chưa cấp kinh phí",
    }
    with pytest.raises(PermissionDenied):
        services.save_termination(task, actor=people.officer, facts=facts)
    assert {one.row.name for one in available_steps(task, people.chair)} == {"revoke_without_order"}
    make.step(task, "revoke_without_order", people.chair, reason="Không còn cần thiết")
    assert task.state == "revoked"


def test_a_task_of_before_is_liquidated_without_its_contract(people):
    task = make.adopted(people, TaskState.RECOGNISED)
    words = {"held_on": clock.today(), "place": "Sở", "handover": "Không có"}
    services.save_liquidation(task, actor=people.officer, facts=words)
    make.paper(task, "liquidate", people, people.director)
    assert Document.objects.get(kind="liquidation_minutes").facts["contract_value"] == 0


def test_the_liquidation_cites_the_decision_it_rests_on_with_number_day_and_issuer(people):
    task = make.liquidated(people)
    decision = Document.objects.get(kind="recognition_decision")
    day = long_date(decision.numbered_on.isoformat())
    ground = Document.objects.get(kind="liquidation_minutes").facts["ground"]
    assert ground == f"Quyết định số {decision.symbol} {day} của {decision.body.name} công nhận kết quả"
    assert task.state == "liquidated"


def test_only_a_contract_of_this_system_is_cited_by_its_clause(people):
    own = make.terminated(people, Cause.OBJECTIVE).termination
    assert "(khoản 3 Điều 5 Hợp đồng). Không thực hiện đúng" in ground_words(own)
    old = make.adopted(people, "running", starts_on=date(2025, 1, 1), ends_on=date(2027, 1, 1))
    assert "Điều 5" not in ground_words(Termination(task=old, ground="5.3", explanation="Không thực hiện đúng cam kết"))
