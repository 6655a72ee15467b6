"""How a step is taken in a life: by hand, for somebody else, on paper, or by a person who has no business with it."""

from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.selectors import other_signers
from core.documents.services import (
    OtherSignature,
    countersign_document,
    endorse_document,
    issue_document,
    prepare_document,
    refuse_document,
)
from core.numbers.models import Source
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role
from core.workflow.models import Stepped
from core.workflow.paper_entries import ask_entry, confirm_entry
from core.workflow.ports import signed_paper
from core.workflow.registry import subjects
from core.workflow.rights import deciders
from core.workflow.ruling import StepRefused
from core.workflow.selectors import StepOffer, available_steps
from core.workflow.service import Saying, take_step
from core.workflow.table import Channel, Reason, Row
from funds.models import Disbursement
from tests.factories.proposals import PPC_NUMBERS

from .house import Key, glance, row_of
from .life import Life

WHY = "Theo đề nghị của đơn vị"
PAPER_WAYS = [("agreed here", 6), ("signed on paper", 3), ("sent back", 1), ("left", 1)]
WISH, ON_THE_WAY, DUTY, ASIDE = 60, 20, 4, 1


# ── What is done next ───────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _leaving(kind: str, state: str) -> tuple[Row, ...]:
    return tuple(row for row in subjects[kind].lifecycle.rows if state in row.sources and row.is_for_people)


def weight(subject: Stepped, row: Row) -> int:
    """A step along the usual path is drawn most often, one that nobody waits for seldom."""
    path = list(subject.lifecycle.path)
    if row.target in path and (subject.state not in path or path.index(row.target) > path.index(subject.state)):
        return ON_THE_WAY if row.duty else DUTY
    return DUTY if row.duty else ASIDE


def tries(life: Life, subject: Stepped, row: Row) -> int:
    """The weight of a step, more when this life wishes for it; what was refused before is tried less and less."""
    full = WISH if life.is_wished(subject.lifecycle.name, row, subject.state) else weight(subject, row)
    return max(full >> 2 * life.refused[subject.code, row.name], ASIDE)


def _pull(life: Life, key: Key) -> int:
    """How much a record draws the next step to itself; 0 when nobody can move it."""
    state = life.house.states[key][0]
    rows = _leaving(key[0], state)
    wished = sum(life.is_wished(key[0], row, state) for row in rows)
    return (1 + 8 * wished) if rows else 0


def go_on(life: Life) -> str:
    """One step of the table on one living record, by somebody who may decide it."""
    living = [(key, pull) for key in life.house.living() if (pull := _pull(life, key))]
    subject = life.record(life.weigh(living, "record")) if living else None
    rows = {row.name: row for row in subject.rows() if row.is_for_people} if subject else {}
    if not subject or not rows:
        return "nothing to do"
    row = rows[life.weigh([(name, tries(life, subject, row)) for name, row in rows.items()], "step")]
    people = [life.people.one(pk) for pk in deciders(subject, row, clock.today()).values_list("pk", flat=True)]
    if not people:
        return f"{subject.lifecycle.name}: nobody decides"
    return _prepare_and_take(life, subject, row, life.choose(people, "decider"))


def _prepare_and_take(life: Life, subject: Stepped, row: Row, decider: User) -> str:
    """Supply what is missing, and take the step; as it stands, or against a guard that still refuses, only seldom."""
    if life.rarely("as it stands", 12):
        return take(life, subject, row, decider)
    ready = life.satisfy(subject, row, decider)
    if ready is None:
        return f"{subject.lifecycle.name}: overtaken"
    fresh, is_refused = ready
    if is_refused and not life.rarely("try it nevertheless", 3):
        life.refused[subject.code, row.name] += 1
        return f"{subject.lifecycle.name} waits"
    return take(life, fresh, row, decider)


# ── The ways of a step ──────────────────────────────────────────────────────────────────────────────────────────────


