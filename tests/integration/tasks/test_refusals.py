"""Why a task cannot be signed, started, registered, suspended, recovered or archived: each reason in words."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from core import clock
from core.documents.kinds import DocumentKind
from core.documents.services import prepare_document, refuse_document
from core.money import VND
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from tasks import services
from tasks.lifecycle import Management, TaskState
from tasks.models import Grade, Precondition, Task
from tasks.selectors import overdue_reports
from tasks.selectors.contracts import InstalmentPlan
from tests.factories import tasks as make
from tests.factories.asking import ruled, said
from tests.factories.proposals import as_effects
from tests.factories.tasks import MILLION, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
PROVINCE = "Quy định của tỉnh (chưa có văn bản)"
DAY = timedelta(days=1)
MORE_OTHER = "The contract names more money from other sources than was approved."
RECOVERY = {
    "difference_reason": "Theo kết luận thanh tra",
    "basis": "Biên bản đối chiếu",
    "account": "3941",
    "bank": "Kho bạc",
}


def test_an_unwritten_contract_is_refused_for_that_alone(people):
    task = make.adopted(people)
    unwritten = ("The contract has not been written yet.", PROVINCE, True)
    assert ruled(task, "sign_contract", people.director) == [unwritten]
    make.written_contract(people, task)
    assert said(Task.objects.get(pk=task.pk), "sign_contract", people.director) == []


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"other_value_vnd": VND(100 * MILLION)}, []),
        (
            {"other_value_vnd": VND(101 * MILLION)},
            ["The contract names more money from other sources than was approved."],
        ),
        ({"state_value_vnd": VND(901 * MILLION)}, ["The contract promises more state money than was approved."]),
    ],
)
def test_state_and_other_money_stay_within_the_approval_each_for_itself(people, facts, refusal):
    task = make.adopted(people)
    make.written_contract(people, task, **facts)
    assert said(Task.objects.get(pk=task.pk), "sign_contract", people.director) == refusal


def test_a_contract_does_not_run_longer_than_approved(people):
    task = make.adopted(people)
    for months, refusals in ((25, ["The contract runs longer than the 24 months approved."]), (24, [])):
        ends_on = clock.add_days(clock.today(), months, "months")
        make.written_contract(people, task, ends_on=ends_on)
        assert said(Task.objects.get(pk=task.pk), "sign_contract", people.director) == refusals


def test_instalments_that_do_not_make_the_contract_value_are_not_signed(people):
    task = make.adopted(people)
    contract = make.written_contract(people, task)
    contract.instalments.filter(sequence=1).delete()
    apart = "The instalments do not add up to the state's part of the contract."
    assert said(Task.objects.get(pk=task.pk), "sign_contract", people.director) == [apart]
    contract.instalments.all().delete()
    none = "The contract has no instalments."
    assert said(Task.objects.get(pk=task.pk), "sign_contract", people.director) == [none, apart]


def plan(*rows):
    """Instalments of millions, each with what it waits for."""
    today = clock.today()
    return [
        InstalmentPlan(amount_vnd=VND(amount * MILLION), precondition=wait, planned_on=today, budget_year=today.year)
        for amount, wait in rows
    ]


@pytest.mark.parametrize(
    ("rows", "percent"),
    [
        # The last one waits for nothing that comes at the end.
        (((450, Precondition.SIGNED), (450, Precondition.PROGRESS_ACCEPTED)), 0),
        (((450, Precondition.RESULTS_ACCEPTED), (450, Precondition.SIGNED)), None),
        # Two that wait for the results are kept together.
        (
            ((850, Precondition.SIGNED), (25, Precondition.RESULTS_ACCEPTED), (25, Precondition.RESULTS_RECOGNISED)),
            None,
        ),
        (((860, Precondition.SIGNED), (40, Precondition.RESULTS_REGISTERED)), 4),
    ],
)
def test_what_waits_for_the_results_is_kept_for_the_end_whatever_its_place(people, rows, percent):
    task = make.adopted(people)
    make.written_contract(people, task, plan=plan(*rows))
    text = f"{percent}% of the contract waits for the results; at least 5% is kept for the end."
    refusals = [] if percent is None else [(text, PROVINCE, False)]
    assert ruled(Task.objects.get(pk=task.pk), "sign_contract", people.director) == refusals


def test_the_work_starts_on_the_first_day_of_the_contract(people):
    task = make.adopted(people)
    first = clock.today() + 10 * DAY
    make.written_contract(people, task, starts_on=first)
    make.paper(task, "sign_contract", people, people.director)
    assert said(task, "start", people.officer) == [f"The work starts on {first:%d/%m/%Y}."]
    with clock.moved_to(clock.now() + 10 * DAY):
        assert said(task, "start", people.officer) == []


def test_results_are_registered_recognised_and_liquidated_on_what_was_written(people):
    task = make.graded(people, Grade.PASS)
    facts = "The facts of the registration are not recorded: authors, abstract, where the copies are kept."
    assert said(task, "register_results", people.director) == [facts]
    unwritten = "The results and their ownership are not written down yet."
    other = make.registered(people)
    assert said(other, "recognise_results", people.chair) == [unwritten]
    adopted = make.adopted(people, TaskState.REGISTERED)
    certificate = "The certificate of registration has not been issued."
    assert said(adopted, "recognise_results", people.chair) == [unwritten]
    # As if nobody knew number and day of the old certificate.
    adopted.earlier_papers.filter(kind=DocumentKind.REGISTRATION_CERTIFICATE).delete()
    assert said(adopted, "recognise_results", people.chair) == [certificate, unwritten]
    ended = make.recognised(people)
    minutes = ("The minutes of the liquidation are not written yet.", PROVINCE, True)
    assert ruled(ended, "liquidate", people.director) == [minutes]


def test_a_certificate_without_its_facts_is_refused_though_the_province_has_not_confirmed_their_time(people):
    task = make.graded(people, Grade.PASS)
    assert not parameter("registration.days", task.regulation).is_confirmed
    with override("en"), pytest.raises(StepRefused, match="The facts of the registration are not recorded"):
        prepare_document(task, "register_results", actor=people.officer)


def test_no_draft_goes_to_the_archive(people):
    task = make.liquidated(people)
    assert said(task, "archive", people.clerk) == []
    facts = {"amount_vnd": VND(MILLION), "due_on": clock.today() + DAY, **RECOVERY}
    services.save_recovery(task, actor=people.officer, facts=facts)
    draft = prepare_document(Task.objects.get(pk=task.pk), "reopen_for_recovery", actor=people.officer)
    kept = f"Papers without a number keep the file from the archive: {draft.about}."
    assert said(task, "archive", people.clerk) == [kept]
    refuse_document(draft, actor=people.chair, reason="Không đủ căn cứ")
    assert said(task, "archive", people.clerk) == []


def test_an_empty_file_goes_to_the_archive_only_for_a_reason(people):
    task = make.adopted(people, TaskState.LIQUIDATED)
    empty = "The file holds no paper with a number: the record of delivery to the archive would list nothing."
    assert [(text, blocking) for text, _, blocking in ruled(task, "archive", people.clerk)] == [(empty, False)]
    make.step(task, "archive", people.clerk, reason="Hồ sơ giấy đã nộp lưu năm 2021")
    assert task.state == TaskState.ARCHIVED


def test_a_followed_task_ends_when_its_body_says_so(people):
    task = make.adopted(people, TaskState.RUNNING, management=Management.FOLLOWED)
    unknown = "When and how the task ended is not recorded."
    assert said(task, "end_following", people.officer) == [unknown]
    for day, refusals in ((clock.today() + DAY, ["The task has not ended yet."]), (clock.today(), [])):
        facts = {"ended_on": day, "end_note": "Bộ đã nghiệm thu"}
        services.save_following(task, actor=people.officer, facts=facts)
        task.refresh_from_db()
        assert said(task, "end_following", people.officer) == refusals


@pytest.mark.parametrize(
    ("state", "step_name", "facts", "refusal"),
    [
        (TaskState.APPROVED, "follow", {"starts_on": 4, "ends_on": 400}, "The work starts on 06/03/2026."),
        (
            TaskState.RUNNING,
            "end_following",
            {"ended_on": 4, "end_note": "Bộ nghiệm thu"},
            "The task has not ended yet.",
        ),
    ],
)
def test_a_followed_task_moves_on_its_day_and_not_before(people, state, step_name, facts, refusal):
    """Entered a week later from a paper: the day that the step counts from is asked, not the day of the entry."""
    monday = clock.today()
    task = make.adopted(people, state, management=Management.FOLLOWED, level="national")
    days = {name: monday + what * DAY if isinstance(what, int) else what for name, what in facts.items()}
    with clock.moved_to(clock.now() + 7 * DAY):
        services.save_following(task, actor=people.officer, facts=days)
        task.refresh_from_db()
        entered = {"decided_by": people.officer, "channel": Channel.PAPER, "evidence": [uuid4()]}
        with override("en"), pytest.raises(StepRefused) as caught:
            step(task, step_name, people.clerk, effective_on=monday + 3 * DAY, **entered)
        assert [str(one) for one in caught.value.refusals] == [refusal]
        event = step(task, step_name, people.clerk, effective_on=monday + 4 * DAY, **entered)
    assert event.effective_on == monday + 4 * DAY


def test_an_inspection_is_concluded_after_it_was_held_on_what_was_found(people):
    task = make.running(people)
    inspection = make.planned_inspection(people, task, clock.today() + 30 * DAY)
    step(inspection, "announce", people.officer)
    unwritten = "What the inspection found and its verdict are not recorded."
    assert said(inspection, "conclude", people.officer) == [unwritten]
    make.recorded(people, inspection)
    inspection.refresh_from_db()
    assert said(inspection, "conclude", people.officer) == ["The inspection has not been held yet."]
    with clock.moved_to(clock.now() + 30 * DAY):
        assert said(inspection, "conclude", people.officer) == []


def test_the_acceptance_dossier_waits_for_the_reports_that_were_due(people):
    task = make.running(people)
    make.dossier_written(people, task)
    task = Task.objects.get(pk=task.pk)
    report = task.reports.order_by("due_date").first()
    with clock.moved_to(clock.instant(report.due_date)):
        # The whole of its day belongs to the host, as where money is asked for.
        assert said(task, "file_acceptance", people.signer) == []
        assert overdue_reports(task, clock.today()) == []
    with clock.moved_to(clock.instant(report.due_date + DAY)):
        assert overdue_reports(task, clock.today()) == [report]
        missing = f"Progress reports are missing that were due on: {report.due_date:%d/%m/%Y}."
        assert said(task, "file_acceptance", people.signer) == [missing]
        make.drop_reports(people, task)
        assert said(task, "file_acceptance", people.signer) == []


def test_the_grassroots_council_accepts_before_the_provincial_one_under_the_old_rules(people):
    with clock.moved_to(clock.now() - 365 * DAY):
        people = make.cast()
        task = make.acceptance_filed(people, approved_on=clock.today())
        assert task.regulation == "r1_2013"
        silent = ["The result of the grassroots acceptance is not recorded."]
        assert said(task, "accept_at_grassroots", people.signer) == silent
        facts = {"grassroots_on": clock.today(), "grassroots_decision": "QĐ 7"}
        for passed, refusals in ((False, ["The grassroots council did not accept the results."]), (True, [])):
            services.save_grassroots_result(task, actor=people.applicant, facts={**facts, "grassroots_passed": passed})
            assert said(Task.objects.get(pk=task.pk), "accept_at_grassroots", people.signer) == refusals


def test_a_suspension_ends_after_it_begins_and_a_resumption_says_why(people):
    task = make.running(people)
    facts = {"ground": "Bão", "conditions": "Khắc phục ao nuôi", "from_on": clock.today()}
    services.save_suspension(task, actor=people.officer, facts={**facts, "until": clock.today() + DAY})
    task = Task.objects.get(pk=task.pk)
    assert said(task, "suspend", people.chair) == []
    with clock.moved_to(clock.now() + DAY):
        assert said(task, "suspend", people.chair) == ["The suspension would end before it begins."]
    make.paper(task, "suspend", people, people.chair, reason="Bão")
    assert said(task, "resume", people.chair) == ["Why the task may be resumed is not written."]
    services.save_resumption(task, actor=people.officer, facts={"resume_note": "Đã khắc phục"})
    assert said(Task.objects.get(pk=task.pk), "resume", people.chair) == []


def test_a_recovery_names_an_amount_and_a_day_that_is_still_to_come(people):
    task = make.terminated(people)
    assert said(task, "order_recovery", people.chair) == ["The amount to recover is not written."]
    facts = {"amount_vnd": VND(MILLION), **RECOVERY}
    past = ["The day of payment must lie after the decision."]
    for due, refusals in ((clock.today(), past), (clock.today() + DAY, [])):
        services.save_recovery(task, actor=people.officer, facts={**facts, "due_on": due})
        assert said(Task.objects.get(pk=task.pk), "order_recovery", people.chair) == refusals


@pytest.mark.parametrize(("grade", "step_name"), [(Grade.FAIL, "accept"), (Grade.PASS, "fail")])
def test_a_task_is_accepted_or_fails_as_its_council_graded_it(people, grade, step_name):
    task = make.acceptance_filed(people)
    as_effects(people, (task, "put_to_council"))
    with pytest.raises(StepRefused):
        as_effects(people, (task, step_name))
    services.record_grade(task, grade=grade, on=clock.today())
    with pytest.raises(StepRefused):
        as_effects(people, (task, step_name))
    assert Task.objects.get(pk=task.pk).state == TaskState.AT_COUNCIL
    as_effects(people, (task, {"accept": "fail", "fail": "accept"}[step_name]))
    assert Task.objects.get(pk=task.pk).state in {TaskState.ACCEPTED, TaskState.FAILED}
