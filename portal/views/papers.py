"""The papers on the first page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.selectors import documents_awaiting
from core.ui.parts import Badge, DocumentLine, Panel, Tone

SHOWN_PAPERS = 20


def paper_panels(user: Any) -> list[Panel]:
    """Drafts that wait for the reader's agreement, or for number and date."""
    papers = [
        DocumentLine(
            title=paper.about,
            url=paper.get_absolute_url(),
            status=Badge(_("Agreed"), Tone.SUCCESS) if paper.endorsed_at else Badge(_("Draft"), Tone.NEUTRAL),
            note=paper.get_kind_display(),
        )
        for paper in documents_awaiting(user).order_by("prepared_at")[:SHOWN_PAPERS]
    ]
    if not papers:
        return []
    return [Panel(_("Papers that wait for me"), "components/documents.html", {"documents": papers}, icon="document")]
