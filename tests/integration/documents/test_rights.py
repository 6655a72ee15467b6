"""Whoever sees the record sees its issued papers; drafts stay inside; files follow the right to read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.documents.selectors import documents_awaiting, documents_of
from core.documents.services import endorse_document
from core.files.models import StoredFile
from core.files.services import store_upload
from core.jobs.service import run_due_jobs
from core.people.models import User
from core.people.policy import can, visible_to
from core.people.roles import INTERNAL, Role
from proposals.models import Call
from proposals.services import record_opening
from proposals.services.openings import Finding
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from tests.factories import reviews
from tests.factories.documents import call_draft, endorsed_draft, issued, issued_call, scan
from tests.factories.people import user_with
from tests.factories.proposals import (
    bidder,
    called_order,
    occasion,
    open_call,
    open_dossiers,
    screened_proposal,
    submitted_dossier,
    submitted_proposal,
)

OK, HIDDEN = 200, 404


def seen_by(user):
    return set(visible_to(user, Document).values_list("kind", flat=True))


def test_a_draft_stays_inside_the_administration(people):
    draft = call_draft(people)
    assert {can(user, "view", draft).allowed for user in (people.officer, people.director, people.clerk)} == {True}
    assert {can(user, "view", draft).allowed for user in (people.applicant, people.signer)} == {False}


def test_an_announced_call_shows_its_paper_to_applicants(people):
    paper = issued_call(people)
    assert can(people.applicant, "view", paper).allowed
    assert list(documents_of(Call.objects.get(), people.applicant)) == [paper]


def test_a_receipt_is_seen_by_its_own_organisation_only(people):
    submitted_proposal(people, open_call(people))
    assert seen_by(people.signer) == {"call_announcement", "proposal_receipt"}
    assert seen_by(user_with(Role.APPLICANT)) == {"call_announcement"}


def test_deactivated_people_see_nothing(people):
    issued_call(people)
    people.officer.is_active = False
    people.officer.save(update_fields=["is_active"])
    assert seen_by(people.officer) == set()


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("endorse", {"director"}),
        ("refuse", {"director", "officer", "head"}),
        ("issue", {"clerk"}),
        ("ask_void", {"clerk", "head"}),
        ("void", {"head"}),
    ],
)
def test_who_may_do_what_with_a_paper(people, action, allowed):
    draft = call_draft(people)
    cast = ("director", "officer", "head", "clerk", "chair", "applicant", "signer")
    assert {name for name in cast if can(getattr(people, name), action, draft)} == allowed


def waited_for(people):
    names = ("director", "clerk", "officer", "chair")
    return {name for name in names if documents_awaiting(getattr(people, name)).exists()}


def test_the_draft_waits_for_the_director_then_for_the_clerk(people):
    draft = call_draft(people)
    assert waited_for(people) == {"director"}
    endorse_document(draft, actor=people.director)
    assert waited_for(people) == {"clerk"}
    issued(people, draft)
    assert waited_for(people) == set()


def test_the_scan_of_a_signed_paper_stays_inside(people):
    issued(people, call_draft(people), scan=scan())
    assert visible_to(people.officer, StoredFile).count() == 1
    assert visible_to(people.applicant, StoredFile).count() == 0


def test_files_of_a_sealed_dossier_are_read_by_its_host_only(people):
    order = called_order(people, open_call(people))
    dossier = submitted_dossier(people, order)
    file = store_upload(scan("Thuyết minh.pdf"), actor=people.applicant, subject=dossier, purpose="narrative")
    assert can(people.applicant, "view", file).allowed
    assert not can(people.officer, "view", file)
    with clock.moved_to(clock.now() + timedelta(days=61)):
        assert not can(people.officer, "view", file)
        found = {dossier.code: Finding(valid=True)}
        record_opening(order, actor=people.officer, occasion=occasion(people), findings=found)
        assert can(people.officer, "view", file).allowed


def test_the_minutes_of_an_opening_are_read_by_the_hosts_and_the_administration_only(people, client_for):
    order = called_order(people, open_call(people))
    rival, stranger = bidder(), bidder()
    for host in (people, rival):
        submitted_dossier(host, order)
    with clock.moved_to(order.selection_call.closes_at + timedelta(days=1)):
        run_due_jobs()
        open_dossiers(people, order)
        paper = Document.objects.get(kind="opening_minutes")
        assert can(stranger.applicant, "view", order).allowed
        for user, status in (
            (people.officer, OK),
            (people.signer, OK),
            (rival.applicant, OK),
            (stranger.applicant, HIDDEN),
            (stranger.signer, HIDDEN),
            (user_with(Role.COUNCIL_MEMBER), HIDDEN),
        ):
            client = client_for(user)
            pages = [reverse(f"documents:document-{name}", args=[paper.code]) for name in ("detail", "pdf")]
            answers = [client.get(page) for page in pages]
            assert [answer.status_code for answer in answers] == [status] * 2
            if status == OK:
                assert answers[1].getvalue().startswith(b"%PDF-")
            listed = client.get(reverse("documents:document-list")).content.decode()
            assert (paper.code in listed, "opening_minutes" in seen_by(user)) == (status == OK,) * 2


def test_an_endorsed_draft_is_seen_as_before(people):
    assert seen_by(people.applicant) == set()
    endorsed_draft(people)
    assert seen_by(people.applicant) == set()
    assert seen_by(people.chair) == {"call_announcement"}


@pytest.mark.parametrize("name", ["officer", "clerk", "director", "chair", "applicant"])
def test_what_waits_is_found_in_few_queries(people, name, django_assert_max_num_queries):
    call_draft(people)
    user = User.objects.get(pk=getattr(people, name).pk)
    with django_assert_max_num_queries(8):
        list(documents_awaiting(user))


@pytest.mark.django_db
@pytest.mark.usefixtures("morning")
def test_who_may_not_see_the_record_sees_no_paper_of_it():
    board = reviews.cast()
    proposal = screened_proposal(board, open_call(board))
    council = reviews.established(board, CouncilKind.IDENTIFICATION, [proposal])
    inside = {str(role): user_with(role) for role in sorted(INTERNAL)}
    blind = {name for name, user in inside.items() if not visible_to(user, Council).filter(pk=council.pk).exists()}
    unseen = {name for name, user in inside.items() if "council_decision" not in seen_by(user)}
    assert blind == unseen == {"inspector", "system_administrator"}
