"""What speaks against an act on a paper: every reason collected, nothing changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.policy import signed_row
from core.documents.selectors import subject_of
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

from .common import locked, raise_all

ORDER_OF_NUMBERS = "Nghị định 30/2020/NĐ-CP, Điều 15"


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
        if actor.pk == draft.countersigned_by_id:
            yield both_sides_refusal()
        yield from admission.separation_refusals(facts, history(subject))
        yield from admission.guard_refusals(facts)


def issue_refusals(
    draft: Document,
    *,
    actor: User,
    signer: User | None = None,
    signed_on: date | None = None,
    day: date | None = None,
    has_scan: bool = False,
) -> Iterator[Refusal]:
    """What the paper itself refuses; the step's own refusals come from the step."""
    today = clock.today()
    if not draft.is_draft:
        yield Refusal(_("This paper is no longer a draft."))
    if not can(actor, "issue", draft):
        yield Refusal(_("Only a clerk gives number and date."))
    if draft.endorsed_by_id is None and actor.pk == draft.prepared_by_id:
        # Whoever drafts and numbers a paper that its signer has not seen here would decide alone.
        yield Refusal(_("You prepared this draft, and its signer did not agree here: another person numbers it."))
    if signer is not None and draft.endorsed_by_id and signer.pk != draft.endorsed_by_id:
        yield Refusal(_("Somebody else agreed to this draft: the signer must be the same person."))
    if signed_on is not None and signed_on > (day or today):
        yield Refusal(_("The paper cannot be numbered before it is signed."))
    if day is not None and day != today and source_of(draft.body, draft.series, day.year) == Source.OWN:
        yield Refusal(_("A number of this register bears the day on which it is drawn."))
    elif not has_scan:
        yield from _earlier_than_agreed(draft, [one for one in (signed_on, day) if one is not None])


def _earlier_than_agreed(draft: Document, days: Sequence[date]) -> Iterator[Refusal]:
    """Whoever agreed in the system signed on that day, not before; another date is that of a paper."""
    agreed = agreed_on(draft)
    if agreed is not None and draft.endorsed_by is not None and min(days, default=agreed) < agreed:
        text = _("%(person)s agreed here on %(date)s: an earlier date needs the scan of the signed paper.")
        yield Refusal(text % {"person": draft.endorsed_by.full_name, "date": f"{agreed:%d/%m/%Y}"})


def agreed_on(draft: Document) -> date | None:
    """The day on which the signer agreed in the system."""
    return clock.local(draft.endorsed_at).date() if draft.endorsed_at else None


def scan_refusals(draft: Document, signer: User, *, has_scan: bool) -> Iterator[Refusal]:
    """Whoever did not agree in the system signed a sheet, and its scan is the proof."""
    if has_scan:
        return
    if signer.pk != draft.endorsed_by_id:
        yield Refusal(_("Attach the scan of the signed paper: the signer did not agree here."))
    elif draft.lacks_other_side:
        yield Refusal(_("Attach the scan of the signed paper: the other party did not sign it here."))


def both_sides_refusal() -> Refusal:
    """The refusal of somebody who has acted for one party already."""
    return Refusal(_("The same person cannot act for both parties."))


def date_warnings(draft: Document, signed_on: date) -> Iterator[Refusal]:
    """What was drafted here is signed afterwards; a paper said to be older was signed with another text, or never."""
    drafted = clock.local(draft.prepared_at).date()
    if signed_on < drafted:
        text = _("Signed on %(signed)s, but drafted here on %(drafted)s: compare the paper, and say why.")
        days = {"signed": f"{signed_on:%d/%m/%Y}", "drafted": f"{drafted:%d/%m/%Y}"}
        yield Refusal(text % days, blocking=False)


def number_warnings(draft: Document, number: int | None, day: date) -> Iterator[Refusal]:
    """Numbers follow the days (Decree 30/2020/NĐ-CP, Article 15.1): one out of order may be a slip of the keyboard.

    Only for a register kept elsewhere, whose papers may reach this system in any order.
    """
    if number is None:
        return
    kept = Document.objects.filter(body=draft.body, series=draft.series, year=day.year, number__isnull=False)
    against = kept.filter(number__lt=number, numbered_on__gt=day) | kept.filter(number__gt=number, numbered_on__lt=day)
    other = against.order_by("-number").first()
    if other is not None and other.numbered_on is not None:
        text = _("Number %(number)s of %(day)s does not follow the order: %(symbol)s is of %(date)s. Check the paper.")
        days = {"day": f"{day:%d/%m/%Y}", "date": f"{other.numbered_on:%d/%m/%Y}"}
        yield Refusal(text % {"number": number, "symbol": other.symbol, **days}, ORDER_OF_NUMBERS, blocking=False)


def shown_refusals(draft: Document, shown: str) -> Iterator[Refusal]:
    """The draft was prepared again after the page was opened. An empty ``shown``: a caller without a page."""
    if shown and shown != draft.text_digest:
        yield Refusal(
            _("The text of this draft has changed since you opened the page. Read it again before you go on.")
        )


def step_refusals(draft: Document, subject: Stepped, *, actor: User) -> Iterator[Refusal]:
    """What the step itself says against issuing now, before anybody is asked who signed."""
    row = subject.row(draft.step)
    if row is None:
        yield admission.state_refusal()
        return
    yield from admission.guard_refusals(_question(subject, row, actor))
    if not is_current(draft, subject):
        yield from DraftOutdated([]).refusals


def outdated_refusals(draft: Document, subject: Stepped) -> Iterator[Refusal]:
    """That the draft says what is true no more, before anybody agrees to it; a step that is gone speaks for itself."""
    if draft.is_draft and subject.row(draft.step) is not None and not is_current(draft, subject):
        yield from DraftOutdated([]).refusals


def is_current(draft: Document, subject: Stepped) -> bool:
    """Whether the draft still says what is true; once its step is gone nobody tells its facts any more."""
    if subject.row(draft.step) is None:
        return False
    try:
        return not differing_keys(draft.context, context_of(draft.kind, subject, clock.today()))
    except StepRefused:
        return False


def check_current(draft: Document, subject: Stepped, on: date) -> None:
    """Raise DraftOutdated when the subject's facts, or the law of the day ``on``, differ from the draft's.

    Raises StepRefused when the subject has no such step any more.
    """
    if subject.row(draft.step) is None:
        raise StepRefused([admission.state_refusal()])
    changed = differing_keys(draft.context, context_of(draft.kind, subject, on))
    if changed:
        raise DraftOutdated(changed)


def held_for_agreement(
    document: Document, against: Callable[..., Iterable[Refusal]], *, actor: User, shown: str
) -> Document:
    """The draft, locked, for a signature of either side: the text that was shown, up to date, nothing ``against`` it.

    Raises StepRefused, DraftOutdated.
    """
    draft = locked(document)
    raise_all(shown_refusals(draft, shown))
    subject = subject_of(draft)
    raise_all(against(draft, subject, actor=actor))
    check_current(draft, subject, clock.today())
    return draft


def channel_of(draft: Document, signer: User, channel: Channel | None, day: date) -> Channel:
    """In the system when all who sign agreed here, by the paper's day; else as the clerk says, on paper by default."""
    agreed = agreed_on(draft)
    if draft.is_agreed and draft.endorsed_by_id == signer.pk and agreed is not None and agreed <= day:
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
