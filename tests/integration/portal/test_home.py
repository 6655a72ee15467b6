"""My work: steps, ballots, conclusions and drafts, each where it can be done, within its budget."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from core import clock
from core.documents.services import ask_void, endorse_document, prepare_document
from core.notifications.models import Notice
from core.people.roles import Role
from core.ui.formatting import code_html
from core.workflow.ruling import StepRefused
from core.workflow.waiting import Stage
from portal.selectors import (
    answers_of,
    ballots_of,
    conclusions_of,
    declarations_of,
    drafts_of,
    duties,
    open_calls,
    page_of,
    work_of,
)
from proposals import services as services_before
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import ballot_items, head_items
from reviews.selectors.seats import seats_of
from tests.factories import funds as money
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories import tasks
from tests.factories.documents import issued_call
from tests.factories.people import user_with

DASHBOARD = 15
K = CouncilKind.IDENTIFICATION


def tell():
    return SimpleNamespace(people=make.cast())


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
    (waiting,) = ballots_of(member)
    assert (waiting.url, waiting.code, waiting.due_on) == (ballot, item.subject.code, council.sitting_day)
    page = client_for(member, "en").get("/")
    assert titles(page) == ["Ballots to cast"]
    assert [(str(one.label), one.value) for one in page.context["figures"]] == [("Ballots to cast", 1), ("Overdue", 0)]
    services.cast_ballot(item, make.vote(), actor=member)
    assert ballots_of(member) == []


def test_a_member_says_whether_he_has_a_conflict_once_the_sitting_is_announced(people, proposal, client_for):
    established = make.established(people, K, [before.screened_proposal(people, proposal.call)])
    assert declarations_of(seats_of(established)[4].user) == []
    council = make.convened(people, K, [proposal])
    seat = seats_of(council)[4]
    (asked,) = declarations_of(seat.user)
    client = client_for(seat.user, "en")
    assert (asked.code, asked.url) == (council.code, reverse("reviews:seat-declare", args=[seat.code]))
    assert titles(client.get("/"))[0] == "Conflict of interest to declare"
    assert asked.url in client.get(council.get_absolute_url()).text
    assert client.post(asked.url, {"key": uuid4(), "conflict": "relative"}).context["form"].errors == {
        "words": ["Say what the conflict is."]
    }
    assert client.post(asked.url, {"key": uuid4(), "conflict": "none"}).status_code == 302
    assert declarations_of(seat.user) == []
    seat.refresh_from_db()
    assert (seat.declared, seat.declared_at) == ("", clock.now())


def test_the_secretary_finds_the_conclusions_that_nobody_has_written(people, proposal):
    council = make.counted(people, K, [proposal])
    assert addresses(conclusions_of(people.secretary)) == [council.get_absolute_url()]
    assert conclusions_of(people.officer) == []
    assert rows(people.secretary, Stage.PREPARE) == [(council.code, "waits for the written conclusions")]
    presiding = seats_of(council)[0].user
    assert rows(presiding, Stage.LATER) == [(council.code, "waits for the written conclusions")]
    for item in head_items(council):
        services.write_conclusion(item, actor=people.secretary, conclusion="Thống nhất", remarks="")
    assert conclusions_of(people.secretary) == []
    assert rows(presiding, Stage.DECIDE) == [(council.code, "")]


def test_an_author_finds_his_draft_and_the_signer_finds_it_among_his_steps(people):
    draft = before.draft_proposal(people, before.open_call(people))
    assert [(one.code, one.is_mine, one.due_on) for one in drafts_of(people.applicant)] == [
        (draft.code, True, clock.local(draft.call.closes_at).date())
    ]
    assert work_of(people.applicant).codes == set()
    assert drafts_of(people.signer) == []
    assert rows(people.signer, Stage.LATER) == [(draft.code, "waits for the author to hand it over")]
    before.step(draft, "hand_over", people.applicant)
    assert rows(people.signer, Stage.DECIDE) == [(draft.code, "")]
    assert Notice.objects.filter(recipient=people.signer, subject_code=draft.code).count() == 1


def test_what_came_back_is_among_the_drafts_of_its_author(people):
    returned = before.submitted_proposal(people, before.open_call(people))
    assert drafts_of(people.applicant) == []
    before.step(returned, "return_for_completion", people.officer, reason="Thiếu")
    assert [(one.code, one.due_on) for one in drafts_of(people.applicant)] == [(returned.code, returned.due_on)]
    assert rows(people.signer, Stage.LATER) == [(returned.code, "waits for the author to hand it over")]
    before.step(returned, "hand_over", people.applicant)
    assert rows(people.signer, Stage.DECIDE) == [(returned.code, "")]


def test_a_late_draft_is_counted_among_what_is_overdue_and_found_there(people, client_for):
    returned = before.submitted_proposal(people, before.open_call(people))
    before.step(returned, "return_for_completion", people.officer, reason="Thiếu")
    author = client_for(people.applicant, "en")
    assert counted(author.get("/"))["Overdue"] == (0, "")
    with clock.moved_to(clock.now() + timedelta(days=60)):
        assert counted(author.get("/"))["Overdue"] == (1, "?show=late")
        page = author.get("/?show=late")
        assert returned.code in page.text
        assert str(returned.state_label) in page.text


def test_the_clerk_finds_every_draft_that_she_may_number(people, client_for):
    call = before.draft_call(people)
    clerk = client_for(people.clerk, "en")
    names = {"Drafts to number": "agreed", "Drafts nobody agreed to yet": "draft"}

    def found(client):
        return {names[label]: value for label, value in counted(client.get("/")).items() if label in names}

    def address(status):
        return f"{reverse('documents:document-list')}?status={status}"

    assert found(clerk) == {}
    draft = prepare_document(call, "announce", actor=people.officer)
    with CaptureQueriesContext(connection) as asked:
        assert found(clerk) == {"draft": (1, address("draft"))}
    assert len(asked) <= DASHBOARD
    assert listed_papers(clerk) == [1, 0]
    endorse_document(draft, actor=people.director)
    assert found(clerk) == {"agreed": (1, address("agreed"))}
    assert listed_papers(clerk) == [0, 1]
    assert found(client_for(people.officer, "en")) == {}


def listed_papers(clerk):
    """How many papers the list of drafts and that of agreed drafts show."""
    pages = (clerk.get(f"{reverse('documents:document-list')}?status={status}") for status in ("draft", "agreed"))
    return [page.context["page"].paginator.count for page in pages]


def counted(page):
    """The figures of the first page: how many, and where they lead."""
    return {str(one.label): (one.value, one.url) for one in page.context["figures"]}


def test_what_a_signer_writes_himself_waits_for_him_at_once(people):
    own = services_before.create_proposal(
        actor=people.signer,
        organisation=people.university,
        call=before.open_call(people),
        facts={"title": "Nghiên cứu"},
        key=uuid4(),
    )
    assert rows(people.signer, Stage.DECIDE) == [(own.code, "")]


def test_an_author_discards_a_draft_that_was_never_sent(people):
    call = before.open_call(people)
    draft, sent = before.draft_proposal(people, call), before.submitted_proposal(people, call)
    before.step(draft, "withdraw", people.applicant)
    assert draft.state == "withdrawn"
    with pytest.raises(StepRefused):
        before.step(sent, "withdraw", people.applicant, reason="Nhầm")


def test_a_colleague_s_draft_is_not_called_one_s_own(people, client_for):
    draft = before.draft_proposal(people, before.open_call(people))
    colleague = user_with(Role.APPLICANT, people.university)
    assert [(one.code, one.is_mine, one.author) for one in drafts_of(colleague)] == [
        (draft.code, False, people.applicant.full_name)
    ]
    page = client_for(colleague, "en").get("/")
    assert titles(page) == ["Drafts of my organisation", "Open calls"]
    assert people.applicant.full_name in page.text


def test_a_colleague_s_request_that_names_no_author_is_not_called_one_s_own(people):
    task = tasks.running(people)
    asked = tasks.extension(people, task, 3)
    colleague = user_with(Role.APPLICANT, people.university)
    found = [(one.code, one.is_mine, one.author) for one in drafts_of(people.applicant)]
    assert found == [(asked.code, True, people.applicant.full_name)]
    assert [(one.code, one.is_mine, one.author) for one in drafts_of(colleague)] == [
        (asked.code, False, people.applicant.full_name)
    ]


def test_a_council_that_somebody_else_drafted_is_not_called_one_s_own(people, proposal):
    council = make.draft(people, K, [proposal])
    drafted = (council.code, people.officer.full_name)
    assert [(one.code, one.author) for one in drafts_of(people.second) if not one.is_mine] == [drafted]
    assert [one.code for one in drafts_of(people.second) if one.is_mine] == []


def test_an_applicant_finds_the_open_calls_until_they_close(people, client_for):
    call = before.open_call(people)
    assert [one.code for one in open_calls(people.applicant)] == [call.code]
    assert open_calls(people.officer) == []
    with clock.moved_to(call.closes_at):
        assert open_calls(people.applicant) == []


def test_what_a_host_drafts_is_not_the_draft_of_the_officer_who_may_enter_it(people):
    before.draft_proposal(people, before.open_call(people))
    call = before.draft_call(people)
    assert drafts_of(people.officer) == []
    assert rows(people.officer, Stage.PREPARE) == [(call.code, "waits for the draft: Announce the call")]


def test_what_waits_is_shown_page_by_page_and_counted_over_all(people, proposal, morning, settings, client_for):
    settings.ROWS_PER_PAGE = 1
    before.submitted_proposal(people, before.open_call(people))
    assert work_of(people.officer).late == []
    with clock.moved_to(morning + timedelta(days=120)):
        work = work_of(people.officer)
        # Two calls that nobody closed, a proposal that nobody screened, one that no council was set up for.
        assert (len(work.late), len(work.of(Stage.DECIDE)), len(work.of(Stage.PREPARE))) == (4, 3, 1)
        first, second = (page_of(work.of(Stage.DECIDE), number).object_list for number in (1, 2))
        assert first[0].code != second[0].code
        assert [len(first), len(second)] == [1, 1]
        page = client_for(people.officer).get(f"/?show={Stage.DECIDE}&page=2")
        assert [row[0].html for row in page.context["panels"][0].context["table"].rows] == [code_link(second[0])]


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


def test_two_records_due_on_one_day_are_two(people):
    call = before.open_call(people)
    made = [before.submitted_proposal(people, call, title=f"Nghiên cứu giống lúa {number}") for number in (1, 2)]
    assert made[0].due_on == made[1].due_on
    found = [fact.code for fact in work_of(people.officer).of(Stage.DECIDE) if fact.kind == "proposal"]
    assert sorted(found) == sorted(one.code for one in made)


def test_a_step_waits_first_for_whoever_drafts_its_paper(people, client_for):
    call = before.draft_call(people)
    missing = "waits for the draft: Announce the call"
    assert rows(people.officer, Stage.PREPARE) == [(call.code, missing)]
    assert rows(people.director, Stage.LATER) == [(call.code, missing)]
    draft = prepare_document(call, "announce", actor=people.officer)
    assert rows(people.officer, Stage.PREPARE) == []
    assert rows(people.director, Stage.DECIDE) == [(call.code, "")]
    endorse_document(draft, actor=people.director)
    assert rows(people.director, Stage.LATER) == [(call.code, "waits for number and date: Announce the call")]


def test_a_screened_proposal_waits_for_whoever_sets_up_councils(people, proposal, client_for):
    assert rows(people.officer, Stage.PREPARE) == [(proposal.code, "waits for a council")]
    client = client_for(people.officer, "en")
    (place,) = [one.place for one in duties(work_of(people.officer).of(Stage.PREPARE))[0]]
    assert place in client.get("/").text.replace("&amp;", "&")
    form = client.get(place).context["form"]
    assert form.initial["items"] == [proposal.code]


def test_what_needs_nothing_now_is_folded_under_later(people, client_for):
    call = before.open_call(people)
    assert rows(people.officer, Stage.LATER) == [(call.code, "not to be done yet: Close the call")]
    page = client_for(people.officer, "en").get("/")
    assert titles(page) == ["Later"]
    with clock.moved_to(call.closes_at):
        assert rows(people.officer, Stage.DECIDE) == [(call.code, "")]


def test_whoever_has_nothing_to_do_finds_where_to_go(people, client_for):
    page = client_for(user_with(Role.SYSTEM_ADMINISTRATOR), "en").get("/")
    assert titles(page) == ["Nothing waits for you."]
    for name in ("person-list", "organisation-list", "authority-list"):
        assert reverse(f"people:{name}") in page.text


def titles(page):
    return [str(panel.title) for panel in page.context["panels"]]


def rows(user, stage):
    """(code, what is missing) of one part of somebody's work, in English."""
    with translation.override("en"):
        return [(one.code, one.missing) for one in duties(work_of(user).of(stage))[0]]


