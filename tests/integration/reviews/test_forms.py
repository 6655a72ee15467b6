"""Forms of a council with wrong input, and the count sheets that its members and the administration read."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import DeclaredConflict, Level, Position, Seat, SeatReplacement
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories import tasks as after
from tests.factories.people import user_with

IDENTIFICATION, SELECTION, ACCEPTANCE = CouncilKind.IDENTIFICATION, CouncilKind.SELECTION, CouncilKind.ACCEPTANCE
COUNCIL = {"title": "Hội đồng mới", "plan_year": "2027", "level": "provincial", "payer": "fund", "funds": "Kinh phí"}


def tell():
    """A council in office, and what comes before no council yet: a proposal and an order."""
    people = make.cast()
    call = before.open_call(people)
    judged, proposal = (before.screened_proposal(people, call) for _ in range(2))
    return SimpleNamespace(
        people=people,
        established=make.established(people, IDENTIFICATION, [judged]),
        proposal=proposal,
        order=make.assigned_order(people)[0],
    )


@pytest.fixture
def established(story):
    """The council in office."""
    return story.established


@pytest.fixture
def proposal(story):
    """Screened, and before no council yet."""
    return story.proposal


@pytest.fixture
def order(story):
    """Assigned directly, its only dossier valid."""
    return story.order


@pytest.fixture
def officer(people, client_for):
    return client_for(people.officer, "en")


@pytest.fixture
def secretary(people, client_for):
    return client_for(people.secretary, "en")


def url(name, *args):
    return reverse(f"reviews:{name}", args=args)


def post(client, address, **data):
    return client.post(address, {"key": uuid4(), **data})


def refused(response, *typed):
    """The fields with errors; the page opens with their summary and holds what was typed."""
    assert response.status_code == 200
    html = response.content.decode()
    assert [word for word in ("error-summary", *typed) if word not in html] == []
    return list(response.context["form"].errors)


def test_the_facts_of_a_draft_are_changed_and_those_of_a_council_in_office_stand(
    people, proposal, established, officer
):
    council = make.draft(people, IDENTIFICATION, [proposal])
    page = url("council-edit", council.code)
    assert officer.get(page).context["form"].initial["title"] == council.title
    wrong = post(officer, page, **{**COUNCIL, "title": " ", "plan_year": "27"})
    assert refused(wrong, "Kinh phí") == ["title", "plan_year"]
    assert post(officer, page, **COUNCIL).url == council.get_absolute_url()
    council.refresh_from_db()
    assert (council.title, council.funds) == ("Hội đồng mới", "Kinh phí")
    assert officer.get(url("council-edit", established.code)).status_code == 404


def test_the_papers_went_out_before_the_sitting_and_not_tomorrow(people, established, secretary):
    page = url("council-sitting", established.code)
    sitting = {"sits_at": "2026-03-09T14:00", "place": "Phòng họp số 3"}
    later = post(secretary, page, **sitting, papers_sent_on="2026-03-03")
    assert refused(later, "Phòng họp số 3") == ["papers_sent_on"]
    past = post(secretary, page, **sitting | {"sits_at": "2026-02-20T14:00"}, papers_sent_on="2026-02-23")
    assert refused(past) == ["sits_at", "papers_sent_on"]
    assert post(secretary, page, **sitting, papers_sent_on="2026-03-02").status_code == 302
    established.refresh_from_db()
    assert (established.place, f"{established.papers_sent_on:%d/%m/%Y}") == ("Phòng họp số 3", "02/03/2026")


def test_a_dissolution_is_proposed_with_words(people, established, officer):
    page = url("council-dissolution", established.code)
    assert refused(post(officer, page, reason="  ")) == ["reason"]
    post(officer, page, reason="Thay đổi nhân sự")
    established.refresh_from_db()
    assert established.dissolution_reason == "Thay đổi nhân sự"


def test_only_an_identification_council_has_an_agenda_that_grows(people, order, officer):
    council = make.draft(people, SELECTION, [order])
    assert officer.get(url("council-agenda", council.code)).status_code == 404
    with pytest.raises(ValidationError):
        services.add_items(council, [order], actor=people.officer)
    with pytest.raises(ValidationError):
        services.remove_item(items_of(council)[0], actor=people.officer)


@pytest.mark.parametrize("items", ["none", "two orders"])
def test_a_council_judges_something_and_one_subject_of_its_kind(people, order, items):
    orders = [order, make.assigned_order(people)[0]] if items == "two orders" else []
    with pytest.raises(ValidationError) as refusal:
        make.draft(people, SELECTION, orders)
    assert list(refusal.value.message_dict) == ["items"]


def test_an_applicant_drafts_no_council_and_a_replayed_form_makes_one(people, proposal):
    facts = {"kind": IDENTIFICATION, "items": [proposal], "title": "Hội đồng"}
    with pytest.raises(PermissionDenied):
        services.create_council(actor=people.applicant, key=uuid4(), **facts)
    key = uuid4()
    first, again = (services.create_council(actor=people.officer, key=key, **facts) for _ in range(2))
    assert first == again


def test_a_member_is_replaced_by_a_decision_of_the_founder_that_a_second_person_confirms(
    people, established, secretary, client_for
):
    seat, other = seats_of(established)[-1], user_with(Role.COUNCIL_MEMBER)
    page = url("seat-replace", seat.code)
    assert other.code in secretary.get(page).content.decode()
    facts = {"user": other.code, "words": "QĐ 12/QĐ-SKHCN", "decided_on": "2026-03-02", "reason": "Bận công tác"}
    facts |= {"decided_by": people.director.code}
    assert refused(post(secretary, page, **facts), "Bận công tác") == ["scan"]
    post(secretary, page, **facts, scan=make.scan())
    (row,) = SeatReplacement.objects.all()
    assert other not in [one.user for one in seats_of(established)]
    confirm = url("replacement-confirm", row.code)
    assert secretary.get(confirm).status_code == 404
    head = client_for(people.head)
    assert confirm in head.get(established.get_absolute_url()).content.decode()
    post(head, confirm)
    assert other in [one.user for one in seats_of(established)]
    with pytest.raises(ValidationError):
        make.replacement(people, Seat.objects.get(pk=seat.pk))


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"words": " "}, ["__all__"]),
        ({"decided_on": date(2026, 3, 3)}, ["decided_on"]),
        ({"decided_on": date(2019, 1, 1)}, ["decided_by"]),
    ],
)
def test_a_replacement_without_its_decision_is_refused(people, established, wrong, names):
    with pytest.raises(ValidationError) as refusal:
        make.replacement(people, seats_of(established)[0], **wrong)
    found = getattr(refusal.value, "error_dict", {"__all__": []})
    assert list(found) == names


def test_only_the_founder_decides_and_only_list_members_are_named(people, established):
    for wrong, name in (({"decided_by": people.head}, "decided_by"), ({"user": people.applicant}, "user")):
        with pytest.raises(ValidationError) as refusal:
            make.replacement(people, seats_of(established)[0], **wrong)
        assert list(refusal.value.message_dict) == [name]


def test_a_secretary_alone_replaces_nobody(people, established):
    before = {seat.user for seat in seats_of(established)}
    for seat in seats_of(established):
        with pytest.raises(PermissionDenied):
            services.confirm_replacement(make.replacement(people, seat), actor=people.secretary)
    assert {seat.user for seat in seats_of(established)} == before
    row = SeatReplacement.objects.first()
    with pytest.raises(ValidationError):
        make.replacement(people, row.seat)
    services.drop_replacement(row, actor=people.secretary)
    make.replacement(people, row.seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatReplacement.objects.update(confirmed_by=people.secretary, confirmed_at=clock.now())


def test_a_council_that_lost_its_balance_is_not_convened_and_does_not_sit(people, established):
    seat = seats_of(established)[-1]
    services.declare_conflict(seat, actor=seat.user, conflict=DeclaredConflict.RELATIVE)
    services.arrange_sitting(
        established,
        actor=people.secretary,
        sits_at=established.sits_at,
        place=established.place,
        papers_sent_on=clock.add_working_days(clock.today(), -5),
    )
    with pytest.raises(StepRefused) as refusal:
        make.step(established, "convene", people.secretary)
    assert len(refusal.value.refusals) == 1


def test_a_part_of_the_council_is_played_by_one_person(people, proposal):
    council = make.draft(people, IDENTIFICATION, [proposal])
    make.member(people, council, Position.CHAIR)
    with pytest.raises(ValidationError):
        make.member(people, council, Position.CHAIR)
    assert len(seats_of(council)) == 1


def test_attendance_is_noted_of_everybody_and_three_of_those_present_count(people, proposal):
    council = make.convened(people, IDENTIFICATION, [proposal])
    seats = seats_of(council)

    def noted(present=7, counters=3):
        marks = {
            seat.code: services.Attendance(present=n < present, counts_votes=n < counters)
            for n, seat in enumerate(seats)
        }
        return services.record_attendance(council, actor=people.secretary, attendance=marks)

    for wrong in ({"counters": 2}, {"present": 2}):
        with pytest.raises(ValidationError):
            noted(**wrong)
    with pytest.raises(ValidationError):
        services.record_attendance(council, actor=people.secretary, attendance={})
    noted(counters=0)
    noted()
    assert sum(seat.counts_votes for seat in seats_of(council)) == 3


def test_the_course_of_a_sitting_lies_in_the_past_and_in_its_order(people, order, secretary):
    council = make.sitting(people, SELECTION, [order])
    item = next(one for one in items_of(council) if one.dossier_id)
    page = url("council-minutes", council.code)
    typed = {"discussion": "Tính mới đã gõ"}
    left = post(secretary, page, **typed, **{f"left_{item.code}": "2026-03-02T08:30"})
    assert refused(left, "Tính mới đã gõ") == [f"left_{item.code}"]
    closed = post(secretary, page, **typed, opened_at="2026-03-02T08:30", closed_at="2026-03-02T08:00")
    assert refused(closed, "Tính mới đã gõ") == ["closed_at"]
    future = post(secretary, page, **typed, opened_at="2026-03-02T09:01")
    assert refused(future, "Tính mới đã gõ") == ["__all__"]
    unfounded = post(secretary, page, **typed, opened_at="2026-02-27T08:30", closed_at="2026-02-27T10:00")
    assert refused(unfounded, "Tính mới đã gõ") == ["opened_at"]
    came = {f"came_{item.code}": "on", f"left_{item.code}": "2026-03-02T08:45"}
    assert post(secretary, page, **typed, opened_at="2026-03-02T08:30", **came).status_code == 302
    item.refresh_from_db()
    assert (item.investigator_came, clock.local(item.investigator_left_at).minute) == (True, 45)


def test_the_count_sheet_of_a_selection_tells_points_and_what_must_be_explained(people, order, secretary, client_for):

    def ballot(item, seat):
        low = seat.position == Position.VICE_CHAIR
        return make.even_scores(item, missing=60 if low else 10)

    council = make.counted(people, SELECTION, [order], ballot=ballot)
    html = secretary.get(url("council-counts", council.code)).content.decode()
    assert [word for word in ("82.86", "Ballots far from the mean, to be explained: 1") if word not in html] == []
    vietnamese = client_for(people.secretary, "vi").get(url("council-counts", council.code)).content.decode()
    assert "82,86" in vietnamese
    chair = seats_of(council)[0].user
    names = client_for(chair, "en").get(url("council-ballots", council.code)).content.decode()
    assert "40" in names


def test_the_count_sheet_of_an_acceptance_tells_levels(people, secretary, client_for):
    task = after.acceptance_filed(people)
    ballot = lambda item, _seat: make.grades(item, Level.PASS)  # noqa: E731
    council = make.counted(people, ACCEPTANCE, [task], ballot=ballot, size=9)
    html = secretary.get(url("council-counts", council.code)).content.decode()
    assert task.products.get().name in html
    chair = seats_of(council)[0].user
    assert (
        task.products.get().name in client_for(chair, "en").get(url("council-ballots", council.code)).content.decode()
    )


def test_a_council_without_ballots_has_no_count_sheet(people, secretary):
    order, dossier = make.revised_dossier(people)
    team = make.sitting(people, CouncilKind.APPRAISAL, [dossier], users=make.selection_board(order)[:1])
    assert ballot_items(team) == []
    assert secretary.get(url("council-counts", team.code)).status_code == 404


def test_a_conflict_is_declared_for_oneself_and_by_nobody_else(people, established):
    first, second = seats_of(established)[:2]
    services.declare_conflict(
        second, actor=second.user, conflict=DeclaredConflict.PARTIAL, words="Cùng nhóm nghiên cứu"
    )
    with pytest.raises(ValidationError):
        services.declare_conflict(second, actor=first.user, conflict=None)
    with pytest.raises(PermissionDenied):
        services.declare_conflict(second, actor=people.secretary, conflict=None)
    second.refresh_from_db()
    assert second.declared == "partial"


def test_a_draft_council_loses_a_member_and_one_in_office_does_not(people, proposal):
    council = make.seated(people, IDENTIFICATION, [proposal])
    services.remove_seat(seats_of(council)[-1], actor=people.officer)
    assert len(seats_of(council)) == 6
    make.member(people, council)
    before.paper(council, "establish", people, people.director)
    with clock.moved_to(clock.now() + timedelta(hours=1)), pytest.raises(PermissionDenied):
        services.remove_seat(seats_of(council)[-1], actor=people.officer)
