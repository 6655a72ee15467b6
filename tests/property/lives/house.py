"""The house at one glance: every record with its state, and the last of whatever a step may write. Two questions."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from core.audit.models import Event
from core.documents.models import Document, DocumentFile
from core.jobs.models import Job
from core.notifications.models import Notice
from core.numbers.models import NumberSeries
from core.workflow.models import CorrectionRequest, Stepped
from core.workflow.registry import subjects
from funds.models import Account, Transfer
from reviews.models import AgendaItem, Seat

Key = tuple[str, str]
LAST = (Document, DocumentFile, Notice, Job, CorrectionRequest, AgendaItem, Seat)


@dataclass(frozen=True, slots=True)
class Glance:
    """``states``: (kind, code) → (state, primary key). ``drawn``: numbers drawn. ``rest``: what else would show."""

    states: dict[Key, tuple[str, int]]
    events: int
    notices: int
    transfers: int
    drawn: int
    rest: tuple[Any, ...]

    def living(self) -> list[Key]:
        """The records that are not in a final state, by kind and code."""
        return [key for key, (state, _pk) in self.states.items() if state not in subjects[key[0]].lifecycle.final]

    def stands(self, *places: str) -> bool:
        """Whether a record stands in one of the places, each "kind.state"."""
        wanted = {tuple(place.split(".")) for place in places}
        return any((kind, state) in wanted for (kind, _code), (state, _pk) in self.states.items())


@cache
def _states_sql() -> str:
    parts = [
        f"SELECT '{name}', code, state, id FROM {model._meta.db_table}"  # noqa: S608  # names of our own tables
        for name, model in sorted(subjects.items())
    ]
    return " UNION ALL ".join(parts) + " ORDER BY 1, 2"


@cache
def _marks_sql() -> str:
    table = {model: model._meta.db_table for model in (Event, Transfer, NumberSeries, Account, *LAST)}
    wanted = [
        f"(SELECT COALESCE(MAX(sequence), 0) FROM {table[Event]})",  # noqa: S608
        f"(SELECT COALESCE(MAX(id), 0) FROM {table[Notice]})",  # noqa: S608
        f"(SELECT COALESCE(MAX(id), 0) FROM {table[Transfer]})",  # noqa: S608
        f"(SELECT COALESCE(SUM(last_number), 0) FROM {table[NumberSeries]})",  # noqa: S608
        f"(SELECT COALESCE(SUM(credits_vnd), 0) FROM {table[Account]})",  # noqa: S608
        f"(SELECT COALESCE(SUM(debits_vnd), 0) FROM {table[Account]})",  # noqa: S608
        *(f"(SELECT COUNT(*) FROM {table[model]})" for model in LAST),  # noqa: S608
    ]
    return "SELECT " + ", ".join(wanted)


def glance() -> Glance:
    """The house as it is now: equal glances mean that nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute(_states_sql())
        states = {(kind, code): (state, pk) for kind, code, state, pk in cursor.fetchall()}
        cursor.execute(_marks_sql())
        events, notices, transfers, drawn, *rest = cursor.fetchone()
    return Glance(states, events, notices, transfers, drawn, tuple(rest))


def row_of(subject: Stepped) -> dict[str, Any]:
    """All columns of a record as they are in the database."""
    found: dict[str, Any] = type(subject)._default_manager.filter(pk=subject.pk).values().get()
    return found
