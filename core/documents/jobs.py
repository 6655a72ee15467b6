"""Render papers after their transaction."""

from collections.abc import Mapping
from typing import Any

from core.jobs.registry import job

from .files import ensure_rendered
from .models import Document


@job("documents.render")
def render(payload: Mapping[str, Any]) -> None:
    """Render one numbered paper; a second run finds it done."""
    ensure_rendered(Document.objects.select_related("body").get(code=payload["document"]))
