"""Why a council is not established, convened, opened or closed: each reason in words, beside the case without it."""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core import clock
from core.documents.kinds import DocumentKind
from core.documents.registry import facts_function
from core.people.roles import Role
from core.text import fold
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services as proposals
from proposals.models import DossierMember
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import Position
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from tasks.services import TaskParts
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories import tasks as after
from tests.factories.asking import ruled, said
from tests.factories.people import ExpertFactory, user_with
from tests.factories.proposals import step
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
IDENTIFICATION, SELECTION, ACCEPTANCE = CouncilKind.IDENTIFICATION, CouncilKind.SELECTION, CouncilKind.ACCEPTANCE
DAY = timedelta(days=1)


def tell():
    """A council that is convened, and what comes before no council yet: a proposal, an order, a revised dossier."""
    people = make.cast()
    call = before.open_call(people)
    judged, proposal = (before.screened_proposal(people, call) for _ in range(2))
    return SimpleNamespace(
        people=people,
        convened=make.convened(people, IDENTIFICATION, [judged]),
        proposal=proposal,
        assigned=make.assigned_order(people),
        revised=make.revised_dossier(people),
    )


@pytest.fixture
def convened(story):
    return story.convened


@pytest.fixture
def proposal(story):
    """Screened, and before no council yet."""
    return story.proposal


@pytest.fixture
def assigned(story):
    """An order assigned directly, and its valid dossier."""
    return story.assigned


@pytest.fixture
def revised(story):
    """An order whose dossier the host revised after the selection, and that dossier."""
    return story.revised


def test_a_proposal_that_was_deferred_meanwhile_cannot_come_to_the_council(people, proposal):
    council = make.seated(people, IDENTIFICATION, [proposal])
    assert said(council, "establish", people.director) == []
    proposals.name_deferral_year(proposal, actor=people.officer, year=2028)
    step(proposal, "defer", people.head, reason="Chưa cấp thiết")
    gone = f"These cannot come to a council now: {proposal.code}."
    assert said(council, "establish", people.director) == [gone]


def test_a_council_is_not_established_for_a_day_that_is_gone(people, proposal):
    """A slip in the year would lead the council under a regulation that has ended."""
    last_year = clock.instant(clock.today().replace(year=2025), time(14))
    council = make.seated(people, IDENTIFICATION, [proposal], sits_at=last_year)
    assert said(council, "establish", people.director) == ["The sitting on 02/03/2025 would lie before the decision."]

    services.arrange_sitting(council, actor=people.officer, sits_at=clock.instant(clock.today(), time(14)), place="P1")
    council.refresh_from_db()
    assert said(council, "establish", people.director) == []
    assert council.regulation == "r2_2025"


@pytest.mark.parametrize("position", [Position.CHAIR, Position.VICE_CHAIR, Position.SECRETARY])
def test_a_council_has_one_of_each_who_leads_it(people, proposal, position):
    council = make.draft(people, IDENTIFICATION, [proposal])
    make.member(people, council, position)
    with pytest.raises(ValidationError) as refused:
        make.member(people, council, position)
    words = f"Hội đồng đã có {position.label.lower()}: hãy gỡ người đó trước."
    assert refused.value.message_dict == {"position": [words]}


def test_a_proposal_before_one_council_does_not_come_before_a_second(people, proposal):
    second = make.seated(people, IDENTIFICATION, [proposal])
    first = make.established(people, IDENTIFICATION, [proposal])
    busy = [
        f"These cannot come to a council now: {proposal.code}.",
        f"Already before another council: {proposal.code}.",
    ]
    assert said(second, "establish", people.director) == busy
    first = services.write_dissolution_reason(first, actor=people.officer, reason="Thay đổi nhân sự")
    before.paper(first, "dissolve", people, people.director, reason="Thay đổi nhân sự")
    assert said(second, "establish", people.director) == []


def test_a_task_without_products_gives_the_acceptance_council_nothing_to_judge(people):
    filed = {"state": "acceptance_filed"}
    bare = after.adopted(people, **filed, parts=TaskParts(products=[], members=[after.MEMBER]))
    nothing = "The task has no products that could be judged."
    assert said(make.seated(people, ACCEPTANCE, [bare], size=9), "establish", people.director) == [nothing]
    whole = after.adopted(people, **filed)
    assert said(make.seated(people, ACCEPTANCE, [whole], size=9), "establish", people.director) == []


