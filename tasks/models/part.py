"""What every record with a life inside a task shares: who decides is asked of the task."""

from typing import Any, ClassVar

from core.people.roles import Role
from core.workflow.models import Stepped


class TaskPart(Stepped):
    """A record of one task. Level, amount and payer are the task's, and so is the host."""

    authority_columns: ClassVar[dict[str, str]] = {
        "level": "task__level",
        "amount_vnd": "task__approved_state_vnd",
        "payer": "task__payer",
    }
    organisation_columns: ClassVar[dict[Role, str]] = {
        Role.ORGANISATION_SIGNER: "task__host",
        Role.APPLICANT: "task__host",
    }
    title_path: ClassVar[str] = "task__title"
    task: Any

    class Meta:
        abstract = True
