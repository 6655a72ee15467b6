"""What this room does by the clock."""

import uuid
from collections.abc import Mapping
from typing import Any

from core import clock
from core.jobs.registry import job
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step

from .lifecycle import TaskState
from .models import Task

# The key of the start comes from the task, so that two workers start it once.
STARTS = uuid.UUID("0c3d8f5e-24a6-4b57-9a53-3d1f7c9e6b42")


@job("tasks.start")
def start_tasks(payload: Mapping[str, Any]) -> None:
    """Start every contracted task whose first day has come; also those a lost job forgot."""
    for task in Task.objects.filter(state=TaskState.CONTRACTED, starts_on__lte=clock.today()).order_by("pk"):
        try:
            take_step(task, "start", actor=None, key=uuid.uuid5(STARTS, task.code))
        except StepRefused:
            # An officer started or the authority terminated it meanwhile.
            continue