def arranged(people, council, *, sent, sits_at=None, place="Phòng họp số 1"):
    """The council after its sitting was arranged so."""
    sits_at = sits_at or council.sits_at
    return services.arrange_sitting(council, actor=people.secretary, sits_at=sits_at, place=place, papers_sent_on=sent)


def test_the_members_have_the_papers_three_working_days_before_they_sit(people, proposal):
    council = make.established(people, IDENTIFICATION, [proposal])
    asked = council, "convene", people.secretary
    assert said(*asked) == ["It is not recorded when the papers went to the members."]
    council = arranged(people, council, sent=clock.today(), place="")
    assert said(council, *asked[1:]) == ["Date, time and place of the sitting are not fixed."]
    lead = "Identification council: papers reach the members before the meeting: 3 working days."
    for days, law in ((2, ["Thông tư 33/2014/TT-BKHCN, Điều 12"]), (3, [])):
        sent = clock.add_working_days(clock.today(), -days)
        council = arranged(people, council, sent=sent)
        # Sure under the old rules, to be confirmed under the new ones.
        for regulation, is_sure in (("r1_2013", True), ("r2_2025", False)):
            council.regulation = regulation
            assert ruled(council, *asked[1:]) == [(lead, source, is_sure) for source in law]
        council.refresh_from_db()


def test_a_sitting_moved_after_it_was_convened_keeps_the_time_for_the_papers(people, convened):
    council = convened
    make.attend(people, council)
    assert said(council, "open_sitting", people.secretary) == []
    council = arranged(people, council, sent=clock.add_working_days(clock.today(), -2))
    lead = "Identification council: papers reach the members before the meeting: 3 working days."
    assert said(council, "open_sitting", people.secretary) == [lead]


def test_no_sitting_opens_before_its_day_or_without_noting_who_is_there(people, convened):
    council = convened
    unknown = "It is not recorded which members are present."
    assert said(council, "open_sitting", people.secretary) == [unknown]
    make.attend(people, council)
    assert said(council, "open_sitting", people.secretary) == []
    tomorrow = clock.instant(clock.today() + DAY, time(14))
    council = arranged(people, council, sent=council.papers_sent_on, sits_at=tomorrow)
    assert said(council, "open_sitting", people.secretary) == ["The day of the sitting has not come."]
    with clock.moved_to(clock.now() + DAY):
        assert said(council, "open_sitting", people.secretary) == []


def test_two_thirds_of_the_members_and_those_who_lead_must_be_there(people, convened):
    seats = seats_of(convened)
    make.attend(people, convened, seats[5:])
    assert said(convened, "open_sitting", people.secretary) == []
    make.attend(people, convened, seats[4:])
    few = "4 of 7 members are present; at least 2/3 are needed."
    assert said(convened, "open_sitting", people.secretary) == [few]
    make.attend(people, convened, [seat for seat in seats if seat.position == Position.SECRETARY])
    assert said(convened, "open_sitting", people.secretary) == ["Must be present: scientific secretary."]


UNFOUNDED = "The council was established on 02/03/2026: it does not sit before that day."


def test_no_council_sits_before_the_decision_that_establishes_it(people, proposal):
    """DOMAIN 0.3.1: signed, numbered, and dated not later than the meeting."""
    friday = clock.now() - 3 * DAY
    council = make.convened(people, IDENTIFICATION, [proposal])
    sent = clock.add_working_days(clock.today(), -5)
    with override("en"), pytest.raises(ValidationError) as caught:
        arranged(people, council, sent=sent, sits_at=friday)
    assert caught.value.message_dict == {"sits_at": [UNFOUNDED]}


def test_no_minutes_say_that_a_council_sat_before_it_was_established(people, proposal):
    council = make.sitting(people, IDENTIFICATION, [proposal])
    with override("en"), pytest.raises(ValidationError) as caught:
        services.record_minutes(council, actor=people.secretary, opened_at=clock.now() - 3 * DAY)
    assert caught.value.message_dict == {"opened_at": [UNFOUNDED]}


