"""The last step asked back, by whoever took it or by somebody else, and answered by the head of division or not."""

from uuid import uuid4

from core.people.models import User
from core.workflow.corrections import (
    ask_correction,
    ask_refusals,
    correct_step,
    last_step,
    open_request,
    refuse_correction,
    undo_refusals,
)
from core.workflow.models import Stepped
from core.workflow.ruling import StepRefused

from .house import glance, row_of
from .life import Life

WHY = "Bấm nhầm"


def undo(life: Life) -> str:
    """Whoever took the last step asks it back; the head of division undoes it or leaves it."""
    keys = list(life.house.states)
    if not keys:
        return "nothing"
    subject = life.record(life.choose(keys, "record to undo"))
    if open_request(subject) is not None:
        return _answer(life, subject)
    last = last_step(subject)
    if last is None or last.actor is None or ask_refusals(subject, last.actor):
        return "not to be undone"
    if life.rarely("somebody else asks", 6):
        return _meddle(life, subject)
    ask_correction(subject, actor=last.actor, reason=WHY)
    return "asked" if life.rarely("the answer waits", 3) else _answer(life, subject)


def _answer(life: Life, subject: Stepped) -> str:
    """The head of division, or somebody who must not, decides what was asked before."""
    request, last = open_request(subject), last_step(subject)
    assert request is not None
    assert last is not None
    people = life.people
    judge = life.choose([people.head, people.head, people.head, people.officer], "who answers")
    if life.rarely("leave the step", 3):
        return _refused_or(life, subject, judge, undone=False, allowed=_may_judge(life, judge, request.asked_by))
    stands = last.uuid == request.event_uuid and not undo_refusals(subject, last)
    own = judge.pk in {last.actor_id, last.decided_by_id}
    allowed = stands and not own and _may_judge(life, judge, request.asked_by)
    return _refused_or(life, subject, judge, undone=True, allowed=allowed)


def _may_judge(life: Life, judge: User, asked_by: User) -> bool:
    return judge == life.people.head != asked_by


def _refused_or(life: Life, subject: Stepped, judge: User, *, undone: bool, allowed: bool) -> str:
    last, before, columns = last_step(subject), glance(), row_of(subject)
    try:
        if undone:
            correct_step(subject, actor=judge, reason=WHY, key=uuid4())
        else:
            refuse_correction(subject, actor=judge, reason=WHY)
    except StepRefused as refused:
        assert refused.refusals
        assert not allowed, (subject, judge, [str(one) for one in refused.refusals])
        assert (glance(), row_of(subject)) == (before, columns)
        return "refused"
    assert allowed, (subject, judge)
    assert last is not None
    assert subject.state == (last.from_state if undone else columns["state"])
    return "undone" if undone else "left as it is"


def _meddle(life: Life, subject: Stepped) -> str:
    """Nobody but who took the step asks for it."""
    last = last_step(subject)
    assert last is not None
    others = [one for one in life.people.everybody() if one.pk not in {last.actor_id, last.decided_by_id}]
    before = glance()
    try:
        ask_correction(subject, actor=life.choose(others, "who asks"), reason=WHY)
    except StepRefused:
        assert glance() == before
        return "refused"
    raise AssertionError(subject)
