"""Who sat in the earlier councils on the same task: some members must come from there."""

from django.db.models import Q

from proposals.models import OrderSource
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import Council, Position, Seat

from .agenda import items_of

LEADERS = (Position.CHAIR, Position.VICE_CHAIR, Position.REVIEWER)


def _earlier(kinds: tuple[str, ...], wanted: Q) -> Q:
    return Q(council__kind__in=kinds, council__state=CouncilState.CONCLUDED, removed_at=None) & wanted


def former_members(council: Council) -> set[int]:
    """People who sat in the identification or selection councils of the tasks (TT 11/2014/TT-BKHCN); by key."""
    tasks = [item.task for item in items_of(council) if item.task]
    orders = [task.order_id for task in tasks if task.order_id]
    sources = OrderSource.objects.filter(order__in=orders).values("proposal")
    wanted = Q(council__items__order__in=orders) | Q(council__items__proposal__in=sources)
    kinds = (CouncilKind.IDENTIFICATION, CouncilKind.SELECTION)
    return set(Seat.objects.filter(_earlier(kinds, wanted)).values_list("user_id", flat=True))


def selection_leaders(council: Council) -> set[int]:
    """Chair, vice-chair and reviewers of the selection councils on the dossiers (TT 15/2022/TT-BKHCN, Article 20)."""
    orders = [item.dossier.order_id for item in items_of(council) if item.dossier]
    wanted = Q(council__items__order__in=orders, position__in=LEADERS)
    return set(Seat.objects.filter(_earlier((CouncilKind.SELECTION,), wanted)).values_list("user_id", flat=True))
