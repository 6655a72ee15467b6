"""The life before the award, read from top to bottom like a regulation: calls, proposals, lists, orders, dossiers."""

# fmt: off
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents.kinds import DocumentKind as Paper
from core.people.roles import Act, Role
from core.workflow.table import EFFECT, SYSTEM, Due, Lifecycle, Reason, Row

APPLICANT, SIGNER, OFFICER, HEAD, DIRECTOR = (
    Role.APPLICANT, Role.ORGANISATION_SIGNER, Role.OFFICER, Role.HEAD_OF_DIVISION, Role.DEPARTMENT_DIRECTOR,
)


class Guard(Enum):
    CALL_FACTS_COMPLETE = auto()
    CALL_OPENS_LONG_ENOUGH = auto()
    CALL_HAS_ORDERS = auto()
    CLOSING_HAS_PASSED = auto()
    CALL_IS_EMPTY = auto()
    FORM_COMPLETE = auto()
    NOT_HANDED_OVER = auto()             # once, until the author changes it again
    RECEIVED_IN_TIME = auto()
    COMPLETED_IN_TIME = auto()
    DUPLICATES_CHECKED = auto()
    FORWARD_BODY_NAMED = auto()
    DEFERRAL_YEAR_NAMED = auto()
    LIST_HAS_ORDERS = auto()
    LIST_ORDERS_COMPLETE = auto()
    LIST_PROPOSALS_RECOMMENDED = auto()
    HOST_NAMED = auto()
    ANSWER_DAY_NAMED = auto()
    INTAKE_CLOSED = auto()
    OPENING_RECORDED = auto()
    NO_VALID_DOSSIER = auto()
    DOSSIER_APPRAISED = auto()
    DURATION_ALLOWED = auto()
    HOST_ELIGIBLE = auto()
    YEAR_PLAN_HAS_ROOM = auto()          # answered by funds
    REMARKS_ANSWERED = auto()
    ORDER_CHANGE_RECORDED = auto()
    TASK_NOT_CONTRACTED = auto()         # answered by tasks
    RESERVE_WAITS = auto()
    GROUND_WRITTEN = auto()
    DOSSIER_COMPLETE = auto()
    BEFORE_CLOSING = auto()


class Effect(Enum):
    OPEN_ORDERS = auto()                 # orders of a selection call
    SCHEDULE_CLOSING = auto()
    RETURN_ORDERS = auto()               # the same, when the call is cancelled
    MARK_READY = auto()                  # the signer is told and finds the draft first
    RECORD_RECEIPT = auto()              # the day that counts for the closing
    RECORD_COMPLETION = auto()           # the day on which the completed file came
    REMEMBER_TEXT = auto()               # later proposals are compared with it
    GIVE_BACK = auto()                   # it is the author's again, until he hands it over
    NOTE_WHAT_IS_MISSING = auto()        # and who says so: the request to complete the file prints both
    LIST_ORDERS = auto()                 # orders of an approved list, and their proposals
    ALLOW_UNTIL_ANSWER = auto()          # the invited host has the days the letter says
    OPEN_DOSSIERS = auto()               # each valid or invalid
    APPROVE_DOSSIER = auto()
    RELEASE_DOSSIERS = auto()            # the recommended one is passed over, the reserve stays
    RELEASE_RESERVE = auto()             # nobody waits any more
    SELECT_RESERVE = auto()
    AWAIT_APPRAISAL = auto()             # the time of the order follows that of its recommended dossier
    AWAIT_DECISION = auto()
    OPEN_TASK = auto()                   # done by tasks
    REVOKE_TASK = auto()                 # done by tasks
    CHANGE_ORDER = auto()
    RESERVE_FUNDS = auto()               # done by funds
    UNRESERVE_FUNDS = auto()             # done by funds


class Tell(Enum):
    PROPOSAL_READY = auto()
    PROPOSAL_RECEIVED = auto()
    PROPOSAL_ARRIVED = auto()
    PROPOSAL_RETURNED = auto()
    PROPOSAL_REFUSED = auto()
    PROPOSAL_DEFERRED = auto()
    PROPOSAL_FORWARDED = auto()
    PROPOSAL_RECOMMENDED = auto()
    PROPOSAL_LISTED = auto()
    HOST_INVITED = auto()
    DOSSIER_READY = auto()
    DOSSIER_ARRIVED = auto()
    DOSSIER_SELECTED = auto()
    DOSSIER_NOT_SELECTED = auto()
    DOSSIER_REVISED = auto()
    ORDER_AWARDED = auto()
    AWARD_REVOKED = auto()


