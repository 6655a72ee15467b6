"""The papers that an adopted task brings with it: later papers cite their number and day."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from core.documents.kinds import DocumentKind
from tasks.models import EarlierPaper, Task
from tasks.selectors.earlier import unnumbered_words, wanted_papers

from . import common

EarlierPapers = Mapping[DocumentKind, Mapping[str, Any]]
"""Kind -> symbol, signed_on, issuer."""


def check_papers(task: Task, state: str, papers: EarlierPapers, contract: Mapping[str, Any] | None) -> None:
    """Raise ValidationError for a managed task whose earlier papers have no number or no day."""
    if task.is_followed:
        return
    numbered = contract is not None and bool(contract.get("number")) and contract.get("signed_on") is not None
    missing = [kind for kind in wanted_papers(state, has_contract=numbered) if kind not in papers]
    if missing:
        raise ValidationError(unnumbered_words(missing), code="papers")


def write_papers(task: Task, papers: EarlierPapers) -> None:
    """Keep them with the task, instead of what was kept. Raises ValidationError for an empty number or issuer."""
    common.rewrite([EarlierPaper(task=task, kind=kind, **facts) for kind, facts in papers.items()], task.earlier_papers)


def drop_contract_paper(task: Task) -> None:
    """The contract that is written now says itself which number and day it has."""
    task.earlier_papers.filter(kind=DocumentKind.CONTRACT).delete()
