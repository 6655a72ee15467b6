"""A wrong fact of a frozen record is mended by two persons; both values stay in the chain and in the history."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.audit.models import Event
from core.audit.verify import faults
from core.people.roles import Role
from core.workflow.corrections import ask_correction, correct_step, open_request, refuse_correction
from core.workflow.data_corrections import ask_data_correction, correct_data
from core.workflow.ruling import StepRefused
from tests.factories import proposals as make
from tests.factories import tasks
from tests.factories.browsing import shown, typed_in
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    """Submitted with the wrong field."""
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def ask(proposal, people, **values):
    return ask_data_correction(proposal, actor=people.officer, values=values, reason="Ghi nhầm lĩnh vực")


def said(caught):
    return [str(one) for one in caught.value.refusals]


def test_both_values_stay(people, proposal):
    ask(proposal, people, field="medicine", months=30)
    key = uuid4()
    for _ in range(2):
        correct_data(proposal, actor=people.head, reason="Đồng ý", key=key)
    assert (proposal.field, proposal.months, proposal.state) == ("medicine", 30, "submitted")
    event = Event.objects.get(kind="correct_data")
    assert event.actor == people.head
    assert Event.objects.get(kind="correction.asked").actor == people.officer
    assert '"after":{"field":"medicine","months":30}' in event.payload
    assert '"before":{"field":"agriculture","months":24}' in event.payload
    assert list(faults()) == []
    assert open_request(proposal) is None


def test_the_key_of_another_act_mends_nothing_and_says_so(people, proposal):
    ask(proposal, people, field="medicine")
    for used in Event.objects.exclude(key=None).values_list("key", flat=True):
        with pytest.raises(StepRefused) as caught:
            correct_data(proposal, actor=people.head, reason="Đồng ý", key=used)
        assert said(caught) == ["This form was already used for something else. Open the page again."]
    proposal.refresh_from_db()
    assert (proposal.field, open_request(proposal) is None) == ("agriculture", False)


@pytest.mark.parametrize("answer", ["undo", "keep"])
def test_the_head_answers_the_request_that_his_page_showed(people, proposal, client_for, answer):
    ask(proposal, people, field="medicine")
    head, address = client_for(people.head, "en"), f"/corrections/proposal/{proposal.code}/{answer}/"
    words = {**shown(head.get(address)), "reason": "Đồng ý"}
    refuse_correction(proposal, actor=user_with(Role.HEAD_OF_DIVISION), reason="Giữ nguyên")
    ask(proposal, people, months=60)
    for digest in (words["shown"], ""):
        form = head.post(address, {**words, "shown": digest}).context["form"]
        assert form.non_field_errors() == [
            "This record has changed since you opened the page. Open it again and look before you go on."
        ]
        assert form["reason"].value() == "Đồng ý"
    proposal.refresh_from_db()
    assert (proposal.months, open_request(proposal) is None) == (24, False)
    assert typed_in(head, address, reason="Đồng ý").status_code == 302
    proposal.refresh_from_db()
    assert proposal.months == (60 if answer == "undo" else 24)


def test_the_pages_lead_there_and_the_history_tells(people, proposal, client_for):
    officer, head = client_for(people.officer, "en"), client_for(people.head, "en")
    address = reverse("workflow:correction-data", args=["proposal", proposal.code])
    assert address in officer.get(proposal.get_absolute_url()).content.decode()
    words = {"key": uuid4(), "field": "medicine", "research_type": "applied", "plan_year": 2027, "months": 24}
    empty = officer.post(address, {**words, "reason": ""})
    assert set(empty.context["form"].errors) == {"reason"}
    assert officer.post(address, {**words, "months": -1, "reason": "x"}).context["form"].errors.keys() == {"months"}
    assert officer.post(address, {**words, "reason": "Ghi nhầm"}).url == proposal.get_absolute_url()
    answer = reverse("workflow:correction-undo", args=["proposal", proposal.code])
    page = head.get(answer).content.decode()
    assert "Correct the data" in page
    assert "→" in page
    assert typed_in(head, answer, reason="Đồng ý").status_code == 302
    proposal.refresh_from_db()
    assert proposal.field == "medicine"
    assert "Data corrected" in head.get(proposal.get_absolute_url()).content.decode()


def test_others_find_no_such_page(people, proposal, client_for):
    address = reverse("workflow:correction-data", args=["proposal", proposal.code])
    for person in (people.head, people.signer, people.clerk):
        assert client_for(person).get(address).status_code == 404


@pytest.mark.parametrize(
    ("values", "words"),
    [({"field": "agriculture"}, ["Nothing is different from what stands in the record."])],
)
def test_nothing_to_correct_is_refused(people, proposal, values, words):
    with pytest.raises(StepRefused) as caught:
        ask(proposal, people, **values)
    assert said(caught) == words


def test_a_draft_is_changed_in_its_form(people):
    draft = make.draft_proposal(people, make.open_call(people))
    with pytest.raises(StepRefused) as caught:
        ask(draft, people, field="medicine")
    assert said(caught) == ["An officer asks for the correction of a record that is no draft any more."]


def test_money_and_titles_are_not_mended_like_this(people, proposal):
    with pytest.raises(ValidationError, match="state_budget_vnd"):
        ask(proposal, people, state_budget_vnd=1)


def test_a_value_that_does_not_fit_is_refused(people, proposal):
    with pytest.raises(ValidationError) as caught:
        ask(proposal, people, field="alchemy")
    assert set(caught.value.error_dict) == {"field"}


def test_one_question_at_a_time_and_each_gets_its_own_answer(people, proposal):
    ask(proposal, people, field="medicine")
    with pytest.raises(StepRefused) as caught:
        ask(proposal, people, field="social")
    assert "The head of division has already been asked." in said(caught)
    with pytest.raises(StepRefused) as caught:
        correct_step(proposal, actor=people.head, reason="Đồng ý", key=uuid4())
    assert "It was asked to correct data, not to undo a step." in said(caught)
    refuse_correction(proposal, actor=people.head, reason="Giữ nguyên")
    proposal.refresh_from_db()
    assert proposal.field == "agriculture"


def test_a_request_to_undo_corrects_no_data(people, proposal):
    make.screened(people, proposal)
    ask_correction(proposal, actor=people.officer, reason="Nhầm")
    with pytest.raises(StepRefused) as caught:
        correct_data(proposal, actor=people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["It was asked to undo a step, not to correct data."]


def test_a_record_that_changed_meanwhile_is_asked_for_again(people, proposal):
    ask(proposal, people, months=30)
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu tài liệu")
    make.services.edit_proposal(proposal, actor=people.applicant, facts={"months": 36})
    with pytest.raises(StepRefused) as caught:
        correct_data(proposal, actor=people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["The record has changed since this was asked for."]


def test_who_asked_does_not_decide(people, proposal):
    ask(proposal, people, months=30)
    with pytest.raises(StepRefused):
        correct_data(proposal, actor=people.officer, reason="Đồng ý", key=uuid4())


def test_what_the_record_itself_refuses_comes_back_in_the_form(people, proposal, client_for):
    officer = client_for(people.officer, "en")
    address = reverse("workflow:correction-data", args=["proposal", proposal.code])
    words = {"key": uuid4(), "field": "agriculture", "research_type": "applied", "plan_year": proposal.plan_year}
    same = officer.post(address, {**words, "months": 24, "reason": "x"})
    assert same.context["form"].non_field_errors() == ["Nothing is different from what stands in the record."]
    empty = officer.post(address, {**words, "months": 0, "reason": "x"})
    assert empty.status_code == 200
    assert empty.context["form"].errors


def test_a_reason_is_asked_for(people, proposal):
    with pytest.raises(StepRefused) as caught:
        ask_data_correction(proposal, actor=people.officer, values={"months": 30}, reason=" ")
    assert said(caught) == ["This step needs a reason."]


def test_a_task_is_never_a_draft():
    people = tasks.cast()
    task = tasks.adopted(people)
    ask(task, people, former_code="CS-2024-07")
    correct_data(task, actor=people.head, reason="Đồng ý", key=uuid4())
    assert (task.state, task.former_code) == ("approved", "CS-2024-07")


def test_the_question_says_nothing_of_the_last_step(people, proposal, client_for):
    page = client_for(people.officer, "en").get(reverse("workflow:correction-data", args=["proposal", proposal.code]))
    assert list(page.context["consequences"]) == []
    ask(proposal, people, field="medicine")
    answer = client_for(people.head, "en").get(reverse("workflow:correction-undo", args=["proposal", proposal.code]))
    asked_by = f"Asked by: {people.officer.full_name}"
    assert answer.context["consequences"][1:] == [asked_by, "Reason: Ghi nhầm lĩnh vực"]