# ── Call: đợt đề xuất, thông báo tuyển chọn ────────────────────────────────────────────────────────────────────────────

class CallKind(TextChoices):
    PROPOSALS = "proposals", _("Call for proposals")
    SELECTION = "selection", _("Selection call")


class CallState(TextChoices):
    DRAFT     = "draft",     _("Draft")
    OPEN      = "open",      _("Open")
    CLOSED    = "closed",    _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


C = CallState
ANNOUNCED = (C.OPEN, C.CLOSED)
CALL = Lifecycle(
    name="call", title=_("Call"), states=C, initial=C.DRAFT, final=(C.CLOSED, C.CANCELLED), rank=10,
    path=(C.DRAFT, C.OPEN, C.CLOSED),
    rows=(
        Row("announce",           (C.DRAFT,),        C.OPEN,      (DIRECTOR,),       _("Announce the call"), code="P0",
            variants=(CallKind.PROPOSALS,), guards=(Guard.CALL_FACTS_COMPLETE, Guard.CALL_OPENS_LONG_ENOUGH), effects=(Effect.SCHEDULE_CLOSING,),
            issues=Paper.CALL_ANNOUNCEMENT),
        Row("announce_selection", (C.DRAFT,),        C.OPEN,      (DIRECTOR,),       _("Announce the selection call"), code="T0",
            variants=(CallKind.SELECTION,), guards=(Guard.CALL_FACTS_COMPLETE, Guard.CALL_OPENS_LONG_ENOUGH, Guard.CALL_HAS_ORDERS),
            effects=(Effect.OPEN_ORDERS, Effect.SCHEDULE_CLOSING), issues=Paper.SELECTION_CALL),
        Row("close",              (C.OPEN,),         C.CLOSED,    (OFFICER, SYSTEM), _("Close the call"),
            guards=(Guard.CLOSING_HAS_PASSED,)),
        Row("cancel",             (C.DRAFT, C.OPEN), C.CANCELLED, (HEAD,),           _("Cancel the call"),
            guards=(Guard.CALL_IS_EMPTY,), effects=(Effect.RETURN_ORDERS,), reason=Reason.REQUIRED, duty=False),
    ),
)


# ── Proposal: đề xuất, phiếu đặt hàng ──────────────────────────────────────────────────────────────────────────────────

class ProposalState(TextChoices):
    DRAFT       = "draft",       _("Draft")
    SUBMITTED   = "submitted",   _("Submitted")
    RETURNED    = "returned",    _("Returned for completion")
    SCREENED    = "screened",    _("Screened")
    AT_COUNCIL  = "at_council",  _("At the council")
    RECOMMENDED = "recommended", _("Recommended")
    REJECTED    = "rejected",    _("Rejected")
    LISTED      = "listed",      _("On the approved list")
    WITHDRAWN   = "withdrawn",   _("Withdrawn")
    FORWARDED   = "forwarded",   _("Forwarded to another body")
    DEFERRED    = "deferred",    _("Deferred to a later year")
    VOID        = "void",        _("Void entry")


