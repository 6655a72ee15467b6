"""What becomes of a draft when the world moves on: nobody decides any more, the step is gone, the facts are gone."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.documents import checks
from core.documents.frame import header_of, place_name
from core.documents.kinds import DocumentKind
from core.documents.models import Document
from core.documents.registry import facts
from core.documents.schemas import VARIANTS
from core.documents.services import endorse_document, is_current, prepare_document, refuse_document
from core.documents.titles import signature_lines
from core.people.models import Authority, PlaceKind
from core.people.roles import Act, AuthorityLine, Role
from core.people.services import end_authority
from core.workflow.ruling import StepRefused
from proposals.models import Order
from tests.factories import proposals as make
from tests.factories.documents import call_draft, endorsed_draft
from tests.factories.funds import plan
from tests.factories.people import AuthorityFactory, PlaceFactory, committee, department, two_hands, user_with

MILLION = make.MILLION


def refusals(act, *args, **kwargs):
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)
    return [str(one) for one in caught.value.refusals]


def tell():
    """An order whose host is recommended and appraised, its money in the plan."""
    people = make.cast()
    order = make.invited_order(people, make.open_call(people))
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    plan(1_000 * MILLION)
    return SimpleNamespace(people=people, order=make.appraised_order(people, order, dossier))


@pytest.fixture
def order(story):
    return story.order


@pytest.fixture
def draft(people, order):
    return prepare_document(order, "approve_task", actor=people.officer)


def test_when_nobody_is_competent_no_paper_is_prepared_and_a_draft_is_out_of_date(people, order, draft):
    assert is_current(draft, order)
    for row in Authority.objects.filter(act=Act.TASK_APPROVER):
        end_authority(row, last_day=clock.today() - timedelta(days=1), **two_hands())
    assert not is_current(draft, order)
    silent = "The table of authorities names nobody who decides this."
    assert refusals(prepare_document, order, "approve_task", actor=people.officer) == [silent]
    foreign = refusals(endorse_document, draft, actor=people.chair)
    assert foreign == ["This step belongs to another role or authority."]
    head = header_of(draft, order, signer=None)
    assert head["signer_lines"] == ["CHỦ TỊCH"]


@pytest.mark.parametrize("name", ["document-detail", "document-issue", "document-endorse", "document-pdf"])
def test_the_pages_of_a_draft_open_after_its_step_has_gone(people, order, draft, client_for, name):
    make.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
    who = {"document-issue": people.clerk, "document-endorse": people.chair}.get(name, people.officer)
    answer = client_for(who, "en").get(reverse(f"documents:{name}", args=[draft.code]))
    assert answer.status_code == 200
    if name != "document-pdf":
        html = answer.content.decode()
        told = "The step of this draft is not possible any more: refuse the draft."
        assert (told if name == "document-detail" else "This step is not possible in the present state.") in html


def test_a_paper_whose_step_has_gone_is_neither_agreed_to_nor_issued(people, order, draft, client_for):
    make.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
    gone = "This step is not possible in the present state."
    assert refusals(endorse_document, draft, actor=people.chair) == [gone]
    assert refusals(prepare_document, order, "approve_task", actor=people.officer) == [gone]
    agreed = client_for(people.chair, "en").post(
        reverse("documents:document-endorse", args=[draft.code]), {"key": uuid4()}
    )
    assert gone in agreed.content.decode()
    sent = {"key": uuid4(), "signer": people.chair.pk, "signed_on": clock.today().isoformat(), "number": 7}
    sent["numbered_on"] = sent["signed_on"]
    issued = client_for(people.clerk, "en").post(reverse("documents:document-issue", args=[draft.code]), sent)
    assert (issued.status_code, gone in issued.content.decode()) == (200, True)
    assert (Document.objects.get(pk=draft.pk).status, Order.objects.get(pk=order.pk).state) == ("draft", "no_winner")
    refuse_document(draft, actor=people.chair, reason="Không còn phù hợp")
    assert draft.status == "refused"


def test_a_paper_that_is_no_draft_any_more_is_not_agreed_to_or_refused(people):
    paper = call_draft(people)
    refuse_document(paper, actor=people.director, reason="Sai")
    over = "This paper is no longer a draft."
    assert refusals(endorse_document, paper, actor=people.director) == [over]
    assert refusals(refuse_document, paper, actor=people.director, reason="Lại") == [over]


def test_a_refused_scan_comes_back_with_the_form(people, client_for):
    draft = endorsed_draft(people)
    today = clock.today().isoformat()
    wrong = SimpleUploadedFile("Bản ký.pdf", b"MZ\x90\x00 this is no PDF", content_type="application/pdf")
    sent = {"key": uuid4(), "signer": people.director.pk, "signed_on": today, "scan": wrong}
    answer = client_for(people.clerk, "en").post(reverse("documents:document-issue", args=[draft.code]), sent)
    assert answer.status_code == 200
    assert [str(one) for errors in answer.context["form"].errors.values() for one in errors] == [
        "Only PDF, Word, Excel, PowerPoint (without macros), PNG and JPEG files are taken."
    ]
    assert Document.objects.get(pk=draft.pk).status == "draft"


def test_nobody_prepares_a_paper_for_what_he_may_not_see(people, order, client_for):
    stranger = client_for(make.bidder().signer)
    url = reverse("documents:document-prepare", args=["order", order.code, "approve_task"])
    assert stranger.get(url).status_code == 404


def test_the_place_of_a_paper_is_the_province_of_the_seat(people):
    province = PlaceFactory(name="Tỉnh Bình An")
    commune = PlaceFactory(name="Phường Một", kind=PlaceKind.COMMUNE, parent=province)
    house = department()
    house.place = commune
    assert place_name(house) == "Bình An"
    house.place = None
    assert place_name(house) == ""


def test_the_parent_stands_above_and_the_name_of_the_province_only_once(people):
    province = PlaceFactory(name="Tỉnh Bình An")
    parent, house = committee(), department()
    parent.place = house.place = province
    house.parent = parent
    for one in (parent, house):
        one.save()
    draft = call_draft(people)
    head = header_of(draft, None, signer=None)
    assert (head["parent_name"], head["body_name"]) == (parent.name, "Sở Khoa học và Công nghệ")


def test_who_signs_by_order_of_another_names_whom_he_signs_for(db):
    authority = AuthorityFactory(
        act=Act.TASK_APPROVER, authority_line=AuthorityLine.TUQ, title_line="Giám đốc Sở", body=committee()
    )
    assert signature_lines(committee(), "UBND", authority, None, clock.today()) == ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ"]
    stranger = user_with(Role.CLERK)
    assert signature_lines(committee(), "UBND", authority, stranger, clock.today()) == ["CHỦ TỊCH"]


def test_the_start_fails_for_a_paper_without_facts_or_without_a_letter(monkeypatch):
    assert checks.papers_are_complete() == []
    with monkeypatch.context() as patch:
        patch.delitem(facts.functions, ("call", DocumentKind.CALL_ANNOUNCEMENT))
        assert [error.id for error in checks.papers_are_complete()] == ["documents.E001"]
    monkeypatch.setitem(VARIANTS, "unwritten", dict)
    (missing,) = checks.papers_are_complete()
    assert (missing.id, missing.msg) == ("documents.E002", "letters/unwritten_minutes.html is missing")
