"""What speaks against an act on a paper: every reason collected, nothing changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.policy import signed_row
from core.documents.snapshot import context_of, differing_keys
from core.numbers.models import Source
from core.people.models import User
from core.people.policy import can, may
from core.workflow import admission
from core.workflow.models import Stepped
from core.workflow.rights import granted
from core.workflow.ruling import Refusal, StepFacts, StepRefused
from core.workflow.selectors import history
from core.workflow.table import Channel, Row


class DraftOutdated(StepRefused):
    """The draft no longer says what is true; ``keys`` names the facts that changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__([Refusal(_("The facts have changed since the draft was prepared. Prepare it again."))])


def prepare_refusals(subject: Stepped, step: str, *, actor: User) -> list[Refusal]:
    """Everything that speaks against preparing the paper of a step now."""
    row = subject.row(step)
    if row is None:
        return [admission.state_refusal()]
    found = list(_standing_refusals(subject, row, actor))
    return found + list(admission.guard_refusals(_question(subject, row, actor)))


def endorse_refusals(draft: Document, subject: Stepped, *, actor: User) -> Iterator[Refusal]:
    """Everything that speaks against this person's agreement now."""
    row = subject.row(draft.step)
    if not draft.is_draft:
        yield Refusal(_("This paper is no longer a draft."))
    elif row is None:
        yield admission.state_refusal()
    else:
        if not granted(actor, subject, row.by, clock.today()):
            yield Refusal(_("This step belongs to another role or authority."))
        facts = _question(subject, row, actor)
        yield from admission.separation_refusals(facts, history(subject))
        yield from admission.guard_refusals(facts)


def issue_refusals(
    draft: Document, *, actor: User, signer: User | None = None, signed_on: date | None = None, day: date | None = None
) -> Iterator[Refusal]:
    """What the paper itself refuses; the step's own refusals come from the step."""
    today = clock.today()
    if not draft.is_draft:
        yield Refusal(_("This paper is no longer a draft."))
    if not can(actor, "issue", draft):
        yield Refusal(_("Only a clerk gives number and date."))
    if signer is not None and draft.endorsed_by_id and signer.pk != draft.endorsed_by_id:
        yield Refusal(_("Somebody else agreed to this draft: the signer must be the same person."))
    if signed_on is not None and signed_on > (day or today):
        yield Refusal(_("The paper cannot be numbered before it is signed."))
    if day is not None and day != today and source_of(draft.body, draft.series, day.year) == Source.OWN:
        yield Refusal(_("A number of this register bears the day on which it is drawn."))


def step_refusals(draft: Document, subject: Stepped, *, actor: User) -> Iterator[Refusal]:
    """What the step itself says against issuing now, before anybody is asked who signed."""
    row = subject.row(draft.step)
    if row is None:
        yield admission.state_refusal()
        return
    yield from admission.guard_refusals(_question(subject, row, actor))
    if not is_current(draft, subject):
        yield from DraftOutdated([]).refusals


def is_current(draft: Document, subject: Stepped) -> bool:
    """Whether the draft still says what is true; once its step is gone nobody tells its facts any more."""
    if subject.row(draft.step) is None:
        return False
    try:
        return not differing_keys(draft.context, context_of(draft.kind, subject, clock.today()))
    except StepRefused:
        return False


def check_current(draft: Document, subject: Stepped) -> None:
    """Raise DraftOutdated when the subject's facts or the law differ from the draft's, StepRefused without a step."""
    if subject.row(draft.step) is None:
        raise StepRefused([admission.state_refusal()])
    changed = differing_keys(draft.context, context_of(draft.kind, subject, clock.today()))
    if changed:
        raise DraftOutdated(changed)


def channel_of(draft: Document, signer: User, channel: Channel | None) -> Channel:
    """In the system when the signer agreed here; else as the clerk says, on paper by default."""
    if draft.endorsed_by_id == signer.pk:
        return Channel.IN_SYSTEM
    return channel if channel in {Channel.PAPER, Channel.OTHER_SYSTEM} else Channel.PAPER


def _standing_refusals(subject: Stepped, row: Row, actor: User) -> Iterator[Refusal]:
    if not signed_row(row):
        yield Refusal(_("This step issues no paper that has to be signed first."))
    yield from admission.adoption_refusals(subject)
    if not may(actor, "documents.prepare"):
        text = _(
            "The paper is not prepared yet: an officer or secretary prepares it, then it waits on your first page."
        )
        yield Refusal(text)
    elif not can(actor, "view", subject):
        yield Refusal(_("This step belongs to another role or authority."))


def _question(subject: Stepped, row: Row, actor: User) -> StepFacts:
    return StepFacts(subject=subject, row=row, actor=actor, decided_by=None, effective_on=clock.today())