P = ProposalState
PROPOSAL = Lifecycle(
    name="proposal", title=_("Proposal"), states=P, initial=P.DRAFT, rank=30, adoptable=True, void=P.VOID,
    final=(P.REJECTED, P.LISTED, P.WITHDRAWN, P.FORWARDED, P.VOID),
    enterable=(P.SUBMITTED, P.SCREENED, P.RECOMMENDED, P.REJECTED, P.DEFERRED, P.FORWARDED, P.WITHDRAWN),
    path=(P.DRAFT, P.SUBMITTED, P.SCREENED, P.AT_COUNCIL, P.RECOMMENDED, P.LISTED),
    rows=(
        Row("submit",                (P.DRAFT,),                           P.SUBMITTED, (SIGNER,),  _("Submit the proposal"), code="P2",
            guards=(Guard.FORM_COMPLETE, Guard.RECEIVED_IN_TIME), effects=(Effect.RECORD_RECEIPT, Effect.REMEMBER_TEXT),
            issues=Paper.PROPOSAL_RECEIPT, tells=(Tell.PROPOSAL_RECEIVED, Tell.PROPOSAL_ARRIVED), due=Due("proposal.screening_days")),
        Row("submit",                (P.RETURNED,),                        P.SUBMITTED, (SIGNER,),  _("Submit the completed proposal"), code="P2",
            guards=(Guard.FORM_COMPLETE, Guard.COMPLETED_IN_TIME), effects=(Effect.RECORD_COMPLETION,), issues=Paper.PROPOSAL_RECEIPT,
            tells=(Tell.PROPOSAL_RECEIVED, Tell.PROPOSAL_ARRIVED), due=Due("proposal.screening_days")),
        Row("hand_over",             (P.DRAFT,),                           P.DRAFT,     (APPLICANT,), _("Hand over to the signer"),
            guards=(Guard.FORM_COMPLETE, Guard.NOT_HANDED_OVER), effects=(Effect.MARK_READY,), tells=(Tell.PROPOSAL_READY,), duty=False, hands_on=True),
        Row("hand_over",             (P.RETURNED,),                        P.RETURNED,  (APPLICANT,), _("Hand over to the signer"),
            guards=(Guard.FORM_COMPLETE, Guard.NOT_HANDED_OVER), effects=(Effect.MARK_READY,), tells=(Tell.PROPOSAL_READY,), duty=False, hands_on=True),
        Row("withdraw",              (P.DRAFT,),                           P.WITHDRAWN, (APPLICANT, SIGNER), _("Discard the draft"),
            reason=Reason.OPTIONAL, duty=False),
        Row("withdraw",              (P.SUBMITTED, P.RETURNED),            P.WITHDRAWN, (SIGNER,),  _("Withdraw the proposal"),
            reason=Reason.REQUIRED, duty=False),
        Row("return_for_completion", (P.SUBMITTED,),                       P.RETURNED,  (OFFICER,), _("Return for completion"), code="P1",
            effects=(Effect.NOTE_WHAT_IS_MISSING, Effect.GIVE_BACK), issues=Paper.RETURN_LETTER, tells=(Tell.PROPOSAL_RETURNED,), reason=Reason.REQUIRED,
            due=Due("proposal.return_days")),
        Row("screen",                (P.SUBMITTED,),                       P.SCREENED,  (OFFICER,), _("Confirm the screening"), code="P3",
            guards=(Guard.DUPLICATES_CHECKED,), due=Due("proposal.council_days")),
        Row("refuse",                (P.SUBMITTED, P.RETURNED, P.SCREENED), P.REJECTED, (HEAD,),    _("Refuse the proposal"), code="P5b",
            guards=(Guard.GROUND_WRITTEN,), issues=Paper.REFUSAL_LETTER, tells=(Tell.PROPOSAL_REFUSED,), reason=Reason.OPTIONAL, duty=False),
        Row("forward",               (P.SUBMITTED, P.SCREENED),            P.FORWARDED, (HEAD,),    _("Forward to another body"),
            guards=(Guard.FORWARD_BODY_NAMED,), tells=(Tell.PROPOSAL_FORWARDED,), reason=Reason.REQUIRED, duty=False),
        Row("defer",                 (P.SCREENED, P.RECOMMENDED),          P.DEFERRED,  (HEAD,),    _("Defer to a later plan year"),
            guards=(Guard.DEFERRAL_YEAR_NAMED,), tells=(Tell.PROPOSAL_DEFERRED,), reason=Reason.REQUIRED, duty=False),
        Row("take_up",               (P.DEFERRED,),                        P.SCREENED,  (HEAD,),    _("Take up again"), due=Due("proposal.council_days")),
        Row("put_to_council",        (P.SCREENED,),                        P.AT_COUNCIL,  (EFFECT,), _("Put to the council"), code="P4"),
        Row("take_from_council",     (P.AT_COUNCIL,),                      P.SCREENED,    (EFFECT,), _("Take back from the council"),
            due=Due("proposal.council_days")),
        Row("recommend",             (P.AT_COUNCIL,),                      P.RECOMMENDED, (EFFECT,), _("Recommend"), code="P5a",
            tells=(Tell.PROPOSAL_RECOMMENDED,), due=Due("order.list_decision_days")),
        Row("reject",                (P.AT_COUNCIL,),                      P.REJECTED,    (EFFECT,), _("Reject"), code="P5b",
            tells=(Tell.PROPOSAL_REFUSED,)),
        Row("refuse_listing",        (P.RECOMMENDED,),                     P.REJECTED,    (Act.LIST_APPROVER,), _("Refuse a recommended proposal"), code="P5b",
            tells=(Tell.PROPOSAL_REFUSED,), reason=Reason.REQUIRED, duty=False),
        Row("list",                  (P.RECOMMENDED,),                     P.LISTED,      (EFFECT,), _("Enter in the approved list"), code="P6",
            tells=(Tell.PROPOSAL_LISTED,)),
    ),
)


