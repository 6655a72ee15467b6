"""From when a step of a task is waited for, and what it waits for besides its decider."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.roles import Role
from core.workflow.registry import needed, resting, ripe, written_on
from tasks.lifecycle import Guard, ReportState, TaskState
from tasks.models import Report, Task

HOST = (Role.APPLICANT, Role.ORGANISATION_SIGNER)
resting["task", TaskState.RUNNING.value] = _("The host carries the work out")
resting["task", TaskState.CONTRACTED.value] = _("The host prepares the start")
resting["task", TaskState.SUSPENDED.value] = _("The work stands still")
resting["task", TaskState.LIQUIDATED.value] = _("The file waits to be archived")
resting["report", ReportState.DUE.value] = _("The host carries the work out")


@ripe(("task", "file_acceptance"))
def near_the_end(until: date) -> Q:
    """A running task is waited for when its acceptance dossier falls due; a returned one at once."""
    near = Q(acceptance_due_on__lte=until) | Q(acceptance_due_on__isnull=True, ends_on__lte=until)
    return ~Q(state=TaskState.RUNNING) | near


@ripe(("task", "start"))
def start_reached(_until: date) -> Q:
    """The clock starts the work on the day of the contract; before it nobody can."""
    return Q(starts_on__isnull=True) | Q(starts_on__lte=clock.today())


@ripe(("task", "archive"))
def archiving_near(until: date) -> Q:
    """A file is archived within years: it may be done at once, but is waited for only when its day comes near."""
    return Q(due_on__isnull=True) | Q(due_on__lte=until)


@ripe(("task", "resume"))
def resumption_written(_until: date) -> Q:
    """A suspended task rests until the division wrote why it may go on."""
    written = Task.objects.filter(suspensions__resumed_on__isnull=True, suspensions__resume_from__isnull=False)
    return Q(pk__in=written.values("pk"))


@ripe(("report", "file"))
def report_near(until: date) -> Q:
    """A report is waited for when its day comes near; a returned one at once."""
    return ~Q(state=ReportState.DUE) | Q(due_date__lte=until)


@needed("report", "file", *HOST, words=_("waits for the text of the report"))
def unwritten_report() -> Q:
    """Nothing is written yet; whether all of it is there the guard says."""
    return Q(pk__in=Report.objects.filter(Q(done="") | Q(percent__isnull=True)).values("pk"))


@needed("task", "liquidate", Role.OFFICER, words=_("waits for the minutes of the liquidation"))
def without_liquidation() -> Q:
    """The officer writes the minutes before both sides sign them."""
    return Q(liquidation__isnull=True)


# On which form what a guard asks for is written.
for _guard, _action, _page in (
    (Guard.CONTRACT_COMPLETE, "edit_contract", "contract-edit"),
    (Guard.CONTRACT_WITHIN_APPROVAL, "edit_contract", "contract-edit"),
    (Guard.INSTALMENTS_SUM, "edit_contract", "contract-edit"),
    (Guard.FINAL_INSTALMENT_LARGE_ENOUGH, "edit_contract", "contract-edit"),
    (Guard.ACCEPTANCE_FILE_COMPLETE, "edit_acceptance", "acceptance-edit"),
    (Guard.GRASSROOTS_RESULT_RECORDED, "edit_grassroots", "grassroots-edit"),
    (Guard.REGISTRATION_COMPLETE, "edit_registration", "registration-edit"),
    (Guard.RECOGNITION_WRITTEN, "edit_recognition", "recognition-edit"),
    (Guard.LIQUIDATION_RECORDED, "edit_liquidation", "liquidation-edit"),
    (Guard.SUSPENSION_RECORDED, "edit_suspension", "suspension-edit"),
    (Guard.RESUMPTION_RECORDED, "edit_resumption", "resumption-edit"),
    (Guard.TERMINATION_GROUND_NAMED, "edit_termination", "termination-edit"),
    (Guard.RECOVERY_COMPUTED, "edit_recovery", "recovery-edit"),
    (Guard.FOLLOWED_END_RECORDED, "edit_following", "following-edit"),
    (Guard.REPORT_COMPLETE, "edit", "report-edit"),
    (Guard.INSPECTION_RECORDED, "record", "inspection-record"),
    (Guard.AMENDMENT_COMPLETE, "edit", "amendment-edit"),
    (Guard.AMENDMENT_OPINION_GIVEN, "examine", "amendment-examine"),
):
    written_on(_guard, _action, f"tasks:{_page}")
