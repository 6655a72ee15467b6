"""What every record with a life inside a task shares: who decides is asked of the task."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from core.people.roles import Role
from core.regulations import Anchor
from core.workflow.models import Stepped


def entered_by() -> Any:
    """Who of the administration typed what the host handed in on paper; nobody when the host wrote it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")


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
    title_is_made: ClassVar[bool] = True
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.APPROVAL_DATE: "task__approved_on"}
    task: Any

    class Meta:
        abstract = True
