"""What a person may do, what waits for him, who holds a record: computed from the table, kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.audit.models import Event
from core.people.models import User
from core.people.roles import Role

from . import admission
from .chronicle import ADOPTED, CONFIRMED, REFUSED, events_of
from .models import CorrectionRequest, FromBefore, Stepped
from .registry import subjects
from .rights import by_q, granted, may_record
from .ruling import Refusal, StepFacts
from .table import By, Row


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step the user may take, with what speaks against it now. ``to_record``: he enters it for the decider."""

    row: Row
    refusals: tuple[Refusal, ...] = field(default=())
    to_record: bool = False

    @property
    def is_open(self) -> bool:
        return not any(refusal.blocking for refusal in self.refusals)

    @property
    def is_done(self) -> bool:
        """Nothing is left to do by this step."""
        return any(refusal.is_done for refusal in self.refusals)

    def is_usual(self, subject: Stepped) -> bool:
        """An own duty that leads on along the usual path, or hands on what is written there."""
        path = subject.lifecycle.path
        here = path.index(subject.state) if subject.state in path else -1
        on = self.row.target in path and path.index(self.row.target) > here
        return not self.to_record and (self.row.hands_on or (self.row.duty and on))


def available_steps(
    subject: Stepped, user: User, events: Iterable[Event] | None = None, loaded: Mapping[str, Any] | None = None
) -> list[StepOffer]:
    """The steps that ``user`` may take on ``subject`` now: the same checks as ``take_step``, without acting.

    ``loaded``: what the page has loaded already, under the names by which the guards share it (``StepFacts.cache``).
    """
    rows = [row for row in subject.rows() if row.is_for_people]
    if not rows or not user.is_active:
        return []
    today = clock.today()
    mine = granted(user, subject, {by for row in rows for by in row.by}, today)
    recorder = may_record(user, subject.lifecycle, today)
    known = list(events) if events is not None else history(subject)
    cache: dict[str, Any] = dict(loaded or {})
    waiting = tuple(admission.adoption_refusals(subject))
    offers = []
    for row in rows:
        own = any(by in mine for by in row.by)
        if own or recorder:
            facts = StepFacts(subject=subject, row=row, actor=user, decided_by=None, effective_on=today, cache=cache)
            apart = admission.separation_refusals(facts, known) if own else ()
            refusals = [*waiting, *apart, *admission.guard_refusals(facts)]
            offers.append(StepOffer(row, tuple(refusals), to_record=not own))
    return offers


def awaiting(user: User, model: type[Stepped], *, duties: bool = False) -> QuerySet[Any]:
    """The subjects on which ``user`` himself has a step in the table; with ``duties``, only those waited for."""
    today = clock.today()
    wanted = Q(pk__in=())
    answers: dict[By, Q | None] = {}
    for row in model.lifecycle.rows:
        if duties and not row.duty:
            continue
        for by in row.by:
            if by not in answers:
                answers[by] = by_q(model, by, user, today)
            query = answers[by]
            if query is not None:
                wanted |= of_row(row, model) & query
    rows: QuerySet[Any] = model._default_manager.filter(wanted)
    return rows.distinct()


def of_row(row: Row, model: type[Stepped]) -> Q:
    """The records at which a row begins; one from before only when a second person has confirmed it."""
    query = Q(state__in=row.sources)
    if issubclass(model, FromBefore):
        query &= Q(unconfirmed=False)
    if row.regimes:
        query &= Q(regulation__in=row.versions())
    if row.variants:
        query &= Q(**{f"{model.variant_column}__in": row.variants})
    return query


def history(subject: Stepped) -> list[Event]:
    """All events of a subject, oldest first, with the people in them."""
    return list(events_of(subject).select_related("actor", "decided_by"))


def confirmations_waiting() -> QuerySet[Event]:
    """The entries of records from before that no second person has confirmed or refused, oldest first."""
    same = {"subject_type": OuterRef("subject_type"), "subject_code": OuterRef("subject_code")}
    seen = Event.objects.filter(kind__in=[CONFIRMED, REFUSED], sequence__gt=OuterRef("sequence"), **same)
    entered = Event.objects.filter(kind=ADOPTED, decided_by=None)
    return entered.exclude(Exists(seen)).order_by("sequence")


def confirmations_for(user: User) -> QuerySet[Event]:
    """Those of them on which this person has his word: he entered nothing of the record and wrote no part of it."""
    same = {"subject_type": OuterRef("subject_type"), "subject_code": OuterRef("subject_code")}
    own = Event.objects.filter(actor=user, sequence__gte=OuterRef("sequence"), **same)
    return confirmations_waiting().exclude(Exists(own))


def corrections_waiting() -> QuerySet[CorrectionRequest]:
    """What the head of division has been asked to undo or to correct, oldest first."""
    return CorrectionRequest.objects.filter(granted=None, step="").order_by("asked_at", "pk")


def entering_roles() -> set[Role]:
    """Who enters steps from paper, of any kind of record."""
    return {role for model in subjects.values() for role in model.lifecycle.recorders}


def entries_waiting(user: User) -> QuerySet[CorrectionRequest]:
    """The entries from paper that ``user`` may confirm as the second person, oldest first."""
    today = clock.today()
    kinds = [name for name, model in subjects.items() if may_record(user, model.lifecycle, today)]
    rows = CorrectionRequest.objects.filter(granted=None, subject_type__in=kinds).exclude(step="")
    return rows.exclude(asked_by=user).order_by("asked_at", "pk")
