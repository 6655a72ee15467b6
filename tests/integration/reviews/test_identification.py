"""A worked sitting of an identification council, from the draft to the recommended proposals."""

from types import SimpleNamespace

import pytest

from core.documents.models import Document
from core.notifications.models import Notice
from core.people.policy import visible_to
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from proposals.models import Proposal
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import Position
from reviews.selectors.agenda import items_of, waiting
from reviews.selectors.seats import seats_of
from reviews.services.sealing import is_intact
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.people import department, fund, user_with
from tests.factories.rules import province_says

K = CouncilKind.IDENTIFICATION


def tell():
    """A proposal that comes before no council yet."""
    people = make.cast()
    call = before.open_call(people)
    return SimpleNamespace(people=people, call=call, proposal=before.screened_proposal(people, call, title="Đề xuất 0"))


@pytest.fixture
def proposal(story):
    return story.proposal


def test_three_proposals_are_judged_and_two_recommended(people, story):
    others = [before.screened_proposal(people, story.call, title=f"Đề xuất {at}") for at in (1, 2)]
    proposals = [story.proposal, *others]
    assert list(waiting(K)) == proposals

    council = make.established(people, K, proposals)

    for proposal in proposals:
        proposal.refresh_from_db()
    assert [proposal.state for proposal in proposals] == ["at_council"] * 3
    assert not waiting(K).exists()
    assert council.code == "HD.2026.001"
    decision = Document.objects.get(subject_code=council.code, kind="council_decision")
    assert decision.symbol.endswith("/QĐ-SKHCN")
    members = seats_of(council)
    assert [one["name"] for one in decision.facts["members"]] == [str(seat.user) for seat in members]
    assert Notice.objects.filter(tell="reviews.seat_given").count() == 7
    assert set(visible_to(members[5].user, Proposal)) == set(proposals)

    make.services.arrange_sitting(
        council,
        actor=people.secretary,
        sits_at=council.sits_at,
        place=council.place,
        papers_sent_on=make.clock.add_working_days(make.clock.today(), -3),
    )
    make.step(council, "convene", people.secretary)
    make.attend(people, council, members[6:])
    make.step(council, "open_sitting", people.secretary)
    make.step(council, "open_ballot", people.secretary)
    # Six of seven are present: 5 of 6 are more than 3/4, 4 of 6 are not.
    agreeing = {1: 6, 2: 5, 3: 4}
    for item in items_of(council):
        for place, seat in enumerate(members[:6]):
            agrees = place < agreeing[item.sequence]
            services.cast_ballot(item, services.Vote(agrees=agrees), actor=seat.user)
    make.step(council, "close_ballot", people.secretary)

    items = items_of(council)
    assert [(item.present, item.returned, item.valid, item.agree, item.disagree, item.passed) for item in items] == [
        (6, 6, 6, 6, 0, True),
        (6, 6, 6, 5, 1, True),
        (6, 6, 6, 4, 2, False),
    ]
    assert is_intact(council)

    services.write_conclusion(items[0], actor=people.secretary, title="Tên mới do hội đồng đặt")
    services.write_conclusion(items[2], actor=people.secretary, conclusion="Trùng với nhiệm vụ đã có")
    make.step(council, "conclude_identification", members[0].user)

    for proposal in proposals:
        proposal.refresh_from_db()
    assert [proposal.state for proposal in proposals] == ["recommended", "recommended", "rejected"]
    assert proposals[0].official_title == "Tên mới do hội đồng đặt"
    assert proposals[2].council_note == "Trùng với nhiệm vụ đã có"
    minutes = Document.objects.get(subject_code=council.code, kind="council_minutes").facts
    assert [(vote["agree"], vote["disagree"], vote["recommended"]) for vote in minutes["votes"]] == [
        (6, 0, True),
        (5, 1, True),
        (4, 2, False),
    ]
    assert (minutes["seal"], minutes["appointed"], len(minutes["present"])) == (council.seal, 7, 6)
    assert [one["reason"] for one in minutes["absent"]] == ["Ốm"]
    assert len(minutes["counters"]) == 3


def test_a_rejection_needs_words(people, proposal):
    council = make.counted(people, K, [proposal], ballot=lambda *_: make.vote(agrees=False))
    chair = seats_of(council)[0].user

    with pytest.raises(StepRefused) as refused:
        make.step(council, "conclude_identification", chair)

    assert len(refused.value.refusals) == 1


def test_only_who_presides_signs_the_conclusion(people, proposal):
    council = make.counted(people, K, [proposal])
    seats = seats_of(council)

    with pytest.raises(StepRefused):
        make.step(council, "conclude_identification", seats[1].user)

    make.step(council, "conclude_identification", seats[0].user)
    assert council.state == "concluded"


def test_the_vice_chair_signs_where_the_chair_stayed_away(people, proposal):
    proposals = [proposal]
    council = make.convened(people, K, proposals)
    seats = seats_of(council)
    make.attend(people, council, seats[:1])

    with pytest.raises(StepRefused, match=r"chair|chủ tịch"):
        make.step(council, "open_sitting", people.secretary)


def test_dissolving_gives_the_proposals_back(people, proposal):
    council = make.established(people, K, [proposal])
    member = seats_of(council)[4].user

    with pytest.raises(StepRefused):
        before.prepare_document(council, "dissolve", actor=people.officer)
    council = services.write_dissolution_reason(council, actor=people.officer, reason="Thay đổi kế hoạch")
    make.paper(council, "dissolve", people, people.director, reason="Thay đổi kế hoạch")

    proposal.refresh_from_db()
    assert (council.state, proposal.state) == ("dissolved", "screened")
    assert not visible_to(member, Proposal).exists()
    assert list(waiting(K)) == [proposal]


def test_a_council_without_chair_or_too_small_is_not_established(people, proposal):
    council = make.draft(people, K, [proposal])
    make.member(people, council, Position.SECRETARY)

    with pytest.raises(StepRefused) as refused:
        before.prepare_document(council, "establish", actor=people.officer)

    assert [refusal.blocking for refusal in refused.value.refusals] == [True]


@pytest.mark.parametrize(("strictly", "words"), [("true", "khi trên 3/4 số"), ("false", "khi từ 3/4 trở lên số")])
def test_the_minutes_say_the_rule_that_was_counted_by(people, proposal, settings, tmp_path, strictly, words):
    province_says(settings, tmp_path, "council.identification.pass_strictly", strictly, unit="flag")
    council = make.concluded(people, K, [proposal])
    assert words in Document.objects.get(subject_code=council.code, kind="council_minutes").facts["pass_rule"]


@pytest.mark.parametrize("wanted", [1, 2])
def test_the_decision_names_as_many_secretaries_of_the_department_as_the_rule_book_says(
    people, proposal, settings, tmp_path, wanted
):
    province_says(settings, tmp_path, "council.secretaries", str(wanted), unit="count")
    user_with(Role.ADMINISTRATIVE_SECRETARY)
    user_with(Role.ADMINISTRATIVE_SECRETARY, fund(), full_name="A")
    council = make.established(people, K, [proposal])
    named = Document.objects.get(subject_code=council.code, kind="council_decision").facts["secretaries"]
    assert [one["unit"] for one in named] == [department().name] * wanted