# ── The list of orders: danh mục đặt hàng ──────────────────────────────────────────────────────────────────────────────

class OrderListState(TextChoices):
    DRAFT     = "draft",     _("Draft")
    APPROVED  = "approved",  _("Approved")
    CANCELLED = "cancelled", _("Cancelled")


OL = OrderListState
ORDER_LIST = Lifecycle(
    name="order_list", title=_("List of orders"), states=OL, initial=OL.DRAFT, final=(OL.APPROVED, OL.CANCELLED), rank=15,
    path=(OL.DRAFT, OL.APPROVED),
    rows=(
        Row("approve_list", (OL.DRAFT,), OL.APPROVED,  (Act.LIST_APPROVER,), _("Approve the list"), code="P6",
            guards=(Guard.LIST_HAS_ORDERS, Guard.LIST_ORDERS_COMPLETE, Guard.LIST_PROPOSALS_RECOMMENDED),
            effects=(Effect.LIST_ORDERS,), issues=Paper.LIST_DECISION),
        Row("cancel",       (OL.DRAFT,), OL.CANCELLED, (HEAD,),              _("Cancel the draft list"), reason=Reason.REQUIRED, duty=False),
    ),
)


# ── Order: mục trong danh mục đặt hàng ─────────────────────────────────────────────────────────────────────────────────

class OrderMode(TextChoices):
    CALL   = "call",   _("Competitive selection")
    DIRECT = "direct", _("Direct assignment")


class OrderState(TextChoices):
    PLANNED          = "planned",          pgettext_lazy("order", "Planned")
    LISTED           = "listed",           _("Listed")
    CALL_OPEN        = "call_open",        _("Call open")
    INVITED          = "invited",          _("Host invited")
    DOSSIERS_OPENED  = "dossiers_opened",  _("Dossiers opened")
    AT_COUNCIL       = "at_council",       _("At the council")
    HOST_RECOMMENDED = "host_recommended", _("Host recommended")
    AWARDED          = "awarded",          _("Awarded")
    NO_WINNER        = "no_winner",        _("No winner")
    CANCELLED        = "cancelled",        _("Cancelled")
    REVOKED          = "revoked",          _("Revoked")
    VOID             = "void",             _("Void entry")


