"""The colours of the room's states."""

from core.ui import badges
from core.ui.parts import Tone
from tasks.lifecycle import AmendmentState, InspectionState, ReportState, TaskState
from tasks.models import Amendment, Inspection, Report, Task

T, A = TaskState, AmendmentState
badges.register(
    Task,
    {
        T.APPROVED: Tone.INFO,
        T.CONTRACTED: Tone.INFO,
        T.RUNNING: Tone.INFO,
        T.SUSPENDED: Tone.WARNING,
        T.ACCEPTANCE_FILED: Tone.INFO,
        T.ACCEPTANCE_RETURNED: Tone.WARNING,
        T.GRASSROOTS_ACCEPTED: Tone.INFO,
        T.AT_COUNCIL: Tone.INFO,
        T.ACCEPTED: Tone.SUCCESS,
        T.FAILED: Tone.DANGER,
        T.REGISTERED: Tone.SUCCESS,
        T.RECOGNISED: Tone.SUCCESS,
        T.TERMINATED: Tone.DANGER,
        T.RECOVERING: Tone.DANGER,
        T.RECOVERED: Tone.WARNING,
        T.LIQUIDATED: Tone.SUCCESS,
        T.ARCHIVED: Tone.NEUTRAL,
        T.REVOKED: Tone.NEUTRAL,
        T.ENDED: Tone.NEUTRAL,
        T.VOID: Tone.NEUTRAL,
    },
)
badges.register(
    Report,
    {
        ReportState.DUE: Tone.NEUTRAL,
        ReportState.FILED: Tone.INFO,
        ReportState.RETURNED: Tone.WARNING,
        ReportState.ACCEPTED: Tone.SUCCESS,
        ReportState.DROPPED: Tone.NEUTRAL,
    },
)
badges.register(
    Inspection,
    {
        InspectionState.PLANNED: Tone.NEUTRAL,
        InspectionState.ANNOUNCED: Tone.INFO,
        InspectionState.CONCLUDED: Tone.SUCCESS,
        InspectionState.CANCELLED: Tone.NEUTRAL,
    },
)
badges.register(
    Amendment,
    {
        A.DRAFT: Tone.NEUTRAL,
        A.REQUESTED: Tone.INFO,
        A.EXAMINED: Tone.INFO,
        A.DECIDED: Tone.SUCCESS,
        A.REFUSED: Tone.DANGER,
        A.WITHDRAWN: Tone.NEUTRAL,
    },
)
