"""The papers on the first page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.documents.badges import badge_of
from core.documents.models import Document, DocumentStatus
from core.documents.selectors import documents_awaiting, drafts_to_number
from core.people.roles import Role
from core.people.selectors import has_role
from core.ui.parts import Badge, DocumentLine, Figure, Panel, Tone

SHOWN_PAPERS = 20
TITLE = _("Papers that wait for me")


def papers_of(user: Any) -> list[Document]:
    """The oldest papers that wait for the reader's agreement, for number and date, or for his answer."""
    return list(documents_awaiting(user).order_by("prepared_at")[:SHOWN_PAPERS])


def number_figures(user: Any) -> list[Figure]:
    """For whoever gives numbers: how many drafts there are, signed here or to be signed on paper. One query for him."""
    count = drafts_to_number(user).count() if has_role(user, Role.CLERK) else 0
    address = f"{reverse('documents:document-list')}?status={DocumentStatus.DRAFT.value}"
    return [Figure(_("Drafts to number"), count, tone=Tone.INFO, url=address)] if count else []


def paper_panels(papers: Sequence[Document]) -> list[Panel]:
    """The papers with their state in the same word as everywhere."""
    lines = [
        DocumentLine(
            title=paper.heading,
            url=paper.get_absolute_url(),
            number=paper.symbol,
            on=paper.numbered_on,
            status=Badge(_("To answer"), Tone.WARNING) if paper.is_issued else badge_of(paper),
            note=paper.get_kind_display(),
        )
        for paper in papers
    ]
    return [Panel(TITLE, "components/documents.html", {"documents": lines}, icon="document")] if lines else []


def paper_figure(papers: Sequence[Document]) -> Figure:
    """How many they are."""
    count = f"{SHOWN_PAPERS}+" if len(papers) == SHOWN_PAPERS else len(papers)
    return Figure(TITLE, count, tone=Tone.INFO, url="#board")