def test_the_investigator_leaves_before_the_ballot(people, assigned):
    order, _dossier = assigned
    council = make.sitting(people, SELECTION, [order])
    item = next(one for one in items_of(council) if one.dossier_id)

    def noted(**investigators):
        services.record_minutes(council, actor=people.secretary, opened_at=clock.now(), **investigators)
        return said(council, "open_ballot", people.secretary)

    assert noted(investigators={}) == []
    still = f"The principal investigator has not left the room: {item.subject.code}."
    assert noted(investigators={item.code: None}) == [still]
    assert noted(investigators={item.code: clock.now()}) == []


def test_three_members_count_the_ballots(people, proposal):
    council = make.voting(people, IDENTIFICATION, [proposal])
    make.cast_all(council)
    assert said(council, "close_ballot", people.secretary) == []
    seat = next(seat for seat in seats_of(council) if seat.counts_votes)
    seat.counts_votes = False
    seat.save(update_fields=["counts_votes"])
    unnamed = "The group that counts the votes has 3 members: name them."
    assert said(council, "close_ballot", people.secretary) == [unnamed]


def test_the_decision_to_dissolve_prints_its_ground(people, proposal):
    council = make.established(people, IDENTIFICATION, [proposal])
    unwritten = "The ground of the dissolution is not written."
    assert said(council, "dissolve", people.director) == [unwritten]
    council = services.write_dissolution_reason(council, actor=people.officer, reason="Thay đổi nhân sự")
    assert said(council, "dissolve", people.director) == []


def on_paper(council, typist):
    """Somebody enters that the chair signed the conclusion on paper."""
    chair, scan = seats_of(council)[0].user, [uuid4()]
    more = {"decided_by": chair, "channel": Channel.PAPER, "evidence": scan}
    return step(council, f"conclude_{council.kind}", typist, **more)


ALONE = "Whoever wrote the conclusion may not enter its signature too: a second person enters it."


def test_whoever_wrote_the_conclusion_does_not_enter_that_the_chair_signed_it(people, proposal):
    council = make.counted(people, IDENTIFICATION, [proposal])
    services.write_conclusion(items_of(council)[0], actor=people.secretary, title="Tên do thư ký đặt")
    with override("en"), pytest.raises(StepRefused) as refused:
        on_paper(council, people.secretary)
    assert [str(one) for one in refused.value.refusals] == [ALONE]
    on_paper(council, people.officer)
    assert council.state == "concluded"


def test_whoever_wrote_the_appraisal_does_not_enter_that_the_leader_signed_it(people, revised):
    order, dossier = revised
    council = make.sitting(people, CouncilKind.APPRAISAL, [dossier], users=make.selection_board(order)[:1])
    lines = {line.sequence: line for line in dossier.budget_lines.all()}
    granted = {
        at: services.Granted(state_vnd=one.requested_state_vnd, other_vnd=one.requested_other_vnd)
        for at, one in lines.items()
    }
    services.appraise(items_of(council)[0], granted, actor=people.secretary)
    with override("en"), pytest.raises(StepRefused) as refused:
        on_paper(council, people.secretary)
    assert [str(one) for one in refused.value.refusals] == [ALONE]
    on_paper(council, people.officer)
    assert council.state == "concluded"


def test_who_bears_the_name_of_somebody_in_the_team_sits_only_for_a_reason(people, assigned):
    """The dossier names its secretary without an account; the rule bars the person, the name alone only warns."""
    order, dossier = assigned
    (typed,) = dossier.members.values_list("name", flat=True)
    namesake = user_with(Role.COUNCIL_MEMBER, full_name=fold(typed).title())
    other = user_with(Role.COUNCIL_MEMBER, full_name=f"{typed} Hai")
    council = make.seated(people, SELECTION, [order], users=[other, namesake])
    (found,) = ruled(council, "establish", people.director)
    assert found[0].startswith(f"May not sit: {namesake} (bears the name")
    assert (str(other) in found[0], found[2]) == (False, False)
    before.paper(council, "establish", people, people.director, reason="Đã xác minh: hai người trùng tên")
    assert council.state == "established"


