"""What each letter needs to know: the facts a room's ``@facts(kind)`` function returns.

Only JSON values: text, whole numbers, booleans, lists. Money in đồng, days as ISO text (``2026-02-05``), instants as
ISO text in local time (``2026-02-05T17:00``). Each schema says what the paper of its kind must contain.
"""

from collections.abc import Mapping
from typing import Any

from core.documents.kinds import DocumentKind as Kind

from . import calls, councils, results, running

SCHEMAS: dict[Kind, type] = {
    Kind.CALL_ANNOUNCEMENT: calls.CallFacts,
    Kind.PROPOSAL_RECEIPT: calls.ReceiptFacts,
    Kind.DOSSIER_RECEIPT: calls.ReceiptFacts,
    Kind.RETURN_LETTER: calls.ReturnFacts,
    Kind.REFUSAL_LETTER: calls.RefusalFacts,
    Kind.COUNCIL_DECISION: councils.CouncilFacts,
    Kind.COUNCIL_MINUTES: councils.Sitting,
    Kind.LIST_DECISION: calls.ListFacts,
    Kind.SELECTION_CALL: calls.SelectionCallFacts,
    Kind.INVITATION_LETTER: calls.InvitationFacts,
    Kind.OPENING_MINUTES: calls.OpeningFacts,
    Kind.APPRAISAL_MINUTES: councils.AppraisalFacts,
    Kind.APPROVAL_DECISION: calls.ApprovalFacts,
    Kind.CANCELLATION_DECISION: calls.CancellationFacts,
    Kind.REVOCATION_DECISION: calls.RevocationFacts,
    Kind.CONTRACT: running.ContractFacts,
    Kind.CONTRACT_ANNEX: running.AnnexFacts,
    Kind.DISBURSEMENT_DECISION: running.DisbursementFacts,
    Kind.INSPECTION_MINUTES: running.InspectionFacts,
    Kind.AMENDMENT_DECISION: running.AmendmentFacts,
    Kind.SUSPENSION_DECISION: running.SuspensionFacts,
    Kind.RESUMPTION_DECISION: running.ResumptionFacts,
    Kind.TERMINATION_DECISION: running.TerminationFacts,
    Kind.RECOVERY_DECISION: running.RecoveryFacts,
    Kind.ACCEPTANCE_MINUTES: councils.AcceptanceFacts,
    Kind.REGISTRATION_CERTIFICATE: results.CertificateFacts,
    Kind.RECOGNITION_DECISION: results.RecognitionFacts,
    Kind.SETTLEMENT_MINUTES: results.SettlementFacts,
    Kind.LIQUIDATION_MINUTES: results.LiquidationFacts,
    Kind.ARCHIVE_RECORD: results.ArchiveFacts,
}
# Minutes of a council choose letter and schema by the fact ``variant``.
VARIANTS: dict[str, type] = {
    "identification": councils.IdentificationFacts,
    "selection": councils.SelectionFacts,
    "appraisal": councils.AppraisalFacts,
    "acceptance": councils.AcceptanceFacts,
}


class FactsIncomplete(ValueError):
    """A room's facts function forgot fields; ``fields`` names them. A mistake of the programme, not of a person."""

    def __init__(self, kind: str, fields: list[str]) -> None:
        super().__init__(f"{kind} lacks {', '.join(fields)}")
        self.fields = fields


def check_facts(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise FactsIncomplete when a field of the kind's schema is absent."""
    schema = SCHEMAS[Kind(kind)]
    if Kind(kind) is Kind.COUNCIL_MINUTES:
        schema = VARIANTS.get(facts.get("variant", ""), councils.IdentificationFacts)
    required: frozenset[str] = getattr(schema, "__required_keys__")  # noqa: B009 (TypedDict hides it from mypy)
    if missing := sorted(required - facts.keys()):
        raise FactsIncomplete(kind, missing)
