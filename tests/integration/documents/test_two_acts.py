"""A draft goes round without a number; when it is signed the clerk numbers it and the step is taken."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.audit.models import Event
from core.documents.models import Document
from core.documents.selectors import void_requests_awaiting
from core.documents.services import (
    DraftOutdated,
    ask_void,
    endorse_document,
    issue_document,
    keep_document,
    prepare_document,
    refuse_document,
    void_document,
)
from core.files.models import StoredFile
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step
from proposals import services
from proposals.models import Call
from tests.factories.documents import call_draft, endorsed_draft, issued, issued_call, scan
from tests.factories.people import user_with
from tests.factories.proposals import draft_call


def refusals(act, *args, **kwargs):
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)
    return [str(one) for one in caught.value.refusals]


def test_a_draft_has_no_number_and_leaves_the_state(people):
    draft = call_draft(people)
    assert (draft.status, draft.number, draft.symbol, draft.prepared_by) == ("draft", None, "", people.officer)
    assert draft.facts["plan_year"] == 2027
    assert draft.context["bases"][0].startswith("Căn cứ Luật ")
    assert Call.objects.get().state == "draft"


def test_preparing_twice_gives_one_draft(people):
    call = draft_call(people)
    first, second = (prepare_document(call, "announce", actor=people.officer) for _ in range(2))
    assert first == second
    assert Event.objects.filter(kind="document.prepared").count() == 1


def test_preparing_collects_every_refusal(people):
    call = draft_call(people, address="", contact="")
    assert refusals(prepare_document, call, "announce", actor=people.clerk) == [
        "The paper is not prepared yet: an officer or secretary prepares it, then it waits on your first page.",
        "Still missing: Address for paper files; Contact.",
    ]


def test_a_step_without_a_signed_paper_has_no_draft(people):
    call = draft_call(people)
    assert refusals(prepare_document, call, "cancel", actor=people.officer) == [
        "This step issues no paper that has to be signed first."
    ]
    assert len(refusals(prepare_document, call, "close", actor=people.officer)) == 1


def test_who_decides_the_step_may_agree_and_nobody_else(people):
    draft = call_draft(people)
    assert refusals(endorse_document, draft, actor=people.officer) == [
        "This step belongs to another role or authority."
    ]
    endorse_document(draft, actor=people.director)
    assert (draft.endorsed_by, draft.endorsed_at) == (people.director, clock.now())


def test_issuing_numbers_the_paper_and_takes_the_step(people):
    paper = issued_call(people)
    call, event = Call.objects.get(), Event.objects.get(step="announce")
    assert (paper.status, paper.number, paper.symbol, paper.year) == ("numbered", 1, "01/TB-SKHCN", 2026)
    assert (paper.numbered_on, paper.numbered_by, paper.signer) == (clock.today(), people.clerk, people.director)
    assert call.state == "open"
    assert (event.uuid, event.actor, event.decided_by) == (paper.event_uuid, people.clerk, people.director)
    assert (event.channel, event.effective_on) == ("in_system", clock.today())


def test_a_replayed_form_acts_once(people):
    draft, key = endorsed_draft(people), uuid4()
    first = issued(people, draft, key=key)
    second = issued(people, draft, key=key)
    assert (first.symbol, second.symbol) == ("01/TB-SKHCN", "01/TB-SKHCN")
    assert Event.objects.filter(kind="step").count() == 1


def test_another_form_finds_the_paper_issued(people):
    draft = endorsed_draft(people)
    issued(people, draft)
    assert "This paper is no longer a draft." in refusals(issued, people, draft)


def test_a_signature_on_paper_needs_its_scan(people):
    draft = call_draft(people)
    assert refusals(issued, people, draft) == ["Attach the scan of the signed paper: the signer did not agree here."]
    paper = issued(people, draft, scan=scan())
    stored = StoredFile.objects.get()
    assert (paper.channel, stored.is_internal, stored.purpose) == ("paper", True, f"document:{paper.code}")
    assert Event.objects.get(step="announce").payload.count(stored.code) == 1


def test_the_signer_must_be_who_agreed(people):
    other = user_with(Role.DEPARTMENT_DIRECTOR)
    assert refusals(issued, people, endorsed_draft(people), signer=other) == [
        "Somebody else agreed to this draft: the signer must be the same person."
    ]


def test_a_signer_who_may_not_decide_is_refused_by_the_step(people):
    found = refusals(issued, people, call_draft(people), signer=people.head, scan=scan())
    assert found == ["This step belongs to another role or authority."]
    assert Document.objects.get().number is None


def test_only_a_clerk_gives_numbers(people):
    draft = endorsed_draft(people)
    given = {"signer": people.director, "signed_on": clock.today(), "key": uuid4()}
    assert refusals(issue_document, draft, actor=people.officer, **given) == ["Only a clerk gives number and date."]


def test_a_paper_is_not_numbered_before_it_is_signed(people):
    tomorrow = clock.today() + timedelta(days=1)
    assert refusals(issued, people, endorsed_draft(people), signed_on=tomorrow) == [
        "The paper cannot be numbered before it is signed."
    ]


def test_a_paper_that_is_older_than_its_draft_asks_for_a_reason(people):
    draft, earlier = endorsed_draft(people), clock.today() - timedelta(days=2)
    doubt = (
        f"Signed on {earlier:%d/%m/%Y}, but drafted here on {clock.today():%d/%m/%Y}: compare the paper, and say why."
    )
    asked = [doubt, "Give a reason when it is right as it stands."]
    assert refusals(issued, people, draft, signed_on=earlier, scan=scan()) == asked
    assert issued(people, draft, signed_on=earlier, scan=scan(), reason="Nhập lại bản đã ký").signed_on == earlier


def test_an_outdated_draft_is_refused_and_names_what_changed(people):
    draft = endorsed_draft(people)
    call = Call.objects.get()
    services.edit_call(call, actor=people.officer, facts={"contact": "Ông Hà Văn Tùng"})
    with pytest.raises(DraftOutdated) as caught:
        issued(people, draft)
    assert caught.value.keys == ("contact",)
    assert (Call.objects.get().state, Document.objects.get().number) == ("draft", None)


def test_preparing_again_brings_the_draft_up_to_date_and_drops_the_agreement(people):
    draft = endorsed_draft(people)
    services.edit_call(Call.objects.get(), actor=people.officer, facts={"contact": "Ông Hà Văn Tùng"})
    again = prepare_document(Call.objects.get(), "announce", actor=people.officer)
    assert (again, again.facts["contact"], again.endorsed_by) == (draft, "Ông Hà Văn Tùng", None)


def test_a_refused_draft_stays_and_a_new_one_may_be_prepared(people):
    draft = call_draft(people)
    refuse_document(draft, actor=people.director, reason="Bổ sung định hướng")
    assert (draft.status, draft.reason, draft.refused_by) == ("refused", "Bổ sung định hướng", people.director)
    assert refusals(issued, people, draft)[0] == "This paper is no longer a draft."
    assert prepare_document(Call.objects.get(), "announce", actor=people.officer) != draft


def test_refusing_needs_a_reason_and_a_right(people):
    draft = call_draft(people)
    assert refusals(refuse_document, draft, actor=people.director, reason=" ") == ["This step needs a reason."]
    assert refusals(refuse_document, draft, actor=people.clerk, reason="x") == ["Your roles do not include this."]


def test_the_step_cannot_be_taken_without_its_paper(people):
    call = draft_call(people)
    assert refusals(take_step, call, "announce", actor=people.director, key=uuid4()) == [
        "Prepare the draft paper first: this step is taken when it is issued."
    ]
    assert Call.objects.get().state == "draft"


def test_a_paper_of_another_record_is_refused(people):
    draft, other = endorsed_draft(people), draft_call(people)
    draft.signer, draft.signed_on = people.director, clock.today()
    assert refusals(take_step, other, "announce", actor=people.director, key=uuid4(), document=draft) == [
        "This paper belongs to another step."
    ]


def test_a_void_paper_keeps_its_number_and_the_step_stays(people):
    paper = issued_call(people)
    ask_void(paper, actor=people.clerk, reason="Sai tên đợt")
    void_document(paper, actor=people.head)
    assert (paper.status, paper.symbol, paper.voided_by) == ("void", "01/TB-SKHCN", people.head)
    assert paper.reason == "Sai tên đợt"
    assert Call.objects.get().state == "open"
    assert issued_call(people, title="Đợt khác").symbol == "02/TB-SKHCN"
    assert refusals(ask_void, paper, actor=people.clerk, reason="x") == ["Only an issued paper can be declared void."]


def test_nobody_declares_a_paper_void_alone(people):
    """Clerk and head may ask; the head or the signer answers, never who asked."""
    paper = issued_call(people)
    assert refusals(void_document, paper, actor=people.head) == ["Nobody has asked to declare this paper void."]
    assert refusals(ask_void, paper, actor=people.officer, reason="x") == ["Your roles do not include this."]
    assert refusals(ask_void, paper, actor=people.clerk, reason=" ") == ["This step needs a reason."]
    ask_void(paper, actor=people.head, reason="Sai tên đợt")
    assert refusals(ask_void, paper, actor=people.clerk, reason="x") == [
        "Somebody has asked already to declare this paper void."
    ]
    assert refusals(void_document, paper, actor=people.head) == [
        "A second person must answer: you asked to declare this paper void."
    ]
    assert refusals(void_document, paper, actor=people.clerk) == [
        "The head of division or the signer answers this request."
    ]
    assert [list(void_requests_awaiting(user)) for user in (people.head, people.clerk, people.director)] == [
        [],
        [],
        [paper],
    ]
    assert void_document(paper, actor=people.director).status == "void"


def test_a_paper_that_is_kept_may_be_asked_for_again(people):
    paper = issued_call(people)
    for _turn in range(2):
        ask_void(paper, actor=people.clerk, reason="Sai tên đợt")
        assert refusals(keep_document, paper, actor=people.head, reason="") == ["This step needs a reason."]
        keep_document(paper, actor=people.head, reason="Đúng rồi")
    paper.refresh_from_db()
    assert paper.status == "numbered"
