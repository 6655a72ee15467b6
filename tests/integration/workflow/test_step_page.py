"""The page of one step: what speaks against it in words, what it asks for, and what happens when it is sent."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.audit.models import Event
from core.files.models import StoredFile
from core.people.models import User
from core.people.roles import Role
from core.regulations import parameter
from core.text import sort_key
from core.workflow.forms import TakeStepForm
from tests.factories import proposals as make
from tests.factories.documents import scan
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A proposal that was submitted."""
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def address(subject, step):
    return reverse("workflow:step-take", args=[subject.lifecycle.name, subject.code, step])


def events_of(subject, step):
    return list(Event.objects.filter(subject_code=subject.code, step=step))


def test_a_refused_step_shows_why_and_offers_no_field(people, proposal, client_for):
    page = client_for(people.officer, "en").get(address(proposal, "screen")).content.decode()
    assert "Write the screening record first: completeness and search for duplicates." in page
    assert reverse("proposals:proposal-screen", args=[proposal.code]) in page
    assert "Written in" not in page
    assert 'name="reason"' not in page


def test_a_step_refused_on_sending_says_where_the_rule_is_written(people, proposal, client_for):
    """The guard's own law, or the row of the table; what was typed stays."""
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    clerk = client_for(people.clerk, "en")
    sent = on_paper(people, effective_on=(clock.today() + timedelta(days=1)).isoformat(), reason="Lũ lụt")
    page = clerk.post(address(proposal, "withdraw"), {**sent, "decided_by": people.signer.pk})
    (line,) = page.context["form"].refused
    assert str(line.text) == "The effective date may not lie in the future."
    assert line.source == ""
    assert "Lũ lụt" in page.content.decode()
    assert "data-focus" in page.content.decode()


def test_an_open_step_asks_for_its_reason(people, proposal, client_for):
    officer = client_for(people.officer, "en")
    assert 'name="reason"' in officer.get(address(proposal, "return_for_completion")).content.decode()
    page = officer.post(address(proposal, "return_for_completion"), {"key": uuid4()}).content.decode()
    assert "This field is required" in page
    assert events_of(proposal, "return_for_completion") == []


def test_a_step_that_needs_no_reason_asks_for_none_and_says_what_follows(people, proposal, client_for):
    make.screening(proposal, people)
    page = client_for(people.officer, "en").get(address(proposal, "screen"))
    assert "reason" not in page.context["form"].fields
    days = proposal.lifecycle.named("screen").due.parameter
    allowed = parameter(days, proposal.regulation)
    until = clock.deadline(clock.today(), allowed.value, allowed.unit)
    assert page.context["consequences"] == [
        "The record becomes: Screened.",
        f"Then it is the turn of Officer, until {until:%d/%m/%Y}.",
    ]
    back = client_for(people.officer, "en").get(address(proposal, "return_for_completion"))
    assert back.context["consequences"][1] == "Issues: Request to complete a file, numbered at once."
    assert back.context["consequences"][2].startswith("Then it is the turn of Signer of the organisation, until ")
    first, second = sorted((people.applicant.full_name, people.signer.full_name), key=sort_key)
    assert back.context["consequences"][-1] == f"2 people are told: {first}, {second}."


def test_a_rule_that_speaks_of_what_was_typed_asks_for_the_reason_then(people, proposal, client_for):
    """A day long past may be entered by the head alone, says a rule that is to be confirmed."""
    with clock.moved_to(clock.now() + timedelta(days=60)):
        make.screening(proposal, people)
        sent = on_paper(people, effective_on=(clock.today() - timedelta(days=50)).isoformat())
        sent |= {"decided_by": people.officer.pk}
        del sent["reason"]
        page = client_for(people.clerk, "en").post(address(proposal, "screen"), sent)
        assert "Why the step is right in spite of the rule above" in page.text


def test_a_sent_step_is_taken_and_the_record_shown(people, proposal, client_for):
    officer = client_for(people.officer, "en")
    answer = officer.post(address(proposal, "return_for_completion"), {"key": uuid4(), "reason": "Thiếu dự toán"})
    assert (answer.status_code, answer.url) == (302, proposal.get_absolute_url())
    proposal.refresh_from_db()
    assert proposal.state == "returned"
    assert "Done: Return for completion." in officer.get(answer.url).content.decode()


