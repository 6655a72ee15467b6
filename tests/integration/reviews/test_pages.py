"""The pages of a council, each as the right person: a sitting led wholly in the browser's forms."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core.documents.services import prepare_document
from core.people.roles import Role
from proposals.models import Proposal
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Council, Seat, VoteBallot
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.browsing import fill_in, was_shown
from tests.factories.people import ExpertFactory, user_with

K = CouncilKind.IDENTIFICATION


def url(name, *args):
    return reverse(f"reviews:{name}", args=args)


def post(client, address, **data):
    return client.post(address, {"key": uuid4(), **data})


def tell():
    """A proposal that comes before no council yet."""
    people = make.cast()
    proposal = before.screened_proposal(people, before.open_call(people))
    return SimpleNamespace(people=people, proposal=proposal)


@pytest.fixture
def proposal(story):
    return story.proposal


def test_a_council_is_drafted_with_members_by_forms(people, proposal, client_for):
    client = client_for(people.officer)
    assert client.get(url("council-create")).status_code == 200
    key = uuid4()
    data = {
        "key": key,
        "items": [proposal.code],
        "title": "Hội đồng xác định nhiệm vụ năm 2027",
        "plan_year": 2027,
        "level": "provincial",
        "payer": "fund",
        "sits_at": "2026-03-09T08:00",
        "place": "Phòng họp số 1",
    }
    for _twice in range(2):
        response = client.post(f"{url('council-create')}?kind=identification", data)
    council = Council.objects.get()
    assert response.url == council.get_absolute_url()
    assert (council.created_key, council.items.count()) == (key, 1)

    user = user_with(Role.COUNCIL_MEMBER)
    page = url("council-members", council.code)
    post(client, page, user=user.code, position="chair", capacity="expert")
    assert [seat.user for seat in seats_of(council)] == [user]
    assert str(user) in client.get(page).content.decode()
    response = client.get(council.get_absolute_url())
    assert response.status_code == 200
    post(client, url("seat-remove", seats_of(council)[0].code))
    assert not Seat.objects.exists()


def test_a_candidate_is_offered_with_degree_field_and_unit(people, proposal, client_for):
    """Of the independent experts there are dozens; a title is not said twice."""
    wanted = {
        "PGS.TS. Lê An · Y dược · Chuyên gia độc lập": {"academic_title": "PGS.TS.", "degree": "TS."},
        "Lê Bình · ThS. · Y dược · Chuyên gia độc lập": {"academic_title": "", "degree": "ThS."},
    }
    council = make.draft(people, K, [proposal])
    for label, facts in wanted.items():
        name = "Lê An" if "Lê An" in label else "Lê Bình"
        user = user_with(Role.COUNCIL_MEMBER, full_name=name, academic_title=facts["academic_title"])
        ExpertFactory(user=user, degree=facts["degree"], field="Y dược", position="Chuyên gia độc lập")
    form = client_for(people.officer).get(url("council-members", council.code)).context["form"]
    assert [label for code, label in form.fields["user"].choices if code] == list(wanted)


def test_the_money_for_the_council_stands_on_its_page_as_in_its_decision(people, proposal, client_for):
    client = client_for(people.officer, "en")
    for money, said in (("Dự toán chi thường xuyên năm 2026", "Dự toán chi thường xuyên năm 2026"), ("", "Fund")):
        council = make.draft(people, K, [proposal], funds=money)
        page = client.get(council.get_absolute_url())
        facts = {
            str(fact.label): fact.value for panel in page.context["slots"]["facts"] for fact in panel.context["facts"]
        }
        assert facts["Money for the work of the council"] == said


def test_wrong_input_comes_back_with_its_errors(people, proposal, client_for):
    client = client_for(people.officer)
    address = f"{url('council-create')}?kind=identification"
    response = post(client, address, title="Tên đã gõ", plan_year="hai nghìn", level="provincial", payer="fund")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tên đã gõ" in page
    assert set(response.context["form"].errors) == {"items", "plan_year"}
    assert not Council.objects.exists()


def test_what_may_not_come_to_a_council_cannot_be_chosen(people, proposal, client_for):
    draft = before.draft_proposal(people, proposal.call)
    response = post(
        client_for(people.officer),
        f"{url('council-create')}?kind=identification",
        items=[draft.code],
        title="Hội đồng",
        plan_year=2027,
        level="provincial",
        payer="fund",
    )
    assert list(response.context["form"].errors) == ["items"]


def test_members_vote_on_their_page_and_see_only_their_own_ballot(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    item, seats = items_of(council)[0], seats_of(council)
    client = client_for(seats[3].user)
    page = url("ballot-cast", item.code)
    assert client.get(page).status_code == 200
    response = post(client, page, answer="disagree", comment="Chưa cấp thiết")
    assert response.url == page
    assert VoteBallot.objects.get().agrees is False
    assert "Chưa cấp thiết" in client.get(page).content.decode()
    assert client_for(people.secretary).get(page).status_code == 404
    assert client_for(people.applicant).get(page).status_code == 404
    other = client_for(seats[4].user).get(page).content.decode()
    assert "Chưa cấp thiết" not in other


def test_after_a_vote_the_page_names_the_ballot_that_is_in_and_the_one_that_is_open(people, client_for):
    call = before.open_call(people)
    council = make.voting(people, K, [before.screened_proposal(people, call) for _number in range(2)])
    first, second = items_of(council)
    client = client_for(seats_of(council)[3].user, language="en")
    codes = [item.subject.code for item in (first, second)]
    filed = "The ballot for {} is in. You may change it until the ballot is closed."
    answer = client.post(url("ballot-cast", first.code), {"key": uuid4(), "answer": "agree"}, follow=True)
    assert answer.redirect_chain[-1][0] == url("ballot-cast", second.code)
    told = [str(one) for one in answer.context["messages"]]
    assert told == [f"{filed.format(codes[0])} Next: {codes[1]} (2 of 2)."]
    assert (answer.context["title"], answer.context["lead"]) == (f"My ballot: {codes[1]}", "Ballot 2 of 2")
    answer = client.post(url("ballot-cast", second.code), {"key": uuid4(), "answer": "agree"}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [filed.format(codes[1])]


def test_a_score_sheet_computes_its_total_when_it_is_saved(people, client_for):
    order, _dossier = make.assigned_order(people)
    council = make.voting(people, CouncilKind.SELECTION, [order])
    item, user = ballot_items(council)[0], seats_of(council)[1].user
    client, page = client_for(user, language="en"), url("ballot-cast", item.code)
    points = {"overview": 10, "contents": 20, "products": 12, "impact": 12, "plan_and_budget": 12, "capacity": 12}

    response = post(client, page, **(points | {"overview": 13}))
    assert list(response.context["form"].errors) == ["overview"]
    post(client, page, **points)

    assert "Total: 78 of 100 points." in client.get(page).content.decode()


def test_a_grading_sheet_computes_its_grade(people, client_for):
    task = make.tasks.adopted(people, "acceptance_filed")
    council = make.voting(people, CouncilKind.ACCEPTANCE, [task])
    item, user = ballot_items(council)[0], seats_of(council)[1].user
    client, page = client_for(user, language="en"), url("ballot-cast", item.code)
    cells = {"level_1_quantity": "below", "level_1_quality": "pass", "level_1_kind": "pass"}

    post(client, page, report="pass", **cells)
    assert "Grade computed from your sheet: Fail." in client.get(page).content.decode()
    post(client, page, report="pass", **(cells | {"level_1_quantity": "excellent"}))
    assert "Grade computed from your sheet: Pass." in client.get(page).content.decode()


def test_a_paper_ballot_is_typed_and_confirmed_by_two(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    item, seat = items_of(council)[0], seats_of(council)[0]
    secretary, second = client_for(people.secretary), client_for(people.second)
    page = url("ballot-type", item.code)
    data = {"key": uuid4(), "seat": seat.code, "answer": "agree"}
    assert list(secretary.post(page, data).context["form"].errors) == ["scan"]
    for _twice in range(2):
        secretary.post(page, data | {"scan": make.scan()})
    ballot = VoteBallot.objects.get()
    confirm = url("ballot-confirm-identification", ballot.code)
    scan = url("ballot-scan-identification", ballot.code)

    assert secretary.get(confirm).status_code == 404
    assert str(seat.user) in second.get(council.get_absolute_url()).content.decode()
    assert second.get(confirm).status_code == 200
    assert b"".join(second.get(scan).streaming_content) == make.PNG
    assert client_for(people.director).get(scan).status_code == 404
    assert client_for(seats_of(council)[1].user).get(scan).status_code == 404
    post(second, confirm, **was_shown(second, confirm))

    ballot.refresh_from_db()
    assert (ballot.typed_by, ballot.confirmed_by) == (people.secretary, people.second)


def test_a_paper_ballot_typed_wrong_is_typed_again_and_confirmed_only_as_it_was_seen(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    item, seat = items_of(council)[0], seats_of(council)[0]
    secretary, second = client_for(people.secretary, language="en"), client_for(people.second, language="en")
    page = url("ballot-type", item.code)
    fill_in(secretary, page, seat=seat.code, answer="agree", scan=make.scan())
    ballot = VoteBallot.objects.get()
    confirm = url("ballot-confirm-identification", ballot.code)
    seen = was_shown(second, confirm)
    assert f'name="shown" value="{seen["shown"]}"' in second.get(confirm).content.decode()

    assert (seat.code, f"{seat.user} · Waits for a second person") in secretary.get(page).context["form"][
        "seat"
    ].field.choices
    fill_in(secretary, page, seat=seat.code, answer="disagree", scan=make.scan())
    for stale in (seen, {}):
        answer = post(second, confirm, **stale)
        [refusal] = answer.context["form"].non_field_errors()
        assert refusal.startswith("This record has changed since you opened the page.")
    ballot.refresh_from_db()
    assert (ballot.agrees, ballot.confirmed_by) == (False, None)
    assert post(second, confirm, **was_shown(second, confirm)).status_code == 302


def test_attendance_course_count_and_conclusions_by_forms(people, proposal, client_for):
    council = make.convened(people, K, [proposal])
    seats, client = seats_of(council), client_for(people.secretary)
    there = {f"there_{seat.code}": "present" for seat in seats[:6]} | {f"there_{seats[6].code}": "absent"}
    page = url("council-attendance", council.code)
    response = post(client, page, **there, counters=[seats[6].code])
    assert response.status_code == 200
    post(client, page, **there, **{f"reason_{seats[6].code}": "Công tác"}, counters=[seat.code for seat in seats[:3]])
    make.step(council, "open_sitting", people.secretary)
    post(client, url("council-minutes", council.code), discussion="Tính cấp thiết\nTính mới", guests="Bà Hoa")
    make.step(council, "open_ballot", people.secretary)
    make.cast_all(council)
    make.step(council, "close_ballot", people.secretary)

    assert client.get(url("council-counts", council.code)).status_code == 200
    item = items_of(council)[0]
    assert client.get(url("council-conclusions", council.code)).status_code == 200
    post(client, url("item-conclude", item.code), conclusion="Đồng ý", title="Tên  mới")
    item.refresh_from_db()
    assert (item.conclusion, item.conclusion_title) == ("Đồng ý", "Tên mới")
    council.refresh_from_db()
    assert (council.discussion, council.guests) == ("Tính cấp thiết\nTính mới", "Bà Hoa")


def test_the_estimate_is_appraised_by_a_form(people, client_for):
    order, dossier = make.revised_dossier(people)
    council = make.sitting(people, CouncilKind.APPRAISAL, [dossier], users=make.selection_board(order)[:1])
    item, client = items_of(council)[0], client_for(people.secretary)
    page = url("item-appraise", item.code)
    amounts = {"state_1": "800.000.000", "other_1": "0", "state_2": "150.000.000", "other_2": "100.000.000"}
    assert post(client, page, **amounts).status_code == 200
    assert post(client, page, **amounts, reason_2="Vượt định mức").status_code == 302
    assert item.appraisal_lines.count() == 2


def test_a_member_declares_a_conflict_only_for_himself(people, proposal, client_for):
    council = make.established(people, K, [proposal])
    seats = seats_of(council)
    client = client_for(seats[4].user)
    assert client.get(url("seat-declare", seats[5].code)).status_code == 404
    post(client, url("seat-declare", seats[4].code), conflict="relative", words="Anh trai là tác giả")
    seats[4].refresh_from_db()
    assert seats[4].declared == "relative"


def test_the_agenda_of_a_draft_grows_and_shrinks(people, proposal, client_for):
    council = make.draft(people, K, [proposal])
    other = before.screened_proposal(people, proposal.call)
    client, page = client_for(people.officer), url("council-agenda", council.code)
    post(client, page, items=[other.code])
    assert council.items.count() == 2
    post(client, url("item-remove", items_of(council)[0].code))
    assert [item.proposal for item in AgendaItem.objects.all()] == [other]
    post(client, url("item-remove", items_of(council)[0].code))
    assert AgendaItem.objects.count() == 1
    assert Proposal.objects.filter(state="screened").count() == 2


def test_the_officer_is_led_to_the_decision_that_founds_the_council(people, proposal, client_for):
    """Once nothing else is missing it is the main button; the checklist leads there all along, for whoever drafts."""
    council, client = make.draft(people, K, [proposal]), client_for(people.officer, "en")
    decision = reverse("documents:document-prepare", args=["council", council.code, "establish"])
    step = reverse("workflow:step-take", args=["council", council.code, "establish"])

    def shown():
        page = client.get(council.get_absolute_url())
        points = [point for panel in page.context["slots"]["main"] for point in panel.context.get("points", ())]
        links = {str(point.label): point.url for point in points}
        return links["Prepare the decision that establishes the council"], [
            one.url for one in page.context["actions"] if one.primary
        ]

    assert shown() == (decision, [])
    for place, position in enumerate(make.POSITIONS[:7]):
        capacity = "representative" if place >= 4 else "expert"
        make.member(people, council, position, capacity=capacity)
    assert shown() == (decision, [step])
    prepare_document(council, "establish", actor=people.officer)
    assert shown() == (decision, [])
    page = client_for(people.head, "en").get(council.get_absolute_url())
    assert [one.url for one in page.context["actions"] if one.primary] == []


def test_the_ground_of_a_dissolution_stands_among_what_leads_off(people, proposal, client_for):
    council = make.convened(people, K, [proposal])
    page = client_for(people.officer, "en").get(council.get_absolute_url())
    address = reverse("reviews:council-dissolution", args=[council.code])
    assert [str(one.label) for one in page.context["more"] if one.url == address] == [
        "Write the ground of the dissolution"
    ]
    assert address not in [one.url for one in page.context["actions"]]
