"""Questions about tasks. Nothing here changes anything."""

from .acceptance import current_file, missing_in_acceptance
from .contracts import default_instalments, instalment_obstacle, missing_in_contract
from .extension import extension_refusals, longest_extension
from .lists import RUNNING_STATES, monitored_tasks, running_tasks
from .recovery import computed_recovery
from .reports import due_reports, overdue_reports
from .schedule import report_days

__all__ = [
    "RUNNING_STATES",
    "computed_recovery",
    "current_file",
    "default_instalments",
    "due_reports",
    "extension_refusals",
    "instalment_obstacle",
    "longest_extension",
    "missing_in_acceptance",
    "missing_in_contract",
    "monitored_tasks",
    "overdue_reports",
    "report_days",
    "running_tasks",
]
