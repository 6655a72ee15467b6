"""Start-up check: every paper that a table issues has its facts, a letter, and whoever signs it for the other side."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from core.workflow.registry import subjects

from .kinds import KINDS, spec_of
from .registry import facts_function, other_parties
from .schemas import VARIANTS


def papers_are_complete(**_kwargs: Any) -> list[CheckMessage]:
    """An error for each kind without a letter, and for each that a row issues without facts or its other party."""
    issued = {(name, row.issues) for name, model in subjects.items() for row in model.lifecycle.rows if row.issues}
    silent = sorted((name, kind) for name, kind in issued if facts_function(name, kind) is None)
    found: list[CheckMessage] = [
        Error(f"nobody tells the facts of {kind} for {name}", id="documents.E001") for name, kind in silent
    ]
    found += [
        Error(f"nobody signs {row.issues} of {name} for the other party", id="documents.E003")
        for name, model in subjects.items()
        for row in model.lifecycle.rows
        if row.issues and spec_of(row.issues).two_sided and name not in other_parties
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
