"""How a step is taken in a life: by hand, for somebody else, on paper, or by a person who has no business with it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max

from core import clock
from core.audit.models import Event
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.services import endorse_document, issue_document, prepare_document, refuse_document
from core.numbers.models import Source
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role
from core.workflow.corrections import ask_correction, ask_refusals, correct_step, last_step, refuse_correction
from core.workflow.models import Stepped
from core.workflow.ports import signed_paper
from core.workflow.rights import RECORDERS, deciders
from core.workflow.ruling import StepRefused
from core.workflow.selectors import StepOffer, available_steps
from core.workflow.service import take_step
from core.workflow.table import Channel, Reason, Row
from funds.models import Disbursement
from tests.factories.proposals import PPC_NUMBERS

from .invariants import fingerprint
from .life import Life

WHY = "Theo đề nghị của đơn vị"
ON_THE_WAY, DUTY, ASIDE = 20, 4, 1


def weight(subject: Stepped, row: Row) -> int:
    """A step along the usual path is drawn most often, one that nobody waits for seldom."""
    path = list(subject.lifecycle.path)
    if row.target in path and (subject.state not in path or path.index(row.target) > path.index(subject.state)):
        return ON_THE_WAY if row.duty else DUTY
    return DUTY if row.duty else ASIDE


def tries(life: Life, subject: Stepped, row: Row) -> int:
    """The weight of a step; what was refused before is tried less and less."""
    return max(weight(subject, row) >> 2 * life.refused[subject.code, row.name], ASIDE)


def go_on(life: Life) -> str:
    """One step of the table on one living record, by somebody who may decide it."""
    living: dict[str, list[Stepped]] = {}
    for subject in life.living():
        if any(row.is_for_people for row in subject.rows()):
            living.setdefault(subject.lifecycle.name, []).append(subject)
    if not living:
        return "nothing to do"
    kind = life.choose(sorted(living), "kind of record")
    subject = life.choose(living[kind], "record")
    rows = {row.name: row for row in subject.rows() if row.is_for_people}
    row = rows[life.choose([name for name, row in rows.items() for _ in range(tries(life, subject, row))], "step")]
    people = list(deciders(subject, row, clock.today()))
    if not people:
        return f"{kind}.{row.name}: nobody decides"
    decider = life.choose(people, "decider")
    life.satisfy(subject, row, decider)
    subject = type(subject)._default_manager.get(pk=subject.pk)
    if subject.row(row.name) is not row:
        return f"{kind}.{row.name}: overtaken"
    return take(life, subject, row, decider)


def take(life: Life, subject: Stepped, row: Row, decider: User) -> str:
    """What available_steps says and what the door does must be the same."""
    (offer,) = (one for one in available_steps(subject, decider) if one.row is row)
    assert not offer.to_record, (subject, row.name, decider)
    way = _by_paper if signed_paper(row) else life.choose([_by_hand, _by_hand, _by_hand, _by_clerk], "way")
    before, moment = fingerprint(), clock.now()
    try:
        way(life, subject, offer, decider)
    except StepRefused as refused:
        assert way is _by_clerk or not offer.is_open, (subject, row.name, [str(one) for one in refused.refusals])
        assert fingerprint() == before, (subject, row.name)
        life.refused[subject.code, row.name] += 1
        why = ", ".join(name.name for name in life.missing(subject, row, decider))
        return f"{subject.lifecycle.name}.{row.name}: refused ({why})"
    assert clock.now() == moment
    return f"{subject.lifecycle.name}.{row.name}"


def _by_hand(_life: Life, subject: Stepped, offer: StepOffer, decider: User) -> None:
    _once(subject, offer.row, actor=decider)
    assert offer.is_open, (subject, offer)


def _by_clerk(life: Life, subject: Stepped, offer: StepOffer, decider: User) -> None:
    """The clerk types what was decided on paper; the day of the paper may make the difference to a guard."""
    typed = {"actor": life.people.clerk, "decided_by": decider, "channel": Channel.PAPER, "evidence": [uuid4()]}
    _once(subject, offer.row, **typed)


def _once(subject: Stepped, row: Row, **more: Any) -> None:
    """Take the step, and again with the same key: it acts once."""
    key = uuid4()
    event = take_step(subject, row.name, reason=WHY, key=key, **more)
    assert (subject.state, event.to_state) == (row.target, row.target)
    again = fingerprint()
    assert take_step(subject, row.name, reason=WHY, key=key, **more) == event
    assert fingerprint() == again


def _by_paper(life: Life, subject: Stepped, offer: StepOffer, decider: User) -> None:
    house = life.people.house
    writer = house.fund_officer if isinstance(subject, Disbursement) else life.people.officer
    draft = prepare_document(subject, offer.row.name, actor=writer)
    assert offer.is_open
    way = life.choose(["agreed here", "signed on paper", "agreed here", "sent back", "left"], "the way of the paper")
    if way == "sent back":
        refuse_document(draft, actor=decider, reason=WHY)
    elif way != "left":
        if way == "agreed here":
            endorse_document(draft, actor=decider)
        _number(life, draft, decider, [] if way == "agreed here" else [uuid4()])
        subject.refresh_from_db()
        assert subject.state == offer.row.target


def _number(life: Life, draft: Document, signer: User, evidence: list[UUID]) -> None:
    today = clock.today()
    more: dict[str, Any] = {}
    if source_of(draft.body, draft.series, today.year) == Source.EXTERNAL:
        more = {"number": next(PPC_NUMBERS), "numbered_on": today}
    issue_document(
        draft,
        actor=life.people.clerk,
        signer=signer,
        signed_on=today,
        evidence=evidence,
        reason=WHY,
        key=uuid4(),
        **more,
    )


def undo(life: Life) -> str:
    """Whoever took the last step asks it back; the head of division undoes it or leaves it."""
    subject = life.choose(life.all_records(), "record to undo")
    last = last_step(subject)
    if last is None or last.actor is None or ask_refusals(subject, last.actor):
        return "nothing to undo"
    ask_correction(subject, actor=last.actor, reason=WHY)
    if last.actor == life.people.head:
        return "asked to undo"
    if life.rarely("leave the step", 3):
        refuse_correction(subject, actor=life.people.head, reason=WHY)
        return "left as it is"
    correct_step(subject, actor=life.people.head, reason=WHY, key=uuid4())
    assert subject.state == last.from_state
    return "undone"


# ── Steps that nobody may take ──────────────────────────────────────────────────────────────────────────────────────


def trespass(life: Life) -> str:
    """A step by anybody, on anything, at any date: it is refused and leaves no trace, unless it was a good one."""
    records = life.all_records()
    if not records:
        return "nothing to refuse"
    subject = life.choose(records, "record")
    names = sorted({row.name for row in subject.lifecycle.rows} | {"adopt", "correct_step", "fly"})
    name = life.choose(names, "step")
    people = life.people.everybody()
    actor = life.choose(people, "actor")
    decided_by = life.choose([None, *people], "decided by") if life.rarely("for somebody else", 2) else None
    say: dict[str, Any] = {
        "actor": actor,
        "decided_by": decided_by,
        "channel": life.choose(list(Channel), "channel"),
        "effective_on": clock.today() + timedelta(days=life.choose([0, 1, -1, -400], "days from today")),
        "reason": life.choose(["", WHY], "reason"),
        "evidence": life.choose([(), (uuid4(),)], "evidence"),
    }
    row, before, state = subject.row(name), fingerprint(), subject.state
    allowed = row is not None and is_allowed(subject, row, say)
    try:
        take_step(subject, name, key=uuid4(), **say)
    except StepRefused as refused:
        assert refused.refusals
        assert (fingerprint(), subject.state) == (before, state)
        subject.refresh_from_db()
        assert subject.state == state
        return "refused"
    assert allowed, (subject, name, say)
    return f"{subject.lifecycle.name}.{name}"


def is_allowed(subject: Stepped, row: Row, say: dict[str, Any]) -> bool:
    """What the table and the rules of paper say, asked another way than the door asks it."""
    actor, decider, on = say["actor"], say["decided_by"] or say["actor"], say["effective_on"]
    if not row.is_for_people or signed_paper(row) or (row.reason is Reason.REQUIRED and not say["reason"]):
        return False
    if decider not in deciders(subject, row, on) or not _is_dated_well(subject, on, say):
        return False
    if say["channel"] != Channel.IN_SYSTEM and not say["evidence"]:
        return False
    return actor == decider or (say["channel"] != Channel.IN_SYSTEM and has_role(actor, *RECORDERS))


def _is_dated_well(subject: Stepped, on: date, say: dict[str, Any]) -> bool:
    today = clock.today()
    events = Event.objects.filter(subject_type=subject.lifecycle.name, subject_code=subject.code)
    last = events.aggregate(last=Max("effective_on"))["last"]
    if on > today or (on < today and (not say["evidence"] or (last and on < last))):
        return False
    is_far = clock.working_days_between(on, today) > 10
    return not is_far or has_role(say["actor"], Role.HEAD_OF_DIVISION)
