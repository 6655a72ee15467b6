"""One word for the state of a paper, wherever it is shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.badges import of
from core.ui.parts import Badge, Tone
from core.workflow.ports import Awaited

from .models import Document

AGREED = _("Agreed, waits for its number")
# Of both parties as the agreement names them: whoever reads it, nobody is “the other one”.
ONE_SIDE = _("Agreed, waits for party B to sign")
OTHER_SIDE = _("Signed by party B, waits for party A")
BOTH_SIDES = _("Draft, waits for both parties to sign")
UNSIGNED = _("Draft, waits for its signer")
WORDS = {
    (Awaited.SIGNER,): (UNSIGNED, Tone.WARNING),
    (Awaited.SIGNER, Awaited.OTHER_PARTY): (BOTH_SIDES, Tone.WARNING),
    (Awaited.OTHER_PARTY,): (ONE_SIDE, Tone.WARNING),
    (Awaited.NUMBER,): (AGREED, Tone.INFO),
}


def badge_of(paper: Document) -> Badge:
    """Issued, void, refused; of a draft whom it waits for: its signer, a party, the clerk."""
    if not paper.is_draft:
        return of(paper, "status")
    if paper.endorsed_at is not None and paper.awaited == (Awaited.OTHER_PARTY,):
        return Badge(gettext("Agreed, waits for %(party)s") % {"party": paper.other_name}, Tone.WARNING)
    if paper.countersigned_at is not None and paper.awaited == (Awaited.SIGNER,):
        return Badge(gettext("Signed by %(party)s") % {"party": paper.other_name}, Tone.WARNING)
    label, tone = WORDS[paper.awaited]
    return Badge(label, tone)