def take(life: Life, subject: Stepped, row: Row, decider: User) -> str:
    """What available_steps says and what the door does must be the same."""
    way = _by_paper if signed_paper(row) else life.choose([_by_hand, _by_hand, _by_hand, _by_clerk], "way")
    offer = offered(subject, row, decider) if life.rarely("what the button says", 4) else None
    before, moment, kind, state = glance(), clock.now(), subject.lifecycle.name, subject.state
    try:
        way(life, subject, row, decider)
    except StepRefused as refused:
        assert refused.refusals
        assert glance() == before, (subject, row.name)
        offer = offer or offered(subject, row, decider)
        assert way is _by_clerk or not offer.is_open, (subject, row.name, [str(one) for one in refused.refusals])
        life.refused[subject.code, row.name] += 1
        return f"{kind} refused"
    assert offer is None or offer.is_open or way is _by_clerk, (subject, offer)
    assert clock.now() == moment
    if subject.state == row.target:
        life.came_through(kind, row, state)
    return f"{kind} {way.__name__[1:]}"


def offered(subject: Stepped, row: Row, decider: User) -> StepOffer:
    """What the page offers to somebody who may decide the row: his own step."""
    (offer,) = (one for one in available_steps(subject, decider) if one.row is row)
    assert not offer.to_record, (subject, row.name, decider)
    return offer


def _by_hand(life: Life, subject: Stepped, row: Row, decider: User) -> None:
    _once(life, subject, row, actor=decider)


def _by_clerk(life: Life, subject: Stepped, row: Row, decider: User) -> None:
    """The clerk types what was decided on paper; the day of the paper may make the difference to a guard."""
    typed = {"actor": life.people.clerk, "decided_by": decider, "channel": Channel.PAPER, "evidence": [uuid4()]}
    if subject.lifecycle.needs_two_on_paper(row):
        _by_two_clerks(life, subject, row, decider)
    else:
        _once(life, subject, row, **typed)


def _by_two_clerks(life: Life, subject: Stepped, row: Row, decider: User) -> None:
    """What nothing else would show is typed by one and confirmed by another; alone neither of them moves it."""
    saying = Saying(
        actor=life.people.clerk,
        decided_by=decider,
        on_behalf_of="",
        channel=Channel.PAPER,
        effective_on=clock.today(),
        reason=WHY,
        evidence=(uuid4(),),
        document=None,
    )
    before = subject.state
    with audit.transaction():
        ask_entry(subject, row.name, saying=saying, key=uuid4())
        subject.refresh_from_db()
        assert subject.state == before
        confirm_entry(subject, actor=life.people.second_clerk, key=uuid4())
    subject.refresh_from_db()


def _once(life: Life, subject: Stepped, row: Row, **more: Any) -> None:
    """Take the step, and now and then again with the same key: it acts once."""
    key = uuid4()
    event = take_step(subject, row.name, reason=WHY, key=key, **more)
    assert (subject.state, event.to_state, event.cause) == (row.target, row.target, None)
    if life.rarely("a second click", 6):
        again = glance()
        assert take_step(subject, row.name, reason=WHY, key=key, **more) == event
        assert glance() == again


def _by_paper(life: Life, subject: Stepped, row: Row, decider: User) -> None:
    house = life.people.house
    writer = house.fund_officer if isinstance(subject, Disbursement) else life.people.officer
    draft = prepare_document(subject, row.name, actor=writer)
    way = life.weigh(PAPER_WAYS, "the way of the paper")
    if way == "sent back":
        refuse_document(draft, actor=decider, reason=WHY)
    elif way != "left":
        if way == "agreed here":
            endorse_document(draft, actor=decider)
        other = _other_side(life, draft, subject)
        by_hand = way != "agreed here" or other is not None
        _number(life, draft, decider, [uuid4()] if by_hand else [], other)
        subject.refresh_from_db()
        assert subject.state == row.target


