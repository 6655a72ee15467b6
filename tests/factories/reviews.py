"""Councils in any state: facts through the services, states through take_step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.jobs.service import run_due_jobs
from core.people.models import User
from core.people.roles import Act, Role
from core.workflow.models import Stepped
from proposals import services as proposal_services
from proposals.models import Dossier, Order
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Capacity, Council, Level, Position, Seat, SeatReplacement
from reviews.rules import grading
from reviews.selectors.agenda import ballot_items, head_items
from reviews.selectors.seats import seats_of
from reviews.services.contents import criteria_of, products_of
from tasks.models import Grade
from tests.factories import proposals as before
from tests.factories import tasks
from tests.factories.documents import image_bytes
from tests.factories.people import AuthorityFactory, department, user_with

paper, step = before.paper, before.step
PNG = image_bytes()
POSITIONS = (
    Position.CHAIR,
    Position.VICE_CHAIR,
    Position.SECRETARY,
    Position.REVIEWER,
    Position.REVIEWER,
    Position.MEMBER,
    Position.MEMBER,
    Position.MEMBER,
    Position.MEMBER,
)
TEAM = (Position.CHAIR, Position.VICE_CHAIR, Position.SECRETARY, Position.MEMBER, Position.MEMBER)
COUNTERS = 3
# No two members share a name, and nobody else has one like it: the tests of secrecy look for them.
NAMES = count(1)


@dataclass
class Board(before.Cast):
    """The people of a journey, and those who serve its councils."""

    secretary: User
    second: User


def cast() -> Board:
    """One person for each part; the director founds councils."""
    people = tasks.cast()
    AuthorityFactory(
        act=Act.COUNCIL_FOUNDER,
        body=department(),
        positions=[Role.DEPARTMENT_DIRECTOR.value],
        title_line="GIÁM ĐỐC",
    )
    secretary, second = user_with(Role.ADMINISTRATIVE_SECRETARY), user_with(Role.ADMINISTRATIVE_SECRETARY)
    return Board(**vars(people), secretary=secretary, second=second)


def draft(people: Board, kind: CouncilKind, items: Sequence[Stepped], **more: Any) -> Council:
    """A draft without members that shall sit this afternoon."""
    facts = {
        "title": f"Hội đồng {kind.value}",
        "sits_at": clock.instant(clock.today(), time(14)),
        "place": "Phòng họp số 1",
        "key": uuid4(),
        **more,
    }
    return services.create_council(actor=people.officer, kind=kind, items=items, **facts)


def member(people: Board, council: Council, position: Position = Position.MEMBER, **more: Any) -> Seat:
    """A new council member of another university."""
    user = more.pop("user", None) or user_with(Role.COUNCIL_MEMBER, full_name=f"Ủy viên Kín {next(NAMES):03d}")
    return services.add_seat(council, actor=people.officer, user=user, position=position, **more)


def seated(
    people: Board, kind: CouncilKind, items: Sequence[Stepped], size: int = 7, users: Sequence[User] = (), **more: Any
) -> Council:
    """A draft with all its members: from ``users`` first, then new people."""
    council = draft(people, kind, items, **more)
    positions = TEAM if kind is CouncilKind.APPRAISAL else POSITIONS[:size]
    named = [*users, *([None] * len(positions))]
    for place, (position, user) in enumerate(zip(positions, named, strict=False)):
        capacity = Capacity.REPRESENTATIVE if place >= len(positions) - COUNTERS else Capacity.EXPERT
        member(people, council, position, capacity=capacity, user=user)
    return council


def established(people: Board, kind: CouncilKind, items: Sequence[Stepped], **more: Any) -> Council:
    """Established by the director's decision."""
    council = seated(people, kind, items, **more)
    paper(council, "establish", people, people.director)
    return council


def convened(people: Board, kind: CouncilKind, items: Sequence[Stepped], **more: Any) -> Council:
    """Everybody has the papers since five working days."""
    council = established(people, kind, items, **more)
    sent = clock.add_working_days(clock.today(), -5)
    services.arrange_sitting(
        council, actor=people.secretary, sits_at=council.sits_at, place=council.place, papers_sent_on=sent
    )
    step(council, "convene", people.secretary)
    return council


def replacement(people: Board, seat: Seat, user: User | None = None, **more: Any) -> SeatReplacement:
    """Entered by the secretary, as the director decided it."""
    facts = {"words": "Quyết định số 15/QĐ-SKHCN", "decided_by": people.director, "decided_on": clock.today(), **more}
    reason = facts.pop("reason", "Chuyển công tác")
    decision = services.AmendingDecision(**{"scan": scan(), **facts})
    someone = user or user_with(Role.COUNCIL_MEMBER)
    return services.replace_seat(seat, actor=people.secretary, user=someone, decision=decision, reason=reason)


def replaced(people: Board, seat: Seat, user: User | None = None) -> Seat:
    """Somebody else on the seat, confirmed by the head of division."""
    return services.confirm_replacement(replacement(people, seat, user), actor=people.head)


