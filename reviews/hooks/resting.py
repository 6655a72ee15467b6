"""On which rows beside its own the steps of a council rest."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.workflow.shown import rests_on
from reviews.models import AgendaItem, AppraisalLine, ConflictNote, Council, Departure, Seat


@rests_on("council")
def sitting(council: Council) -> Iterator[QuerySet[Any]]:
    """Conclusions, appraised money and who sits; ballots stay secret and are counted by the guards."""
    yield AgendaItem.objects.filter(council=council)
    yield AppraisalLine.objects.filter(item__council=council)
    yield Seat.objects.filter(council=council)
    yield ConflictNote.objects.filter(seat__council=council)
    yield Departure.objects.filter(seat__council=council)
