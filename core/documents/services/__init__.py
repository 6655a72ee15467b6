"""Two acts: a draft goes round without a number; when it is signed, number and date are drawn and the step is taken."""

from .common import blank_document, fill, fold_words
from .drafts import endorse_document, prepare_document, refuse_document
from .issuing import Sheet, issue_document, sheet_refusals
from .questions import (
    DraftOutdated,
    endorse_refusals,
    is_current,
    issue_refusals,
    outdated_refusals,
    prepare_refusals,
    step_refusals,
)
from .sides import OtherSignature, countersign_document, countersign_refusals, other_side_missing
from .voiding import ask_void, keep_document, void_document

__all__ = [
    "DraftOutdated",
    "OtherSignature",
    "Sheet",
    "ask_void",
    "blank_document",
    "countersign_document",
    "countersign_refusals",
    "endorse_document",
    "endorse_refusals",
    "fill",
    "fold_words",
    "is_current",
    "issue_document",
    "issue_refusals",
    "keep_document",
    "other_side_missing",
    "outdated_refusals",
    "prepare_document",
    "prepare_refusals",
    "refuse_document",
    "sheet_refusals",
    "step_refusals",
    "void_document",
]
