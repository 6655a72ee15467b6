"""Who hears of a step, and in what words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.people.models import User
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow.registry import recipients
from tasks.lifecycle import Tell
from tasks.models import Task

HOST = (Role.ORGANISATION_SIGNER, Role.APPLICANT)


def _task(subject: Any) -> Task:
    return subject if isinstance(subject, Task) else subject.task


def host_people(subject: Any) -> QuerySet[User]:
    """The host's people and the principal investigator."""
    task = _task(subject)
    people = users_with_role(*HOST, organisation=task.host)
    return people | User.objects.filter(pk=task.principal_investigator_id)


def signers(subject: Any) -> QuerySet[User]:
    """Who acts for the host, and the principal investigator."""
    task = _task(subject)
    people = users_with_role(Role.ORGANISATION_SIGNER, organisation=task.host)
    return people | User.objects.filter(pk=task.principal_investigator_id)


def division(_subject: Any) -> QuerySet[User]:
    """Officers and heads of division."""
    return users_with_role(Role.OFFICER, Role.HEAD_OF_DIVISION)


def receivers(subject: Any) -> QuerySet[User]:
    """The host and the body that receives the results."""
    receiver = _task(subject).receiver
    people = signers(subject)
    return people | users_with_role(Role.RECEIVING_BODY, organisation=receiver) if receiver else people


recipients(Tell.TASK_REVOKED, _("The approval of task %(code)s was revoked: %(title)s"))(signers)
recipients(Tell.CONTRACT_SIGNED, _("The contract of task %(code)s was signed: %(title)s"))(host_people)
recipients(Tell.TASK_SUSPENDED, _("Task %(code)s was suspended: %(title)s"))(host_people)
recipients(Tell.TASK_RESUMED, _("Task %(code)s was resumed: %(title)s"))(host_people)
recipients(Tell.TASK_TERMINATED, _("The contract of task %(code)s was terminated: %(title)s"))(host_people)
recipients(Tell.RECOVERY_ORDERED, _("Money of task %(code)s must be given back: %(title)s"))(signers)
recipients(Tell.RECOVERY_ENDED, _("The recovery of money of task %(code)s was closed: %(title)s"))(signers)
recipients(Tell.ACCEPTANCE_FILED, _("The acceptance dossier of task %(code)s arrived: %(title)s"))(division)
recipients(Tell.ACCEPTANCE_RETURNED, _("The acceptance dossier of task %(code)s was returned: %(title)s"))(host_people)
recipients(Tell.TASK_ACCEPTED, _("The results of task %(code)s were accepted: %(title)s"))(host_people)
recipients(Tell.TASK_FAILED, _("The results of task %(code)s were not accepted: %(title)s"))(host_people)
recipients(Tell.SECOND_ACCEPTANCE_ALLOWED, _("A second acceptance of task %(code)s was allowed: %(title)s"))(
    host_people
)
recipients(Tell.RESULTS_REGISTERED, _("The results of task %(code)s were registered: %(title)s"))(signers)
recipients(Tell.RESULTS_RECOGNISED, _("The results of task %(code)s were recognised: %(title)s"))(receivers)
recipients(Tell.TASK_LIQUIDATED, _("The contract of task %(code)s was liquidated: %(title)s"))(signers)
recipients(Tell.REPORT_ARRIVED, _("Report %(code)s arrived: %(title)s"))(division)
recipients(Tell.REPORT_RETURNED, _("Report %(code)s was returned: %(title)s"))(host_people)
recipients(Tell.INSPECTION_ANNOUNCED, _("Inspection %(code)s was announced: %(title)s"))(host_people)
recipients(Tell.INSPECTION_CANCELLED, _("Inspection %(code)s was cancelled: %(title)s"))(host_people)
recipients(Tell.AMENDMENT_REQUESTED, _("Amendment %(code)s was requested: %(title)s"))(division)
recipients(Tell.AMENDMENT_DECIDED, _("Amendment %(code)s was decided: %(title)s"))(host_people)
recipients(Tell.AMENDMENT_REFUSED, _("Amendment %(code)s was refused: %(title)s"))(host_people)