O = OrderState
ORDER = Lifecycle(
    name="order", title=pgettext_lazy("item of the list", "Order"), states=O, initial=O.PLANNED, rank=20, adoptable=True, keeps_reasons=True, void=O.VOID,
    final=(O.AWARDED, O.CANCELLED, O.REVOKED, O.VOID), enterable=(O.LISTED, O.NO_WINNER, O.CANCELLED),
    path=(O.PLANNED, O.LISTED, O.CALL_OPEN, O.DOSSIERS_OPENED, O.AT_COUNCIL, O.HOST_RECOMMENDED, O.AWARDED),
    rows=(
        Row("list",            (O.PLANNED,),               O.LISTED,           (EFFECT,),   _("Enter in the approved list"), code="P6"),
        Row("drop",            (O.PLANNED,),               O.CANCELLED,        (HEAD,),     _("Drop from the draft list"), reason=Reason.REQUIRED, duty=False),
        Row("amend",           (O.LISTED, O.NO_WINNER),    O.LISTED,           (Act.LIST_APPROVER,), _("Amend the order"),
            guards=(Guard.ORDER_CHANGE_RECORDED,), effects=(Effect.CHANGE_ORDER,), issues=Paper.AMENDMENT_DECISION, reason=Reason.OPTIONAL, duty=False),
        Row("open_call",       (O.LISTED,),                O.CALL_OPEN,        (EFFECT,),   _("Open the selection call"), code="T0",
            due=Due("dossier.opening_days")),
        Row("close_call",      (O.CALL_OPEN,),             O.LISTED,           (EFFECT,),   _("Take back from the cancelled call"), code="T0"),
        Row("invite",          (O.LISTED,),                O.INVITED,          (DIRECTOR,), _("Invite the host"), code="T0",
            guards=(Guard.HOST_NAMED, Guard.ANSWER_DAY_NAMED), effects=(Effect.ALLOW_UNTIL_ANSWER,), issues=Paper.INVITATION_LETTER,
            tells=(Tell.HOST_INVITED,), due=Due("dossier.invitation_days")),
        Row("open_dossiers",   (O.CALL_OPEN, O.INVITED),   O.DOSSIERS_OPENED,  (OFFICER,),  _("Open the dossiers"), code="T2",
            guards=(Guard.INTAKE_CLOSED, Guard.OPENING_RECORDED), apart_from_writing=("opening",), effects=(Effect.OPEN_DOSSIERS,),
            issues=Paper.OPENING_MINUTES, due=Due("selection.council_days")),
        Row("find_no_dossier", (O.CALL_OPEN, O.INVITED, O.DOSSIERS_OPENED), O.NO_WINNER, (OFFICER,), _("Record that there is no valid dossier"), code="T3x",
            guards=(Guard.INTAKE_CLOSED, Guard.NO_VALID_DOSSIER), reason=Reason.REQUIRED, duty=False),
        Row("put_to_council",  (O.DOSSIERS_OPENED,),       O.AT_COUNCIL,       (EFFECT,),   _("Put to the council"), code="T3"),
        Row("take_from_council", (O.AT_COUNCIL,),          O.DOSSIERS_OPENED,  (EFFECT,),   _("Take back from the council"),
            due=Due("selection.council_days")),
        Row("recommend_host",  (O.AT_COUNCIL,),            O.HOST_RECOMMENDED, (EFFECT,),   _("Recommend a host"), code="T4",
            due=Due("dossier.revision_days")),
        Row("find_no_winner",  (O.AT_COUNCIL,),            O.NO_WINNER,        (EFFECT,),   _("Find no winner"), code="T3x"),
        Row("approve_task",    (O.HOST_RECOMMENDED,),      O.AWARDED,          (Act.TASK_APPROVER,), _("Approve the task"), code="T6",
            guards=(Guard.DOSSIER_APPRAISED, Guard.DURATION_ALLOWED, Guard.HOST_ELIGIBLE, Guard.YEAR_PLAN_HAS_ROOM),
            effects=(Effect.APPROVE_DOSSIER, Effect.OPEN_TASK, Effect.RESERVE_FUNDS), issues=Paper.APPROVAL_DECISION, tells=(Tell.ORDER_AWARDED,)),
        Row("refuse_award",    (O.HOST_RECOMMENDED,),      O.NO_WINNER,        (Act.TASK_APPROVER,), _("Refuse the recommended host"), code="T3x",
            effects=(Effect.RELEASE_DOSSIERS,), reason=Reason.REQUIRED, duty=False),
        Row("take_reserve",    (O.NO_WINNER,),             O.HOST_RECOMMENDED, (Act.TASK_APPROVER,), _("Take the dossier in reserve"), code="T4",
            guards=(Guard.RESERVE_WAITS,), effects=(Effect.SELECT_RESERVE,), reason=Reason.REQUIRED, due=Due("dossier.revision_days")),
        Row("call_again",      (O.NO_WINNER,),             O.LISTED,           (HEAD,),     _("Call again"), code="T0",
            effects=(Effect.RELEASE_RESERVE,), reason=Reason.REQUIRED),
        Row("cancel",          (O.LISTED, O.NO_WINNER),    O.CANCELLED,        (Act.LIST_APPROVER,), _("Cancel the order"),
            guards=(Guard.GROUND_WRITTEN,), effects=(Effect.RELEASE_RESERVE,), issues=Paper.CANCELLATION_DECISION, reason=Reason.OPTIONAL, duty=False),
        Row("revoke",          (O.AWARDED,),               O.REVOKED,          (Act.TASK_APPROVER,), _("Revoke the approval"),
            guards=(Guard.TASK_NOT_CONTRACTED, Guard.GROUND_WRITTEN), effects=(Effect.REVOKE_TASK, Effect.RELEASE_RESERVE, Effect.UNRESERVE_FUNDS),
            issues=Paper.REVOCATION_DECISION, tells=(Tell.AWARD_REVOKED,), reason=Reason.OPTIONAL, duty=False),
        Row("replace_host",    (O.AWARDED,),               O.HOST_RECOMMENDED, (Act.TASK_APPROVER,), _("Revoke the approval and take the reserve"), code="T4",
            guards=(Guard.TASK_NOT_CONTRACTED, Guard.RESERVE_WAITS, Guard.GROUND_WRITTEN),
            effects=(Effect.REVOKE_TASK, Effect.SELECT_RESERVE, Effect.UNRESERVE_FUNDS), issues=Paper.REVOCATION_DECISION,
            tells=(Tell.AWARD_REVOKED,), reason=Reason.OPTIONAL, duty=False),
    ),
)


