"""The life after the award, read from top to bottom like a regulation: task, report, inspection, amendment."""

# fmt: off
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents.kinds import DocumentKind as Paper
from core.people.roles import Act, Role
from core.workflow.table import EFFECT, SYSTEM, Due, Flag, Lifecycle, Reason, Row

SIGNER, OFFICER, HEAD, CLERK, ACCOUNTANT = (
    Role.ORGANISATION_SIGNER, Role.OFFICER, Role.HEAD_OF_DIVISION, Role.CLERK, Role.CHIEF_ACCOUNTANT,
)
HOST_FIRST, COUNCIL_ALONE = Flag("acceptance.grassroots"), Flag("acceptance.grassroots", on=False)


class Guard(Enum):
    CAME_WITHOUT_ORDER = auto()
    CONTRACT_COMPLETE = auto()
    CONTRACT_BY_ITS_PARTY = auto()       # who signs by the table of authorities is who signs for party A
    CONTRACT_WITHIN_APPROVAL = auto()
    INSTALMENTS_SUM = auto()
    FINAL_INSTALMENT_LARGE_ENOUGH = auto()
    FRAMEWORK_HAS_ROOM = auto()          # answered by funds
    START_DATE_REACHED = auto()
    ACCEPTANCE_FILE_COMPLETE = auto()
    REPORTS_FILED = auto()
    GRASSROOTS_RESULT_RECORDED = auto()
    FIRST_FAILURE = auto()
    REGISTRATION_COMPLETE = auto()
    CERTIFICATE_ISSUED = auto()
    SETTLED = auto()                     # answered by funds
    NOTHING_TO_RECOVER = auto()          # answered by funds
    ALL_INSTALMENTS_PAID = auto()        # warns: what was not paid is given up
    PAPERS_NUMBERED = auto()
    PAPERS_TO_ARCHIVE = auto()           # warns: a record of delivery that lists nothing
    TERMINATION_GROUND_NAMED = auto()
    RETURNED_SHARE_DECIDED = auto()
    RECOVERY_COMPUTED = auto()
    NOTHING_GIVEN_AWAY = auto()
    RECOVERY_PAPER_KNOWN = auto()        # what the decision cites
    RECOVERY_CLOSED = auto()             # answered by funds
    BANK_ANSWERS_CONFIRMED = auto()      # answered by funds
    FOLLOWED_START_RECORDED = auto()
    FOLLOWED_END_RECORDED = auto()
    SUSPENSION_RECORDED = auto()
    RESUMPTION_RECORDED = auto()
    GRADE_RECORDED = auto()
    RECOGNITION_WRITTEN = auto()
    LIQUIDATION_RECORDED = auto()
    SPENDING_WITHIN_PAYMENTS = auto()    # warns: more was spent than paid, or settled than spent
    SPENDING_WITHIN_CONTRACT = auto()    # warns
    REPORT_COMPLETE = auto()
    INSPECTION_ANNOUNCED_IN_TIME = auto()
    INSPECTION_RECORDED = auto()
    AMENDMENT_COMPLETE = auto()
    AMENDMENT_STILL_FITS = auto()
    NEW_LEADER_ELIGIBLE = auto()
    ENOUGH_STAYS_FOR_THE_END = auto()
    EXTENSION_ALLOWED = auto()
    AMENDMENT_OPINION_GIVEN = auto()


class Effect(Enum):
    BIND_CONTRACT = auto()               # dates of the contract become those of the task
    SCHEDULE_REPORTS = auto()
    DROP_REPORTS = auto()                # reports that will never be due
    NOTE_SUSPENSION = auto()
    END_SUSPENSION = auto()
    NOTE_FILING = auto()
    OPEN_SECOND_ATTEMPT = auto()
    NOTE_TERMINATION = auto()
    NOTE_RECOVERY = auto()
    COMMIT_FUNDS = auto()                # done by funds
    FREEZE_PAYMENTS = auto()             # done by funds
    BOOK_RECOVERY = auto()               # done by funds
    RELEASE_FUNDS = auto()               # done by funds
    WRITE_OFF_DEBT = auto()              # done by funds
    NOTE_REQUEST = auto()                # an extension counts by the day it was asked for
    APPLY_AMENDMENT = auto()


