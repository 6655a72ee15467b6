"""The usual life of a task: contract, reports, inspection, extension, acceptance, registration, archive."""

from datetime import date, time, timedelta

import pytest

from core import clock
from core.audit.models import Event
from core.documents.models import Document
from core.people.roles import Role
from core.workflow.holding import held_by
from core.workflow.ruling import StepRefused
from core.workflow.waiting import waiting
from tasks import services
from tasks.hooks.paper_parts import task_facts
from tasks.models import Grade, Report, Task
from tasks.selectors.acceptance import PARTS, missing_in_acceptance
from tasks.views.panels import files_of, files_panel
from tests.factories import proposals as before
from tests.factories import tasks as make
from tests.factories.asking import said
from tests.factories.funds import plan
from tests.factories.people import committee, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_an_approved_order_becomes_a_task(people):
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    dossier.refresh_from_db()
    before.appraised_order(people, order, dossier)

    plan(1_000_000_000, payer=order.payer)
    before.paper(order, "approve_task", people, people.chair)

    task = Task.objects.get(order=order)
    assert (task.code, task.state, task.regulation) == ("NV.2026.001", "approved", "r2_2025")
    assert (task.host, task.principal_investigator) == (people.university, people.applicant)
    assert (task.approved_state_vnd, task.approved_other_vnd, task.months) == (900_000_000, 100_000_000, 24)
    assert [str(product) for product in task.products.all()] == ["Quy trình nuôi"]
    assert [line.state_vnd for line in task.budget_lines.all()] == [800_000_000, 200_000_000]
    assert [member.name for member in task.members.all()] == ["Trần Thị Thư Ký"]
    created = Event.objects.get(subject_type="task", subject_code=task.code)
    assert created.kind == "create"


def test_an_approval_is_revoked_before_the_contract_and_not_after(people):
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    dossier.refresh_from_db()
    before.appraised_order(people, order, dossier)
    plan(1_000_000_000, payer=order.payer)
    before.paper(order, "approve_task", people, people.chair)
    task = Task.objects.get(order=order)
    there = f"Task {task.code} came of order {order.code}: the approval of the order is revoked, and the task with it."
    assert said(task, "revoke_without_order", people.chair) == [there]
    make.written_contract(people, task, starts_on=clock.today())
    make.paper(task, "sign_contract", people, people.director)

    with pytest.raises(StepRefused, match=r"đã được ký|is signed"):
        before.prepare_document(order, "revoke", actor=people.officer)


def test_signing_sets_the_time_and_the_schedule_of_reports(people):
    task = make.contracted(people)

    assert task.state == "contracted"
    assert (task.starts_on, task.ends_on) == (date(2026, 3, 2), date(2028, 3, 2))
    assert task.acceptance_due_on == date(2028, 4, 3)
    assert [(report.code, report.due_date) for report in task.reports.all()] == [
        (f"{task.code}.BC01", date(2026, 3, 15)),
        (f"{task.code}.BC02", date(2026, 9, 15)),
        (f"{task.code}.BC03", date(2027, 3, 15)),
        (f"{task.code}.BC04", date(2027, 9, 15)),
    ]
    paper = Document.objects.get(subject_code=task.code, kind="contract")
    assert [row["amount"] for row in paper.facts["instalments"]] == [450_000_000, 270_000_000, 180_000_000]
    assert paper.symbol == "01/2026/HĐKHCN-SKHCN"


def test_the_schedule_does_not_move_with_the_present_day(people):
    task = make.contracted(people)
    first = task.reports.first()
    with clock.moved_to(clock.now() + timedelta(days=400)):
        first.refresh_from_db()
        assert (first.due_date, first.due_on) == (date(2026, 3, 15), date(2026, 3, 15))


def test_a_report_is_filed_returned_completed_and_accepted(people):
    report = make.running(people).reports.first()
    make.filed_report(people, report)
    make.step(report, "send_back", people.officer, reason="Thiếu chứng từ")
    assert report.state == "returned"
    make.filed_report(people, report, percent=35)
    make.step(report, "accept", people.officer)
    assert (report.state, report.percent) == ("accepted", 35)


def test_an_inspection_is_announced_in_time_and_concluded_with_minutes(people):
    task = make.running(people)
    inspection = make.planned_inspection(people, task, date(2026, 3, 5))
    make.step(inspection, "announce", people.officer)
    with clock.moved_to(make.at(date(2026, 3, 5), 17)):
        make.recorded(people, inspection)
        make.step(inspection, "conclude", people.officer)
    minutes = Document.objects.get(subject_code=inspection.code)
    assert (inspection.state, minutes.kind) == ("concluded", "inspection_minutes")
    assert minutes.facts["verdict"] == "Tiếp tục thực hiện"


def test_an_inspection_on_the_same_day_is_announced_too_late(people):
    inspection = make.planned_inspection(people, make.running(people), clock.today())
    with pytest.raises(StepRefused) as refused:
        make.step(inspection, "announce", people.officer)
    assert refused.value.refusals[0].source == "Thông tư 33/2014/TT-BKHCN"


