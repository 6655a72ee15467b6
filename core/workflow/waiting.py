"""What waits for whom, read from the table: to decide now, to prepare before that, or for later. Kept nowhere.

A step whose paper must be signed waits first for whoever drafts the paper; one whose facts are missing for whoever
writes them; a consequence of another record for whoever sets that record up. Only then does it wait for the decider.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from core import clock
from core.people.models import User

from .models import Stepped
from .ports import Awaited, number_givers, open_drafts, other_party, paper_writers, signed_paper
from .registry import needs, ripe
from .rights import by_q
from .selectors import of_row
from .table import By, Row, Special

# What becomes due within so many days is shown among what is to be done now.
AHEAD_DAYS = 30


class Stage(StrEnum):
    """Which part somebody has in a step now."""

    DECIDE = "decide"
    PREPARE = "prepare"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Way:
    """Why records stand at a row: where it holds (None: everywhere), whose move it is, and what is missing."""

    row: Row
    stage: Stage
    who: tuple[By, ...]
    missing: str = ""
    where: Q | None = None
    # For a stage of a holder only: nobody's list shows it, another page does (the papers that wait for a number).
    is_listed: bool = True


def waiting(user: User, model: type[Stepped]) -> "QuerySet[Any]":
    """The records on which somebody waits for ``user``, with ``waits``: stage, step and what is missing, by colons.

    All of ``awaiting(user, model, duties=True)`` is there, in the stage of the day, and besides it what the user has
    to prepare for others. No guard is asked.
    """
    today = clock.today()
    answers: dict[By, Q | None] = {}
    pieces: list[tuple[Stage, str, Q]] = []
    for way in _ways_of(model, today):
        if not way.is_listed:
            continue
        for by in way.who:
            if by not in answers:
                answers[by] = by_q(model, by, user, today)
            mine = answers[by]
            if mine is not None:
                where = of_row(way.row, model) & mine & (way.where or Q())
                pieces.append((way.stage, f"{way.stage}:{way.row.name}:{way.missing}", where))
    return _told_apart(model, pieces)


def _told_apart(model: type[Stepped], pieces: list[tuple[Stage, str, Q]]) -> "QuerySet[Any]":
    """Each record once, in the first stage that speaks of it."""
    if not pieces:
        return model._default_manager.none()
    order = list(Stage)
    pieces.sort(key=lambda piece: order.index(piece[0]))
    any_of = pieces[0][2]
    for _stage, _words, where in pieces[1:]:
        any_of |= where
    whens = [When(where, then=Value(words)) for _stage, words, where in pieces]
    label = Case(*whens, default=Value(""), output_field=CharField())
    return model._default_manager.filter(any_of).annotate(waits=label)


def ways_now(subject: Stepped) -> list[Way]:
    """Whose move it is on this record today. One query at most."""
    model, rows = type(subject), {id(row) for row in subject.rows()}
    found = [way for way in _ways_of(model, clock.today()) if id(way.row) in rows]
    ways = [way for way in found if way.stage != Stage.LATER and way.who]
    asked = {f"way_{number}": way for number, way in enumerate(ways) if way.where is not None}
    answers: Mapping[str, Any] = {}
    if asked:
        conditions = {
            name: ExpressionWrapper(way.where or Q(), output_field=BooleanField()) for name, way in asked.items()
        }
        asked_of = model._default_manager.filter(pk=subject.pk).annotate(**conditions)
        answers = asked_of.values(*conditions).first() or {}
    fits = {id(way) for name, way in asked.items() if answers.get(name)}
    return [way for way in ways if way.where is None or id(way) in fits]


def ways_after(subject: Stepped, state: str) -> list[Way]:
    """Whose move it will be in another state, by the table alone: what is missing there nobody knows yet."""
    rows = {id(row) for row in subject.lifecycle.leaving(state, subject.regulation, subject.variant)}
    return [way for way in _ways_of(type(subject), clock.today()) if id(way.row) in rows]


def missing_words(model: type[Stepped], step: str, missing: str) -> str:
    """What a record waits for, in words: the draft of a paper, a number, or what a need says."""
    if not missing:
        return ""
    row = next(one for one in model.lifecycle.rows if one.name == step)
    if missing == DRAFT:
        return _("waits for the draft: %(step)s") % {"step": row.label}
    if missing == NUMBER:
        return _("waits for number and date: %(step)s") % {"step": row.label}
    if missing == OTHER:
        return _("waits for party B to sign: %(step)s") % {"step": row.label}
    need = needs.get((model.lifecycle.name, step))
    return str(need.words) if need else _("not to be done yet: %(step)s") % {"step": row.label}


def place_of(model: type[Stepped], step: str, code: str) -> str:
    """The page on which what is missing is made, where a need names one."""
    need = needs.get((model.lifecycle.name, step))
    return need.url(code) if need and need.url else ""


DRAFT, OTHER, NUMBER, FACTS, TIME = "draft", "other", "number", "facts", "time"


def _ways_of(model: type[Stepped], today: date) -> Iterator[Way]:
    for row in model.lifecycle.rows:
        if row.duty:
            yield from _ways(row, model, today)


def _ways(row: Row, model: type[Stepped], today: date) -> Iterator[Way]:
    """The stages of one row. What each condition leaves open the next one answers."""
    key = (model.lifecycle.name, row.name)
    people = tuple(by for by in row.by if not isinstance(by, Special))
    due = ripe[key](today + timedelta(days=AHEAD_DAYS)) if key in ripe else None
    need = needs.get(key)
    ready = due
    if need is not None:
        gone = need.rows()
        yield Way(row, Stage.PREPARE, need.writers, FACTS, both(due, gone))
        yield Way(row, Stage.LATER, people, FACTS, both(due, gone))
        ready = both(due, ~gone)
    if due is not None:
        yield Way(row, Stage.LATER, people, TIME, ~due)
    if people:
        yield from (
            _paper_ways(row, model, people, ready) if signed_paper(row) else [Way(row, Stage.DECIDE, people, "", ready)]
        )


def _paper_ways(row: Row, model: type[Stepped], people: tuple[By, ...], ready: Q | None) -> Iterator[Way]:
    """A paper is drafted, agreed to, numbered: by three people; an agreement is signed by a fourth."""
    drafted, agreed = (_with_draft(row, model, one) for one in (Awaited.SIGNER, Awaited.NUMBER))
    other = other_party(model.lifecycle.name, row)
    lacking = _with_draft(row, model, Awaited.OTHER_PARTY)
    none = both(ready, ~(drafted | agreed | lacking if other else drafted | agreed))
    yield Way(row, Stage.PREPARE, paper_writers(row), DRAFT, none)
    yield Way(row, Stage.DECIDE, people, "", drafted)
    yield Way(row, Stage.LATER, people, DRAFT, none)
    if other:
        yield Way(row, Stage.DECIDE, (other,), OTHER, lacking)
        yield Way(row, Stage.LATER, people, OTHER, lacking)
    yield Way(row, Stage.LATER, people, NUMBER, agreed)
    yield Way(row, Stage.PREPARE, number_givers(), NUMBER, agreed, is_listed=False)


def _with_draft(row: Row, model: type[Stepped], awaited: Awaited) -> Q:
    return Q(code__in=open_drafts(model.lifecycle.name, row.name, awaited))


def both(first: Q | None, second: Q) -> Q:
    """Both conditions, the first of which may be none."""
    return second if first is None else first & second
