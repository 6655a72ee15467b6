"""What a province decides otherwise is obeyed: its flags, its numbers, its units."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.documents.frame import header_of
from core.documents.kinds import DocumentKind
from core.documents.letter import letter_html
from core.documents.models import Document
from core.documents.services import prepare_document
from core.people.models import OrganisationKind
from core.people.policy import can
from core.regulations import parameter
from core.workflow.selectors import available_steps, awaiting
from proposals.models import Order
from proposals.selectors.completeness import outside_lump_sum
from proposals.selectors.eligibility import eligibility_refusals
from proposals.selectors.intake import answer_closes_at, intake_is_over, receives
from tasks.lifecycle import TaskState
from tasks.models import AcceptanceFile, Cause, Grade, Precondition, Task
from tasks.selectors.contracts import default_precondition
from tasks.selectors.eligibility import host_obstacles, investigator_obstacles
from tasks.services import save_grassroots_result, save_recognition
from tests.factories import reviews
from tests.factories import tasks as make
from tests.factories.asking import ruled, said
from tests.factories.people import OrganisationFactory, department
from tests.factories.rules import DECISION, province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
R2 = "r2_2025"
DAY = timedelta(days=1)


@pytest.fixture
def province(settings, tmp_path):
    """``province(key, value)``: from now on the province says so."""

    def say(key, value, **more):
        province_says(settings, tmp_path, key, value, **more)

    return say


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_recognition_waits_for_the_certificate_only_where_the_rule_book_says_so(people, province):
    task = make.adopted(people, TaskState.REGISTERED, accepted_on=clock.today(), grade=Grade.PASS)
    unissued = "The certificate of registration has not been issued."
    assert unissued not in said(task, "recognise_results", people.chair)
    # As if nobody knew number and day of the old certificate.
    task.earlier_papers.filter(kind=DocumentKind.REGISTRATION_CERTIFICATE).delete()
    assert unissued in said(task, "recognise_results", people.chair)
    province("recognition.needs_certificate", "false")
    assert unissued not in said(task, "recognise_results", people.chair)
    facts = {"ownership": "Trường quản lý, sử dụng kết quả", "results": "01 quy trình"}
    save_recognition(task, actor=people.officer, facts=facts)
    draft = prepare_document(Task.objects.get(pk=task.pk), "recognise_results", actor=people.officer)
    letter = letter_html(draft.kind, header_of(draft, task, signer=None), draft.facts, draft.context["bases"])
    assert "Xếp loại" in letter
    assert "đăng ký tại" not in letter


def test_a_division_may_host_where_no_legal_entity_is_asked_for(people, province):
    order = make.before.called_order(people, make.before.open_call(people))
    dossier = make.before.draft_dossier(people, order)
    dossier.host = OrganisationFactory(kind=OrganisationKind.DIVISION, parent=department(), is_internal=True)
    assert len(eligibility_refusals(dossier, clock.today())) == 1
    province("eligibility.organisation.legal_entity", "false")
    assert eligibility_refusals(dossier, clock.today()) == []


def test_the_notice_of_an_inspection_is_counted_in_the_unit_of_the_rule(people, province):
    task = make.running(people)
    inspection = make.planned_inspection(people, task, clock.today() + 10 * DAY)
    assert said(inspection, "announce", people.officer) == []
    province("inspection.notice_days", "1", unit="months")
    day = f"{inspection.planned_on:%d/%m/%Y}"
    assert said(inspection, "announce", people.officer) == [
        f"The inspection of {day} must be announced earlier: 1 month before."
    ]


def test_a_suspension_is_counted_in_the_unit_of_the_rule(people, province):
    task = make.running(people)
    until = clock.add_days(clock.today(), 5, "months")
    words = {"from_on": clock.today(), "until": until, "conditions": "Khắc phục", "ground": "Thiên tai"}
    make.services.save_suspension(task, actor=people.officer, facts=words)
    assert said(task, "suspend", people.chair) == []
    province("suspension.months_max", "30", unit="days")
    assert len(said(task, "suspend", people.chair)) == 1


@pytest.mark.parametrize(
    ("approved_on", "law"),
    [(date(2024, 5, 6), "Thông tư 05/2014/TT-BKHCN"), (date(2026, 1, 5), "Quy định của tỉnh (chưa có văn bản)")],
)
def test_a_refusal_names_the_law_of_the_task_itself(people, approved_on, law):
    task = make.adopted(people, approved_on=approved_on)
    assert [source for _text, source, _blocks in ruled(task, "sign_contract", people.director)] == [law]


@pytest.mark.parametrize(
    ("approved_on", "law"),
    [(date(2024, 5, 6), "Luật 29/2013/QH13"), (date(2026, 1, 5), "Luật 93/2025/QH15, Điều 25.2")],
)
def test_the_clause_on_ownership_rests_on_the_law_of_the_task_itself(people, client_for, approved_on, law):
    task = make.adopted(people, "registered", approved_on=approved_on)
    unwritten = ("The results and their ownership are not written down yet.", law, True)
    assert ruled(task, "recognise_results", people.chair)[-1] == unwritten
    page = client_for(people.officer, "en").get(reverse("tasks:recognition-edit", args=[task.code]))
    proposed = f"The host is given the management, use and ownership of the results ({law})."
    assert page.context["form"].initial["ownership"] == proposed


def test_a_province_may_leave_the_ownership_to_the_law(people, province):
    task = make.registered(people)
    silent = {"ownership": "", "results": "01 quy trình"}
    with pytest.raises(ValidationError) as refused:
        make.services.save_recognition(task, actor=people.officer, facts=silent)
    assert list(refused.value.message_dict) == ["ownership"]
    province("recognition.names_owner", "false")
    make.services.save_recognition(task, actor=people.officer, facts=silent)
    decision = make.paper(Task.objects.get(pk=task.pk), "recognise_results", people, people.chair)
    assert decision.facts["ownership"] == "thực hiện theo quy định của pháp luật"


def test_an_unwritten_inspection_names_the_law_on_inspections(people):
    inspection = make.planned_inspection(people, make.running(people), clock.today() + 10 * DAY)
    make.step(inspection, "announce", people.officer)
    (unwritten,) = ruled(inspection, "conclude", people.officer)
    assert unwritten[1:] == (parameter("inspection.notice_days", R2).source, True)


def test_a_small_final_instalment_is_warned_of(people, province):
    task = make.adopted(people)
    make.written_contract(people, task)
    assert said(task, "sign_contract", people.director) == []
    province("contract.final_percent_min", "25", status="to_confirm")
    assert ruled(Task.objects.get(pk=task.pk), "sign_contract", people.director) == [
        ("20% of the contract waits for the results; at least 25% is kept for the end.", DECISION, False)
    ]


def test_further_instalments_wait_for_a_report_where_no_inspection_is_asked_for(province):
    assert default_precondition(1, 2, R2) == Precondition.INSPECTION_PASSED
    province("disbursement.needs_inspection", "false")
    assert default_precondition(1, 2, R2) == Precondition.PROGRESS_ACCEPTED


def test_an_old_task_needs_no_grassroots_acceptance_where_the_rule_book_asks_for_none(people, province):
    task = make.adopted(people, "acceptance_filed", approved_on=date(2024, 5, 6))
    assert len(said(task, "accept_at_grassroots", people.signer)) == 1
    assert (can(people.applicant, "edit_grassroots", task).allowed, task.row("put_to_council")) == (True, None)
    province("acceptance.grassroots", "false")
    assert [offer.row.name for offer in available_steps(task, people.signer)] == []
    assert list(awaiting(people.signer, Task)) == []
    assert not can(people.applicant, "edit_grassroots", task).allowed
    make.before.as_effects(people, (task, "put_to_council"))
    assert Task.objects.get(pk=task.pk).state == TaskState.AT_COUNCIL


def test_a_new_task_is_accepted_by_its_host_first_where_the_province_wants_it(people, province):
    task = make.acceptance_filed(people)
    assert (can(people.applicant, "edit_grassroots", task).allowed, available_steps(task, people.signer)) == (False, [])
    province("acceptance.grassroots", "true")
    assert (list(awaiting(people.signer, Task)), task.row("put_to_council")) == ([task], None)
    words = {"grassroots_on": clock.today(), "grassroots_decision": "12/BB-ĐH", "grassroots_passed": True}
    save_grassroots_result(task, actor=people.applicant, facts=words)
    make.step(task, "accept_at_grassroots", people.signer)
    moves = ("put_to_council", "take_from_council", "put_to_council")
    for move, state in zip(moves, ("at_council", "grassroots_accepted", "at_council"), strict=True):
        make.before.as_effects(people, (task, move))
        task = Task.objects.get(pk=task.pk)
        assert task.state == state


def test_a_province_that_switches_back_leaves_no_task_behind(people, province):
    task = make.adopted(people, TaskState.GRASSROOTS_ACCEPTED, approved_on=date(2024, 5, 6))
    province("acceptance.grassroots", "false")
    make.before.as_effects(people, (task, "put_to_council"))
    make.before.as_effects(people, (Task.objects.get(pk=task.pk), "take_from_council"))
    assert Task.objects.get(pk=task.pk).state == TaskState.ACCEPTANCE_FILED


def test_a_task_longer_than_the_rule_book_allows_is_warned_of(people, province):
    cast = reviews.cast()
    order, _dossier = reviews.revised_dossier(cast)
    before = said(Order.objects.get(pk=order.pk), "approve_task", cast.chair)
    province("task.max_months", "6", status="to_confirm")
    found = said(Order.objects.get(pk=order.pk), "approve_task", cast.chair)
    assert [one for one in found if one not in before] == ["A task lasts 6 months at the longest."]


def test_a_partial_lump_sum_leaves_out_what_the_rule_book_says(people, province):
    _order, dossier = reviews.revised_dossier(reviews.cast())
    dossier.budget_lines.filter(sequence=1).update(item="labour")
    dossier.lump_sum = "partial"
    assert outside_lump_sum(dossier) == []
    province("lump_sum.partial_excludes", '["labour"]')
    assert outside_lump_sum(dossier) == ["Labour"]


@pytest.mark.parametrize(("hour", "received"), [(16, True), (18, False)])
def test_an_invited_host_answers_until_the_hour_that_the_letter_prints(people, hour, received):
    order = make.before.invited_order(people, make.before.open_call(people))
    closing = answer_closes_at(order, order.due_on)
    assert clock.local(closing).hour == 17
    letter = Document.objects.get(subject_code=order.code, kind="invitation_letter").facts
    assert datetime.fromisoformat(letter["closes_at"]).hour == 17
    moment = clock.instant(order.due_on, time(hour))
    assert receives(order, moment) is received
    assert receives(order, order.due_on)
    with clock.moved_to(moment):
        assert intake_is_over(order) is not received


def test_of_two_limits_of_an_extension_each_has_its_own_weight(people, province):
    task = make.running(people)
    make.paper(make.examined(people, make.extension(people, task, 6)), "decide", people, people.chair)
    province("extension.times_max", "1")
    again = make.extension(people, task, 13)
    times = "The task was extended already; it may be extended at most 1 time(s)."
    months = "A task of 24 months may be extended by at most 12 months."
    assert ruled(again, "request", people.signer) == [
        (times, DECISION, True),
        (months, "Thông tư 33/2014/TT-BKHCN, Điều 16", False),
    ]


@pytest.mark.parametrize(("unit", "speaks"), [("days", True), ("working_days", False)])
def test_a_dossier_not_filed_is_late_by_the_unit_of_the_rule(people, province, unit, speaks):
    ended = clock.today() - 35 * DAY
    make.adopted(people, "running", starts_on=date(2024, 1, 1), ends_on=ended)
    province("eligibility.organisation.late_acceptance_days", "30", unit=unit)
    assert bool(list(host_obstacles(people.university, clock.today(), R2))) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("years", True), ("months", False)])
def test_bans_are_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    make.terminated(people, Cause.SUBJECTIVE)
    province("eligibility.organisation.violation_ban_years", "1", unit=unit)
    found = host_obstacles(people.university, clock.today() + 60 * DAY, R2)
    assert bool(list(found)) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("years", True), ("months", False)])
def test_the_ban_after_a_failure_is_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    make.adopted(people, TaskState.ARCHIVED, grade=Grade.FAIL, accepted_on=clock.today() - 200 * DAY)
    province("eligibility.investigator.failed_ban_years", "3", unit=unit)
    assert bool(list(investigator_obstacles(people.applicant, clock.today(), R2))) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("days", True), ("working_days", False), ("months", False)])
def test_a_late_filing_is_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    task = make.adopted(people, TaskState.ARCHIVED)
    AcceptanceFile.objects.create(
        task=task,
        attempt=1,
        final_report_on=clock.today(),
        summary="Tóm tắt",
        self_grade=Grade.PASS,
        self_assessment="Đạt",
        spent_vnd=0,
        other_spent_vnd=0,
        filed_on=clock.today() - DAY,
        due_on=clock.today() - 32 * DAY,
    )
    province("eligibility.investigator.late_from_days", "30" if unit != "months" else "2", unit=unit)
    with override("en"):
        found = [str(one) for one in investigator_obstacles(people.applicant, clock.today(), R2)]
    assert found == ([f"{people.applicant.full_name} handed in task {task.code} late."] if speaks else [])
