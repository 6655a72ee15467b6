"""Every page answers, shows what it should, and hides the rest."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.workflow.adoption import Adoption
from tasks import services
from tasks.models import AmendmentKind, Grade, Task
from tests.factories import funds as money
from tests.factories import tasks as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LIST_LIMIT, DETAIL_LIMIT = 12, 20


def url(name, *args):
    return reverse(f"tasks:{name}", args=args)


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


LISTS = ["task-list", "task-monitor", "report-list", "inspection-list", "amendment-list"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_with_and_without_rows(people, client_for, name):
    client = client_for(people.officer)
    opened(client, url(name))
    task = make.running(people)
    inspection = make.planned_inspection(people, task, date(2026, 3, 20))
    amendment = make.extension(people, task, 6)
    page = opened(client, url(name))
    shown = {
        "task-list": task.code,
        "task-monitor": task.code,
        "report-list": f"{task.code}.BC01",
        "inspection-list": inspection.code,
        "amendment-list": amendment.code,
    }
    assert shown[name] in page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    people, client_for, django_assert_max_num_queries, name
):
    client = client_for(people.officer)
    make.adopted(people, "running", starts_on=date(2026, 1, 5), ends_on=date(2027, 1, 5))
    opened(client, url(name))
    with django_assert_max_num_queries(LIST_LIMIT) as few:
        opened(client, url(name))
    for _number in range(5):
        make.adopted(people, "running", starts_on=date(2026, 1, 5), ends_on=date(2027, 1, 5))
    with django_assert_max_num_queries(LIST_LIMIT) as many:
        opened(client, url(name))
    assert len(few.captured_queries) == len(many.captured_queries)


@pytest.mark.parametrize("who", ["officer", "signer", "head", "chair"])
def test_the_page_of_a_task_stays_within_its_questions(client_for, django_assert_max_num_queries, who):
    house = money.house()
    people, task = house.people, money.running(house)
    client = client_for(getattr(people, who))
    opened(client, task.get_absolute_url())
    with django_assert_max_num_queries(DETAIL_LIMIT):
        page = opened(client, task.get_absolute_url())
    assert task.title in page


@pytest.mark.parametrize("who", ["officer", "applicant"])
def test_the_pages_of_a_tasks_parts_stay_within_their_questions(people, client_for, django_assert_max_num_queries, who):
    task = make.running(people)
    report = make.filed_report(people, task.reports.first())
    inspection = make.planned_inspection(people, task, date(2026, 3, 20))
    amendment = make.extension(people, task, 6)
    make.step(amendment, "request", people.signer)
    client = client_for(getattr(people, who))
    pages = [one.get_absolute_url() for one in (report, inspection, amendment)]
    for address in [*pages, url("task-course", task.code)]:
        opened(client, address)
        with django_assert_max_num_queries(DETAIL_LIMIT):
            opened(client, address)


def test_every_form_opens_for_who_may_fill_it_in(people, client_for):
    officer, host = client_for(people.officer), client_for(people.applicant)
    task = make.adopted(people)
    opened(officer, url("contract-edit", task.code))
    make.written_contract(people, task)
    opened(officer, url("contract-edit", task.code))
    make.paper(task, "sign_contract", people, people.director)
    make.step(task, "start", people.officer)
    report = task.reports.first()
    opened(host, url("report-edit", report.code))
    opened(officer, url("report-detail", report.code))
    for name in ("suspension-edit", "termination-edit", "inspection-create"):
        opened(officer, url(name, task.code))
    opened(host, url("amendment-create", task.code))
    for kind in AmendmentKind:
        opened(host, url("amendment-create", task.code, kind))
    inspection = make.planned_inspection(people, task, date(2026, 3, 20))
    opened(officer, url("inspection-edit", inspection.code))
    make.step(inspection, "announce", people.officer)
    opened(officer, url("inspection-record", inspection.code))
    opened(host, url("inspection-detail", inspection.code))
    amendment = make.extension(people, task, 6)
    opened(host, url("amendment-edit", amendment.code))
    make.step(amendment, "request", people.signer)
    opened(officer, url("amendment-examine", amendment.code))
    opened(officer, url("amendment-detail", amendment.code))
    opened(host, url("acceptance-edit", task.code))
    opened(officer, url("task-adopt"))


def test_the_forms_of_the_end_open_too(people, client_for):
    officer = client_for(people.officer)
    task = make.graded(people, Grade.PASS)
    opened(officer, url("registration-edit", task.code))
    other = make.recognised(people)
    opened(officer, url("liquidation-edit", other.code))
    ended = make.terminated(people)
    page = opened(officer, url("recovery-edit", ended.code))
    assert "Nghị định" in page or "rule book" in page.lower() or "quy" in page.lower()
    followed = make.adopted(
        people, "running", management="followed", starts_on=date(2025, 1, 1), ends_on=date(2026, 2, 1)
    )
    opened(officer, url("following-edit", followed.code))
    old = make.adopted(
        people, "acceptance_filed", approved_on=date(2024, 5, 6), starts_on=date(2024, 6, 1), ends_on=date(2026, 1, 1)
    )
    opened(client_for(people.applicant), url("grassroots-edit", old.code))


def test_a_draft_report_is_read_by_its_writers_only(people, client_for):
    report = make.running(people).reports.first()
    services.save_report(report, actor=people.applicant, facts={"done": "Bí mật của chúng tôi", "percent": 5})
    assert "Bí mật" in opened(client_for(people.signer), report.get_absolute_url())
    assert "Bí mật" not in opened(client_for(people.head), report.get_absolute_url())


def test_strangers_do_not_learn_that_a_task_exists(people, client_for):
    task = make.running(people)
    stranger = client_for(user_with("organisation_signer"))
    for address in (task.get_absolute_url(), url("contract-edit", task.code), task.reports.first().get_absolute_url()):
        assert stranger.get(address).status_code == stranger.get(url("task-detail", "NV.9999.999")).status_code == 404
    assert task.code not in opened(stranger, url("task-list"))


def test_the_receiving_body_sees_the_tasks_it_receives(people, client_for):
    task = make.running(people)
    receiver = client_for(user_with("receiving_body", people.receiver))
    assert task.code in opened(receiver, url("task-list"))
    opened(receiver, task.get_absolute_url())
    assert receiver.get(url("acceptance-edit", task.code)).status_code == 404
    # The contract names the host's account; a request that the host has not sent is the host's.
    contract, amendment = Document.objects.get(kind="contract"), make.extension(people, task, 6)
    host = client_for(people.signer)
    for address in (contract.get_absolute_url(), amendment.get_absolute_url()):
        assert (receiver.get(address).status_code, host.get(address).status_code) == (404, 200)
    make.step(amendment, "request", people.signer)
    opened(receiver, amendment.get_absolute_url())


def test_an_inspector_reads_and_writes_nothing(people, client_for):
    task = make.running(people)
    inspector = client_for(make.inspector())
    opened(inspector, task.get_absolute_url())
    for name in ("suspension-edit", "termination-edit", "inspection-create", "amendment-create", "acceptance-edit"):
        assert inspector.get(url(name, task.code)).status_code == 404


def test_the_counts_stand_by_level(people, client_for):
    dates = {"starts_on": date(2026, 1, 5), "ends_on": date(2027, 1, 5)}
    make.adopted(people, "running", **dates)
    make.adopted(people, "running", level="grassroots", **dates)
    make.adopted(people, "running", level="national", management="followed", **dates)
    tabs = client_for(people.officer).get(url("task-list")).context["tabs"]
    assert [tab.count for tab in tabs] == [3, 1, 0, 1, 1, 1]


def test_the_default_list_of_reports_shows_what_is_due_and_overdue(people, client_for):
    task = make.running(people)
    with clock.moved_to(make.at(date(2026, 9, 1), 9)):
        page = opened(client_for(people.officer), url("report-list"))
        late = opened(client_for(people.officer), f"{url('report-list')}?show=late")
    assert (f"{task.code}.BC01" in page, f"{task.code}.BC02" in page, f"{task.code}.BC03" in page) == (
        True,
        True,
        False,
    )
    assert (f"{task.code}.BC01" in late, f"{task.code}.BC02" in late) == (True, False)


@pytest.mark.parametrize("words", ["nuoi tom", "NUÔI TÔM", "truong dai hoc"])
def test_search_finds_words_without_marks(people, client_for, words):
    task = make.running(people)
    assert task.code in opened(client_for(people.officer), f"{url('task-list')}?q={words}")


def test_an_old_code_with_a_slash_leaves_the_lists_open(people, client_for):
    client = client_for(people.officer)
    named = ("managing_body", "host", "receiver", "principal_investigator")
    facts = {name: getattr(value, "code", value) for name, value in make.facts(people).items() if name in named}
    plain = {name: value for name, value in make.facts(people).items() if name not in named}
    words = {"code": "12/KHCN-2019", "state": "approved", "effective_on": "2026-03-02", "note": "x", "key": uuid4()}
    words |= {"approval_symbol": "15/QĐ-UBND", "approval_issuer": "Ủy ban nhân dân tỉnh Bình An"}
    answer = client.post(
        url("task-adopt"),
        {**facts, **plain, **words, "opening_percent": 0, "extensions_before": 0, "repeats_before": 0},
    )
    task = Task.objects.get(former_code="12/KHCN-2019")
    assert answer.url == task.get_absolute_url()
    assert task.code in opened(client, f"{url('task-list')}?q=12/khcn")
    opened(client_for(people.head), "/")


@pytest.mark.parametrize("code", ["12/KHCN-2019", "..", "enter"])
def test_the_service_takes_no_code_without_an_address(people, code):
    adoption = Adoption(batch="test", actor=people.officer, effective_on=clock.today(), note="x")
    with pytest.raises(ValidationError) as caught:
        services.adopt_task(facts=make.facts(people), state="running", adoption=adoption, code=code, key=uuid4())
    assert list(caught.value.message_dict) == ["code"]
