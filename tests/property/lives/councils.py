"""Councils: seats, sitting, ballots of every outcome, conclusions."""

from collections.abc import Iterator
from datetime import time
from functools import partial
from typing import Any

from core import clock
from core.regulations import value
from core.workflow.table import Row
from proposals.models import BudgetLine
from reviews import services
from reviews.lifecycle import CouncilKind, CouncilState, Guard
from reviews.models import AgendaItem, Capacity, Council, DeclaredConflict, Level
from reviews.selectors import agenda
from reviews.selectors.ballots import ballots_of, seats_without_ballot
from reviews.selectors.conflicts import notes_of
from reviews.selectors.seats import departures_of, departures_waiting, presiding_seat, seats_of
from tasks.models import Grade
from tests.factories import reviews as made

from .life import Life, beginning, content

AFTERNOON = time(14)


@content(Guard.SEATS_COMPLETE)
def _seats(life: Life, council: Any, _row: Row) -> None:
    sizes = value(f"council.{council.kind}.sizes", council.regulation)
    positions = list(made.TEAM if council.kind == CouncilKind.APPRAISAL else made.POSITIONS[: min(sizes)])
    held = seats_of(council)
    for seat in held:
        positions.remove(seat.position)
    free = [expert for expert in life.people.experts if expert.pk not in {seat.user_id for seat in held}]
    for place, (position, expert) in enumerate(zip(positions, free, strict=False)):
        capacity = Capacity.REPRESENTATIVE if place >= len(positions) - made.COUNTERS else Capacity.EXPERT
        services.add_seat(council, actor=life.people.officer, user=expert, position=position, capacity=capacity)


@content(Guard.PAPERS_SENT_IN_TIME)
def _papers(life: Life, council: Any, _row: Row) -> None:
    day = clock.add_working_days(clock.today(), life.choose([3, 5, 10], "days before the sitting"))
    services.arrange_sitting(
        council,
        actor=life.people.secretary,
        sits_at=clock.instant(day, AFTERNOON),
        place="Phòng họp số 1",
        papers_sent_on=clock.today(),
    )


@content(Guard.SITS_AFTER_DECISION)
def _later_day(life: Life, council: Any, _row: Row) -> None:
    """The decision took longer than the day that was fixed for the sitting."""
    day = clock.add_working_days(clock.today(), 5)
    services.arrange_sitting(
        council, actor=life.people.officer, sits_at=clock.instant(day, AFTERNOON), place="Phòng họp số 1"
    )


@content(Guard.SITTING_DAY_REACHED)
def _day(life: Life, council: Any, _row: Row) -> None:
    life.wait_until(max(clock.now(), council.sits_at))


@content(Guard.QUORUM_PRESENT)
def _attendance(life: Life, council: Any, _row: Row) -> None:
    seats = seats_of(council)
    absent = [seats[-1]] if len(seats) > len(made.TEAM) and life.rarely("somebody stays away") else []
    made.attend(life.people, council, absent)


@content(Guard.NO_CONFLICT)
def _judge_conflicts(life: Life, council: Any, _row: Row) -> None:
    """The head of division clears what was noted; what the rule book bars stays."""
    for note in notes_of(council).filter(cleared_at=None):
        services.clear_conflict(note, actor=life.people.head, reason="Chỉ trùng họ tên")


@beginning("council.convened", "council.sitting", main=False)
def conflict_notes(life: Life) -> Iterator[tuple[str, Any]]:
    """The secretary hears something of a member; the member denies it, which changes nothing."""
    for council in Council.objects.filter(state__in=[CouncilState.CONVENED, CouncilState.SITTING]).order_by("code"):
        if not notes_of(council).exists():
            yield "conflict note", partial(_note_conflict, life, seats_of(council)[-1])


def _note_conflict(life: Life, seat: Any) -> None:
    conflict = life.choose(list(DeclaredConflict), "conflict")
    note = services.note_conflict(seat, actor=life.people.secretary, conflict=conflict, words="Theo đơn phản ánh")
    services.declare_conflict(seat, actor=seat.user, conflict=None)
    services.answer_conflict(note, actor=seat.user, words="Không đúng")


@content(Guard.ATTENDANCE_SETTLED)
def _settle_departures(life: Life, council: Any, _row: Row) -> None:
    """Who presides agrees that the member left, or says that he is still there."""
    chair = presiding_seat(seats_of(council))
    for row in departures_waiting(council):
        assert chair is not None
        settle = life.choose([services.confirm_departure, services.drop_departure], "whether he left")
        settle(row, actor=chair.user)


@beginning("council.sitting", main=False)
def departures(life: Life) -> Iterator[tuple[str, Any]]:
    """A plain member leaves the open sitting."""
    for council in Council.objects.filter(state=CouncilState.SITTING).order_by("code"):
        seats = seats_of(council)
        if seats[-2].attended and not departures_of(council).exists():
            absent = [seat for seat in seats if not seat.attended or seat == seats[-2]]
            yield "departure", partial(made.attend, life.people, council, absent)


