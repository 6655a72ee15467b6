"""Drafts of one's own side that somebody else has to send, with whoever writes them and the day of the closing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django_stubs_ext import StrOrPromise

from core.audit.models import Event
from core.people.models import User
from core.people.policy import is_declared, visible_to
from core.people.selectors import organisation_ids
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.waiting import Stage, waiting

from .work import Fact, part, union

DRAFT = "draft"
# What is written by one person and sent by another; what came back is written again.
WRITTEN = (DRAFT, "returned")
SHOWN_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of the reader's own side that somebody else has to send."""

    kind: str
    code: str
    heading: str
    state: str
    state_since: datetime
    due_on: date | None
    is_mine: bool
    author: str

    @property
    def kind_label(self) -> StrOrPromise:
        return subjects[self.kind].lifecycle.title

    @property
    def fact(self) -> Fact:
        """As a row of one's work: its author prepares it."""
        return Fact(self.kind, self.code, self.state, self.state_since, self.due_on, f"{Stage.PREPARE}::")

    def get_absolute_url(self) -> str:
        return subjects[self.kind](code=self.code).get_absolute_url()


def late_drafts(drafts: Iterable[Draft]) -> list[Fact]:
    """One's own drafts that are overdue."""
    return [one.fact for one in drafts if one.is_mine and one.fact.is_late]


def drafts_of(user: User) -> list[Draft]:
    """Drafts of the user's own side that wait for somebody else's step, newest first. One query.

    What an officer may enter for a host is the host's draft, not his.
    """
    parts = []
    for _name, model in sorted(subjects.items()):
        if model.lifecycle.initial == DRAFT and is_declared("edit", model):
            editable: Any = visible_to(user, model, "edit")
            rows = editable.filter(_of_own_side(user, model), state__in=WRITTEN)
            parts.append(_draft_part(rows.exclude(pk__in=waiting(user, model).values("pk")), model, user))
    together = union(parts)
    if together is None:
        return []
    return [Draft(*row) for row in together.order_by("-state_since", "code")[:SHOWN_DRAFTS]]


def _draft_part(rows: "QuerySet[Any]", model: type[Stepped], user: User) -> "QuerySet[Any] | None":
    """With who wrote it, by the record or by who began it, and whether one of them is the reader."""
    author = model.author_path
    begun = Event.objects.filter(kind="create", subject_type=model.lifecycle.name, subject_code=OuterRef("code"))
    mine = Q(Exists(begun.filter(actor=user)))
    names = {
        "work_mine": ExpressionWrapper(mine | Q(**{author: user.pk}) if author else mine, BooleanField()),
        "work_author": F(f"{author}__full_name") if author else _name_of(begun),
    }
    columns = ("work_kind", "code", "work_title", "state", "state_since", "work_due", *names)
    return part(rows.annotate(**names), model, *columns)


def _name_of(begun: "QuerySet[Event]") -> Coalesce:
    """Who began the record; nobody where the clock did."""
    names = begun.order_by("sequence").values("actor__full_name")[:1]
    return Coalesce(Subquery(names), Value(""), output_field=CharField())


def _of_own_side(user: User, model: type[Stepped]) -> Q:
    """Records of the organisations in which the user has a role; those of the administration belong to none."""
    mine = sorted(organisation_ids(user))
    columns = set(model.organisation_columns.values())
    return reduce(or_, (Q(**{f"{column}__in": mine}) for column in columns)) if columns else Q()
