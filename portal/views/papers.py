"""The papers on the first page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.documents.badges import badge_of
from core.documents.filters import AGREED_STATUS
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
    """For whoever gives numbers: how many agreed drafts wait for him, and how many may come signed on paper."""
    if not has_role(user, Role.CLERK):
        return []
    here = reverse("documents:document-list")
    counted = [
        Figure(label, drafts_to_number(user, is_agreed=is_agreed).count(), tone=tone, url=f"{here}?status={status}")
        for label, is_agreed, tone, status in (
            (_("Drafts to number"), True, Tone.WARNING, AGREED_STATUS),
            (_("Drafts nobody agreed to yet"), False, Tone.NEUTRAL, DocumentStatus.DRAFT.value),
        )
    ]
    return [figure for figure in counted if figure.value]


def paper_panels(papers: Sequence[Document]) -> list[Panel]:
    """The papers with their state in the same word as everywhere."""
    lines = [
        DocumentLine(
            title=paper.heading,
            url=paper.get_absolute_url(),
            number=paper.symbol,
            on=paper.numbered_on,
            status=_status(paper),
            note=paper.get_kind_display(),
        )
        for paper in papers
    ]
    return [Panel(TITLE, "components/documents.html", {"documents": lines}, icon="document")] if lines else []


def _status(paper: Document) -> Badge:
    return Badge(_("To answer"), Tone.WARNING) if paper.is_issued else badge_of(paper)


def paper_figure(papers: Sequence[Document]) -> Figure:
    """How many they are."""
    count = f"{SHOWN_PAPERS}+" if len(papers) == SHOWN_PAPERS else len(papers)
    return Figure(TITLE, count, tone=Tone.INFO, url="#board")
