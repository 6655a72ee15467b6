"""What nothing but a scan shows enters by two persons: one types it, another compares it with the scan."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit.models import Event
from core.files.models import StoredFile
from core.notifications.models import Notice
from core.people.roles import Role
from core.workflow.corrections import ask_correction, correct_step, open_request, refuse_correction
from core.workflow.data_corrections import ask_data_correction
from core.workflow.models import CorrectionRequest
from core.workflow.paper_entries import confirm_entry
from core.workflow.registry import subjects
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel, Reason
from portal.selectors.answers import answers_of
from proposals.models import Dossier, Proposal
from tests.factories import proposals as make
from tests.factories import tasks as after
from tests.factories.documents import scan
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]
ALONE = "A second person compares this entry with its scan and confirms it."
MISLED = "An entry is confirmed or refused by another person among: Clerk; Officer; Head of division."


def tell():
    """A proposal that was submitted."""
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


@pytest.fixture
def waiting(people, proposal):
    """The clerk has typed that the signer withdraws."""
    return make.entered(proposal, "withdraw", people.signer, people.clerk)


def said(act, *arguments, **more):
    with pytest.raises(StepRefused) as caught:
        act(*arguments, **more)
    return [str(one) for one in caught.value.refusals]


def on_paper(subject, step, actor, decider):
    more = {"decided_by": decider, "channel": Channel.PAPER, "evidence": [uuid4()], "reason": "Theo ý kiến chỉ đạo"}
    return make.step(subject, step, actor, **more)


def test_each_step_that_two_persons_enter_asks_for_a_reason():
    rows = [(one.lifecycle, row) for one in subjects.values() for row in one.lifecycle.rows]
    assert {row.reason for lifecycle, row in rows if lifecycle.needs_two_on_paper(row)} == {Reason.REQUIRED}


def test_the_tables_say_which_steps_two_persons_enter():
    """An authority's decision without a paper of its own; a host's last word on what it handed in."""
    found = {
        f"{name}.{row.name}"
        for name, model in subjects.items()
        for row in model.lifecycle.rows
        if model.lifecycle.needs_two_on_paper(row)
    }
    assert found == {
        "amendment.refuse",
        "disbursement.refuse",
        "dossier.withdraw",
        "order.refuse_award",
        "order.take_reserve",
        "proposal.refuse_listing",
        "proposal.withdraw",
        "task.allow_second_acceptance",
        "task.revoke_without_order",
    }


def test_one_typist_alone_withdraws_nothing(people, proposal):
    assert said(on_paper, proposal, "withdraw", people.clerk, people.signer) == [ALONE]
    assert (Proposal.objects.get(pk=proposal.pk).state, CorrectionRequest.objects.count()) == ("submitted", 0)


def test_nor_a_sealed_dossier_of_a_rival(people):
    dossier = make.submitted_dossier(make.bidder(), make.called_order(people, make.open_call(people)))
    signer = dossier.host.memberships.get(role=Role.ORGANISATION_SIGNER).user
    assert said(on_paper, dossier, "withdraw", people.officer, signer) == [ALONE]
    make.entered_by_two(dossier, "withdraw", signer, (people.officer, people.head))
    assert Dossier.objects.get(pk=dossier.pk).state == "withdrawn"
    told = set(Notice.objects.filter(subject_code=dossier.code).values_list("recipient__email", "tell"))
    assert (signer.email, "core.in_your_name") in told


def test_one_typist_alone_swaps_no_winner(people):
    order = make.called_order(people, make.open_call(people))
    dossier = make.submitted_dossier(people, order)
    with make.clock.moved_to(make.clock.now() + make.timedelta(days=61)):
        make.appraised_order(people, make.open_dossiers(people, order), dossier)
        assert said(on_paper, order, "refuse_award", people.clerk, people.chair) == [ALONE]
        make.entered(order, "refuse_award", people.chair, people.clerk)
        order.refresh_from_db()
        assert order.state == "host_recommended"
        confirm_entry(order, actor=people.officer, key=uuid4())
    order.refresh_from_db()
    assert order.state == "no_winner"


def test_one_typist_alone_revokes_no_task(people):
    after_people = after.cast()
    task = after.adopted(after_people)
    assert said(on_paper, task, "revoke_without_order", after_people.clerk, after_people.chair) == [ALONE]
    make.entered_by_two(task, "revoke_without_order", after_people.chair, (after_people.clerk, after_people.head))
    assert task.state == "revoked"


def test_the_decider_himself_needs_no_second_person(people, proposal):
    make.step(proposal, "withdraw", people.signer, reason="Đơn vị tự triển khai")
    assert proposal.state == "withdrawn"


def test_a_draft_is_discarded_from_paper_by_one(people):
    """Nobody waits for it, and it can be written again."""
    draft = make.draft_proposal(people, make.open_call(people))
    on_paper(draft, "withdraw", people.clerk, people.signer)
    assert draft.state == "withdrawn"


def test_what_was_typed_is_taken_as_it_was_typed_and_names_both(people, proposal, waiting):
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    key = uuid4()
    for _ in range(2):
        confirm_entry(proposal, actor=people.officer, key=key)
    event = Event.objects.get(subject_code=proposal.code, step="withdraw")
    assert (event.actor, event.decided_by, event.channel) == (people.officer, people.signer, "paper")
    assert (event.reason, event.effective_on.isoformat()) == ("Bản giấy", waiting.entry["effective_on"])
    assert f'"entered_by":{people.clerk.pk}' in event.payload
    assert waiting.entry["evidence"][0] in event.payload
    proposal.refresh_from_db()
    assert (proposal.state, open_request(proposal)) == ("withdrawn", None)


def test_neither_the_typist_nor_a_stranger_confirms(people, proposal, waiting):
    for stranger in (people.clerk, people.signer, people.chair, user_with(Role.FUND_OFFICER)):
        assert said(confirm_entry, proposal, actor=stranger, key=uuid4()) == [MISLED]
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.update(decided_by=people.clerk, decided_at=waiting.asked_at, granted=True)


def test_a_second_person_refuses_with_a_reason_and_nothing_moves(people, proposal, waiting):
    assert said(refuse_correction, proposal, actor=people.officer, reason=" ") == ["This step needs a reason."]
    assert said(refuse_correction, proposal, actor=people.clerk, reason="x") == [MISLED]
    refuse_correction(proposal, actor=people.officer, reason="Bản quét trắng")
    proposal.refresh_from_db()
    assert (proposal.state, open_request(proposal)) == ("submitted", None)
    assert said(confirm_entry, proposal, actor=people.head, key=uuid4()) == ["Nobody asked for a correction."]


def test_what_changed_meanwhile_is_entered_again(people, proposal, waiting):
    make.screened(people, proposal)
    assert said(confirm_entry, proposal, actor=people.head, key=uuid4()) == [
        "This step is not possible in the present state."
    ]


def test_a_record_that_says_something_else_by_now_is_not_what_was_typed(people, proposal, waiting):
    Proposal.objects.filter(pk=proposal.pk).update(title="Tên khác")
    changed = "This record has changed since you opened the page. Open it again and look before you go on."
    assert said(confirm_entry, proposal, actor=people.officer, key=uuid4()) == [changed]


def test_what_the_door_refuses_is_not_even_kept(people, proposal):
    assert said(make.entered, proposal, "withdraw", people.signer, people.clerk, reason="") == [
        "This step needs a reason."
    ]
    assert said(make.entered, proposal, "withdraw", people.signer, people.clerk, evidence=()) == [
        "Attach the scan or the signed file of what was decided outside the system."
    ]
    assert said(make.entered, proposal, "withdraw", people.chair, people.clerk) == [
        "This step belongs to another role or authority."
    ]
    assert CorrectionRequest.objects.count() == 0


def test_one_request_waits_at_a_record_and_an_entry_is_no_correction(people, proposal, waiting):
    assert said(make.entered, proposal, "withdraw", people.signer, people.officer) == [
        "An entry from paper already waits here for a second person."
    ]
    assert "The head of division has already been asked." in said(
        ask_correction, proposal, actor=people.signer, reason="Nhầm"
    )
    assert "It was asked to confirm an entry from paper." in said(
        correct_step, proposal, actor=people.head, reason="x", key=uuid4()
    )


def test_a_request_to_undo_is_no_entry(people, proposal):
    make.screened(people, proposal)
    ask_correction(proposal, actor=people.officer, reason="Bấm nhầm")
    assert said(confirm_entry, proposal, actor=people.head, key=uuid4()) == [
        "It was asked to correct the record, not to confirm an entry from paper."
    ]


def test_the_notice_names_who_typed_it_and_neither_hand_is_told(people, proposal, waiting):
    confirm_entry(proposal, actor=people.head, key=uuid4())
    notices = Notice.objects.filter(subject_code=proposal.code, tell__startswith="core.in_")
    assert [(one.recipient, one.facts["typist"]) for one in notices] == [(people.signer, people.clerk.full_name)]


# ── On the pages ────────────────────────────────────────────────────────────────────────────────────────────────────


def typed(people):
    facts = {"key": str(uuid4()), "reason": "Rút", "channel": "paper", "decided_by": people.signer.pk}
    return {**facts, "evidence": scan()}


def step_url(proposal):
    return reverse("workflow:step-take", args=["proposal", proposal.code, "withdraw"])


def answer_url(proposal, answer):
    return reverse(f"workflow:correction-{answer}", args=["proposal", proposal.code])


def test_by_the_pages_the_clerk_types_and_the_officer_confirms(people, proposal, client_for):
    clerk, officer = client_for(people.clerk, "en"), client_for(people.officer, "en")
    assert "Nothing moves until a second person" in clerk.get(step_url(proposal)).text
    sent = typed(people)
    assert [clerk.post(step_url(proposal), {**sent, "evidence": scan()}).status_code for _ in range(2)] == [302, 302]
    assert (StoredFile.objects.filter(purpose="evidence").count(), CorrectionRequest.objects.count()) == (1, 1)
    record = officer.get(proposal.get_absolute_url())
    assert "An entry from paper waits for a second person" in record.text
    confirm, refuse = (
        reverse(f"workflow:correction-{one}", args=["proposal", proposal.code]) for one in ("undo", "keep")
    )
    (banner,) = record.context["notes"]
    assert [one.url for one in banner["actions"]] == [confirm, refuse]
    assert (confirm in record.text, refuse in record.text) == (True, True)
    page = officer.get(confirm)
    stored = StoredFile.objects.get(purpose="evidence")
    shown = {str(fact.label): str(fact.value) for fact in page.context["shown"]}
    assert (shown["Step"], shown["Decided by"], shown["Entered by"], shown["Scan or signed file"]) == (
        "Withdraw the proposal",
        people.signer.full_name,
        people.clerk.full_name,
        stored.name,
    )
    form = page.context["form"]
    answer = {"key": str(form["key"].value()), "shown": form["shown"].value()}
    assert officer.post(confirm, answer).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    history = officer.get(proposal.get_absolute_url()).text
    assert f"Entered from paper by {people.clerk.full_name}" in history
    assert f"Confirmed by a second person: {people.officer.full_name}" in history


def test_the_typist_finds_no_button_to_confirm(people, proposal, waiting, client_for):
    clerk, url = client_for(people.clerk, "en"), answer_url(proposal, "undo")
    page = clerk.get(proposal.get_absolute_url())
    assert url not in {one.url for one in [*page.context["actions"], *page.context["more"]]}
    assert clerk.get(url).status_code == 404
    assert client_for(people.signer, "en").get(url).status_code == 404


def test_an_entry_is_refused_on_its_page(people, proposal, waiting, client_for):
    officer, url = (
        client_for(people.officer, "en"),
        answer_url(proposal, "keep"),
    )
    form = officer.get(url).context["form"]
    answer = {"key": str(form["key"].value()), "shown": form["shown"].value(), "reason": "Bản quét trắng"}
    assert officer.post(url, answer).status_code == 302
    assert open_request(proposal) is None


def test_it_is_the_work_of_whoever_may_confirm_it_and_nobody_elses(people, proposal, waiting):
    def asked(user):
        return [(one.code, str(one.kind_label)) for one in answers_of(user)]

    mine = [(proposal.code, "Entry from paper · Proposal")]
    assert [asked(one) for one in (people.officer, people.head)] == [mine, mine]
    assert [asked(one) for one in (people.clerk, people.signer, user_with(Role.FUND_OFFICER))] == [[], [], []]


def test_while_a_correction_is_asked_nothing_is_entered_from_paper(people, proposal):
    ask_data_correction(proposal, actor=people.officer, values={"months": 30}, reason="Ghi nhầm")
    entered = [proposal, "withdraw", people.signer, people.clerk]
    assert said(make.entered, *entered) == ["The head of division has already been asked."]
