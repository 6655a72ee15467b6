"""Facts of the papers before the award: calls, receipts, the list, the approval."""

from typing import TypedDict

from .parts import Budget, CouncilTask, Member, Official, Ordered, Paper, Product, Reference, TaskFacts


class CallFacts(Official):
    """Announcement of a call for proposals."""

    plan_year: int
    orientations: list[str]
    proposers: list[str]
    requirements: list[str]
    form: str
    opens_at: str
    closes_at: str
    address: str
    portal: str
    contact: str


class File(TypedDict):
    """A file handed in; ``pages`` 0 when unknown."""

    name: str
    pages: int


class ReceiptFacts(Paper):
    """Receipt of a proposal or a dossier. ``record``: "đề xuất" or "hồ sơ". ``result_due_on`` may be empty.

    ``submitter``: who handed it in for the organisation. ``contact``: its author, empty where that is the same person.
    ``receiver``: who took it in, or the office where nobody did.
    """

    record: str
    code: str
    title: str
    submitter: str
    contact: str
    organisation: str
    received_at: str
    channel: str
    files: list[File]
    result_due_on: str
    receiver: str


class Missing(TypedDict):
    """What is missing and which rule asks for it."""

    what: str
    rule: str


class ReturnFacts(Paper):
    """Request to complete a file."""

    record: str
    code: str
    title: str
    organisation: str
    missing: list[Missing]
    complete_by: str
    officer: str
    contact: str


class RefusalFacts(Official):
    """Letter of refusal. ``decision``: what was decided, in words."""

    record: str
    code: str
    title: str
    organisation: str
    reasons: list[str]
    decision: str


class ListFacts(Official):
    """Decision approving the list of ordered tasks. ``department``: who carries the list out."""

    plan_year: int
    items: list[Ordered]
    department: str


class SelectionCallFacts(Official):
    """Selection call. ``dossier``: what a dossier consists of."""

    plan_year: int
    items: list[Ordered]
    conditions: list[str]
    dossier: list[str]
    opens_at: str
    closes_at: str
    address: str
    portal: str
    contact: str


class InvitationFacts(Official):
    """Invitation to one organisation for direct assignment."""

    to: str
    decision: Reference
    item: Ordered
    dossier: list[str]
    closes_at: str
    address: str
    contact: str


class OpenedDossier(TypedDict):
    """A dossier at the opening. ``reason`` is empty for a valid one."""

    code: str
    title: str
    host: str
    principal_investigator: str
    sealed: str
    copies: str
    valid: bool
    reason: str


class OpeningFacts(Paper):
    """Minutes of the opening of dossiers."""

    call: Reference
    opened_at: str
    closed_at: str
    place: str
    present: list[Member]
    dossiers: list[OpenedDossier]
    remarks: list[str]
    chair: str
    secretary: str


class ApprovalFacts(Official):
    """Decision approving a task. Who pays (``payer``), manages (``manager``), signs the contract (``contractor``)."""

    task: TaskFacts
    goals: str
    contents: list[str]
    products: list[Product]
    budget: Budget
    payer: str
    manager: str
    contractor: str


class CancellationFacts(Official):
    """Decision cancelling an ordered task."""

    item: CouncilTask
    cancelled: Reference
    reason: str


class RevocationFacts(Official):
    """Decision undoing an earlier one: an approval before its contract, a council, a payment.

    ``act``: what is done to it, before its name ("Bãi bỏ", "Giải thể Hội đồng … được thành lập theo"). ``decided``:
    what it was about, or empty. A ``task`` without a host is not printed.
    """

    task: TaskFacts
    act: str
    revoked: Reference
    decided: str
    reason: str
    consequences: list[str]