def test_a_form_sent_twice_acts_once_and_shows_the_record_again(people, proposal, client_for):
    officer, sent = client_for(people.officer, "en"), {"key": str(uuid4()), "reason": "Thiếu dự toán"}
    answers = [officer.post(address(proposal, "return_for_completion"), sent) for _ in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, proposal.get_absolute_url())] * 2
    assert len(events_of(proposal, "return_for_completion")) == 1


def test_a_late_form_is_told_that_the_state_is_another_one(people, proposal, client_for):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    sent = {"key": uuid4(), "reason": "Thiếu dự toán"}
    page = client_for(people.officer, "en").post(address(proposal, "return_for_completion"), sent).content.decode()
    assert "This step is not possible in the present state." in page


def test_a_button_of_an_earlier_state_opens_on_the_reason(people, proposal, client_for):
    """Somebody else was quicker: who has a part in the step reads why it is over; nobody else finds it."""
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    late = client_for(people.officer, "en").get(address(proposal, "return_for_completion"))
    assert (late.status_code, 'name="key"' in late.content.decode()) == (200, False)
    assert "This step is not possible in the present state." in late.content.decode()
    assert client_for(people.applicant).get(address(proposal, "return_for_completion")).status_code == 404
    assert client_for(people.officer).get(address(proposal, "recommend")).status_code == 404


def test_a_refusal_on_sending_keeps_what_was_typed(people, proposal, client_for):
    page = client_for(people.officer, "en").post(address(proposal, "screen"), {"key": uuid4(), "reason": "Gấp"})
    assert "Write the screening record first" in page.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_a_step_that_is_not_in_the_table_is_not_there(people, proposal, client_for):
    officer = client_for(people.officer)
    assert officer.get(address(proposal, "fly")).status_code == 404
    assert officer.post(address(proposal, "fly"), {"key": uuid4()}).status_code == 404
    assert officer.get(address(proposal, "take-up")).status_code == 404


def test_a_record_that_one_may_not_see_is_not_there(proposal, client_for):
    stranger = client_for(user_with(Role.ORGANISATION_SIGNER))
    assert stranger.get(address(proposal, "withdraw")).status_code == 404
    assert stranger.get(reverse("workflow:step-take", args=["proposal", "DX.2026.9999", "withdraw"])).status_code == 404
    assert stranger.get(reverse("workflow:step-take", args=["nothing", proposal.code, "withdraw"])).status_code == 404


def test_somebody_without_a_part_in_the_step_does_not_find_it(people, proposal, client_for):
    assert client_for(people.applicant).get(address(proposal, "withdraw")).status_code == 404


def test_a_step_that_waits_for_a_signature_leads_to_its_paper(people, client_for):
    call = make.draft_call(people)
    answer = client_for(people.director).get(address(call, "announce"))
    assert answer.status_code == 302
    assert answer.url == reverse("documents:document-prepare", args=["call", call.code, "announce"])