def attend(people: Board, council: Council, absent: Sequence[Seat] = ()) -> None:
    """Everybody comes but ``absent``; the last three of those present count the votes."""
    seats = seats_of(council)
    there = [seat for seat in seats if seat not in absent]
    noted = {
        seat.code: services.Attendance(
            present=seat in there, counts_votes=seat in there[-COUNTERS:], absence_reason="" if seat in there else "Ốm"
        )
        for seat in seats
    }
    services.record_attendance(council, actor=people.secretary, attendance=noted)


def sitting(people: Board, kind: CouncilKind, items: Sequence[Stepped], *, absent: int = 0, **more: Any) -> Council:
    """The sitting is open; the last ``absent`` members stayed away."""
    council = convened(people, kind, items, **more)
    attend(people, council, seats_of(council)[len(seats_of(council)) - absent :])
    step(council, "open_sitting", people.secretary, reason="Đã kiểm tra")
    return council


def voting(people: Board, kind: CouncilKind, items: Sequence[Stepped], **more: Any) -> Council:
    council = sitting(people, kind, items, **more)
    step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")
    return council


def vote(agrees: bool = True, **more: Any) -> services.Vote:
    return services.Vote(agrees=agrees, **more)


def scores(item: AgendaItem, total: int = 80, **more: Any) -> services.Scores:
    """Points with the given total: the first criteria full, the next one in part, the rest nothing."""
    points, left = {}, total
    for criterion in criteria_of(item):
        points[criterion.code] = min(criterion.maximum, left)
        left -= points[criterion.code]
    return services.Scores(points=points, **more)


def even_scores(item: AgendaItem, missing: int = 20, **more: Any) -> services.Scores:
    """Points with ``missing`` less than 100, spread so that no criterion is zero."""
    points, left = {}, missing
    for criterion in criteria_of(item):
        lost = min(criterion.maximum - 1, left)
        points[criterion.code] = criterion.maximum - lost
        left -= lost
    return services.Scores(points=points, **more)


def grades(item: AgendaItem, level: Level = Level.PASS, report: Grade = Grade.PASS, **more: Any) -> services.Grades:
    """The same level everywhere."""
    levels = {(product.sequence, criterion): level for product in products_of(item) for criterion in grading.CRITERIA}
    return services.Grades(levels=levels, report=report, **more)


def ballot_for(item: AgendaItem, seat: Seat) -> Any:
    """A favourable ballot."""
    if item.proposal_id:
        return vote()
    return even_scores(item) if item.dossier_id else grades(item)


def cast_all(council: Council, ballot: Callable[[AgendaItem, Seat], Any] = ballot_for) -> None:
    """Everybody present casts a ballot on every item."""
    for item in ballot_items(council):
        for seat in seats_of(council):
            if seat.attended:
                services.cast_ballot(item, ballot(item, seat), actor=seat.user)


def counted(
    people: Board,
    kind: CouncilKind,
    items: Sequence[Stepped],
    *,
    ballot: Callable[[AgendaItem, Seat], Any] = ballot_for,
    **more: Any,
) -> Council:
    council = voting(people, kind, items, **more)
    cast_all(council, ballot)
    step(council, "close_ballot", people.secretary)
    return council


def conclude(people: Board, council: Council, **words: Any) -> None:
    """Write the conclusions and let the chair sign them."""
    for item in head_items(council):
        facts = {"conclusion": "Hội đồng thống nhất", "remarks": "Làm rõ phương pháp", **words}
        services.write_conclusion(item, actor=people.secretary, **facts)
    chair = next(seat.user for seat in seats_of(council) if seat.position == Position.CHAIR)
    step(council, f"conclude_{council.kind}", chair)


def concluded(people: Board, kind: CouncilKind, items: Sequence[Stepped], **more: Any) -> Council:
    council = counted(people, kind, items, **more)
    conclude(people, council)
    return council


def scan(name: str = "phieu.png") -> SimpleUploadedFile:
    """The scan of a paper ballot."""
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def assigned_order(people: Board) -> tuple[Order, Dossier]:
    """An order assigned directly to the university, its dossier opened and valid."""
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    dossier.refresh_from_db()
    return order, dossier


def rivals(people: Board, bidders: int = 3) -> tuple[Order, list[Dossier]]:
    """An order called for selection with the dossiers of the university and of others, not opened yet."""
    order = before.called_order(people, before.open_call(people))
    others = [before.bidder() for _ in range(bidders - 1)]
    return order, [before.submitted_dossier(one, order) for one in (people, *others)]


def opened(people: Board, order: Order) -> Order:
    """Closes the call and opens the dossiers; the clock must stand after the closing."""
    run_due_jobs()
    return before.open_dossiers(people, order)


def revised_dossier(people: Board) -> tuple[Order, Dossier]:
    """A dossier that a selection council recommended and the host revised."""
    order, dossier = assigned_order(people)
    concluded(people, CouncilKind.SELECTION, [order])
    dossier.refresh_from_db()
    proposal_services.answer_remarks(dossier, actor=people.applicant, answer="Đã bổ sung mục 3")
    step(dossier, "revise", people.signer)
    return order, dossier


def selection_board(order: Order) -> list[User]:
    """Who sat in the selection council of the order, chair first."""
    council = Council.objects.get(kind=CouncilKind.SELECTION, items__order=order)
    return [seat.user for seat in seats_of(council)]