class Tell(Enum):
    TASK_REVOKED = auto()
    CONTRACT_SIGNED = auto()
    TASK_SUSPENDED = auto()
    TASK_RESUMED = auto()
    TASK_TERMINATED = auto()
    RECOVERY_ORDERED = auto()
    RECOVERY_ENDED = auto()
    ACCEPTANCE_FILED = auto()
    ACCEPTANCE_RETURNED = auto()
    TASK_ACCEPTED = auto()
    TASK_FAILED = auto()
    SECOND_ACCEPTANCE_ALLOWED = auto()
    RESULTS_REGISTERED = auto()
    RESULTS_RECOGNISED = auto()
    TASK_LIQUIDATED = auto()
    REPORT_ARRIVED = auto()
    REPORT_RETURNED = auto()
    INSPECTION_ANNOUNCED = auto()
    INSPECTION_CANCELLED = auto()
    AMENDMENT_REQUESTED = auto()
    AMENDMENT_DECIDED = auto()
    AMENDMENT_REFUSED = auto()


# ── Task: nhiệm vụ KH&CN ───────────────────────────────────────────────────────────────────────────────────────────────

class Management(TextChoices):
    MANAGED  = "managed",  pgettext_lazy("management", "Managed")
    FOLLOWED = "followed", pgettext_lazy("management", "Followed")


class TaskState(TextChoices):
    APPROVED            = "approved",            _("Approved")
    CONTRACTED          = "contracted",          _("Contracted")
    RUNNING             = "running",             _("Running")
    SUSPENDED           = "suspended",           _("Suspended")
    ACCEPTANCE_FILED    = "acceptance_filed",    _("Acceptance filed")
    ACCEPTANCE_RETURNED = "acceptance_returned", _("Acceptance dossier returned")
    GRASSROOTS_ACCEPTED = "grassroots_accepted", _("Accepted at grassroots level")
    AT_COUNCIL          = "at_council",          _("At the council")
    ACCEPTED            = "accepted",            _("Accepted")
    FAILED              = "failed",              _("Failed")
    REGISTERED          = "registered",          _("Results registered")
    RECOGNISED          = "recognised",          _("Results recognised")
    TERMINATED          = "terminated",          _("Terminated")
    RECOVERING          = "recovering",          _("Under recovery")
    RECOVERED           = "recovered",           _("Recovery closed")
    LIQUIDATED          = "liquidated",          _("Contract liquidated")
    ARCHIVED            = "archived",            _("Archived")
    REVOKED             = "revoked",             _("Revoked")
    ENDED               = "ended",               _("Ended (followed)")
    VOID                = "void",                _("Void entry")