def test_a_rule_to_be_confirmed_warns_and_asks_for_a_reason(people, proposal, client_for):
    """The days for completing a returned proposal still have to be confirmed (rule book)."""
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu dự toán")
    with clock.moved_to(clock.now() + timedelta(days=30)):
        signer = client_for(people.signer, "en")
        assert "Please check before you go on" in signer.get(address(proposal, "submit")).content.decode()
        page = signer.post(address(proposal, "submit"), {"key": uuid4()}).content.decode()
        assert "Why the step is right in spite of the rule above: This field is required." in page
        assert signer.post(address(proposal, "submit"), {"key": uuid4(), "reason": "Bão lụt"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    assert "The completed proposal was due on" in events_of(proposal, "submit")[-1].payload


def test_the_clerk_enters_what_was_decided_on_paper(people, proposal, client_for):
    clerk = client_for(people.clerk, "en")
    page = clerk.get(address(proposal, "return_for_completion")).content.decode()
    assert people.officer.full_name in page
    assert 'value="in_system"' not in page
    sent = on_paper(people, effective_on=clock.today().isoformat())
    assert clerk.post(address(proposal, "return_for_completion"), sent).status_code == 302
    (event,) = events_of(proposal, "return_for_completion")
    stored = StoredFile.objects.get(purpose="evidence")
    assert (event.actor, event.decided_by, event.channel) == (people.clerk, people.officer, "paper")
    assert str(stored.uuid) in event.payload


def test_the_scan_of_a_paper_step_stays_inside(people, proposal, client_for):
    clerk, host = client_for(people.clerk, "en"), client_for(people.applicant, "en")
    assert clerk.post(address(proposal, "return_for_completion"), on_paper(people)).status_code == 302
    stored = StoredFile.objects.get(purpose="evidence")
    assert stored.is_internal
    assert host.get(reverse("documents:file-download", args=[stored.code])).status_code == 404


def test_the_scan_opens_from_the_history_for_those_inside(people, proposal, client_for):
    clerk, host = client_for(people.clerk, "en"), client_for(people.applicant, "en")
    clerk.post(address(proposal, "return_for_completion"), on_paper(people))
    stored = StoredFile.objects.get(purpose="evidence")
    link = reverse("documents:file-download", args=[stored.code])
    assert f'href="{link}"' in clerk.get(proposal.get_absolute_url()).text
    assert link not in host.get(proposal.get_absolute_url()).text


def test_a_host_is_asked_for_no_paper(people, proposal, client_for):
    """Even where somebody else of it could have decided."""
    user_with(Role.ORGANISATION_SIGNER, people.university)
    page = client_for(people.signer, "en").get(address(proposal, "withdraw"))
    assert set(page.context["form"].fields) == {"key", "shown", "reason"}


def test_on_paper_the_decider_and_the_scan_are_asked_for(people, proposal, client_for):
    sent = {"key": uuid4(), "reason": "x", "channel": "paper"}
    page = client_for(people.clerk, "en").post(address(proposal, "withdraw"), sent)
    assert [sorted(page.context["form"].errors), page.status_code] == [["decided_by", "evidence"], 200]


def on_paper(people, **more):
    facts = {"key": str(uuid4()), "reason": "Thiếu phụ lục", "channel": "paper", "decided_by": people.officer.pk}
    return {**facts, "evidence": scan(), **more}


def test_a_scan_that_is_no_paper_is_refused_in_words(people, proposal, client_for):
    sent = on_paper(people, evidence=SimpleUploadedFile("Bản ký.pdf", b"MZ not a paper"))
    page = client_for(people.clerk, "en").post(address(proposal, "return_for_completion"), sent)
    refusal = "Only PDF, Word, Excel, PowerPoint (without macros), PNG and JPEG files are taken."
    assert page.context["form"].errors["evidence"] == [refusal]
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_a_refused_step_keeps_no_scan(people, proposal, client_for):
    sent = on_paper(people, effective_on=(clock.today() + timedelta(days=1)).isoformat())
    page = client_for(people.clerk, "en").post(address(proposal, "return_for_completion"), sent)
    assert "The effective date may not lie in the future." in page.content.decode()
    assert StoredFile.objects.count() == 0


def test_a_form_sent_twice_keeps_one_scan(people, proposal, client_for):
    clerk, sent = client_for(people.clerk), on_paper(people)
    for _ in range(2):
        assert clerk.post(address(proposal, "return_for_completion"), {**sent, "evidence": scan()}).status_code == 302
    assert (StoredFile.objects.count(), len(events_of(proposal, "return_for_completion"))) == (1, 1)


def test_who_may_decide_himself_may_also_enter_for_a_colleague(people, proposal, client_for):
    colleague = user_with(Role.OFFICER)
    page = client_for(people.officer, "en").get(address(proposal, "return_for_completion")).content.decode()
    assert colleague.full_name in page
    assert 'value="in_system"' in page


def test_a_decision_of_a_body_offers_its_holders(people, client_for):
    """The clerk may enter what the committee's chair decided; nobody else can be chosen."""
    proposal = make.recommended_proposal(people, make.open_call(people))
    page = client_for(people.clerk, "en").get(address(proposal, "refuse_listing"))
    assert list(page.context["form"].fields["decided_by"].queryset) == [people.chair]


def test_without_an_authority_nobody_can_be_chosen(people, client_for):
    proposal = make.recommended_proposal(people, make.open_call(people))
    with clock.moved_to(clock.now() - timedelta(days=365 * 20)):
        page = client_for(people.clerk, "en").get(address(proposal, "refuse_listing"))
    assert page.status_code == 404


def test_whoever_has_not_signed_in_is_sent_to_the_sign_in_page(proposal, client):
    answer = client.get(address(proposal, "withdraw"))
    assert answer.status_code == 302
    assert "/account/" in answer.url


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_step_that_needs_a_reason_anyway_asks_for_the_rule_too(proposal, language):
    row = next(one for one in proposal.rows() if one.name == "withdraw")
    form = TakeStepForm(row=row, deciders=User.objects.none(), to_record=False, warned=True)
    assert form.fields["reason"].help_text == "Say also why the step is right in spite of the rule above."
