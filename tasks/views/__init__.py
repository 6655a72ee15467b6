"""The pages of this room: they ask, show and hand over; every change is made by a service."""

from .acceptance import acceptance_edit, grassroots_edit
from .adoption import task_adopt
from .amendments import amendment_create, amendment_detail, amendment_edit, amendment_examine
from .contracts import contract_edit
from .ending import (
    following_edit,
    liquidation_edit,
    recognition_edit,
    recovery_edit,
    registration_edit,
    resumption_edit,
    suspension_edit,
    termination_edit,
)
from .entries import entry_edit, members_edit, products_edit
from .inspections import inspection_create, inspection_detail, inspection_edit, inspection_record
from .lists import amendment_list, inspection_list, report_list, task_list
from .monitoring import task_monitor
from .reports import report_detail, report_edit
from .tasks import task_course, task_detail

__all__ = [
    "acceptance_edit",
    "amendment_create",
    "amendment_detail",
    "amendment_edit",
    "amendment_examine",
    "amendment_list",
    "contract_edit",
    "entry_edit",
    "following_edit",
    "grassroots_edit",
    "inspection_create",
    "inspection_detail",
    "inspection_edit",
    "inspection_list",
    "inspection_record",
    "liquidation_edit",
    "members_edit",
    "products_edit",
    "recognition_edit",
    "recovery_edit",
    "registration_edit",
    "report_detail",
    "report_edit",
    "report_list",
    "resumption_edit",
    "suspension_edit",
    "task_adopt",
    "task_course",
    "task_detail",
    "task_list",
    "task_monitor",
    "termination_edit",
]
