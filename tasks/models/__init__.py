"""The task and everything that belongs to it after the award."""

from .acceptance import AcceptanceFile
from .amendment import Amendment, AmendmentKind, Change, Phasing
from .contract import Contract, Instalment, Precondition
from .earlier import EarlierPaper
from .ending import Cause, Ground, RecoveryOrder, Suspension, Termination
from .inspection import Finding, Inspection, InspectionKind, Participant, Verdict
from .report import Report, SpendingLine
from .results import Liquidation, Recognition, Registration
from .task import Grade, Task, TaskBudgetLine, TaskMember, TaskPartner, TaskProduct

__all__ = [
    "AcceptanceFile",
    "Amendment",
    "AmendmentKind",
    "Cause",
    "Change",
    "Contract",
    "EarlierPaper",
    "Finding",
    "Grade",
    "Ground",
    "Inspection",
    "InspectionKind",
    "Instalment",
    "Liquidation",
    "Participant",
    "Phasing",
    "Precondition",
    "Recognition",
    "RecoveryOrder",
    "Registration",
    "Report",
    "SpendingLine",
    "Suspension",
    "Task",
    "TaskBudgetLine",
    "TaskMember",
    "TaskPartner",
    "TaskProduct",
    "Termination",
    "Verdict",
]