def test_an_extension_moves_the_end_and_adds_reports(people):
    task = make.running(people)
    amendment = make.examined(people, make.extension(people, task, 12))
    paper = make.paper(amendment, "decide", people, people.chair)

    task.refresh_from_db()
    assert (task.ends_on, task.acceptance_due_on) == (date(2029, 3, 2), date(2029, 4, 2))
    assert [report.due_date for report in task.reports.order_by("sequence")][-2:] == [
        date(2028, 3, 15),
        date(2028, 9, 15),
    ]
    expected = [{"item": "Thời gian kết thúc", "before": "02/03/2028", "after": "02/03/2029"}]
    assert amendment.decided_changes == expected == paper.facts["changes"]
    # Two years were approved: the papers from now on name the three that the days make.
    assert (task.months, task_facts(task)["months"]) == (24, 36)


def test_results_go_all_the_way_to_the_archive(people):
    task = make.liquidated(people)
    assert task.state == "liquidated"
    stage = waiting(people.clerk, Task).get(pk=task.pk).waits
    assert (stage, held_by(task).holder) == ("later:archive:time", "Hồ sơ chờ đến hạn nộp lưu trữ")
    with clock.moved_to(clock.instant(clock.add_days(task.due_on, -20, "days"), time(9))):
        assert waiting(people.clerk, Task).get(pk=task.pk).waits == "decide:archive:"

    user_with(Role.CLERK, committee(), full_name="A")

    make.step(task, "archive", people.clerk)

    assert task.state == "archived"
    kinds = Document.objects.filter(subject_type="task", subject_code=task.code).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "contract",
        "registration_certificate",
        "recognition_decision",
        "liquidation_minutes",
        "archive_record",
    ]
    assert Report.objects.filter(task=task, state="due").count() == 0
    # Another body's clerk, first by the alphabet, takes nothing into the department's archive.
    assert kinds.last().facts["receiver"]["name"] == people.clerk.full_name


def test_a_late_dossier_keeps_its_days_after_a_return(people):
    task = make.running(people)
    make.drop_reports(people, task)
    with clock.moved_to(make.at(date(2028, 5, 4), 9)):
        make.dossier_written(people, task)
        make.step(task, "file_acceptance", people.signer)
        make.step(task, "return_acceptance", people.officer, reason="Thiếu phụ lục")
    with clock.moved_to(make.at(date(2028, 5, 20), 9)):
        make.step(task, "file_acceptance", people.signer)
    dossier = task.acceptance_files.get()
    assert (dossier.filed_on, dossier.due_on, dossier.late_days) == (date(2028, 5, 4), date(2028, 4, 3), 31)


def test_a_failed_task_may_be_evaluated_again_once(people):
    task = make.graded(people, Grade.FAIL)
    make.step(task, "allow_second_acceptance", people.chair, reason="Có thể khắc phục")
    assert (task.state, task.acceptance_attempt, task.acceptance_due_on) == (
        "acceptance_returned",
        2,
        date(2026, 9, 3),
    )
    make.dossier_written(people, task)
    make.step(task, "file_acceptance", people.signer)
    before.as_effects(people, (task, "put_to_council"))
    services.record_grade(task, grade=Grade.FAIL, on=clock.today())
    before.as_effects(people, (task, "fail"))
    task.refresh_from_db()
    with pytest.raises(StepRefused):
        make.step(task, "allow_second_acceptance", people.chair)


@pytest.mark.parametrize("language", ["en"], indirect=True)
@pytest.mark.usefixtures("language")
def test_a_second_attempt_needs_a_dossier_of_its_own(people):
    task = make.graded(people, Grade.FAIL)
    make.step(task, "allow_second_acceptance", people.chair, reason="Có thể khắc phục")
    required = [str(part.label) for part in PARTS if part.is_required(task.regulation)]
    assert list(missing_in_acceptance(task)) == ["Summary, self-assessment and spending", *required]
    make.dossier_written(people, task, files={})
    task = Task.objects.get(pk=task.pk)
    assert list(missing_in_acceptance(task)) == required
    with pytest.raises(StepRefused):
        make.step(task, "file_acceptance", people.signer)
    make.dossier_written(people, task)
    task = Task.objects.get(pk=task.pk)
    assert list(missing_in_acceptance(task)) == []
    words = [str(fact.label) for fact in files_panel(files_of(task, people.officer))[0].context["facts"]]
    assert sorted(words) == sorted([*required, *(f"{one} (attempt 2)" for one in required)])


def test_the_old_rules_ask_for_the_grassroots_council_first_and_the_page_tells_its_conclusion(people, client_for):
    dates = {"approved_on": date(2024, 5, 6), "starts_on": date(2024, 6, 1), "ends_on": date(2026, 6, 1)}
    task = make.adopted(people, "running", **dates)
    make.dossier_written(people, task)
    make.step(task, "file_acceptance", people.signer)
    assert task.regulation == "r1_2013"
    with pytest.raises(StepRefused):
        make.step(task, "accept_at_grassroots", people.signer, reason="Chưa họp")
    services.save_grassroots_result(
        task,
        actor=people.applicant,
        facts={
            "grassroots_on": clock.today(),
            "grassroots_decision": "12/BB-ĐH",
            "grassroots_passed": True,
            "grassroots_note": "Đề nghị nghiệm thu cấp tỉnh",
        },
    )
    make.step(task, "accept_at_grassroots", people.signer)
    assert task.state == "grassroots_accepted"
    facts = [
        one
        for panel in client_for(people.officer, "en").get(task.get_absolute_url()).context["slots"]["main"]
        for one in panel.context.get("facts", ())
    ]
    assert [one.value for one in facts if str(one.label) == "Conclusion of the grassroots council"] == [
        "Đề nghị nghiệm thu cấp tỉnh"
    ]
