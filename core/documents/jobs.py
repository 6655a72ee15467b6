"""Render papers after their transaction; see which drafts went out of date."""

from collections.abc import Mapping
from typing import Any

from core.jobs.registry import every_night, job

from .files import ensure_rendered
from .models import Document, DocumentStatus
from .outdated import LOOK, note_outdated


@job("documents.render")
def render(payload: Mapping[str, Any]) -> None:
    """Render one numbered paper; a second run finds it done."""
    ensure_rendered(Document.objects.select_related("body").get(code=payload["document"]))


@job(LOOK)
def look_at_draft(payload: Mapping[str, Any]) -> None:
    """Something happened on the record of a draft: does it still say what is true?"""
    note_outdated(Document.objects.filter(code=payload["document"], status=DocumentStatus.DRAFT))


@every_night("documents.look_at_all_drafts")
def look_at_all_drafts(_payload: Mapping[str, Any]) -> None:
    """The law, the table of authorities and other records move too, without an act on the draft's own record."""
    note_outdated(Document.objects.filter(status=DocumentStatus.DRAFT))
