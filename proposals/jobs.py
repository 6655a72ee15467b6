"""What this room does by the clock."""

import uuid
from collections.abc import Mapping
from typing import Any

from core import clock
from core.jobs.registry import job
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step

from .lifecycle import CallState
from .models import Call

# The key of the closing comes from the call, so that two workers close it once.
CLOSINGS = uuid.UUID("6b0f5d0a-7f5e-4c8a-9a55-0f4f1f0c2f11")


@job("proposals.close_calls")
def close_calls(payload: Mapping[str, Any]) -> None:
    """Close every open call whose closing has passed; also those a lost job forgot."""
    for call in Call.objects.filter(state=CallState.OPEN, closes_at__lte=clock.now()).order_by("pk"):
        try:
            take_step(call, "close", actor=None, key=uuid.uuid5(CLOSINGS, call.code))
        except StepRefused:
            # Somebody closed or cancelled it meanwhile.
            continue
