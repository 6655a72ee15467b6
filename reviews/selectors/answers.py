"""What one person said of a council or typed for it, and another one has to confirm or to judge."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.models import User
from core.people.policy import visible_to
from reviews.models import ConflictNote, Departure, SeatReplacement

from .ballots import BALLOTS


class Asked(NamedTuple):
    """One answer that is wanted: of what kind, on which row, in which council, since when."""

    kind: str
    row: str
    council: str
    title: str
    since: datetime

    @property
    def label(self) -> StrOrPromise:
        return LABELS.get(self.kind, _("Paper ballot to confirm"))

    @property
    def url(self) -> str:
        """The page on which the answer is given."""
        return reverse(f"reviews:{self.kind}", args=[self.row])


LABELS: dict[str, StrOrPromise] = {
    "replacement-confirm": _("Replacement of a member to confirm"),
    "departure-confirm": _("Departure from the sitting to confirm"),
    "conflict-clear": _("Noted conflict of interest to judge"),
}


def answers_wanted(user: User) -> list[Asked]:
    """What waits for this person's word, as the policy says: never what he entered himself. Oldest first, one query."""
    together = reduce(lambda first, second: first.union(second, all=True), _parts(user))
    return sorted((Asked(*row) for row in together), key=lambda one: (one.since, one.row))


def _parts(user: User) -> "Iterator[QuerySet[Any, Any]]":
    for kind, model in BALLOTS.items():
        yield _columns(visible_to(user, model, "confirm"), f"ballot-confirm-{kind}", "item__council", "cast_at")
    for rows, name, since in (
        (visible_to(user, SeatReplacement, "confirm"), "replacement-confirm", "entered_at"),
        (visible_to(user, Departure, "confirm"), "departure-confirm", "entered_at"),
        (visible_to(user, ConflictNote, "clear"), "conflict-clear", "noted_at"),
    ):
        yield _columns(rows, name, "seat__council", since)


def _columns(rows: "QuerySet[Any]", name: str, council: str, since: str) -> "QuerySet[Any, Any]":
    told = {
        "asked_kind": Value(name, output_field=CharField()),
        "asked_code": F(f"{council}__code"),
        "asked_title": F(f"{council}__title"),
        "asked_since": F(since),
    }
    columns = ("asked_kind", "code", "asked_code", "asked_title", "asked_since")
    found: QuerySet[Any, Any] = rows.order_by().annotate(**told).values_list(*columns)
    return found
