"""Ballots, read only by those who may: see reviews.policy."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core import clock
from core.people.models import User
from core.people.policy import visible_to
from core.regulations import parameter
from core.workflow.table import Channel
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Council, GradeBallot, ScoreBallot, Seat, VoteBallot
from tasks.models import Task
from tasks.selectors import current_file

BALLOTS: dict[str, type[VoteBallot] | type[ScoreBallot] | type[GradeBallot]] = {
    CouncilKind.IDENTIFICATION: VoteBallot,
    CouncilKind.SELECTION: ScoreBallot,
    CouncilKind.ACCEPTANCE: GradeBallot,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many ballots are in: numbers only, never whose."""

    expected: int
    cast: int
    unconfirmed: int

    @property
    def missing(self) -> int:
        return self.expected - self.cast


def ballot_model(kind: str) -> Any:
    """The kind of ballot that a council of this kind casts. Raises KeyError for an appraisal."""
    return BALLOTS[kind]


def ballots_of(council: Council) -> QuerySet[Any]:
    """Every ballot on what the council judges, in an order that says nothing about whose it is."""
    model = ballot_model(council.kind)
    rows: QuerySet[Any] = model.objects.filter(item__council=council).order_by("item__sequence", "nonce")
    return rows


def own_ballot(item: AgendaItem, user: User) -> Any:
    """What the user wrote on an item, or None."""
    rows = ballot_model(item.council.kind).objects.filter(item=item, seat__user=user, seat__removed_at=None)
    return rows.select_related("seat", "item").first()


def seat_of(council: Council, user: User) -> Seat | None:
    """The seat that the user holds in the council."""
    return council.seats.filter(user=user, removed_at=None).first()


def progress(council: Council) -> Progress:
    """Ballots expected from the members present, in, and waiting for their second person. Two queries."""
    if council.kind not in BALLOTS:
        return Progress(0, 0, 0)
    members = Q(seats__removed_at=None, seats__attended=True)
    expected = Council.objects.filter(pk=council.pk).aggregate(
        present=Count("seats", filter=members, distinct=True),
        items=Count("items", filter=Q(items__order__isnull=True), distinct=True),
    )
    rows = ballots_of(council).filter(seat__removed_at=None, seat__attended=True)
    on_paper = Q(channel=Channel.PAPER, confirmed_by__isnull=True)
    counted = rows.aggregate(cast=Count("pk"), waiting=Count("pk", filter=on_paper))
    return Progress(
        expected=expected["present"] * expected["items"], cast=counted["cast"], unconfirmed=counted["waiting"]
    )


def filed_by_seat(council: Council) -> dict[int, int]:
    """How many ballots of each seat are in, by the seat's key: that somebody voted, never what. One query."""
    rows = ballots_of(council).order_by().values_list("seat").annotate(cast=Count("pk"))
    return dict(rows)


def items_with_own(council: Council, user: User) -> QuerySet[Any]:
    """The ballot items with ``voted``: whether this user's own ballot is in."""
    model = ballot_model(council.kind)
    mine = model.objects.filter(item=OuterRef("pk"), seat__user=user, seat__removed_at=None)
    rows: QuerySet[Any] = council.items.filter(order__isnull=True).annotate(voted=Exists(mine))
    return rows.select_related("proposal", "dossier", "task").order_by("sequence")


def ballots_waiting(user: User) -> QuerySet[AgendaItem]:
    """The items on which the user may vote now and has not: what the first page of a member shows."""
    mine = {"seat__user": user, "seat__removed_at": None, "item": OuterRef("pk")}
    cast = [Exists(model.objects.filter(**mine)) for model in (VoteBallot, ScoreBallot, GradeBallot)]
    rows = visible_to(user, AgendaItem, "vote")
    return rows.exclude(cast[0] | cast[1] | cast[2]).select_related("council").order_by("council", "sequence")


def seats_without_ballot(item: AgendaItem) -> QuerySet[Seat]:
    """The members present whose ballot on the item is not in."""
    return _present(item).exclude(pk__in=_cast(item).values("seat"))


def seats_to_type(item: AgendaItem) -> QuerySet[Seat]:
    """The choices of who types a paper ballot, with ``typed``: already typed over, and waiting for the second person.

    One that was typed wrong is typed again; one that is confirmed, or cast here, is not offered.
    """
    waiting = _cast(item).filter(channel=Channel.PAPER, confirmed_by=None)
    settled = _cast(item).exclude(channel=Channel.PAPER, confirmed_by=None)
    rows = _present(item).exclude(pk__in=settled.values("seat"))
    return rows.annotate(typed=Exists(waiting.filter(seat=OuterRef("pk"))))


def _present(item: AgendaItem) -> QuerySet[Seat]:
    return item.council.seats.filter(removed_at=None, attended=True).select_related("user")


def _cast(item: AgendaItem) -> QuerySet[Any]:
    rows: QuerySet[Any] = ballot_model(item.council.kind).objects.filter(item=item)
    return rows


def days_late(task: Task) -> int:
    """By how many days the acceptance dossier of the present attempt came late."""
    found = current_file(task)
    return found.late_days if found else 0


def days_late_allowed(task: Task, regulation: str) -> int:
    """By how many days the dossier may be late before it fails; below zero where that rule is the stricter one.

    Both rules count from the end of the contract, each in its own unit, and the deadline is the first of them.
    """
    found = current_file(task)
    if found is None or found.filed_on is None:
        return 0
    due = found.due_on or found.filed_on
    given = parameter("acceptance.dossier_days", regulation, task.approved_on)
    fails = parameter("acceptance.late_fail_days", regulation, task.approved_on)
    end = clock.add_days(due, -given.value, given.unit)
    return (clock.add_days(end, fails.value, fails.unit) - due).days
