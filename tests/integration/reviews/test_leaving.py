"""Who is noted absent is told; who leaves the open sitting leaves it by the word of two and votes until then."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit.models import Event
from core.notifications.models import Notice
from core.notifications.service import words
from core.people.policy import can
from core.workflow.ruling import StepRefused
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import Departure
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make

K = CouncilKind.IDENTIFICATION
ABSENT = "reviews.noted_absent"


def tell():
    """Seven members are there; the sitting is open."""
    people = make.cast()
    council = make.sitting(people, K, [before.screened_proposal(people, before.open_call(people))])
    return SimpleNamespace(people=people, council=council)


@pytest.fixture
def council(story):
    return story.council


@pytest.fixture
def opponent(council):
    return seats_of(council)[3]


def told(user):
    return sorted(Notice.objects.filter(recipient=user, tell__startswith="reviews.").values_list("tell", flat=True))


def written(kind, council):
    events = Event.objects.filter(kind=kind, subject_code=council.code).order_by("sequence")
    return [json.loads(event.payload)["facts"] for event in events]


def entered(people, council, seat):
    """The secretary says that the member left."""
    make.attend(people, council, absent=[seat])
    return Departure.objects.get(seat=seat)


def test_the_secretary_alone_sends_nobody_out_of_the_vote(people, council, opponent):
    row = entered(people, council, opponent)
    with pytest.raises(StepRefused) as refused:
        make.step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")
    with pytest.raises(PermissionDenied):
        services.confirm_departure(row, actor=people.secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.update(confirmed_by=people.secretary, confirmed_at=make.clock.now())

    assert [str(opponent.user) in one.text for one in refused.value.refusals] == [True]
    opponent.refresh_from_db()
    assert (opponent.attended, "reviews.leaving_entered" in told(opponent.user)) == (True, True)
    services.drop_departure(row, actor=seats_of(council)[0].user)
    make.step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")
    assert can(opponent.user, "vote", items_of(council)[0])


def test_who_presides_confirms_that_a_member_left_and_both_names_are_kept(people, council, opponent):
    row, chair = entered(people, council, opponent), seats_of(council)[0].user
    services.confirm_departure(row, actor=chair)
    make.step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")

    opponent.refresh_from_db()
    assert (opponent.attended, opponent.absence_reason, opponent.counts_votes) == (False, "Ốm", False)
    assert not can(opponent.user, "vote", items_of(council)[0])
    (facts,) = written("sitting.left", council)
    assert facts == {"seat": opponent.code, "entered_by": people.secretary.code, "confirmed_by": chair.code}
    assert [tell for tell in told(opponent.user) if tell == ABSENT] == [ABSENT]


def test_another_of_the_house_or_the_member_himself_confirms_and_no_other_member(people, council, opponent):
    row, others = entered(people, council, opponent), [seat.user for seat in seats_of(council)[1:] if seat != opponent]
    may = [people.second, people.officer, people.head, seats_of(council)[0].user, opponent.user]
    assert [can(user, "confirm", row).allowed for user in (*may, *others)] == [True] * 5 + [False] * 5
    services.confirm_departure(row, actor=opponent.user)
    assert ABSENT not in told(opponent.user)


def test_whom_the_attendance_finds_absent_before_the_sitting_is_told(people):
    council = make.convened(people, K, [before.screened_proposal(people, before.open_call(people))])
    first, second = seats_of(council)[3:5]
    make.attend(people, council, absent=[first])
    assert (told(first.user).count(ABSENT), told(second.user).count(ABSENT)) == (1, 0)
    make.attend(people, council, absent=[first, second])
    assert (told(first.user).count(ABSENT), told(second.user).count(ABSENT)) == (1, 1)
    turned = [facts["turned_absent"] for facts in written("sitting.attendance", council)]
    assert turned == [[first.code], [second.code]]
    notice = Notice.objects.get(recipient=second.user, tell=ABSENT)
    assert council.code in words(notice)


def test_a_later_list_says_anew_who_left(people, council, opponent):
    first = entered(people, council, opponent)
    make.attend(people, council, absent=[opponent])
    assert Departure.objects.get() == first
    make.attend(people, council)
    assert not Departure.objects.exists()
    assert Event.objects.filter(kind="sitting.departure_dropped").count() == 1


def test_who_left_left_for_a_reason(people, council, opponent):
    noted = {seat.code: services.Attendance(present=seat != opponent) for seat in seats_of(council)}
    with pytest.raises(ValidationError):
        services.record_attendance(council, actor=people.secretary, attendance=noted)
    assert not Departure.objects.exists()


def test_a_team_does_not_conclude_while_it_waits_whether_somebody_left(people):
    order, dossier = make.revised_dossier(people)
    team = make.sitting(people, CouncilKind.APPRAISAL, [dossier], users=make.selection_board(order)[:1])
    entered(people, team, seats_of(team)[-1])
    with pytest.raises(StepRefused) as refused:
        make.step(team, "conclude_appraisal", seats_of(team)[0].user)
    assert [str(seats_of(team)[-1].user) in one.text for one in refused.value.refusals][-1]


def test_the_pages_show_who_left_and_let_a_second_person_confirm(people, council, opponent, client_for):
    secretary, page = client_for(people.secretary, "en"), reverse("reviews:council-attendance", args=[council.code])
    data = {f"there_{seat.code}": "present" for seat in seats_of(council)} | {f"there_{opponent.code}": "absent"}
    assert secretary.post(page, {"key": uuid4(), **data}).status_code == 200
    sent = secretary.post(page, {"key": uuid4(), **data, f"reason_{opponent.code}": "Có việc gấp"})
    row = Departure.objects.get()
    confirm, drop = (reverse(f"reviews:departure-{right}", args=[row.code]) for right in ("confirm", "drop"))

    room = secretary.get(sent.url).text
    assert [part in room for part in ("Có việc gấp", drop, confirm)] == [True, True, False]
    assert secretary.get(page).context["form"].fields[f"there_{opponent.code}"].initial == "absent"
    assert secretary.get(confirm).status_code == 404
    chair = client_for(seats_of(council)[0].user, "en")
    assert confirm in chair.get(sent.url).text
    assert chair.get(confirm).status_code == 200
    assert chair.post(confirm, {"key": uuid4()}).url == council.get_absolute_url()
    shown = chair.get(sent.url).text
    assert [part in shown for part in (f"entered by {people.secretary}", "confirmed by", confirm)] == [
        True,
        True,
        False,
    ]
    assert chair.get(drop).status_code == 404


def test_an_entry_is_struck_on_its_page(people, council, opponent, client_for):
    row = entered(people, council, opponent)
    drop = reverse("reviews:departure-drop", args=[row.code])
    chair = client_for(seats_of(council)[0].user)
    assert chair.get(drop).status_code == 200
    assert chair.post(drop, {"key": uuid4()}).status_code == 302
    opponent.refresh_from_db()
    assert (opponent.attended, Departure.objects.count()) == (True, 0)
