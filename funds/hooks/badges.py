"""The colours of states."""

from core.ui import badges
from core.ui.parts import Tone
from funds.lifecycle import DisbursementState, RepaymentState, SettlementState
from funds.models import Disbursement, Repayment, Settlement

badges.register(
    Disbursement,
    {
        DisbursementState.REQUESTED: Tone.INFO,
        DisbursementState.CHECKED: Tone.INFO,
        DisbursementState.VERIFIED: Tone.INFO,
        DisbursementState.APPROVED: Tone.WARNING,
        DisbursementState.PAID: Tone.SUCCESS,
        DisbursementState.REFUSED: Tone.DANGER,
    },
)
badges.register(
    Settlement,
    {
        SettlementState.FILED: Tone.INFO,
        SettlementState.CHECKED: Tone.INFO,
        SettlementState.SETTLED: Tone.SUCCESS,
    },
)
badges.register(
    Repayment,
    {
        RepaymentState.RECORDED: Tone.WARNING,
        RepaymentState.CONFIRMED: Tone.SUCCESS,
        RepaymentState.STRUCK: Tone.DANGER,
    },
)