T = TaskState
MANAGED, FOLLOWED = (Management.MANAGED,), (Management.FOLLOWED,)
TASK = Lifecycle(
    name="task", title=_("Task"), states=T, initial=T.APPROVED, rank=60, adoptable=True, void=T.VOID,
    final=(T.ARCHIVED, T.REVOKED, T.ENDED, T.VOID),
    enterable=(T.APPROVED, T.CONTRACTED, T.RUNNING, T.SUSPENDED, T.ACCEPTED, T.FAILED, T.REGISTERED, T.RECOGNISED, T.TERMINATED, T.LIQUIDATED, T.ARCHIVED,
               T.ENDED),
    path=(T.APPROVED, T.CONTRACTED, T.RUNNING, T.ACCEPTANCE_FILED, T.AT_COUNCIL, T.ACCEPTED, T.REGISTERED, T.RECOGNISED, T.LIQUIDATED, T.ARCHIVED),
    rows=(
        Row("sign_contract",       (T.APPROVED,),             T.CONTRACTED,          (Act.CONTRACT_SIGNER,), _("Sign the contract"), code="T7",
            variants=MANAGED, guards=(Guard.CONTRACT_COMPLETE, Guard.CONTRACT_BY_ITS_PARTY, Guard.CONTRACT_WITHIN_APPROVAL, Guard.INSTALMENTS_SUM,
                    Guard.FINAL_INSTALMENT_LARGE_ENOUGH, Guard.FRAMEWORK_HAS_ROOM),
            effects=(Effect.BIND_CONTRACT, Effect.SCHEDULE_REPORTS, Effect.COMMIT_FUNDS), issues=Paper.CONTRACT, tells=(Tell.CONTRACT_SIGNED,)),
        Row("revoke",              (T.APPROVED,),             T.REVOKED,             (EFFECT,),    _("Revoke the approval"), variants=MANAGED,
            tells=(Tell.TASK_REVOKED,)),
        Row("revoke_without_order", (T.APPROVED,),            T.REVOKED,             (Act.TASK_APPROVER,), _("Revoke the approval"),
            variants=MANAGED, guards=(Guard.CAME_WITHOUT_ORDER,), effects=(Effect.RELEASE_FUNDS,), tells=(Tell.TASK_REVOKED,),
            reason=Reason.REQUIRED, duty=False),
        Row("start",               (T.CONTRACTED,),           T.RUNNING,             (OFFICER, SYSTEM), _("Start the work"), code="T8",
            variants=MANAGED, guards=(Guard.START_DATE_REACHED,)),
        Row("suspend",             (T.RUNNING,),              T.SUSPENDED,           (Act.TASK_APPROVER,), _("Suspend the task"), code="T8.s",
            variants=MANAGED, guards=(Guard.SUSPENSION_RECORDED, Guard.BANK_ANSWERS_CONFIRMED), effects=(Effect.NOTE_SUSPENSION, Effect.FREEZE_PAYMENTS),
            issues=Paper.SUSPENSION_DECISION, tells=(Tell.TASK_SUSPENDED,), reason=Reason.REQUIRED, duty=False),
        Row("resume",              (T.SUSPENDED,),            T.RUNNING,             (Act.TASK_APPROVER,), _("Resume the task"), code="T8",
            variants=MANAGED, guards=(Guard.RESUMPTION_RECORDED,), effects=(Effect.END_SUSPENSION,), issues=Paper.RESUMPTION_DECISION,
            tells=(Tell.TASK_RESUMED,), reason=Reason.REQUIRED),
        Row("file_acceptance",     (T.RUNNING,),              T.ACCEPTANCE_FILED,    (SIGNER,),    _("File the acceptance dossier"), code="T9",
            variants=MANAGED, guards=(Guard.ACCEPTANCE_FILE_COMPLETE, Guard.REPORTS_FILED, Guard.SPENDING_WITHIN_CONTRACT),
            effects=(Effect.NOTE_FILING, Effect.DROP_REPORTS), tells=(Tell.ACCEPTANCE_FILED,), due=Due("council.acceptance.setup_days")),
        Row("return_acceptance",   (T.ACCEPTANCE_FILED,),     T.ACCEPTANCE_RETURNED, (OFFICER,),   _("Return the acceptance dossier"), code="T9",
            variants=MANAGED, tells=(Tell.ACCEPTANCE_RETURNED,), reason=Reason.REQUIRED, due=Due("acceptance.return_days"), duty=False),
        Row("file_acceptance",     (T.ACCEPTANCE_RETURNED,),  T.ACCEPTANCE_FILED,    (SIGNER,),    _("File the completed acceptance dossier"), code="T9",
            variants=MANAGED, guards=(Guard.ACCEPTANCE_FILE_COMPLETE, Guard.REPORTS_FILED, Guard.SPENDING_WITHIN_CONTRACT),
            effects=(Effect.NOTE_FILING,), tells=(Tell.ACCEPTANCE_FILED,), due=Due("council.acceptance.setup_days")),
        Row("accept_at_grassroots", (T.ACCEPTANCE_FILED,),    T.GRASSROOTS_ACCEPTED, (SIGNER,),    _("Record the grassroots acceptance"), code="T10",
            regimes=HOST_FIRST, variants=MANAGED, guards=(Guard.GRASSROOTS_RESULT_RECORDED,), due=Due("council.acceptance.setup_days")),
        Row("put_to_council",      (T.ACCEPTANCE_FILED,),     T.AT_COUNCIL,          (EFFECT,),    _("Put to the acceptance council"), code="T11",
            regimes=COUNCIL_ALONE, variants=MANAGED),
        Row("put_to_council",      (T.GRASSROOTS_ACCEPTED,),  T.AT_COUNCIL,          (EFFECT,),    _("Put to the acceptance council"), code="T11",
            variants=MANAGED),
        Row("take_from_council",   (T.AT_COUNCIL,),           T.ACCEPTANCE_FILED,    (EFFECT,),    _("Take back from the council"),
            regimes=COUNCIL_ALONE, variants=MANAGED, due=Due("council.acceptance.setup_days")),
        Row("take_from_council",   (T.AT_COUNCIL,),           T.GRASSROOTS_ACCEPTED, (EFFECT,),    _("Take back from the council"),
            regimes=HOST_FIRST, variants=MANAGED, due=Due("council.acceptance.setup_days")),
        Row("accept",              (T.AT_COUNCIL,),           T.ACCEPTED,            (EFFECT,),    _("Accept the results"), code="T12a",
            variants=MANAGED, guards=(Guard.GRADE_RECORDED,), tells=(Tell.TASK_ACCEPTED,), due=Due("registration.days")),
        Row("fail",                (T.AT_COUNCIL,),           T.FAILED,              (EFFECT,),    _("Grade as failed"), code="T12b",
            variants=MANAGED, guards=(Guard.GRADE_RECORDED,), tells=(Tell.TASK_FAILED,), due=Due("termination.decision_days")),
        Row("allow_second_acceptance", (T.FAILED,),           T.ACCEPTANCE_RETURNED, (Act.AMENDMENT_APPROVER,), _("Allow a second acceptance"), code="T12b",
            variants=MANAGED, guards=(Guard.FIRST_FAILURE,), effects=(Effect.OPEN_SECOND_ATTEMPT,), tells=(Tell.SECOND_ACCEPTANCE_ALLOWED,),
            reason=Reason.REQUIRED, due=Due("acceptance.repeat_months")),
        Row("register_results",    (T.ACCEPTED,),             T.REGISTERED,          (Role.DEPARTMENT_DIRECTOR,), _("Issue the registration certificate"),
            code="T13", variants=MANAGED,
            guards=(Guard.REGISTRATION_COMPLETE,), issues=Paper.REGISTRATION_CERTIFICATE, tells=(Tell.RESULTS_REGISTERED,),
            due=Due("recognition.decision_days")),
        Row("recognise_results",   (T.REGISTERED,),           T.RECOGNISED,          (Act.TASK_APPROVER,), _("Recognise the results"), code="T14",
            variants=MANAGED, guards=(Guard.CERTIFICATE_ISSUED, Guard.RECOGNITION_WRITTEN), issues=Paper.RECOGNITION_DECISION,
            tells=(Tell.RESULTS_RECOGNISED,), due=Due("liquidation.days")),
        Row("terminate",           (T.CONTRACTED, T.RUNNING, T.SUSPENDED, T.ACCEPTANCE_RETURNED, T.FAILED), T.TERMINATED, (Act.TASK_APPROVER,),
            _("Terminate the contract"), code="T15", variants=MANAGED,
            guards=(Guard.TERMINATION_GROUND_NAMED, Guard.RETURNED_SHARE_DECIDED, Guard.BANK_ANSWERS_CONFIRMED),
            effects=(Effect.NOTE_TERMINATION, Effect.DROP_REPORTS, Effect.FREEZE_PAYMENTS),
            issues=Paper.TERMINATION_DECISION, tells=(Tell.TASK_TERMINATED,), reason=Reason.REQUIRED, due=Due("settlement.days"), duty=False),
        Row("order_recovery",      (T.TERMINATED,),           T.RECOVERING,          (Act.TASK_APPROVER,), _("Order the recovery"), code="T16",
            variants=MANAGED, guards=(Guard.RECOVERY_COMPUTED, Guard.NOTHING_GIVEN_AWAY, Guard.RECOVERY_PAPER_KNOWN),
            effects=(Effect.NOTE_RECOVERY, Effect.BOOK_RECOVERY), issues=Paper.RECOVERY_DECISION, tells=(Tell.RECOVERY_ORDERED,),
            due=Due("recovery.payment_days")),
        Row("close_recovery",      (T.RECOVERING,),           T.RECOVERED,           (ACCOUNTANT,), _("Close the recovery"),
            code="T16", variants=MANAGED, guards=(Guard.RECOVERY_CLOSED,), effects=(Effect.WRITE_OFF_DEBT,), tells=(Tell.RECOVERY_ENDED,),
            due=Due("liquidation.days")),
        Row("liquidate",           (T.RECOGNISED, T.RECOVERED), T.LIQUIDATED,        (Act.CONTRACT_SIGNER,), _("Liquidate the contract"), code="T14",
            variants=MANAGED, guards=(Guard.SETTLED, Guard.ALL_INSTALMENTS_PAID, Guard.LIQUIDATION_RECORDED),
            effects=(Effect.RELEASE_FUNDS,), issues=Paper.LIQUIDATION_MINUTES,
            tells=(Tell.TASK_LIQUIDATED,), due=Due("archive.years")),
        Row("liquidate",           (T.TERMINATED,),           T.LIQUIDATED,          (Act.CONTRACT_SIGNER,), _("Liquidate the contract"), code="T14",
            variants=MANAGED, guards=(Guard.NOTHING_TO_RECOVER, Guard.SETTLED, Guard.LIQUIDATION_RECORDED), effects=(Effect.RELEASE_FUNDS,),
            issues=Paper.LIQUIDATION_MINUTES, tells=(Tell.TASK_LIQUIDATED,),
            due=Due("archive.years")),
        Row("archive",             (T.LIQUIDATED,),           T.ARCHIVED,            (CLERK,),     _("Archive the file"),
            code="T17", variants=MANAGED, guards=(Guard.PAPERS_NUMBERED, Guard.PAPERS_TO_ARCHIVE),
            issues=Paper.ARCHIVE_RECORD),
        Row("reopen_for_recovery", (T.LIQUIDATED,),           T.RECOVERING,          (Act.TASK_APPROVER,), _("Reopen for recovery"), code="T16",
            variants=MANAGED, guards=(Guard.RECOVERY_COMPUTED, Guard.RECOVERY_PAPER_KNOWN), effects=(Effect.NOTE_RECOVERY, Effect.BOOK_RECOVERY),
            issues=Paper.RECOVERY_DECISION, tells=(Tell.RECOVERY_ORDERED,),
            reason=Reason.REQUIRED, due=Due("recovery.payment_days"), duty=False),
        Row("follow",              (T.APPROVED,),             T.RUNNING,             (OFFICER,),   _("Record the start of a followed task"),
            variants=FOLLOWED, guards=(Guard.FOLLOWED_START_RECORDED,)),
        Row("end_following",       (T.RUNNING,),              T.ENDED,               (OFFICER,),   _("Record the end of a followed task"),
            variants=FOLLOWED, guards=(Guard.FOLLOWED_END_RECORDED,), duty=False),
    ),
)


