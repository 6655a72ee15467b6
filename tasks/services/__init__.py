"""What people write down in this room. Steps are taken through ``core.workflow.service.take_step``."""

from .acceptance import record_grade, save_acceptance_file, save_grassroots_result
from .amendments import create_amendment, edit_amendment, give_opinion
from .contracts import save_contract
from .ending import save_recovery, save_resumption, save_suspension, save_termination
from .entries import save_entry, save_members, save_products
from .inspections import change_plan, plan_inspection, record_inspection
from .opening import TaskParts, adopt_task, open_task
from .reports import save_report, schedule_reports
from .results import save_following, save_liquidation, save_recognition, save_registration

__all__ = [
    "TaskParts",
    "adopt_task",
    "change_plan",
    "create_amendment",
    "edit_amendment",
    "give_opinion",
    "open_task",
    "plan_inspection",
    "record_grade",
    "record_inspection",
    "save_acceptance_file",
    "save_contract",
    "save_entry",
    "save_following",
    "save_grassroots_result",
    "save_liquidation",
    "save_members",
    "save_products",
    "save_recognition",
    "save_recovery",
    "save_registration",
    "save_report",
    "save_resumption",
    "save_suspension",
    "save_termination",
    "schedule_reports",
]
