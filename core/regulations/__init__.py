"""The rule book: every number and threshold of the law, its source, and whether it still has to be confirmed.

A rule is asked by its key and the version of the law that the subject is pinned to:
`value("council.selection.pass_points", order.regulation)`. Nothing legal is written in code.

`confirmed` means that a published text with this rule was seen; a province confirms the rest in its overlay file
(settings.RULE_BOOK_OVERLAY), TOML with

    [[parameter]]
    regulation = "r2_2025"
    key = "proposal.screening_days"
    value = 10
    document = "Quyết định 01/2026/QĐ-UBND"
    article = "Điều 7"
    status = "confirmed"
    valid_from = 2026-06-05

    [legal_basis.qd-01-2026]       # fields as in legal_bases.toml
    [citations]
    approval_decision = ["qd-01-2026"]
"""

from .book import Anchor, Parameter, Regulation, RuleBookError, Status
from .legal import LegalBasis, legal_bases
from .selectors import (
    CURRENT,
    UnknownRuleError,
    anchored,
    fraction,
    number,
    parameter,
    regulation_for,
    regulations,
    scoring_template,
    value,
)
from .values import Criterion, DayOfYear, Fraction, Unit

__all__ = [
    "CURRENT",
    "Anchor",
    "Criterion",
    "DayOfYear",
    "Fraction",
    "LegalBasis",
    "Parameter",
    "Regulation",
    "RuleBookError",
    "Status",
    "Unit",
    "UnknownRuleError",
    "anchored",
    "fraction",
    "legal_bases",
    "number",
    "parameter",
    "regulation_for",
    "regulations",
    "scoring_template",
    "value",
]
