"""What every council does: it is founded, established, convened, it sits, votes and concludes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from core import clock
from core.people.models import User
from core.people.roles import Role
from core.workflow.models import Stepped
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Capacity, Council, Position, Seat
from reviews.selectors.agenda import ballot_items, head_items
from reviews.selectors.seats import presiding_seat, seats_of

from .player import History
from .stage import Stage

P = Position
POSITIONS = (P.CHAIR, P.VICE_CHAIR, P.SECRETARY, P.REVIEWER, P.REVIEWER, P.MEMBER, P.MEMBER, P.MEMBER, P.MEMBER)
TEAM = (P.CHAIR, P.VICE_CHAIR, P.SECRETARY, P.MEMBER, P.MEMBER)
COUNTERS = 3
ROOM = "Phòng họp số 2, Sở Khoa học và Công nghệ"

Ballot = Callable[[AgendaItem, Seat], Any]
Words = Callable[[AgendaItem], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One council: its subjects, its size, when it sits (days before the demo's day), how it votes and concludes.

    ``items`` are asked for when it is founded: their own histories make them. ``first`` are members who must sit.
    ``until`` names the last step that has happened so far. ``votes`` limits how many members have voted.
    """

    kind: CouncilKind
    title: str
    items: Callable[[], Sequence[Stepped]]
    sits: int
    size: int = 7
    absent: int = 0
    first: Callable[[], Iterable[User]] = tuple
    ballot: Ballot = field(default=lambda _item, _seat: None)
    words: Words = field(default=lambda _item: {})
    until: str = ""
    votes: int = 99
    hour: int = 14


def council(stage: Stage, sitting: Sitting) -> History:
    """From the draft to the signed conclusion, or as far as it has come."""
    days, secretary = stage.days, stage.staff(Role.ADMINISTRATIVE_SECRETARY)
    yield days.at(max(sitting.sits + 18, 3), 8)
    made = found(stage, sitting)
    yield days.at(max(sitting.sits + 15, 2), 9)
    if sitting.until == "draft":
        stage.draft(made, "establish")
        return
    stage.paper(made, "establish", stage.staff(Role.DEPARTMENT_DIRECTOR))
    yield days.at(max(sitting.sits + 9, 1), 10)
    send_papers(stage, made, secretary)
    if sitting.until == "convene":
        return
    yield days.at(sitting.sits, sitting.hour)
    open_sitting(stage, sitting, made, secretary)
    yield clock.now() + timedelta(hours=1)
    _vote(stage, sitting, made)
    if sitting.until == "vote":
        return
    yield clock.now() + timedelta(hours=1)
    if sitting.kind is not CouncilKind.APPRAISAL:
        stage.step(made, "close_ballot", secretary)
    if sitting.until != "count":
        _conclude(stage, sitting, made, secretary)


def found(stage: Stage, sitting: Sitting) -> Council:
    """The draft with its members: who must sit first, the rest by chance."""
    officer = stage.staff(Role.OFFICER)
    made = services.create_council(
        actor=officer,
        kind=sitting.kind,
        items=sitting.items(),
        title=sitting.title,
        sits_at=stage.days.at(sitting.sits, sitting.hour),
        place=ROOM,
        key=stage.key(),
    )
    positions = TEAM if sitting.kind is CouncilKind.APPRAISAL else POSITIONS[: sitting.size]
    members = _members(stage, sitting, len(positions))
    for place, (position, user) in enumerate(zip(positions, members, strict=True)):
        capacity = Capacity.REPRESENTATIVE if place >= len(positions) - COUNTERS else Capacity.EXPERT
        services.add_seat(made, actor=officer, user=user, position=position, capacity=capacity)
    return made


def _members(stage: Stage, sitting: Sitting, size: int) -> list[User]:
    """Who must sit takes the last places; chair and secretary are drawn."""
    wanted = list(dict.fromkeys(sitting.first()))[:2]
    others = [user for user in stage.world.experts if user not in wanted]
    return [*stage.random.sample(others, size - len(wanted)), *wanted]


def send_papers(stage: Stage, made: Council, secretary: User) -> None:
    """The members get the papers in time, then they are called together."""
    made.refresh_from_db()
    services.arrange_sitting(
        made, actor=secretary, sits_at=made.sits_at, place=made.place, papers_sent_on=clock.today()
    )
    stage.step(made, "convene", secretary)


def open_sitting(stage: Stage, sitting: Sitting, made: Council, secretary: User) -> None:
    """Who is there, who counts; the sitting is opened, and where there is a vote, the ballot."""
    seats = seats_of(made)
    there = seats[: len(seats) - sitting.absent]
    attendance = {
        seat.code: services.Attendance(
            present=seat in there,
            counts_votes=seat in there[-COUNTERS:],
            absence_reason="" if seat in there else "Đi công tác",
        )
        for seat in seats
    }
    services.record_attendance(made, actor=secretary, attendance=attendance)
    stage.step(made, "open_sitting", secretary)
    if sitting.kind is not CouncilKind.APPRAISAL:
        stage.step(made, "open_ballot", secretary)


def _vote(stage: Stage, sitting: Sitting, made: Council) -> None:
    items = ballot_items(made)
    for seat in [seat for seat in seats_of(made) if seat.attended][: sitting.votes]:
        services.cast_ballots(made, {item: sitting.ballot(item, seat) for item in items}, actor=stage.known(seat.user))


def _conclude(stage: Stage, sitting: Sitting, made: Council, secretary: User) -> None:
    services.record_minutes(
        made,
        actor=secretary,
        opened_at=made.sits_at,
        closed_at=clock.now(),
        discussion="Các thành viên trao đổi về sự cần thiết, tính mới và khả năng ứng dụng.\nChủ tịch kết luận.",
    )
    for item in head_items(made):
        services.write_conclusion(item, actor=secretary, **sitting.words(item))
    presiding = presiding_seat(seats_of(made))
    assert presiding is not None  # noqa: S101  # the chair is never away here
    stage.step(made, f"conclude_{made.kind}", stage.known(presiding.user))