def code_link(duty):
    return f'<a href="{duty.get_absolute_url()}">{code_html(duty.code)}</a>'


def test_the_second_person_finds_plans_and_estimates_to_answer(db, morning, client_for):
    who = money.house()
    plan = money.entered_plan(1_000_000, actor=who.accountant)
    asked = [(one.code, one.heading, one.url) for one in answers_of(who.director)]
    assert asked == [(plan.code, "01/QĐ-UBND · Giao kế hoạch", reverse("funds:plan-answer", args=[plan.code]))]
    assert (answers_of(who.accountant), answers_of(who.fund_officer)) == ([], [])
    client = client_for(who.director)
    client.get(reverse("portal:home"))
    with CaptureQueriesContext(connection) as asked_of_the_database:
        page = client.get(reverse("portal:home")).content.decode()
    assert (len(asked_of_the_database) <= DASHBOARD, "01/QĐ-UBND" in page) == (True, True)
    money.services.answer_year_plan(plan, actor=who.director, agrees=True)
    assert answers_of(who.director) == []


WAITS = "Agreed, waits for its number"


def test_an_agreed_paper_has_one_word_everywhere_and_is_held_by_the_clerk(people, client_for):
    call = before.draft_call(people, title="đợt đề xuất")
    draft = prepare_document(call, "announce", actor=people.officer)
    endorse_document(draft, actor=people.director)
    director, clerk = client_for(people.director, "en"), client_for(people.clerk, "en")
    record = director.get(call.get_absolute_url())
    assert str(record.context["due"].holder) == "Clerk"
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


@pytest.mark.parametrize(("role", "told"), [(Role.SYSTEM_ADMINISTRATOR, 1), (Role.OFFICER, 0)])
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_administrator_reads_that_the_days_off_of_the_year_ahead_are_missing(
    db, morning, language, client_for, role, told
):
    user = user_with(role)
    for day, expected in ((morning, 0), (morning + timedelta(days=270), told)):
        with clock.moved_to(day):
            page = client_for(user, language).get(reverse("portal:home")).content.decode()
        assert page.count("The exchanged days off of 2027 are missing") == expected
