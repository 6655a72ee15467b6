"""Questions behind the first page."""

from .answers import answers_of
from .drafts import Draft, drafts_of, late_drafts
from .paperwork import Paperwork, ballots_of, conclusions_of, declarations_of, open_calls
from .work import Duty, Fact, Work, duties, page_of, work_of

__all__ = [
    "Draft",
    "Duty",
    "Fact",
    "Paperwork",
    "Work",
    "answers_of",
    "ballots_of",
    "conclusions_of",
    "declarations_of",
    "drafts_of",
    "duties",
    "late_drafts",
    "open_calls",
    "page_of",
    "work_of",
]