def test_what_stops_a_council_and_what_only_warns_are_both_said(people, proposal):
    small = make.draft(people, IDENTIFICATION, [proposal])
    make.member(people, small, Position.SECRETARY)
    province = "Quy định của tỉnh (chưa có văn bản)"
    assert ruled(small, "establish", people.director) == [
        ("The council has no chair.", "", True),
        ("Identification council: allowed sizes: 5, 7, 9, 11; now there are 1.", province, False),
        ("At least 2 reviewers are needed.", province, False),
    ]


def without_vice_chair(people, kind, items):
    """A draft whose vice-chair is a plain member."""
    council = make.seated(people, kind, items)
    council.seats.filter(position=Position.VICE_CHAIR).update(position=Position.MEMBER)
    return council


def test_a_selection_council_has_a_vice_chair(people, proposal, assigned):
    """TT 20/2023/TT-BKHCN, Article 8.1.a; no text that is known asks one of an identification council."""
    order, _dossier = assigned
    council = without_vice_chair(people, SELECTION, [order])
    for regulation, is_sure in (("r1_2013", True), ("r2_2025", False)):
        council.regulation = regulation
        missing = ("Must be appointed: vice-chair.", "Thông tư 20/2023/TT-BKHCN, Điều 8.1.a", is_sure)
        assert ruled(council, "establish", people.director) == [missing]
    assert ruled(without_vice_chair(people, IDENTIFICATION, [proposal]), "establish", people.director) == []


def test_a_team_of_appraisal_has_a_deputy_head(people, revised):
    order, dossier = revised
    team = make.seated(people, CouncilKind.APPRAISAL, [dossier], users=make.selection_board(order)[:1])
    assert ruled(team, "establish", people.director) == []
    team.seats.filter(position=Position.VICE_CHAIR).update(position=Position.MEMBER)
    for regulation, is_sure in (("r1_2013", True), ("r2_2025", False)):
        team.regulation = regulation
        missing = ("Must be appointed: vice-chair.", "Thông tư 15/2022/TT-BKHCN, Điều 20", is_sure)
        assert ruled(team, "establish", people.director) == [missing]


def test_a_namesake_is_named_beside_somebody_who_may_not_sit_at_all(people, assigned, settings, tmp_path):
    province_says(settings, tmp_path, "council.barred", '["applicant", "host_member"]')
    order, dossier = assigned
    (typed,) = dossier.members.values_list("name", flat=True)
    namesake = user_with(Role.COUNCIL_MEMBER, full_name=fold(typed).title())
    colleague = user_with(Role.COUNCIL_MEMBER)
    ExpertFactory(user=colleague, affiliation=dossier.host)
    council = make.seated(people, SELECTION, [order], users=[colleague, namesake])
    barred, warned = ruled(council, "establish", people.director)
    assert barred[0].startswith(f"May not sit: {colleague} (")
    assert warned[0].startswith(f"May not sit: {namesake} (bears the name")
    assert [barred[2], warned[2]] == [True, False]


def test_a_title_before_the_typed_name_hides_nobody(people, assigned):
    order, dossier = assigned
    DossierMember.objects.filter(dossier=dossier).update(name="TS.  Lê Thị  Ẩn")
    council = make.seated(people, SELECTION, [order], users=[user_with(Role.COUNCIL_MEMBER, full_name="Lê Thị Ẩn")])
    assert [blocking for _text, _source, blocking in ruled(council, "establish", people.director)] == [False]


def test_no_sitting_opens_without_somebody_who_presides_whatever_share_the_rules_want(people, convened):
    head = seats_of(convened)[:2]
    assert [seat.position for seat in head] == [Position.CHAIR, Position.VICE_CHAIR]
    nobody = ("Neither the chair nor the vice-chair is present: nobody presides over the sitting.", "", True)
    with override("en"):
        make.attend(people, convened, head)
        assert nobody in ruled(convened, "open_sitting", people.secretary)
        make.attend(people, convened, head[:1])
        assert nobody not in ruled(convened, "open_sitting", people.secretary)


def test_the_minutes_are_not_signed_by_a_secretary_who_stayed_away(people, convened):
    secretary = seats_of(convened)[2]
    make.attend(people, convened, [secretary])
    step(convened, "open_sitting", people.secretary, reason="Đã kiểm tra")
    told = facts_function("council", DocumentKind.COUNCIL_MINUTES)(convened)
    assert (told["secretary"], str(secretary.user) in [one["name"] for one in told["absent"]]) == ("", True)
