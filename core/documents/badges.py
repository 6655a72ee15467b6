"""One word for the state of a paper, wherever it is shown."""

from django.utils.translation import gettext_lazy as _

from core.ui.badges import of
from core.ui.parts import Badge, Tone

from .models import Document

AGREED = _("Agreed, waits for its number")


def badge_of(paper: Document) -> Badge:
    """Draft, agreed, issued, void: a draft that the signer has agreed to waits for the clerk."""
    return Badge(AGREED, Tone.INFO) if paper.is_draft and paper.endorsed_at else of(paper, "status")
