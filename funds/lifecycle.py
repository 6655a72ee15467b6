"""The lives of money papers, read from top to bottom like a regulation: disbursement, settlement, repayment."""

# fmt: off
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents.kinds import DocumentKind as Paper
from core.people.roles import Act, Role
from core.workflow.table import EFFECT, Due, Lifecycle, Reason, Row

SIGNER, OFFICER, ACCOUNTANT = Role.ORGANISATION_SIGNER, Role.FUND_OFFICER, Role.CHIEF_ACCOUNTANT
# What concerns money is entered from paper by those who handle it.
RECORDERS = (Role.CLERK, OFFICER, Role.HEAD_OF_DIVISION)


class Guard(Enum):
    INSTALMENT_OPEN = auto()             # its precondition holds, nothing was paid on it
    TASK_MAY_BE_PAID = auto()            # contracted or running, payments not frozen
    NO_REPORT_OVERDUE = auto()
    WITHIN_CONTRACT = auto()             # paid + this <= contract value
    WITHIN_YEAR_ESTIMATE = auto()
    WITHIN_ADVANCE_CAP = auto()
    ADVANCE_CLEARED = auto()             # enough of the advances before is settled
    BANK_ACCOUNT_KNOWN = auto()
    PAPERS_IN_FORCE = auto()             # approval, contract and decision are not void
    PAYMENT_CONFIRMED_BY_TWO = auto()
    PAID_THIS_YEAR = auto()
    BANK_REFERENCE_FREE = auto()         # it proves no other movement of money
    BANK_ANSWER_OF_ANOTHER = auto()      # there is one, and somebody else entered it
    BANK_HAS_NOT_PAID = auto()
    ANNULMENT_GROUND_WRITTEN = auto()
    SETTLEMENT_COMPLETE = auto()
    SETTLEMENT_WITHIN_ADVANCE = auto()
    REPAYMENT_COMPLETE = auto()
    REPAYMENT_WITHIN_DEBT = auto()


class Effect(Enum):
    COMMIT_PAYMENT = auto()
    RELEASE_PAYMENT = auto()
    POST_PAYMENT = auto()
    STRIKE_ANSWER = auto()
    POST_SETTLEMENT = auto()
    POST_REPAYMENT = auto()


class Tell(Enum):
    DISBURSEMENT_REQUESTED = auto()
    DISBURSEMENT_RETURNED = auto()
    DISBURSEMENT_TO_DECIDE = auto()
    BANK_ANSWER_STRUCK = auto()
    DISBURSEMENT_PAID = auto()
    DISBURSEMENT_REFUSED = auto()
    SETTLEMENT_FILED = auto()
    SETTLEMENT_RETURNED = auto()
    SETTLEMENT_DONE = auto()
    REPAYMENT_DONE = auto()


# ── Disbursement: cấp kinh phí ─────────────────────────────────────────────────────────────────────────────────────────