@content(Guard.INVESTIGATOR_LEFT)
def _left(life: Life, council: Any, _row: Row) -> None:
    came = AgendaItem.objects.filter(council=council, investigator_came=True)
    investigators = {item.code: clock.now() for item in came}
    services.record_minutes(council, actor=life.people.secretary, investigators=investigators)


def _content_of(life: Life, item: AgendaItem, mood: Any) -> Any:
    """A ballot in the mood of the sitting on this item."""
    if item.proposal_id:
        return made.vote(agrees=mood != "fail")
    if item.dossier_id:
        return made.even_scores(item, {"pass": 12, "good": 20, "fail": 45}[mood])
    level, report = (Level.FAIL, Grade.FAIL) if mood == "fail" else (Level.PASS, Grade.PASS)
    return made.grades(item, level, report)


@content(Guard.BALLOTS_COMPLETE)
def _ballots(life: Life, council: Any, _row: Row) -> None:
    """Every member casts his ballots at once; now and then one comes on paper."""
    items = agenda.ballot_items(council)
    mood = life.choose(["pass", "fail", "good", ""], "mood of the council")
    moods = {item: mood or life.choose(["pass", "good", "fail"], "mood on one item") for item in items}
    missing: dict[Any, list[AgendaItem]] = {}
    for item in items:
        for seat in seats_without_ballot(item).order_by("pk"):
            missing.setdefault(seat, []).append(item)
    for place, (seat, left) in enumerate(missing.items()):
        contents = {item: _content_of(life, item, moods[item]) for item in left}
        if place == 0 and life.rarely("a ballot on paper"):
            for item, content_ in contents.items():
                paper = services.Paper(seat=seat, scan=made.scan())
                services.enter_paper_ballot(item, content_, paper=paper, actor=life.people.secretary)
        else:
            services.cast_ballots(council, contents, actor=seat.user)


@content(Guard.PAPER_BALLOTS_CONFIRMED)
def _second_person(life: Life, council: Any, _row: Row) -> None:
    for ballot in ballots_of(council).filter(channel="paper", confirmed_by=None):
        services.confirm_ballot(ballot, actor=life.people.second)


@content(Guard.CONCLUSIONS_WRITTEN)
def _conclusion(life: Life, council: Any, _row: Row) -> None:
    for item in agenda.head_items(council):
        recommended = None
        if item.order_id and item.passed and not item.recommended_id:
            best = AgendaItem.objects.filter(council=council, dossier__isnull=False, rank=1, passed=True)
            recommended = life.choose([one.dossier for one in best.order_by("sequence")], "which of the equals")
        services.write_conclusion(
            item,
            actor=life.people.secretary,
            conclusion="Hội đồng thống nhất",
            remarks="Làm rõ phương pháp",
            recommended=recommended,
        )


@content(Guard.BUDGET_APPRAISED)
def _appraisal(life: Life, council: Any, _row: Row) -> None:
    for item in agenda.items_of(council):
        granted = {
            line.sequence: services.Granted(
                state_vnd=line.requested_state_vnd // 10 * 9, other_vnd=line.requested_other_vnd, reason="Vượt định mức"
            )
            for line in BudgetLine.objects.filter(dossier=item.dossier_id)
        }
        services.appraise(item, granted, actor=life.people.secretary)


@content(Guard.DISSOLUTION_REASONED)
def _ground(life: Life, council: Any, _row: Row) -> None:
    services.write_dissolution_reason(council, actor=life.people.officer, reason="Chủ tịch hội đồng vắng dài ngày")


def _councils(life: Life, kind: CouncilKind) -> Iterator[tuple[str, Any]]:
    waiting = list(agenda.waiting(kind))
    if waiting:
        items = waiting if kind in agenda.SEVERAL else [life.choose(waiting, "what the council judges")]
        yield f"council {kind}", partial(made.draft, life.people, kind, items)


@beginning("proposal.screened", main=True)
def identification(life: Life) -> Iterator[tuple[str, Any]]:
    return _councils(life, CouncilKind.IDENTIFICATION)


@beginning("order.dossiers_opened", main=True)
def selection(life: Life) -> Iterator[tuple[str, Any]]:
    return _councils(life, CouncilKind.SELECTION)


@beginning("dossier.revised", main=True)
def appraisal(life: Life) -> Iterator[tuple[str, Any]]:
    return _councils(life, CouncilKind.APPRAISAL)


@beginning("task.acceptance_filed", "task.grassroots_accepted", main=True)
def acceptance(life: Life) -> Iterator[tuple[str, Any]]:
    return _councils(life, CouncilKind.ACCEPTANCE)