# ── Progress report: báo cáo tiến độ ───────────────────────────────────────────────────────────────────────────────────

class ReportState(TextChoices):
    DUE      = "due",      pgettext_lazy("report", "Due")
    FILED    = "filed",    pgettext_lazy("report", "Filed")
    RETURNED = "returned", pgettext_lazy("report", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")
    DROPPED  = "dropped",  pgettext_lazy("report", "No longer due")


RS = ReportState
REPORT = Lifecycle(
    name="report", title=_("Progress report"), states=RS, initial=RS.DUE, final=(RS.ACCEPTED, RS.DROPPED), rank=70,
    path=(RS.DUE, RS.FILED, RS.ACCEPTED),
    rows=(
        Row("file",   (RS.DUE, RS.RETURNED), RS.FILED,    (SIGNER,),  _("File the report"), code="T8",
            guards=(Guard.REPORT_COMPLETE, Guard.SPENDING_WITHIN_PAYMENTS),
            tells=(Tell.REPORT_ARRIVED,), due=Due("report.review_days")),
        Row("accept", (RS.FILED,),           RS.ACCEPTED, (OFFICER,), _("Accept the report"), code="T8", apart_from=("file",)),
        Row("send_back", (RS.FILED,),        RS.RETURNED, (OFFICER,), _("Return the report"), code="T8", tells=(Tell.REPORT_RETURNED,),
            reason=Reason.REQUIRED, due=Due("report.completion_days"), duty=False),
        Row("drop",   (RS.DUE, RS.RETURNED), RS.DROPPED,  (HEAD, EFFECT), _("Strike the report from the schedule"), reason=Reason.REQUIRED, duty=False),
    ),
)


# ── Inspection: kiểm tra định kỳ ───────────────────────────────────────────────────────────────────────────────────────

class InspectionState(TextChoices):
    PLANNED   = "planned",   pgettext_lazy("inspection", "Planned")
    ANNOUNCED = "announced", pgettext_lazy("inspection", "Announced")
    CONCLUDED = "concluded", pgettext_lazy("inspection", "Concluded")
    CANCELLED = "cancelled", pgettext_lazy("inspection", "Cancelled")


IS = InspectionState
INSPECTION = Lifecycle(
    name="inspection", title=_("Inspection"), states=IS, initial=IS.PLANNED, final=(IS.CONCLUDED, IS.CANCELLED), rank=72,
    path=(IS.PLANNED, IS.ANNOUNCED, IS.CONCLUDED),
    rows=(
        Row("announce", (IS.PLANNED,),   IS.ANNOUNCED, (OFFICER,), _("Announce the inspection"), code="T8.i", guards=(Guard.INSPECTION_ANNOUNCED_IN_TIME,),
            tells=(Tell.INSPECTION_ANNOUNCED,)),
        Row("conclude", (IS.ANNOUNCED,), IS.CONCLUDED, (OFFICER,), _("Conclude the inspection"), code="T8.i",
            guards=(Guard.INSPECTION_RECORDED, Guard.SPENDING_WITHIN_PAYMENTS), apart_from_writing=("record",),
            issues=Paper.INSPECTION_MINUTES),
        Row("cancel",   (IS.PLANNED,),   IS.CANCELLED, (HEAD,),    _("Cancel the inspection"), reason=Reason.REQUIRED, duty=False),
        Row("cancel",   (IS.ANNOUNCED,), IS.CANCELLED, (HEAD,),    _("Cancel the inspection"), tells=(Tell.INSPECTION_CANCELLED,),
            reason=Reason.REQUIRED, duty=False),
    ),
)


# ── Amendment: gia hạn, điều chỉnh ─────────────────────────────────────────────────────────────────────────────────────

class AmendmentState(TextChoices):
    DRAFT     = "draft",     pgettext_lazy("amendment", "Draft")
    REQUESTED = "requested", pgettext_lazy("amendment", "Requested")
    EXAMINED  = "examined",  pgettext_lazy("amendment", "Examined")
    DECIDED   = "decided",   pgettext_lazy("amendment", "Decided")
    REFUSED   = "refused",   pgettext_lazy("amendment", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")


AM = AmendmentState
AMENDMENT = Lifecycle(
    name="amendment", title=_("Amendment"), states=AM, initial=AM.DRAFT, final=(AM.DECIDED, AM.REFUSED, AM.WITHDRAWN), rank=75,
    path=(AM.DRAFT, AM.REQUESTED, AM.EXAMINED, AM.DECIDED),
    rows=(
        Row("request",  (AM.DRAFT,),                  AM.REQUESTED, (SIGNER,),  _("Request the amendment"), code="T8.a",
            guards=(Guard.AMENDMENT_COMPLETE, Guard.AMENDMENT_STILL_FITS, Guard.NEW_LEADER_ELIGIBLE, Guard.ENOUGH_STAYS_FOR_THE_END, Guard.EXTENSION_ALLOWED),
            effects=(Effect.NOTE_REQUEST,), tells=(Tell.AMENDMENT_REQUESTED,), due=Due("amendment.decision_days")),
        Row("withdraw", (AM.DRAFT, AM.REQUESTED),     AM.WITHDRAWN, (SIGNER,),  _("Withdraw the request"), reason=Reason.OPTIONAL, duty=False),
        Row("examine",  (AM.REQUESTED,),              AM.EXAMINED,  (OFFICER,), _("Give the opinion"), code="T8.a", guards=(Guard.AMENDMENT_OPINION_GIVEN,),
            due=Due("amendment.decision_days")),
        Row("decide",   (AM.EXAMINED,),               AM.DECIDED,   (Act.AMENDMENT_APPROVER,), _("Decide the amendment"), code="T8.a",
            guards=(Guard.AMENDMENT_STILL_FITS, Guard.NEW_LEADER_ELIGIBLE, Guard.ENOUGH_STAYS_FOR_THE_END, Guard.EXTENSION_ALLOWED),
            effects=(Effect.APPLY_AMENDMENT,),
            issues=Paper.AMENDMENT_DECISION, tells=(Tell.AMENDMENT_DECIDED,)),
        Row("refuse",   (AM.REQUESTED, AM.EXAMINED),  AM.REFUSED,   (Act.AMENDMENT_APPROVER,), _("Refuse the amendment"),
            tells=(Tell.AMENDMENT_REFUSED,), reason=Reason.REQUIRED, duty=False),
    ),
)
