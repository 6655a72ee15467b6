"""Who may vote, on paper and in the system, and what the seal protects."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from core.audit.models import Event
from core.files.models import StoredFile
from core.people.models import User
from core.people.roles import Role
from core.workflow.corrections import ask_correction
from core.workflow.ruling import StepRefused
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, DeclaredConflict, ScoreBallot, ScoreLine, Seat, VoteBallot
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.ballots import ballots_waiting, progress, seats_to_type
from reviews.selectors.seats import seats_of
from reviews.services.sealing import is_intact, typed_digest
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.asking import ruled
from tests.factories.people import MembershipFactory, user_with
from tests.factories.rules import DECISION, province_says

K = CouncilKind.IDENTIFICATION


def tell():
    """Two councils whose ballot is open and one that was convened; a proposal that comes before none of them.

    The last of the seven members of the identification council is absent.
    """
    people = make.cast()
    call = before.open_call(people)
    judged, proposal = (before.screened_proposal(people, call) for _ in range(2))
    scored, awaited = (make.assigned_order(people)[0] for _ in range(2))
    return SimpleNamespace(
        people=people,
        proposal=proposal,
        council=make.voting(people, K, [judged], absent=1),
        scoring=make.voting(people, CouncilKind.SELECTION, [scored]),
        convened=make.convened(people, CouncilKind.SELECTION, [awaited]),
    )


@pytest.fixture
def proposal(story):
    return story.proposal


@pytest.fixture
def council(story):
    return story.council


@pytest.fixture
def item(council):
    return items_of(council)[0]


@pytest.fixture
def scoring(story):
    """The selection council whose ballot is open."""
    return story.scoring


@pytest.fixture
def convened(people, story):
    """The selection council whose members have come, before its sitting is opened."""
    make.attend(people, story.convened)
    return story.convened


def test_a_member_may_write_the_ballot_anew_until_it_is_closed(council, item, people):
    user = seats_of(council)[3].user
    services.cast_ballot(item, services.Vote(agrees=True), actor=user)
    services.cast_ballot(item, services.Vote(agrees=False, comment="Chưa cấp thiết"), actor=user)

    ballot = VoteBallot.objects.get()
    assert (ballot.agrees, ballot.comment, ballot.typed_by) == (False, "Chưa cấp thiết", user)
    assert progress(council).cast == 1


def test_absent_removed_and_foreign_people_do_not_vote(council, item, people):
    absent = seats_of(council)[6].user
    for user in (absent, people.secretary, people.officer, people.applicant, user_with(Role.COUNCIL_MEMBER)):
        with pytest.raises(PermissionDenied):
            services.cast_ballot(item, services.Vote(agrees=True), actor=user)
    assert not VoteBallot.objects.exists()


def test_a_member_of_another_council_does_not_vote_here(council, item, people, proposal):
    other = make.voting(people, K, [proposal])
    with pytest.raises(PermissionDenied):
        services.cast_ballot(item, services.Vote(agrees=True), actor=seats_of(other)[0].user)


def test_nobody_judges_his_own_proposal(people, proposal):
    MembershipFactory(user=people.applicant, organisation=people.university, role=Role.COUNCIL_MEMBER)
    author = User.objects.get(pk=people.applicant.pk)
    council = make.seated(people, K, [proposal], users=[None, None, None, None, author])

    with pytest.raises(StepRefused) as refused:
        before.prepare_document(council, "establish", actor=people.officer)

    assert [str(author) in str(refusal) for refusal in refused.value.refusals] == [True]


def test_a_colleague_of_the_proposer_may_judge_proposals(people, proposal):
    """Article 8.2 of TT 20/2023/TT-BKHCN speaks of selection: for identification the province has no text yet."""
    colleague = user_with(Role.COUNCIL_MEMBER, people.university)
    council = make.established(people, K, [proposal], users=[None, None, None, None, colleague])
    assert council.state == "established"


@pytest.fixture
def province(settings, tmp_path):
    """A province that has decided who may not sit, as Article 8.2 of TT 20/2023/TT-BKHCN has it for the State."""
    province_says(settings, tmp_path, "council.barred", '["applicant", "host_member", "partner_member", "partial"]')


def test_without_a_text_of_the_province_a_colleague_of_the_host_sits_with_a_reason(people):
    order, _dossier = make.assigned_order(people)
    colleague = user_with(Role.COUNCIL_MEMBER, people.university)
    council = make.seated(people, CouncilKind.SELECTION, [order], users=[None, None, None, None, colleague])
    warned = ruled(council, "establish", people.director)
    assert [(source, blocking) for _text, source, blocking in warned] == [
        ("Thông tư 20/2023/TT-BKHCN, Điều 8.2", False)
    ]


@pytest.mark.usefixtures("province")
def test_a_conflict_that_appears_later_stops_the_sitting_and_the_ballot(people, scoring):
    """On the day of the sitting a member works for the host (TT 20/2023/TT-BKHCN, Article 8.2.b)."""
    user = seats_of(scoring)[5].user
    row = ballot_items(scoring)[0]
    MembershipFactory(user=user, organisation=people.university, role=Role.APPLICANT)

    with pytest.raises(ValidationError):
        services.cast_ballot(row, make.even_scores(row), actor=user)


@pytest.mark.usefixtures("province")
def test_the_conflict_check_is_asked_again_at_the_opening(people, convened):
    MembershipFactory(user=seats_of(convened)[5].user, organisation=people.university, role=Role.APPLICANT)

    with pytest.raises(StepRefused) as refused:
        make.step(convened, "open_sitting", people.secretary)

    assert [refusal.source for refusal in refused.value.refusals] == [DECISION]


def test_a_declared_conflict_is_resolved_by_another_member(people, convened):
    seat = seats_of(convened)[5]
    services.declare_conflict(seat, actor=seat.user, conflict=DeclaredConflict.RELATIVE, words="Vợ là thư ký khoa học")
    with pytest.raises(StepRefused):
        make.step(convened, "open_sitting", people.secretary)

    new = make.replaced(people, seat)
    make.attend(people, convened)
    make.step(convened, "open_sitting", people.secretary, reason="Đã kiểm tra")

    assert (convened.state, new.replaces, new in seats_of(convened)) == ("sitting", seat, True)
    with pytest.raises(ValidationError):
        services.declare_conflict(new, actor=seats_of(convened)[4].user, conflict=None)


def test_the_ballot_is_not_closed_before_every_member_present_voted(council, item, people):
    make.cast_all(council)
    VoteBallot.objects.filter(seat=seats_of(council)[0]).delete()
    with pytest.raises(StepRefused) as refused:
        make.step(council, "close_ballot", people.secretary)
    late = seats_of(council)[0].user
    assert [str(one) for one in refused.value.refusals] == [f"Còn thiếu 1 phiếu. {late}."]


def paper_ballot(item, seat, people, content=None):
    paper = services.Paper(seat=seat, scan=make.scan())
    return services.enter_paper_ballot(item, content or services.Vote(agrees=True), paper=paper, actor=people.secretary)


def test_a_paper_ballot_counts_when_a_second_person_confirmed_it(council, item, people):
    seats = seats_of(council)
    for seat in seats[1:6]:
        services.cast_ballot(item, services.Vote(agrees=True), actor=seat.user)
    ballot = paper_ballot(item, seats[0], people)
    assert progress(council).unconfirmed == 1

    with pytest.raises(StepRefused):
        make.step(council, "close_ballot", people.secretary)
    with pytest.raises(PermissionDenied):
        services.confirm_ballot(ballot, actor=people.secretary)
    with pytest.raises(PermissionDenied):
        services.confirm_ballot(ballot, actor=people.clerk)
    services.confirm_ballot(ballot, actor=people.second)
    make.step(council, "close_ballot", people.secretary)

    ballot.refresh_from_db()
    assert (ballot.channel, ballot.typed_by, ballot.confirmed_by) == ("paper", people.secretary, people.second)


def test_typing_a_paper_ballot_again_needs_confirmation_again(council, item, people):
    seat = seats_of(council)[0]
    services.confirm_ballot(paper_ballot(item, seat, people), actor=people.second)
    again = paper_ballot(item, seat, people, services.Vote(agrees=False))
    assert (again.confirmed_by, VoteBallot.objects.count()) == (None, 1)


def test_what_was_typed_again_after_the_look_is_not_confirmed(council, item, people):
    seat = seats_of(council)[0]
    looked_at = typed_digest(paper_ballot(item, seat, people))
    again = paper_ballot(item, seat, people, services.Vote(agrees=False))
    with pytest.raises(ValidationError):
        services.confirm_ballot(again, actor=people.second, shown=looked_at)
    # The same words on another scan are another ballot too.
    looked_at = typed_digest(again)
    again = paper_ballot(item, seat, people, services.Vote(agrees=False))
    with pytest.raises(ValidationError):
        services.confirm_ballot(again, actor=people.second, shown=looked_at)
    again.refresh_from_db()
    assert again.confirmed_by is None
    services.confirm_ballot(again, actor=people.second, shown=typed_digest(again))


def test_a_seat_is_offered_for_typing_until_its_ballot_is_confirmed(council, item, people):
    seats = seats_of(council)
    services.cast_ballot(item, services.Vote(agrees=True), actor=seats[1].user)
    services.confirm_ballot(paper_ballot(item, seats[2], people), actor=people.second)
    waiting = paper_ballot(item, seats[0], people)
    assert set(seats_to_type(item)) == {waiting.seat, *seats[3:6]}


def test_a_spoiled_paper_is_returned_but_not_valid(council, item, people):
    seats = seats_of(council)
    for seat in seats[1:6]:
        services.cast_ballot(item, services.Vote(agrees=True), actor=seat.user)
    services.confirm_ballot(paper_ballot(item, seats[0], people, services.Spoiled()), actor=people.officer)
    make.step(council, "close_ballot", people.secretary)

    item.refresh_from_db()
    assert (item.issued, item.returned, item.valid, item.agree, item.passed) == (6, 6, 5, 5, True)


def test_nobody_types_a_paper_over_what_a_member_cast_or_for_somebody_absent(council, item, people):
    seats = seats_of(council)
    services.cast_ballot(item, services.Vote(agrees=True), actor=seats[0].user)
    for seat in (seats[0], seats[6]):
        with pytest.raises(ValidationError):
            paper_ballot(item, seat, people)


def test_the_scan_belongs_to_no_record_that_pages_show(council, item, people, client_for):
    ballot = paper_ballot(item, seats_of(council)[0], people)
    stored = StoredFile.objects.get(pk=ballot.scan_id)
    assert (stored.subject_type, stored.is_internal) == ("ballot", True)


def test_sealed_ballots_and_results_stand_still(people, proposal):
    council = make.counted(people, K, [proposal])
    row = items_of(council)[0]
    for change in (
        lambda: VoteBallot.objects.filter(item=row).update(agrees=False),
        lambda: VoteBallot.objects.filter(item=row).delete(),
        lambda: AgendaItem.objects.filter(pk=row.pk).update(agree=1),
        lambda: type(council).objects.filter(pk=council.pk).update(seal="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert is_intact(council)


def test_the_lines_of_a_sealed_sheet_stand_still(people, scoring):
    make.cast_all(scoring)
    make.step(scoring, "close_ballot", people.secretary)
    for change in (
        lambda: ScoreLine.objects.update(points=0),
        lambda: ScoreLine.objects.all().delete(),
        lambda: ScoreBallot.objects.update(total=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_the_count_has_to_explain_is_never_changed(people, proposal):
    row = items_of(make.counted(people, K, [proposal]))[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        AgendaItem.objects.filter(pk=row.pk).update(flags=["tie"])


def test_after_the_count_nobody_casts_or_types(people, proposal):
    council = make.counted(people, K, [proposal])
    row, seat = items_of(council)[0], seats_of(council)[0]
    with pytest.raises(PermissionDenied):
        services.cast_ballot(row, services.Vote(agrees=False), actor=seat.user)
    with pytest.raises(PermissionDenied):
        paper_ballot(row, seat, people)


@pytest.mark.parametrize("points", [{}, {"overview": 13}, {"overview": -1}, {"unknown": 1}])
def test_points_outside_the_sheet_are_refused(people, scoring, points):
    row = ballot_items(scoring)[0]
    full = dict(make.even_scores(row).points)
    with pytest.raises(ValidationError):
        services.cast_ballot(
            row, services.Scores(points=(full | points) if points else {}), actor=seats_of(scoring)[0].user
        )


def test_a_ballot_of_another_kind_is_refused(council, item, people):
    user = seats_of(council)[0].user
    for content in (services.Scores(points={}), services.Spoiled()):
        with pytest.raises(ValidationError):
            services.cast_ballot(item, content, actor=user)


def test_the_chain_knows_that_a_ballot_was_cast_but_not_what_it_says(council, item, people):
    services.cast_ballot(item, services.Vote(agrees=True, comment="CANARY"), actor=seats_of(council)[0].user)
    event = Event.objects.filter(kind="ballot.cast").get()
    assert (event.subject_type, "CANARY" in event.payload, "agrees" in event.payload) == ("ballot", False, False)


def test_the_opening_of_the_ballot_is_not_undone_once_a_ballot_is_in(council, item, people):
    services.cast_ballot(item, services.Vote(agrees=True), actor=seats_of(council)[0].user)
    with pytest.raises(StepRefused) as refused:
        ask_correction(council, actor=people.secretary, reason="Mở nhầm")
    assert len(refused.value.refusals) == 1
    assert council.state == "voting"


def test_where_many_have_not_voted_only_their_number_is_said(council, item, people):
    with pytest.raises(StepRefused) as refused:
        make.step(council, "close_ballot", people.secretary)
    said = [str(one) for one in refused.value.refusals]
    names = [str(seat.user) for seat in seats_of(council)]
    assert (len(said), [name for name in names if any(name in text for text in said)]) == (1, [])


def test_a_member_s_first_page_knows_the_ballots_that_wait(council, item, people):
    first, second = (seat.user for seat in seats_of(council)[:2])
    services.cast_ballot(item, services.Vote(agrees=True), actor=first)
    assert [list(ballots_waiting(user)) for user in (first, second, people.officer)] == [[], [item], []]


def test_a_ballot_of_a_seat_that_was_passed_on_counts_nowhere(council, item, people):
    make.cast_all(council)
    gone = seats_of(council)[-1]
    # No step leads here: what a hand in the database might do.
    Seat.objects.filter(pk=gone.pk).update(removed_at=make.clock.now(), removal_reason="x", counts_votes=False)
    make.step(council, "close_ballot", people.secretary, reason="Đã kiểm tra")
    item.refresh_from_db()
    assert (item.present, item.returned) == (len(seats_of(council)), len(seats_of(council)))
