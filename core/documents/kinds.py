"""Every kind of official paper: its symbol, its register, its letter, and whether it waits for a signature.

Source of the layout and numbering: Decree 30/2020/NĐ-CP, Articles 8, 15 and 16.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.people.roles import Role


class DocumentKind(models.TextChoices):
    """The kinds of papers this system issues."""

    CALL_ANNOUNCEMENT = "call_announcement", _("Announcement of a call")
    PROPOSAL_RECEIPT = "proposal_receipt", _("Receipt of a proposal")
    DOSSIER_RECEIPT = "dossier_receipt", _("Receipt of a dossier")
    RETURN_LETTER = "return_letter", _("Request to complete a file")
    REFUSAL_LETTER = "refusal_letter", _("Letter of refusal")
    COUNCIL_DECISION = "council_decision", _("Decision establishing a council")
    COUNCIL_MINUTES = "council_minutes", _("Minutes of a council")
    LIST_DECISION = "list_decision", _("Decision approving the list of ordered tasks")
    SELECTION_CALL = "selection_call", _("Selection call")
    INVITATION_LETTER = "invitation_letter", _("Invitation for direct assignment")
    OPENING_MINUTES = "opening_minutes", _("Minutes of the opening of dossiers")
    APPRAISAL_MINUTES = "appraisal_minutes", _("Minutes of the budget appraisal")
    APPROVAL_DECISION = "approval_decision", _("Decision approving a task")
    CANCELLATION_DECISION = "cancellation_decision", _("Decision cancelling an ordered task")
    REVOCATION_DECISION = "revocation_decision", _("Decision revoking an approval")
    CONTRACT = "contract", _("Contract")
    CONTRACT_ANNEX = "contract_annex", _("Annex to a contract")
    DISBURSEMENT_DECISION = "disbursement_decision", _("Decision to disburse")
    INSPECTION_MINUTES = "inspection_minutes", _("Minutes of an inspection")
    AMENDMENT_DECISION = "amendment_decision", _("Decision amending a task")
    SUSPENSION_DECISION = "suspension_decision", _("Decision suspending a task")
    RESUMPTION_DECISION = "resumption_decision", _("Decision resuming a task")
    TERMINATION_DECISION = "termination_decision", _("Decision terminating a contract")
    RECOVERY_DECISION = "recovery_decision", _("Decision recovering funds")
    ACCEPTANCE_MINUTES = "acceptance_minutes", _("Minutes of the acceptance council")
    REGISTRATION_CERTIFICATE = "registration_certificate", _("Certificate of registration of results")
    RECOGNITION_DECISION = "recognition_decision", _("Decision recognising results")
    SETTLEMENT_MINUTES = "settlement_minutes", _("Minutes of the settlement")
    LIQUIDATION_MINUTES = "liquidation_minutes", _("Minutes of the liquidation of a contract")
    ARCHIVE_RECORD = "archive_record", _("Record of delivery to the archive")


class Series(models.TextChoices):
    """The registers. The head of the body decides how many there are (Decree 30/2020/NĐ-CP, Article 15.1.c)."""

    OUTGOING = "outgoing", _("Outgoing papers")
    INCOMING = "incoming", _("Incoming papers")
    REQUESTS = "requests", _("Requests to complete a file")
    MINUTES = "minutes", _("Minutes")
    CONTRACTS = "contracts", _("Contracts")
    CERTIFICATES = "certificates", _("Certificates")


@dataclass(frozen=True, slots=True)
class KindSpec:
    """How one kind is numbered, signed and printed.

    ``symbol`` is a format of ``number``, ``year``, ``body`` (the body's abbreviation) and ``unit`` (the drafting
    unit's). ``needs_signature``: prepared as a draft first, numbered after the signature; otherwise the paper is
    numbered inside the step that makes it. ``letter`` may hold ``{variant}``, filled by the fact of that name.
    ``drafted_by``: on whose first page a step waits for this paper; others of the administration may draft it too.
    ``two_sided``: an agreement, which the other party signs besides whoever decides the step.
    """

    kind: DocumentKind
    letter: str
    symbol: str
    series: Series = Series.OUTGOING
    needs_signature: bool = True
    drafted_by: Role = Role.OFFICER
    two_sided: bool = False

    @property
    def automatic(self) -> bool:
        """Whether the paper is numbered in the step's own transaction, without a draft."""
        return not self.needs_signature


DECISION = "{number:02d}/QĐ-{body}"
NOTICE = "{number:02d}/TB-{body}"
LETTER = "{number:02d}/{body}-{unit}"
MINUTES = "{number:02d}/BB-{body}"


def _minutes(kind: DocumentKind, letter: str = "") -> KindSpec:
    return KindSpec(kind, letter or str(kind.value), MINUTES, Series.MINUTES, needs_signature=False)


def _decision(kind: DocumentKind) -> KindSpec:
    return KindSpec(kind, str(kind.value), DECISION)


def _agreement(kind: DocumentKind, symbol: str, series: Series) -> KindSpec:
    return KindSpec(kind, str(kind.value), symbol, series, two_sided=True)


_Kind = DocumentKind
_SPECS = (
    KindSpec(_Kind.CALL_ANNOUNCEMENT, "call_announcement", NOTICE),
    KindSpec(_Kind.PROPOSAL_RECEIPT, "receipt", "{number:02d}/PTN-{body}", Series.INCOMING, needs_signature=False),
    KindSpec(_Kind.DOSSIER_RECEIPT, "receipt", "{number:02d}/PTN-{body}", Series.INCOMING, needs_signature=False),
    # Goes out, and is numbered at once: a register of its own, which no other office keeps.
    KindSpec(_Kind.RETURN_LETTER, "return_letter", "{number:02d}/PYC-{body}", Series.REQUESTS, needs_signature=False),
    KindSpec(_Kind.REFUSAL_LETTER, "refusal_letter", LETTER),
    _decision(_Kind.COUNCIL_DECISION),
    _minutes(_Kind.COUNCIL_MINUTES, letter="{variant}_minutes"),
    _decision(_Kind.LIST_DECISION),
    KindSpec(_Kind.SELECTION_CALL, "selection_call", NOTICE),
    KindSpec(_Kind.INVITATION_LETTER, "invitation_letter", LETTER),
    _minutes(_Kind.OPENING_MINUTES),
    _minutes(_Kind.APPRAISAL_MINUTES),
    _decision(_Kind.APPROVAL_DECISION),
    _decision(_Kind.CANCELLATION_DECISION),
    _decision(_Kind.REVOCATION_DECISION),
    _agreement(_Kind.CONTRACT, "{number:02d}/{year}/HĐKHCN-{body}", Series.CONTRACTS),
    _agreement(_Kind.CONTRACT_ANNEX, "{number:02d}/{year}/PLHĐ-{body}", Series.CONTRACTS),
    KindSpec(_Kind.DISBURSEMENT_DECISION, "disbursement_decision", DECISION, drafted_by=Role.FUND_OFFICER),
    _minutes(_Kind.INSPECTION_MINUTES),
    _decision(_Kind.AMENDMENT_DECISION),
    _decision(_Kind.SUSPENSION_DECISION),
    _decision(_Kind.RESUMPTION_DECISION),
    _decision(_Kind.TERMINATION_DECISION),
    _decision(_Kind.RECOVERY_DECISION),
    _minutes(_Kind.ACCEPTANCE_MINUTES),
    KindSpec(
        _Kind.REGISTRATION_CERTIFICATE, "registration_certificate", "{number:02d}/GCN-{body}", Series.CERTIFICATES
    ),
    _decision(_Kind.RECOGNITION_DECISION),
    _minutes(_Kind.SETTLEMENT_MINUTES),
    _agreement(_Kind.LIQUIDATION_MINUTES, MINUTES, Series.MINUTES),
    _minutes(_Kind.ARCHIVE_RECORD),
)
KINDS: dict[DocumentKind, KindSpec] = {spec.kind: spec for spec in _SPECS}
TWO_SIDED = tuple(spec.kind for spec in _SPECS if spec.two_sided)


def spec_of(kind: str) -> KindSpec:
    """The table row of a kind. Raises ValueError for a kind that does not exist."""
    return KINDS[DocumentKind(kind)]