# ── Dossier: hồ sơ tuyển chọn, giao trực tiếp ──────────────────────────────────────────────────────────────────────────

class DossierState(TextChoices):
    DRAFT        = "draft",        _("Draft")
    SUBMITTED    = "submitted",    _("Submitted")
    WITHDRAWN    = "withdrawn",    _("Withdrawn")
    VALID        = "valid",        _("Opened, valid")
    INVALID      = "invalid",      _("Opened, invalid")
    SELECTED     = "selected",     _("Selected")
    RESERVE      = "reserve",      _("In reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    REVISED      = "revised",      _("Revised")
    APPRAISED    = "appraised",    _("Budget appraised")
    APPROVED     = "approved",     _("Approved")


D = DossierState
DOSSIER = Lifecycle(
    name="dossier", title=_("Dossier"), states=D, initial=D.DRAFT, rank=40, final=(D.WITHDRAWN, D.INVALID, D.NOT_SELECTED, D.APPROVED),
    path=(D.DRAFT, D.SUBMITTED, D.VALID, D.SELECTED, D.REVISED, D.APPRAISED, D.APPROVED),
    rows=(
        Row("submit",        (D.DRAFT,),                D.SUBMITTED,    (SIGNER,), _("Submit the dossier"), code="T1",
            guards=(Guard.DOSSIER_COMPLETE, Guard.BEFORE_CLOSING), effects=(Effect.RECORD_RECEIPT,), issues=Paper.DOSSIER_RECEIPT,
            tells=(Tell.DOSSIER_ARRIVED,)),
        Row("hand_over",     (D.DRAFT,),                D.DRAFT,        (APPLICANT,), _("Hand over to the signer"),
            guards=(Guard.DOSSIER_COMPLETE, Guard.NOT_HANDED_OVER), effects=(Effect.MARK_READY,), tells=(Tell.DOSSIER_READY,), duty=False, hands_on=True),
        Row("withdraw",      (D.DRAFT,),                D.WITHDRAWN,    (APPLICANT, SIGNER), _("Discard the draft"),
            reason=Reason.OPTIONAL, duty=False),
        Row("withdraw",      (D.SUBMITTED,),            D.WITHDRAWN,    (SIGNER,), _("Withdraw the dossier"),
            guards=(Guard.BEFORE_CLOSING,), reason=Reason.REQUIRED, duty=False),
        Row("find_valid",    (D.SUBMITTED,),            D.VALID,        (EFFECT,), _("Find valid"), code="T2"),
        Row("find_invalid",  (D.SUBMITTED,),            D.INVALID,      (EFFECT,), _("Find invalid"), code="T2", tells=(Tell.DOSSIER_NOT_SELECTED,)),
        Row("select",        (D.VALID, D.RESERVE),      D.SELECTED,     (EFFECT,), _("Select"), code="T3", tells=(Tell.DOSSIER_SELECTED,),
            due=Due("dossier.revision_days")),
        Row("hold",          (D.VALID,),                D.RESERVE,      (EFFECT,), _("Keep in reserve"), code="T3"),
        Row("pass_over",     (D.VALID, D.RESERVE, D.SELECTED, D.REVISED, D.APPRAISED), D.NOT_SELECTED, (EFFECT,), _("Not select"), code="T3x",
            tells=(Tell.DOSSIER_NOT_SELECTED,)),
        Row("revise",        (D.SELECTED,),             D.REVISED,      (SIGNER,), _("Hand in the revised dossier"), code="T4",
            guards=(Guard.REMARKS_ANSWERED,), effects=(Effect.AWAIT_APPRAISAL,), tells=(Tell.DOSSIER_REVISED,), due=Due("appraisal.days")),
        Row("appraise",      (D.REVISED,),              D.APPRAISED,    (EFFECT,), _("Appraise the budget"), code="T5",
            effects=(Effect.AWAIT_DECISION,), due=Due("approval.decision_days")),
        Row("approve",       (D.APPRAISED,),            D.APPROVED,     (EFFECT,), _("Approve"), code="T6"),
    ),
)