def _other_side(life: Life, draft: Document, subject: Stepped) -> OtherSignature | None:
    """The host signs an agreement here, or by hand on the sheet that the clerk enters."""
    if not draft.lacks_other_side:
        return None
    people = [life.people.one(pk) for pk in other_signers(subject).values_list("pk", flat=True)]
    if not people or life.rarely("the host signs on paper", 3):
        return OtherSignature("Lê Thị Hiệu Trưởng", clock.today())
    countersign_document(draft, actor=life.choose(people, "who signs for the host"))
    return None


def _number(
    life: Life, draft: Document, signer: User, evidence: list[UUID], other: OtherSignature | None = None
) -> None:
    today = clock.today()
    more: dict[str, Any] = {}
    if source_of(draft.body, draft.series, today.year) == Source.EXTERNAL:
        more = {"number": next(PPC_NUMBERS), "numbered_on": today}
    issue_document(
        draft,
        actor=life.people.second_clerk if evidence else life.people.clerk,
        signer=signer,
        signed_on=today,
        evidence=evidence,
        other=other,
        reason=WHY,
        key=uuid4(),
        **more,
    )


# ── Steps that nobody may take ──────────────────────────────────────────────────────────────────────────────────────


def trespass(life: Life) -> str:
    """A step by anybody, on anything, at any date: it is refused and leaves no trace, unless it was a good one."""
    keys = list(life.house.states)
    if not keys:
        return "nothing"
    subject = life.record(life.choose(keys, "record"))
    names = sorted({row.name for row in subject.lifecycle.rows} | {"adopt", "correct_step", "fly"})
    name = life.choose(names, "step")
    people = life.people.everybody()
    say: dict[str, Any] = {
        "actor": life.choose(people, "actor"),
        "decided_by": life.choose(people, "decided by") if life.rarely("for somebody else", 2) else None,
        "channel": life.choose(list(Channel), "channel"),
        "effective_on": clock.today() + timedelta(days=life.choose([0, 1, -1, -400], "days from today")),
        "reason": life.choose(["", WHY], "reason"),
        "evidence": life.choose([(), (uuid4(),)], "evidence"),
    }
    row, before, columns = subject.row(name), glance(), row_of(subject)
    allowed = row is not None and is_allowed(subject, row, say)
    try:
        take_step(subject, name, key=uuid4(), **say)
    except StepRefused as refused:
        assert refused.refusals
        assert (glance(), row_of(subject)) == (before, columns)
        return "refused"
    assert allowed, (subject, name, say)
    return "was allowed"


def is_allowed(subject: Stepped, row: Row, say: dict[str, Any]) -> bool:
    """What the table and the rules of paper say, asked another way than the door asks it."""
    actor, decider, on = say["actor"], say["decided_by"] or say["actor"], say["effective_on"]
    if not row.is_for_people or signed_paper(row) or (row.reason is Reason.REQUIRED and not say["reason"]):
        return False
    if decider not in deciders(subject, row, on) or not _is_dated_well(subject, on, say):
        return False
    if say["channel"] != Channel.IN_SYSTEM and not say["evidence"]:
        return False
    if actor != decider and subject.lifecycle.needs_two_on_paper(row):
        return False
    return actor == decider or (say["channel"] != Channel.IN_SYSTEM and has_role(actor, *subject.lifecycle.recorders))


def _standing(subject: Stepped) -> list[Event]:
    """The events of a record without what was undone: an undoing takes the step before it along."""
    kept: list[Event] = []
    moves = Event.objects.filter(subject_type=subject.lifecycle.name, subject_code=subject.code).exclude(to_state="")
    for event in moves.order_by("sequence"):
        if event.kind == "correct":
            kept.pop()
        else:
            kept.append(event)
    return kept


def _is_dated_well(subject: Stepped, on: date, say: dict[str, Any]) -> bool:
    today = clock.today()
    last = max((event.effective_on for event in _standing(subject) if event.effective_on), default=None)
    if on > today or (on < today and (not say["evidence"] or (last and on < last))):
        return False
    is_far = clock.working_days_between(on, today) > 10
    return not is_far or has_role(say["actor"], Role.HEAD_OF_DIVISION)
