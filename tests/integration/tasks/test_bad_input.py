"""Wrong and missing fields: every error beside its field, nothing typed is lost, a replay acts once."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.people.roles import Role
from tasks.models import Amendment, Contract, Inspection, Report, Task
from tests.factories import tasks as make
from tests.factories.people import MembershipFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def url(name, *args):
    return reverse(f"tasks:{name}", args=args)


def plan(*amounts):
    """The rows of the instalment form."""
    data = {"instalments-TOTAL_FORMS": len(amounts), "instalments-INITIAL_FORMS": 0}
    for number, amount in enumerate(amounts):
        data |= {
            f"instalments-{number}-amount_vnd": amount,
            f"instalments-{number}-precondition": "signed",
            f"instalments-{number}-planned_on": "2026-03-02",
            f"instalments-{number}-budget_year": "2026",
        }
    return data


def contract(**more):
    return {
        "key": uuid4(),
        "paying_body": department().code,
        "payer_signer": "Giám đốc",
        "payer_position": "Giám đốc",
        "host_signer": "Hiệu trưởng",
        "host_position": "Hiệu trưởng",
        "host_account": "3713",
        "host_bank": "Kho bạc",
        "state_value_vnd": "900.000.000",
        "other_value_vnd": "0",
        "starts_on": "2026-03-02",
        "ends_on": "2028-03-02",
        "report_dates": "31/12/2026",
        "copies": "6",
        **plan("900.000.000"),
        **more,
    }


def test_a_complete_contract_is_saved(people, client_for):
    task = make.adopted(people)
    answer = client_for(people.officer).post(url("contract-edit", task.code), contract())
    assert answer.status_code == 302
    saved = Contract.objects.get(task=task)
    assert (saved.state_value_vnd, saved.report_dates) == (900_000_000, ["2026-12-31"])
    assert [one.amount_vnd for one in saved.instalments.all()] == [900_000_000]


def test_the_rule_book_shares_the_value_when_asked(people, client_for):
    task = make.adopted(people)
    client_for(people.officer).post(url("contract-edit", task.code), contract(default_plan="on"))
    amounts = Contract.objects.get(task=task).instalments.values_list("amount_vnd", flat=True)
    assert list(amounts) == [450_000_000, 270_000_000, 180_000_000]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"state_value_vnd": "-5"}, "state_value_vnd"),
        ({"state_value_vnd": "chín trăm"}, "state_value_vnd"),
        ({"state_value_vnd": "1,5"}, "state_value_vnd"),
        ({"state_value_vnd": "1000000000000001"}, "state_value_vnd"),
        ({"state_value_vnd": "900.000.001"}, "state_value_vnd"),
        ({"state_value_vnd": "899.999.999"}, "state_value_vnd"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"ends_on": "2028-03-03"}, "ends_on"),
        ({"host_account": ""}, "host_account"),
        ({"host_bank": "Kho\x00bạc"}, "host_bank"),
        ({"report_dates": "32/13/2026"}, "report_dates"),
        ({"copies": "1"}, "copies"),
    ],
)
def test_a_wrong_contract_comes_back_with_the_error_in_its_place(people, client_for, wrong, field):
    task = make.adopted(people)
    answer = client_for(people.officer).post(url("contract-edit", task.code), contract(**wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "Hiệu trưởng" in answer.content.decode()
    assert Contract.objects.count() == 0


@pytest.mark.parametrize("amount", ["0", "-1", "abc", "1000000000000001"])
def test_a_wrong_instalment_is_refused_beside_its_field(people, client_for, amount):
    task = make.adopted(people)
    answer = client_for(people.officer).post(url("contract-edit", task.code), contract(**plan(amount)))
    assert [list(errors) for errors in answer.context["formset"].errors] == [["amount_vnd"]]


def spending(*amounts):
    data = {"spending-TOTAL_FORMS": len(amounts), "spending-INITIAL_FORMS": 0}
    for number, amount in enumerate(amounts):
        data |= {f"spending-{number}-item": "Công lao động", f"spending-{number}-state_vnd": amount}
    return data


def test_a_report_is_written_and_its_lines_must_add_up(people, client_for):
    report = make.running(people).reports.first()
    client = client_for(people.applicant)
    words = {"key": uuid4(), "done": "Đã làm", "percent": "20", "spent_vnd": "5.000.000"}
    wrong = client.post(url("report-edit", report.code), {**words, **spending("4.000.000")})
    assert list(wrong.context["form"].errors) == ["spent_vnd"]
    right = client.post(
        url("report-edit", report.code), {**words, **spending("4.000.000", "1.000.000"), "attachment": make.pdf("bc")}
    )
    report.refresh_from_db()
    assert (right.status_code, report.percent, report.spending.count()) == (302, 20, 2)
    assert "bc.pdf" in client.get(report.get_absolute_url()).content.decode()


@pytest.mark.parametrize("percent", ["101", "-1", "x", ""])
def test_a_wrong_percentage_is_refused(people, client_for, percent):
    report = make.running(people).reports.first()
    words = {"key": uuid4(), "done": "Đã làm", "percent": percent, "spent_vnd": "0", **spending()}
    answer = client_for(people.applicant).post(url("report-edit", report.code), words)
    assert list(answer.context["form"].errors) == ["percent"]
    assert Report.objects.get(pk=report.pk).done == ""


def test_a_file_that_is_none_is_refused(people, client_for):
    report = make.running(people).reports.first()
    words = {"key": uuid4(), "done": "Đã làm", "percent": "1", "spent_vnd": "0", **spending()}
    bad = make.pdf("x")
    bad.file.seek(0)
    bad.file.write(b"MZ\x90\x00not a document")
    bad.file.seek(0)
    answer = client_for(people.applicant).post(url("report-edit", report.code), {**words, "attachment": bad})
    assert list(answer.context["form"].errors) == ["attachment"]


def test_planning_an_inspection_twice_with_one_form_makes_one(people, client_for):
    task = make.running(people)
    words = {
        "key": uuid4(),
        "kind": "periodic",
        "planned_on": "2026-03-20",
        "place": "Trường",
        "ground": "Kế hoạch",
        "head": people.head.code,
        "period_from": "2026-01-01",
        "period_to": "2026-03-20",
    }
    client = client_for(people.officer)
    for _time in range(2):
        assert client.post(url("inspection-create", task.code), words).status_code == 302
    assert Inspection.objects.count() == 1
    for wrong in ({"period_to": "2025-01-01"}, {"planned_on": "2020-01-01"}):
        answer = client.post(url("inspection-create", task.code), {**words, "key": uuid4(), **wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))


def test_an_inspection_is_headed_by_somebody_of_the_administration(people, client_for):
    """Each is offered with post and body; no administrator, no outside expert, not the head of the province."""
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.COUNCIL_MEMBER):
        MembershipFactory(user=user_with(Role.APPLICANT), organisation=department(), role=role)
    address = url("inspection-create", make.running(people).code)
    offered = dict(client_for(people.officer, "en").get(address).context["form"].fields["head"].choices)
    staff = {people.officer: "Officer", people.head: "Head of division", people.director: "Director of the department"}
    staff |= {people.clerk: "Clerk"}
    assert {str(code): label for code, label in offered.items() if code} == {
        one.code: f"{one} · {post}, {department().name}" for one, post in staff.items()
    }


def test_recording_an_inspection_wants_people_by_name(people, client_for):
    inspection = make.planned_inspection(people, make.running(people), date(2026, 3, 20))
    make.step(inspection, "announce", people.officer)
    words = {
        "key": uuid4(),
        "held_at": "2026-03-20T08:00",
        "closed_at": "2026-03-20T07:00",
        "inspectors": "; Sở; Trưởng đoàn",
        "host_people": "Nguyễn Văn A; Trường; Chủ nhiệm",
        "host_head": "B",
        "facts": "Tốt",
        "verdict": "continue",
        "findings-TOTAL_FORMS": 1,
        "findings-INITIAL_FORMS": 0,
    }
    answer = client_for(people.officer).post(url("inspection-record", inspection.code), words)
    assert set(answer.context["form"].errors) == {"inspectors", "closed_at"}


def test_a_request_for_an_extension_is_saved_once_and_a_strange_kind_is_not_there(people, client_for):
    task = make.running(people)
    client = client_for(people.applicant)
    words = {"key": uuid4(), "extension_months": "6", "reason": "Bão"}
    for _time in range(2):
        client.post(url("amendment-create", task.code, "extension"), words)
    amendment = Amendment.objects.get()
    assert (amendment.extension_months, amendment.new_ends_on) == (6, None)
    assert client.get(url("amendment-create", task.code, "nonsense")).status_code == 404
    wrong = client.post(url("amendment-create", task.code, "extension"), {**words, "extension_months": "0"})
    assert list(wrong.context["form"].errors) == ["extension_months"]


def test_content_and_phasing_are_asked_for_by_rows(people, client_for):
    task = make.running(people)
    client = client_for(people.applicant)
    rows = {"changes-TOTAL_FORMS": 1, "changes-INITIAL_FORMS": 0}
    rows |= {"changes-0-item": "Địa điểm", "changes-0-before": "A", "changes-0-after": "B"}
    client.post(url("amendment-create", task.code, "content"), {"key": uuid4(), "reason": "Đổi", **rows})
    assert Amendment.objects.get().changes == [{"item": "Địa điểm", "before": "A", "after": "B"}]
    moved = {"phasings-TOTAL_FORMS": 1, "phasings-INITIAL_FORMS": 0}
    moved |= {"phasings-0-instalment": 1, "phasings-0-amount_vnd": "1", "phasings-0-planned_on": "2026-05-01"}
    moved |= {"phasings-0-budget_year": 2026}
    answer = client.post(url("amendment-create", task.code, "phasing"), {"key": uuid4(), "reason": "Đổi", **moved})
    assert list(answer.context["form"].errors) == ["__all__"]


def test_the_acceptance_dossier_takes_files_and_says_what_is_missing(people, client_for):
    task = make.running(people)
    client = client_for(people.applicant)
    words = {
        "key": uuid4(),
        "final_report_on": "2026-03-02",
        "summary": "Tốt",
        "self_grade": "pass",
        "self_assessment": "Đạt",
        "spent_vnd": "0",
        "other_spent_vnd": "0",
        "acceptance.letter": make.pdf("cv"),
        "delivered-TOTAL_FORMS": 1,
        "delivered-INITIAL_FORMS": 1,
        "delivered-0-sequence": 1,
        "delivered-0-delivered": 1,
    }
    assert client.post(url("acceptance-edit", task.code), words).status_code == 302
    assert task.products.get().delivered == 1
    page = client.get(reverse("workflow:step-take", args=["task", task.code, "file_acceptance"]))
    assert page.status_code in {200, 404}


def test_the_acceptance_dossier_tells_of_every_fault_at_once_and_asks_for_the_files_again(people, client_for):
    task = make.running(people)
    words = {
        "key": uuid4(),
        "final_report_on": "2040-03-02",
        "self_grade": "pass",
        "acceptance.letter": make.pdf("cv"),
        "acceptance.final_report": SimpleUploadedFile("bao-cao.pdf", b"no PDF"),
        "delivered-TOTAL_FORMS": 1,
        "delivered-INITIAL_FORMS": 1,
        "delivered-0-sequence": 1,
        "delivered-0-delivered": "-1",
    }
    answer = client_for(people.applicant, "en").post(url("acceptance-edit", task.code), words)
    wrong = set(answer.context["form"].errors)
    assert {"final_report_on", "acceptance.final_report", "spent_vnd"} - wrong == set()
    assert list(answer.context["formset"].errors[0]) == ["delivered"]
    assert answer.content.decode().count("Choose the file again.") == 2


def test_recovery_of_another_amount_needs_a_reason_on_the_page_too(people, client_for):
    task = make.terminated(people)
    words = {
        "key": uuid4(),
        "amount_vnd": "1.000.000",
        "basis": "x",
        "due_on": "2026-05-01",
        "account": "1",
        "bank": "b",
    }
    answer = client_for(people.officer).post(url("recovery-edit", task.code), words)
    assert list(answer.context["form"].errors) == ["difference_reason"]


def test_entering_an_old_task_asks_for_dates_and_a_free_code(people, client_for):
    known = make.adopted(people)
    words = {
        "key": uuid4(),
        "title": "Nhiệm vụ cũ",
        "field": "agriculture",
        "research_type": "applied",
        "level": "grassroots",
        "management": "managed",
        "managing_body": department().code,
        "payer": "host",
        "host": people.university.code,
        "principal_investigator": people.applicant.code,
        "approved_state_vnd": "0",
        "approved_other_vnd": "50.000.000",
        "months": "12",
        "approved_on": "2025-12-01",
        "lump_sum": "none",
        "plan_year": "2025",
        "state": "running",
        "effective_on": "2026-03-02",
        "note": "Hồ sơ giấy",
        "code": known.code,
    }
    client = client_for(people.officer)
    wrong = client.post(url("task-adopt"), words)
    papers = {
        "approval_symbol": "15/QĐ-UBND",
        "approval_issuer": "Ủy ban nhân dân tỉnh Bình An",
        "contract_symbol": "07/2025/HĐKHCN",
        "contract_on": "2025-12-20",
    }
    used = {"extensions_before": "0", "repeats_before": "0"}
    assert set(wrong.context["form"].errors) == {"starts_on", "ends_on", "code", *used, *papers}
    right = {**words, **papers, **used, "code": "CS.2025.07", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert client.post(url("task-adopt"), {**right, "evidence": make.pdf("qd")}).status_code == 302
    task = Task.objects.get(code="CS.2025.07")
    assert (task.state, task.regulation, task.level) == ("running", "r2_2025", "grassroots")
