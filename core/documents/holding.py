"""Who must act next on a draft, since when: in the words of a record's page."""

from datetime import datetime

from django.utils.translation import gettext as _

from core import clock
from core.people.roles import Role
from core.ui.formatting import listed
from core.ui.parts import Due
from core.workflow.holding import holder_names
from core.workflow.models import Stepped
from core.workflow.ports import Awaited
from core.workflow.table import Row
from core.workflow.waiting import Stage, Way

from .models import Document
from .policy import other_party_of

# Who gives number and date.
NUMBER_GIVERS = (Role.CLERK,)


def held_by(paper: Document, subject: Stepped, *, is_current: bool) -> Due | None:
    """Whom a draft waits for, to do what, since when; None for a paper that is none, or whose step is gone.

    ``is_current``: whether it still says what is true; else whoever drafts such papers prepares it again.
    """
    row = subject.row(paper.step) if paper.is_draft else None
    if row is None:
        return None
    if not is_current:
        return Due(holder=str(paper.spec.drafted_by.label), note=_("to prepare the draft again"))
    waits = [(_holder(paper, subject, row, awaited), _act(awaited)) for awaited in paper.awaited]
    return Due(
        holder=listed(name for name, _words in waits),
        since=clock.local(_since(paper)).date(),
        note=listed(words for _name, words in waits),
    )


def _holder(paper: Document, subject: Stepped, row: Row, awaited: Awaited) -> str:
    """The position, for the other party with the organisation that the text names."""
    if awaited is Awaited.NUMBER:
        return listed(str(role.label) for role in NUMBER_GIVERS)
    if awaited is Awaited.SIGNER:
        return listed(holder_names(subject, [Way(row, Stage.DECIDE, row.by)]))
    role, party = other_party_of(paper.subject_type, row), paper.other_party.get("name", "")
    return " · ".join(part for part in (str(role.label) if role else "", party) if part)


def _act(awaited: Awaited) -> str:
    return {
        Awaited.SIGNER: _("to agree to the draft"),
        Awaited.OTHER_PARTY: _("to sign for party B"),
        Awaited.NUMBER: _("to give number and date"),
    }[awaited]


def _since(paper: Document) -> datetime:
    """When the last of those who acted handed the draft on."""
    acts = (paper.prepared_at, paper.endorsed_at, paper.countersigned_at)
    return max(when for when in acts if when is not None)