class DisbursementState(TextChoices):
    DRAFT     = "draft",     pgettext_lazy("disbursement", "Draft")
    REQUESTED = "requested", pgettext_lazy("disbursement", "Requested")
    CHECKED   = "checked",   pgettext_lazy("disbursement", "Checked")
    VERIFIED  = "verified",  pgettext_lazy("disbursement", "Verified by the chief accountant")
    APPROVED  = "approved",  pgettext_lazy("disbursement", "Approved")
    PAID      = "paid",      pgettext_lazy("disbursement", "Paid")
    REFUSED   = "refused",   pgettext_lazy("disbursement", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("disbursement", "Withdrawn")


D = DisbursementState
ASKED = (Guard.INSTALMENT_OPEN, Guard.NO_REPORT_OVERDUE, Guard.BANK_ACCOUNT_KNOWN)
LIMITS = (Guard.TASK_MAY_BE_PAID, Guard.WITHIN_CONTRACT, Guard.WITHIN_YEAR_ESTIMATE, Guard.WITHIN_ADVANCE_CAP)
DISBURSEMENT = Lifecycle(
    name="disbursement", title=_("Disbursement"), states=D, initial=D.DRAFT, final=(D.PAID, D.REFUSED, D.WITHDRAWN), rank=80, adoptable=True,
    recorders=RECORDERS, path=(D.DRAFT, D.REQUESTED, D.CHECKED, D.VERIFIED, D.APPROVED, D.PAID),
    rows=(
        Row("request",  (D.DRAFT,),      D.REQUESTED, (SIGNER,),     _("Request the disbursement"),
            guards=(*ASKED, *LIMITS), tells=(Tell.DISBURSEMENT_REQUESTED,),
            due=Due("disbursement.check_days")),
        Row("examine",  (D.REQUESTED,),  D.CHECKED,   (OFFICER,),    _("Check the request"),
            guards=(*ASKED, *LIMITS, Guard.ADVANCE_CLEARED), apart_from=("request",),
            due=Due("disbursement.verify_days")),
        Row("verify",   (D.CHECKED,),    D.VERIFIED,  (ACCOUNTANT,), _("Verify the request"),
            guards=(*ASKED, *LIMITS, Guard.ADVANCE_CLEARED), apart_from=("examine",),
            tells=(Tell.DISBURSEMENT_TO_DECIDE,), due=Due("disbursement.approval_days")),
        Row("send_back", (D.REQUESTED, D.CHECKED, D.VERIFIED), D.DRAFT, (OFFICER, ACCOUNTANT), _("Return the request"),
            tells=(Tell.DISBURSEMENT_RETURNED,), reason=Reason.REQUIRED, duty=False),
        Row("approve",  (D.VERIFIED,),   D.APPROVED,  (Act.PAYMENT_APPROVER,), _("Approve the disbursement"),
            guards=(*ASKED, *LIMITS, Guard.ADVANCE_CLEARED, Guard.PAPERS_IN_FORCE), apart_from=("examine", "verify"),
            effects=(Effect.COMMIT_PAYMENT,), issues=Paper.DISBURSEMENT_DECISION, due=Due("disbursement.payment_days")),
        Row("refuse",   (D.REQUESTED, D.CHECKED, D.VERIFIED), D.REFUSED, (Act.PAYMENT_APPROVER,), _("Refuse the disbursement"),
            tells=(Tell.DISBURSEMENT_REFUSED,), reason=Reason.REQUIRED, duty=False),
        Row("pay",      (D.APPROVED,),   D.PAID,      (ACCOUNTANT,), _("Confirm the payment"),
            guards=(*LIMITS, Guard.BANK_ACCOUNT_KNOWN, Guard.PAPERS_IN_FORCE, Guard.PAYMENT_CONFIRMED_BY_TWO, Guard.BANK_REFERENCE_FREE,
                    Guard.PAID_THIS_YEAR),
            effects=(Effect.POST_PAYMENT,), apart_from=("approve",), tells=(Tell.DISBURSEMENT_PAID,)),
        Row("strike_answer", (D.APPROVED,), D.APPROVED, (ACCOUNTANT,), _("Strike out the bank's answer"), guards=(Guard.BANK_ANSWER_OF_ANOTHER,),
            effects=(Effect.STRIKE_ANSWER,), tells=(Tell.BANK_ANSWER_STRUCK,), reason=Reason.REQUIRED, duty=False),
        Row("annul",    (D.APPROVED,),   D.REFUSED,   (Act.PAYMENT_APPROVER,), _("Annul the approval"),
            guards=(Guard.BANK_HAS_NOT_PAID, Guard.ANNULMENT_GROUND_WRITTEN), effects=(Effect.RELEASE_PAYMENT,), issues=Paper.REVOCATION_DECISION,
            tells=(Tell.DISBURSEMENT_REFUSED,), reason=Reason.OPTIONAL, duty=False),
        Row("stop",     (D.DRAFT, D.REQUESTED, D.CHECKED, D.VERIFIED), D.REFUSED, (EFFECT,), _("Stop, because the contract ended early"),
            tells=(Tell.DISBURSEMENT_REFUSED,)),
        Row("stop",     (D.APPROVED,),   D.REFUSED,   (EFFECT,),     _("Stop, because the contract ended early"),
            guards=(Guard.BANK_HAS_NOT_PAID,), effects=(Effect.RELEASE_PAYMENT,), tells=(Tell.DISBURSEMENT_REFUSED,)),
        Row("withdraw", (D.DRAFT, D.REQUESTED), D.WITHDRAWN, (SIGNER,), _("Withdraw the request"), reason=Reason.OPTIONAL, duty=False),
    ),
)


# ── Settlement: quyết toán ─────────────────────────────────────────────────────────────────────────────────────────────

class SettlementState(TextChoices):
    DRAFT    = "draft",    pgettext_lazy("settlement", "Draft")
    FILED    = "filed",    pgettext_lazy("settlement", "Filed")
    CHECKED  = "checked",  pgettext_lazy("settlement", "Checked")
    SETTLED  = "settled",  pgettext_lazy("settlement", "Settled")
    DROPPED  = "dropped",  pgettext_lazy("settlement", "Dropped")


ST = SettlementState
SETTLEMENT = Lifecycle(
    name="settlement", title=_("Settlement"), states=ST, initial=ST.DRAFT, final=(ST.SETTLED, ST.DROPPED), rank=82, adoptable=True,
    recorders=RECORDERS, path=(ST.DRAFT, ST.FILED, ST.CHECKED, ST.SETTLED),
    rows=(
        Row("file",      (ST.DRAFT,),             ST.FILED,   (SIGNER,),     _("File the settlement"),
            guards=(Guard.SETTLEMENT_COMPLETE, Guard.BANK_REFERENCE_FREE, Guard.SETTLEMENT_WITHIN_ADVANCE), tells=(Tell.SETTLEMENT_FILED,),
            due=Due("settlement.check_days")),
        Row("examine",   (ST.FILED,),             ST.CHECKED, (OFFICER,),    _("Check the settlement"),
            guards=(Guard.BANK_REFERENCE_FREE, Guard.SETTLEMENT_WITHIN_ADVANCE), due=Due("settlement.verify_days")),
        Row("send_back", (ST.FILED, ST.CHECKED),  ST.DRAFT,   (OFFICER, ACCOUNTANT), _("Return the settlement"),
            tells=(Tell.SETTLEMENT_RETURNED,), reason=Reason.REQUIRED, duty=False),
        Row("settle",    (ST.CHECKED,),           ST.SETTLED, (ACCOUNTANT,), _("Settle"),
            guards=(Guard.BANK_REFERENCE_FREE, Guard.SETTLEMENT_WITHIN_ADVANCE), effects=(Effect.POST_SETTLEMENT,), issues=Paper.SETTLEMENT_MINUTES,
            apart_from=("examine",), tells=(Tell.SETTLEMENT_DONE,)),
        Row("drop",      (ST.DRAFT,),             ST.DROPPED, (SIGNER,),     _("Drop the draft"), duty=False),
    ),
)


# ── Repayment: nộp trả kinh phí thu hồi ────────────────────────────────────────────────────────────────────────────────

class RepaymentState(TextChoices):
    RECORDED  = "recorded",  pgettext_lazy("repayment", "Recorded")
    CONFIRMED = "confirmed", pgettext_lazy("repayment", "Confirmed")
    STRUCK    = "struck",    pgettext_lazy("repayment", "Struck out")


RP = RepaymentState
REPAYMENT = Lifecycle(
    name="repayment", title=_("Repayment"), states=RP, initial=RP.RECORDED, final=(RP.CONFIRMED, RP.STRUCK), rank=84,
    recorders=RECORDERS, path=(RP.RECORDED, RP.CONFIRMED),
    rows=(
        Row("confirm", (RP.RECORDED,), RP.CONFIRMED, (ACCOUNTANT,), _("Confirm the repayment"),
            guards=(Guard.REPAYMENT_COMPLETE, Guard.BANK_REFERENCE_FREE, Guard.REPAYMENT_WITHIN_DEBT), effects=(Effect.POST_REPAYMENT,),
            tells=(Tell.REPAYMENT_DONE,)),
        Row("strike",  (RP.RECORDED,), RP.STRUCK,    (ACCOUNTANT,), _("Strike out the record"), reason=Reason.REQUIRED, duty=False),
    ),
)
