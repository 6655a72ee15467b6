"""My work: what waits for a person, over every kind of record, whatever there is in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.documents.selectors import agreed_by
from core.people.models import User
from core.people.policy import is_declared, visible_to
from core.people.roles import Role
from core.people.selectors import has_role, organisation_ids
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.selectors import awaiting, confirmations_waiting, corrections_waiting
from reviews.selectors.agenda import conclusions_waiting
from reviews.selectors.ballots import ballots_waiting

DRAFT = "draft"
SHOWN_DRAFTS = SHOWN_ANSWERS = 20
COLUMNS = ("work_kind", "code", "work_heading", "state", "state_since", "due_on")


@dataclass(frozen=True, slots=True)
class Duty:
    """One record that waits for the reader: since when, until when."""

    kind: str
    code: str
    heading: str
    state: str
    state_since: datetime
    due_on: date | None

    @property
    def model(self) -> type[Stepped]:
        return subjects[self.kind]

    @property
    def kind_label(self) -> StrOrPromise:
        return self.model.lifecycle.title

    @property
    def state_label(self) -> str:
        return str(self.model.lifecycle.states(self.state).label)

    def get_absolute_url(self) -> str:
        return self.model(code=self.code).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Something to write or to answer that is not a step: a ballot, a conclusion, a correction that was asked for."""

    code: str
    heading: str
    kind_label: StrOrPromise
    state_since: datetime
    due_on: date | None
    url: str

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Work:
    """The duties of one page, how many there are of each kind, and how many of all are late."""

    page: Page[Duty]
    counts: dict[str, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class _Pages(Paginator[Any]):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: Any, number: int) -> None:
        self.number = number
        super().__init__(rows, settings.ROWS_PER_PAGE)

    @property
    def count(self) -> int:  # Django counts once more with a query
        return self.number


def work_of(user: User, page: int | str | None = 1) -> Work:
    """What waits for ``user``: overdue first, then by due date, then the oldest. Two queries, whatever there is.

    Where he has agreed to the paper of his step it waits for the clerk, no longer for him.
    """
    parts = [
        _part(awaiting(user, model, duties=True).exclude(code__in=agreed_by(user, name)), model)
        for name, model in sorted(subjects.items())
    ]
    together = _union(parts)
    if together is None:
        return Work(_Pages([], 0).get_page(1), {}, 0)
    rows = together.order_by(F("due_on").asc(nulls_last=True), "state_since", "code")
    # With the code: the rows are distinct, and two of them may be due on one day.
    facts: Any = _union([part.values_list("work_kind", "due_on", "code") for part in parts if part is not None])
    every = list(facts)
    late = sum(1 for _kind, due_on, _code in every if due_on is not None and due_on < clock.today())
    shown = _Pages(rows, len(every)).get_page(page)
    shown.object_list = [Duty(*row) for row in shown.object_list]
    return Work(shown, dict(Counter(kind for kind, _due_on, _code in every)), late)


def drafts_of(user: User) -> list[Duty]:
    """Drafts of the user's own side that wait for somebody else's step, newest first. One query.

    What an officer may enter for a host is the host's draft, not his.
    """
    parts = []
    for _name, model in sorted(subjects.items()):
        if model.lifecycle.initial == DRAFT and is_declared("edit", model):
            editable: Any = visible_to(user, model, "edit")
            rows = editable.filter(_of_own_side(user, model), state=DRAFT)
            parts.append(_part(rows.exclude(pk__in=awaiting(user, model, duties=True).values("pk")), model))
    together = _union(parts)
    if together is None:
        return []
    return [Duty(*row) for row in together.order_by("-state_since", "code")[:SHOWN_DRAFTS]]


def council_work(user: User) -> list[Paperwork]:
    """Ballots that the user may cast now and has not, then conclusions to write. Two queries."""
    ballots = [
        Paperwork(
            code=item.council.code,
            heading=str(getattr(item.subject, "title", "")),
            kind_label=_("Ballot"),
            state_since=item.council.state_since,
            due_on=item.council.due_on,
            url=reverse("reviews:ballot-cast", args=[item.code]),
        )
        for item in ballots_waiting(user).select_related("proposal", "dossier__order", "task")
    ]
    conclusions = [
        Paperwork(
            code=council.code,
            heading=council.title,
            kind_label=_("Conclusion"),
            state_since=council.state_since,
            due_on=council.due_on,
            url=council.get_absolute_url(),
        )
        for council in conclusions_waiting(user)
    ]
    return [*ballots, *conclusions]


def answers_of(user: User) -> list[Paperwork]:
    """What the head of division has to confirm or to answer; two queries for him, none for others."""
    if not has_role(user, Role.HEAD_OF_DIVISION):
        return []
    entered = confirmations_waiting().exclude(actor=user)[:SHOWN_ANSWERS]
    asked = corrections_waiting().exclude(asked_by=user)[:SHOWN_ANSWERS]
    found = [_answer(one.subject_type, one.subject_code, _("Record from before"), one.recorded_at) for one in entered]
    return [*found, *(_answer(one.subject_type, one.subject_code, _("Correction"), one.asked_at) for one in asked)]


def _answer(kind: str, code: str, label: StrOrPromise, since: datetime) -> Paperwork:
    model = subjects[kind]
    url = model(code=code).get_absolute_url()
    return Paperwork(code, str(model.lifecycle.title), label, since, None, url)


def _of_own_side(user: User, model: type[Stepped]) -> Q:
    """Records of the organisations in which the user has a role; those of the administration belong to none."""
    mine = sorted(organisation_ids(user))
    columns = set(model.organisation_columns.values())
    return reduce(or_, (Q(**{f"{column}__in": mine}) for column in columns)) if columns else Q()


def _union(parts: Sequence["QuerySet[Any] | None"]) -> Any:
    """All the parts as one query; None when there is none."""
    found = [part for part in parts if part is not None]
    return reduce(lambda first, second: first.union(second, all=True), found) if found else None


def _part(rows: "QuerySet[Any]", model: type[Stepped]) -> "QuerySet[Any] | None":
    """The rows of one kind in the columns of ``Duty``; None when the table already says that there are none."""
    try:
        str(rows.order_by().query)
    except EmptyResultSet:
        return None
    kind = Value(model.lifecycle.name, output_field=CharField())
    found: QuerySet[Any] = (
        rows.order_by().annotate(work_kind=kind, work_heading=F(model.title_path)).values_list(*COLUMNS)
    )
    return found
