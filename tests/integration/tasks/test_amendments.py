"""What an amendment lacks, and what has happened since it was asked for that speaks against deciding it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core import clock
from core.documents.services import prepare_document
from core.money import VND
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from tasks import services
from tasks.models import AmendmentKind, Cause, Ground, Report, Task
from tests.factories import funds as money
from tests.factories import tasks as make
from tests.factories.asking import ruled, said
from tests.factories.people import user_with
from tests.factories.tasks import MILLION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def asked(people, task, kind, **more):
    facts = {"reason": "Thay đổi hoàn cảnh", **more.pop("facts", {})}
    return services.create_amendment(
        task, actor=people.applicant, kind=AmendmentKind(kind), facts=facts, key=uuid4(), **more
    )


def phased(task, *rows):
    """Instalments by number, each with a new amount in millions."""
    return [
        {
            "instalment": task.contract.instalments.get(sequence=number),
            "amount_vnd": VND(amount * MILLION),
            "planned_on": clock.today(),
            "budget_year": clock.today().year,
        }
        for number, amount in rows
    ]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("extension", "By how many months the task shall be extended is not said."),
        ("investigator", "The new principal investigator is not named."),
        ("content", "What shall change is not said."),
        ("phasing", "No instalment is changed."),
    ],
)
def test_a_request_that_asks_for_nothing_says_what_is_missing(people, kind, missing):
    assert said(asked(people, make.running(people), kind), "request", people.signer) == [missing]


def test_a_new_investigator_is_another_person(people):
    task = make.running(people)
    same = asked(people, task, "investigator", facts={"new_investigator": people.applicant})
    assert said(same, "request", people.signer) == ["The new principal investigator is the present one."]
    other = user_with(Role.APPLICANT, people.university)
    services.edit_amendment(same, actor=people.applicant, facts={"new_investigator": other})
    same.refresh_from_db()
    assert said(same, "request", people.signer) == []


def test_a_new_investigator_leads_no_other_task(people):
    task = make.running(people)
    other = user_with(Role.APPLICANT, people.university)
    lead = make.adopted(people, "running", principal_investigator=other, starts_on=clock.today())
    amendment = asked(people, task, "investigator", facts={"new_investigator": other})
    busy = f"{other.full_name} leads task {lead.code}, which still runs."
    assert said(amendment, "request", people.signer) == [busy]
    free = user_with(Role.APPLICANT, people.university)
    services.edit_amendment(amendment, actor=people.applicant, facts={"new_investigator": free})
    amendment.refresh_from_db()
    make.step(amendment, "request", people.signer)
    services.give_opinion(amendment, actor=people.officer, opinion="Đồng ý", agrees=True)
    make.step(amendment, "examine", people.officer)
    # What happened while the request lay with the department counts too.
    later = make.adopted(people, "running", principal_investigator=free, starts_on=clock.today())
    assert said(amendment, "decide", people.chair) == [f"{free.full_name} leads task {later.code}, which still runs."]


def test_content_and_instalments_are_complete_when_they_are_named(people):
    task = make.running(people)
    change = {"item": "Nội dung 2", "before": "Ba mô hình", "after": "Hai mô hình"}
    assert said(asked(people, task, "content", facts={"changes": [change]}), "request", people.signer) == []
    plan = asked(people, task, "phasing", phasings=phased(task, (1, 400), (2, 320)))
    assert said(plan, "request", people.signer) == []


def test_a_new_plan_of_payments_keeps_the_sum_and_touches_this_contract_alone(people):
    task, other = make.running(people), make.running(people)
    with pytest.raises(ValidationError) as refused, override("en"):
        asked(people, task, "phasing", phasings=phased(task, (1, 400)))
    assert refused.value.messages == ["The instalments must add up to the state's part of the contract."]
    with pytest.raises(ValidationError):
        asked(people, task, "phasing", phasings=phased(other, (1, 400), (2, 320)))
    unwritten = make.adopted(people, "running")
    with pytest.raises(ValidationError):
        asked(people, unwritten, "phasing", phasings=phased(task, (1, 400), (2, 320)))


def examined(people, amendment):
    return make.examined(people, amendment)


def test_an_instalment_that_was_asked_for_meanwhile_is_not_changed_by_a_decision():
    who = money.house()
    people, task = who.people, money.running(who)
    amendment = examined(people, asked(people, task, "phasing", phasings=phased(task, (1, 400), (2, 320))))
    assert said(amendment, "decide", people.chair) == []
    money.paid(who, task)
    paid = "An instalment that is paid cannot be changed."
    assert said(type(amendment).objects.get(pk=amendment.pk), "decide", people.chair) == [paid]


def test_a_new_plan_of_payments_keeps_as_much_for_the_end_as_the_contract_must(people):
    task = make.running(people)
    emptied = asked(people, task, "phasing", phasings=phased(task, (2, 430), (3, 20)))
    text = "2% of the contract waits for the results; at least 5% is kept for the end."
    warning = [(text, "Quy định của tỉnh (chưa có văn bản)", False)]
    assert ruled(emptied, "request", people.signer) == warning
    with pytest.raises(StepRefused):
        make.step(emptied, "request", people.signer)
    make.step(emptied, "request", people.signer, reason="Nhập thiết bị sớm")
    services.give_opinion(emptied, actor=people.officer, opinion="Chấp thuận", agrees=True)
    make.step(emptied, "examine", people.officer)
    assert ruled(emptied, "decide", people.chair) == warning
    enough = asked(people, task, "phasing", phasings=phased(task, (2, 400), (3, 50)))
    assert said(enough, "request", people.signer) == []


def test_a_contract_that_has_ended_is_amended_no_more(people):
    task = make.running(people)
    amendment = examined(people, make.extension(people, task, 6))
    assert said(amendment, "decide", people.chair) == []
    facts = {
        "ground": Ground.STOPPED,
        "cause": Cause.SUBJECTIVE,
        "terminated_from": clock.today(),
        "explanation": "Không thực hiện đúng cam kết",
        "spent_vnd": VND(0),
        "accepted_vnd": VND(0),
        "returned_percent": 40,
        "percent_reason": "Lỗi của đơn vị chủ trì",
    }
    services.save_termination(task, actor=people.officer, facts=facts)
    make.paper(task, "terminate", people, people.chair, reason="Vi phạm hợp đồng")
    ended = f"Task {task.code} has ended: nothing of its contract is amended any more."
    amendment = type(amendment).objects.get(pk=amendment.pk)
    assert said(amendment, "decide", people.chair) == [ended]
    assert not Report.objects.filter(task=task, state="due").exists()


def suspended(people, task):
    until = clock.today() + timedelta(days=30)
    facts = {"ground": "Bão", "conditions": "Khắc phục", "from_on": clock.today(), "until": until}
    services.save_suspension(task, actor=people.officer, facts=facts)
    make.paper(task, "suspend", people, people.chair, reason="Bão")
    return task


def goes_on(people, task, ends_on):
    facts = {"resume_note": "Đã khắc phục", "resume_from": clock.today(), "new_ends_on": ends_on}
    services.save_resumption(task, actor=people.officer, facts=facts)


def test_an_extension_counts_from_the_end_of_the_task_as_it_stands_when_decided(people):
    task = make.running(people)
    amendment = examined(people, make.extension(people, task, 6))
    assert amendment.new_ends_on is None
    draft = prepare_document(amendment, "decide", actor=people.officer)
    assert draft.facts["changes"] == [
        {"item": "Thời gian kết thúc", "before": "02/03/2028", "after": "02/09/2028"},
    ]
    suspended(people, task)
    goes_on(people, task, date(2028, 11, 2))
    make.paper(task, "resume", people, people.chair, reason="Đã khắc phục")
    assert task.ends_on == date(2028, 11, 2)

    decision = make.paper(amendment, "decide", people, people.chair)

    task.refresh_from_db()
    amendment.refresh_from_db()
    changes = [{"item": "Thời gian kết thúc", "before": "02/11/2028", "after": "02/05/2029"}]
    assert (decision.facts["changes"], amendment.decided_changes) == (changes, changes)
    assert task.ends_on == amendment.new_ends_on == date(2029, 5, 2)
    assert task.reports.latest("due_date").due_date == date(2029, 3, 15)


def test_a_resumption_does_not_take_back_what_an_extension_gave_meanwhile(people):
    task = make.running(people)
    amendment = examined(people, make.extension(people, task, 6))
    suspended(people, task)
    goes_on(people, task, date(2028, 5, 2))
    make.paper(amendment, "decide", people, people.chair)
    task.refresh_from_db()
    assert task.ends_on == date(2028, 9, 2)
    assert said(task, "resume", people.chair) == ["The new end lies after the present one."]
    goes_on(people, task, date(2028, 10, 2))
    make.paper(Task.objects.get(pk=task.pk), "resume", people, people.chair, reason="Đã khắc phục")
    task.refresh_from_db()
    assert (task.state, task.ends_on) == ("running", date(2028, 10, 2))


def test_nothing_is_extended_once_the_results_were_handed_in(people):
    task = make.running(people)
    asked_for = make.extension(people, task, 3)
    amendment = examined(people, make.extension(people, task, 6))
    make.drop_reports(people, task)
    make.dossier_written(people, task)
    make.step(task, "file_acceptance", people.signer)
    late = f"Task {task.code} is in the state “Acceptance filed”: only a task whose work goes on is extended."
    assert said(type(amendment).objects.get(pk=amendment.pk), "decide", people.chair) == [late]
    assert said(type(amendment).objects.get(pk=asked_for.pk), "request", people.signer) == [late]
    with pytest.raises(StepRefused):
        make.paper(amendment, "decide", people, people.chair)


def test_the_investigator_may_still_change_while_the_results_are_judged(people):
    task = make.running(people)
    successor = {"new_investigator": user_with(Role.APPLICANT, people.university)}
    amendment = examined(people, asked(people, task, "investigator", facts=successor))
    make.drop_reports(people, task)
    make.dossier_written(people, task)
    make.step(task, "file_acceptance", people.signer)
    assert said(type(amendment).objects.get(pk=amendment.pk), "decide", people.chair) == []


def test_an_extension_waits_in_a_suspended_task(people):
    task = make.running(people)
    amendment = examined(people, make.extension(people, task, 6))
    suspended(people, task)
    assert said(type(amendment).objects.get(pk=amendment.pk), "decide", people.chair) == []
