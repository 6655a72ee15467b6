"""Since when a council may act: no council acts before the decision that establishes it."""

from datetime import date

from core.workflow.chronicle import events_of
from reviews.models import Council


def founded_on(council: Council) -> date | None:
    """The day of the decision that established the council; None for a draft."""
    rows = events_of(council).filter(step="establish")
    return rows.values_list("effective_on", flat=True).last()
