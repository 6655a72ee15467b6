"""Start-up check: every paper that a table issues has somebody who tells its facts, and a letter."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from core.workflow.registry import subjects

from .kinds import KINDS
from .registry import facts_function
from .schemas import VARIANTS


def papers_are_complete(**_kwargs: Any) -> list[CheckMessage]:
    """An error for each kind that a row issues without facts, and for each kind without a letter."""
    issued = {(name, row.issues) for name, model in subjects.items() for row in model.lifecycle.rows if row.issues}
    silent = sorted((name, kind) for name, kind in issued if facts_function(name, kind) is None)
    found: list[CheckMessage] = [
        Error(f"nobody tells the facts of {kind} for {name}", id="documents.E001") for name, kind in silent
    ]
    return found + [Error(f"{name} is missing", id="documents.E002") for name in letters() if not _exists(name)]


def letters() -> list[str]:
    """The templates of all kinds and variants."""
    names = {spec.letter.format(variant=variant) for spec in KINDS.values() for variant in VARIANTS}
    return [f"letters/{name}.html" for name in sorted(names)]


def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
