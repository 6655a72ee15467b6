"""One word for the state of a paper, wherever it is shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.badges import of
from core.ui.parts import Badge, Tone

from .models import Document

AGREED = _("Agreed, waits for its number")


def badge_of(paper: Document) -> Badge:
    """Draft, agreed, issued, void: a draft that both parties, or its one signer, agreed to waits for the clerk."""
    if paper.is_draft and paper.is_agreed:
        return Badge(AGREED, Tone.INFO)
    if paper.is_draft and (paper.endorsed_at or paper.countersigned_at):
        words = gettext("Agreed, waits for %(party)s") if paper.endorsed_at else gettext("Signed by %(party)s")
        return Badge(words % {"party": paper.other_name}, Tone.WARNING)
    return of(paper, "status")
