"""What others note of a member speaks against him until whoever judges it clears it: his own word never does."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit.models import Event
from core.notifications.models import Notice
from core.people.policy import can, visible_to
from core.people.roles import Role
from core.people.standing import forget_standing
from core.workflow.ruling import StepRefused
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import ConflictNote, DeclaredConflict
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.people import MembershipFactory, department

K, BROTHER = CouncilKind.IDENTIFICATION, "Anh ruột của chủ nhiệm"
RELATIVE = DeclaredConflict.RELATIVE


def tell():
    """A council that sits; its ballot is not open yet."""
    people = make.cast()
    council = make.sitting(people, K, [before.screened_proposal(people, before.open_call(people))])
    return SimpleNamespace(people=people, council=council)


@pytest.fixture
def council(story):
    return story.council


@pytest.fixture
def seat(council):
    """The scientific secretary."""
    return seats_of(council)[2]


@pytest.fixture
def row(people, seat):
    return services.note_conflict(seat, actor=people.secretary, conflict=RELATIVE, words=BROTHER)


def opens(council, people):
    """Whether the ballot opens."""
    try:
        make.step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")
    except StepRefused:
        return False
    return True


def told(user):
    rows = Notice.objects.filter(recipient=user, tell__startswith="reviews.conflict").order_by("pk")
    return [name.removeprefix("reviews.conflict_") for name in rows.values_list("tell", flat=True)]


def test_a_member_does_not_erase_what_the_secretary_noted(people, council, seat, row):
    assert not opens(council, people)
    services.declare_conflict(seat, actor=seat.user, conflict=None, words="Không có")
    assert not opens(council, people)
    with pytest.raises(PermissionDenied):
        services.clear_conflict(row, actor=seat.user, reason="Không phải anh em")
    row.refresh_from_db()
    assert (row.words, row.noted_by, row.cleared_by) == (BROTHER, people.secretary, None)


def test_nobody_erases_what_the_member_said_himself(people, council, seat):
    services.declare_conflict(seat, actor=seat.user, conflict=RELATIVE, words=BROTHER)
    row = services.note_conflict(seat, actor=people.secretary, conflict=DeclaredConflict.PARTIAL, words="Cùng nhóm")
    services.clear_conflict(row, actor=people.head, reason="Đã giải thể nhóm")
    seat.refresh_from_db()
    assert (seat.declared, seat.declared_note, opens(council, people)) == ("relative", BROTHER, False)


def test_who_presides_clears_it_with_a_reason_and_the_member_votes(people, council, seat, row):
    chair = seats_of(council)[0].user
    with pytest.raises(ValidationError):
        services.clear_conflict(row, actor=chair, reason="  ")
    services.clear_conflict(row, actor=chair, reason="Trùng họ tên")
    assert opens(council, people)
    services.cast_ballot(items_of(council)[0], make.vote(), actor=seat.user)
    event = Event.objects.get(kind="seat.conflict_cleared")
    assert (event.actor_id, event.reason) == (chair.pk, "Trùng họ tên")
    facts = json.loads(event.payload)["facts"]
    assert facts == {"seat": seat.code, "entry": row.code, "noted_by": people.secretary.code}
    with pytest.raises(PermissionDenied):
        services.clear_conflict(row, actor=people.head, reason="Lần nữa")


def test_neither_the_member_nor_who_noted_it_judges_it(people, council, seat):
    chair, member = seats_of(council)[0], seats_of(council)[4].user
    of_the_chair = services.note_conflict(chair, actor=people.head, conflict=RELATIVE, words=BROTHER)
    by_the_chair = services.note_conflict(seat, actor=chair.user, conflict=RELATIVE, words=BROTHER)
    askers = (people.secretary, people.officer, people.head, chair.user, seat.user, member)
    assert [can(user, "clear", of_the_chair).allowed for user in askers] == [False] * 6
    assert [can(user, "clear", by_the_chair).allowed for user in askers] == [False, False, True, False, False, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictNote.objects.filter(pk=by_the_chair.pk).update(
            cleared_by=chair.user, cleared_at=make.clock.now(), cleared_reason="x"
        )


def test_of_himself_nobody_notes_and_a_plain_member_notes_nothing(people, council, seat):
    for actor in (seat.user, seats_of(council)[4].user, people.officer):
        with pytest.raises(PermissionDenied):
            services.note_conflict(seat, actor=actor, conflict=RELATIVE, words=BROTHER)
    with pytest.raises(ValidationError):
        services.note_conflict(seat, actor=people.head, conflict=RELATIVE, words=" ")
    assert not ConflictNote.objects.exists()


def test_a_head_who_sits_there_does_not_judge_himself(people):
    MembershipFactory(user=people.head, organisation=department(), role=Role.COUNCIL_MEMBER)
    forget_standing(people.head)
    proposal = before.screened_proposal(people, before.open_call(people))
    council = make.convened(people, K, [proposal], users=[None, None, None, people.head])
    seat = next(one for one in seats_of(council) if one.user == people.head)
    row = services.note_conflict(seat, actor=people.secretary, conflict=RELATIVE, words=BROTHER)
    assert [can(people.head, action, row).allowed for action in ("view", "answer", "clear")] == [True, True, False]
    with pytest.raises(PermissionDenied):
        services.note_conflict(seat, actor=people.head, conflict=RELATIVE, words=BROTHER)


def test_the_member_and_who_judges_it_are_told_and_no_other_member_reads_it(people, council, seat, row):
    chair, other = (seats_of(council)[place].user for place in (0, 4))
    services.clear_conflict(row, actor=chair, reason="Trùng họ tên")
    assert [told(user) for user in (seat.user, chair, people.head, other)] == [
        ["noted", "cleared"],
        ["to_judge"],
        ["to_judge"],
        [],
    ]
    readers = [people.secretary, people.officer, people.head, chair, seat.user, other, people.applicant]
    assert [list(visible_to(user, ConflictNote)) == [row] for user in readers] == [True] * 5 + [False] * 2


def test_the_pages_note_answer_and_clear_a_conflict(people, council, seat, client_for):
    clients = [client_for(user, "en") for user in (people.secretary, seat.user, seats_of(council)[0].user)]
    secretary, member, chair = clients
    room, members = council.get_absolute_url(), reverse("reviews:council-members", args=[council.code])
    note = reverse("reviews:seat-note", args=[seat.code])
    assert note in secretary.get(members).text
    assert note in chair.get(members).text
    missing = secretary.post(note, {"key": uuid4(), "conflict": "relative"})
    assert list(missing.context["form"].errors) == ["words"]
    assert secretary.post(note, {"key": uuid4(), "conflict": "relative", "words": BROTHER}).url == members
    row = ConflictNote.objects.get()
    reply, clear = (reverse(f"reviews:conflict-{page}", args=[row.code]) for page in ("answer", "clear"))

    own = reverse("reviews:seat-declare", args=[seat.code])
    assert member.post(own, {"key": uuid4(), "conflict": "none"}).status_code == 302
    shown = [member.get(page).text for page in (room, own)]
    assert [BROTHER in page and reply in page and clear not in page for page in shown] == [True, True]
    assert member.get(clear).status_code == 404
    assert member.get(reply).status_code == 200
    assert member.post(reply, {"key": uuid4(), "words": "Chỉ trùng họ tên"}).url == room
    assert not opens(council, people)

    text = chair.get(room).text
    assert [part in text for part in (BROTHER, "Chỉ trùng họ tên", clear, reply)] == [True, True, True, False]
    assert "Chỉ trùng họ tên" in chair.get(clear).text
    assert list(chair.post(clear, {"key": uuid4()}).context["form"].errors) == ["reason"]
    assert chair.post(clear, {"key": uuid4(), "reason": "Đã đối chiếu hộ tịch"}).url == room
    assert "Đã đối chiếu hộ tịch" in member.get(room).text
    assert chair.get(note).status_code == 200
    assert opens(council, people)
    assert secretary.get(note).status_code == 404


def test_other_members_neither_see_nor_open_what_was_noted(people, council, seat, row, client_for):
    other = client_for(seats_of(council)[4].user)
    assert BROTHER not in other.get(council.get_absolute_url()).text
    pages = [reverse("reviews:seat-note", args=[seat.code])]
    pages += [reverse(f"reviews:conflict-{page}", args=[row.code]) for page in ("answer", "clear")]
    assert [other.get(page).status_code for page in pages] == [404, 404, 404]
