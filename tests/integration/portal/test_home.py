"""My work: steps, ballots, conclusions and drafts, each where it can be done, within its budget."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.documents.services import ask_void, endorse_document, prepare_document
from core.workflow.corrections import ask_correction, refuse_correction
from portal.selectors import answers_of, council_work, drafts_of, work_of
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import ballot_items, head_items
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.documents import issued_call

DASHBOARD = 15
K = CouncilKind.IDENTIFICATION


@pytest.fixture
def people(db, morning):
    return make.cast()


@pytest.fixture
def proposal(people):
    return before.screened_proposal(people, before.open_call(people))


def addresses(work):
    return [one.url for one in work]


def test_a_member_finds_the_ballots_that_he_has_not_cast(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    member = seats_of(council)[4].user
    item = ballot_items(council)[0]
    ballot = reverse("reviews:ballot-cast", args=[item.code])
    assert addresses(council_work(member)) == [ballot]
    assert ballot in client_for(member).get("/").text
    services.cast_ballot(item, make.vote(), actor=member)
    assert council_work(member) == []


def test_the_secretary_finds_the_conclusions_that_nobody_has_written(people, proposal):
    council = make.counted(people, K, [proposal])
    assert addresses(council_work(people.secretary)) == [council.get_absolute_url()]
    assert council_work(people.officer) == []
    for item in head_items(council):
        services.write_conclusion(item, actor=people.secretary, conclusion="Thống nhất", remarks="")
    assert council_work(people.secretary) == []


def test_an_author_finds_his_draft_and_the_signer_finds_it_among_his_steps(people):
    draft = before.draft_proposal(people, before.open_call(people))
    assert [one.code for one in drafts_of(people.applicant)] == [draft.code]
    assert work_of(people.applicant).total == 0
    assert drafts_of(people.signer) == []
    assert [one.code for one in work_of(people.signer).page.object_list] == [draft.code]


def test_what_a_host_drafts_is_not_the_draft_of_the_officer_who_may_enter_it(people):
    before.draft_proposal(people, before.open_call(people))
    call = before.draft_call(people)
    assert [one.code for one in drafts_of(people.officer)] == [call.code]


def test_what_waits_is_shown_page_by_page_and_counted_over_all(people, proposal, morning, settings, client_for):
    settings.ROWS_PER_PAGE = 1
    before.submitted_proposal(people, before.open_call(people))
    assert work_of(people.officer).late == 0
    with clock.moved_to(morning + timedelta(days=120)):
        first, second = (work_of(people.officer, page) for page in (1, 2))
        # Two calls that nobody closed, and a proposal that nobody screened.
        assert (first.late, first.total, second.late) == (3, 3, 3)
        codes = [[one.code for one in work.page.object_list] for work in (first, second)]
        assert codes[0] != codes[1]
        assert [len(one) for one in codes] == [1, 1]
        assert codes[1][0] in client_for(people.officer).get("/?page=2").text


def test_the_page_stays_within_its_budget(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    before.draft_proposal(people, before.open_call(people))
    for reader in (people.officer, people.chair, people.applicant, seats_of(council)[4].user):
        client = client_for(reader)
        client.get("/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/").status_code == 200
        assert len(queries) <= DASHBOARD, reader


def test_the_head_finds_what_was_asked_of_him(people, client_for):
    proposal = before.submitted_proposal(people, before.open_call(people))
    before.step(proposal, "return_for_completion", people.officer, reason="Nhầm")
    ask_correction(proposal, actor=people.officer, reason="Bấm nhầm")
    asked = [(one.code, one.url) for one in answers_of(people.head)]
    assert asked == [(proposal.code, proposal.get_absolute_url())]
    assert answers_of(people.officer) == []
    client = client_for(people.head)
    client.get(reverse("portal:home"))
    with CaptureQueriesContext(connection) as asked_of_the_database:
        page = client.get(reverse("portal:home")).content.decode()
    assert len(asked_of_the_database) <= DASHBOARD
    assert "Chờ tôi trả lời" in page
    refuse_correction(proposal, actor=people.head, reason="Giữ nguyên")
    assert answers_of(people.head) == []


def test_two_records_due_on_one_day_are_two(people):
    call = before.open_call(people)
    made = [before.submitted_proposal(people, call, title=f"Nghiên cứu giống lúa {number}") for number in (1, 2)]
    assert made[0].due_on == made[1].due_on
    work = work_of(people.officer)
    assert work.counts["proposal"] == 2
    assert {one.code for one in work.page.object_list} >= {one.code for one in made}


WAITS = "Agreed, waits for its number"


def test_an_agreed_paper_has_one_word_everywhere_and_is_held_by_the_clerk(people, client_for):
    call = before.draft_call(people, title="đợt đề xuất")
    draft = prepare_document(call, "announce", actor=people.officer)
    director, clerk = client_for(people.director, "en"), client_for(people.clerk, "en")
    assert [one.code for one in work_of(people.director).page.object_list] == [call.code]
    endorse_document(draft, actor=people.director)
    assert work_of(people.director).total == 0
    record = director.get(call.get_absolute_url())
    assert record.context["due"].holder == "Clerk"
    labels = [str(one.label) for one in record.context["actions"]]
    assert f"{WAITS}: {call.row('announce').label}" in labels
    for page in (record, director.get(draft.get_absolute_url()), clerk.get("/"), clerk.get("/documents/")):
        assert WAITS in page.text


def test_the_clerk_finds_the_papers_first_and_counted(people, client_for):
    """Their titles begin with a capital, as on their own pages."""
    call = before.draft_call(people)
    draft = endorse_document(prepare_document(call, "announce", actor=people.officer), actor=people.director)
    page = client_for(people.clerk, "en").get("/")
    first = page.context["panels"][0]
    assert (str(first.title), [one.title for one in first.context["documents"]]) == (
        "Papers that wait for me",
        [draft.heading],
    )
    figure = page.context["figures"][0]
    assert (str(figure.label), figure.value) == ("Papers that wait for me", 1)


def test_the_second_person_finds_the_request_to_declare_a_paper_void(people, client_for):
    paper = issued_call(people)
    ask_void(paper, actor=people.clerk, reason="Sai tên")
    (line,) = client_for(people.head, "en").get("/").context["panels"][0].context["documents"]
    assert (line.url, str(line.status.label)) == (paper.get_absolute_url(), "To answer")
