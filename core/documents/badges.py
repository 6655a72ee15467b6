"""One word for the state of a paper, wherever it is shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.badges import of
from core.ui.parts import Badge, Tone
from core.workflow.ports import Awaited

from .models import Document

AGREED = _("Agreed, waits for its number")
OUTDATED = _("Draft out of date, to be prepared again")
BOTH_SIDES = _("Draft, waits for both parties to sign")
UNSIGNED = _("Draft, waits for its signer")
WORDS = {
    (Awaited.SIGNER,): (UNSIGNED, Tone.WARNING),
    (Awaited.SIGNER, Awaited.OTHER_PARTY): (BOTH_SIDES, Tone.WARNING),
    (Awaited.NUMBER,): (AGREED, Tone.INFO),
}


def badge_of(paper: Document, *, is_current: bool | None = None) -> Badge:
    """Issued, void, refused; of a draft whom it waits for: its signer, a party, the clerk, or whoever drafts it anew.

    ``is_current``: whether a draft still says what is true, where the page has looked; else what was noted of it. An
    agreement that one party signed names the other by its name: whoever reads it, nobody is “the other one”.
    """
    if not paper.is_draft:
        return of(paper, "status")
    if is_current is False or (is_current is None and paper.outdated_at is not None):
        return Badge(OUTDATED, Tone.DANGER)
    if paper.awaited == (Awaited.OTHER_PARTY,):
        return Badge(gettext("Agreed, waits for %(party)s") % {"party": paper.other_name}, Tone.WARNING)
    if paper.awaited == (Awaited.SIGNER,) and paper.countersigned_at is not None:
        return Badge(gettext("Signed by %(party)s") % {"party": paper.other_name}, Tone.WARNING)
    label, tone = WORDS[paper.awaited]
    return Badge(label, tone)
