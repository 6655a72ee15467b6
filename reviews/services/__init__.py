"""What people write down about councils. Steps are taken through ``core.workflow.service.take_step``."""

from .appraising import Granted, appraise
from .ballots import Grades, Paper, Scores, Spoiled, Vote, cast_ballot, cast_ballots, confirm_ballot, enter_paper_ballot
from .concluding import write_conclusion
from .declaring import answer_conflict, clear_conflict, declare_conflict, note_conflict
from .founding import add_items, arrange_sitting, create_council, edit_council, remove_item, write_dissolution_reason
from .leaving import confirm_departure, drop_departure
from .seating import (
    AmendingDecision,
    add_seat,
    confirm_replacement,
    drop_replacement,
    remove_seat,
    replace_seat,
)
from .sitting import Attendance, record_attendance, record_minutes

__all__ = [
    "AmendingDecision",
    "Attendance",
    "Grades",
    "Granted",
    "Paper",
    "Scores",
    "Spoiled",
    "Vote",
    "add_items",
    "add_seat",
    "answer_conflict",
    "appraise",
    "arrange_sitting",
    "cast_ballot",
    "cast_ballots",
    "clear_conflict",
    "confirm_ballot",
    "confirm_departure",
    "confirm_replacement",
    "create_council",
    "declare_conflict",
    "drop_departure",
    "drop_replacement",
    "edit_council",
    "enter_paper_ballot",
    "note_conflict",
    "record_attendance",
    "record_minutes",
    "remove_item",
    "remove_seat",
    "replace_seat",
    "write_conclusion",
    "write_dissolution_reason",
]
