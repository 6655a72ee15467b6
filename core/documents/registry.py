"""Where rooms tell what their papers say and who else signs them, registered in the room's ``hooks``."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from core.people.roles import Role
from core.workflow.registry import Registry

from .kinds import DocumentKind

FactsFunction = Callable[[Any], Mapping[str, Any]]
FactsKey = DocumentKind | tuple[str, DocumentKind]

facts: Registry[FactsKey, FactsFunction] = Registry("facts of a paper")
"""``@facts(Kind.X)``, or ``@facts(("order", Kind.X))`` for a kind that several types of subjects issue.

fn(subject) -> the kind's schema of ``core.documents.schemas``, as JSON values. Vietnamese is in force meanwhile.
"""


other_parties: dict[str, Role] = {}
"""Subject type -> the role that signs its papers of two sides for the other party, in the record's organisation."""


class PaperTell(Enum):
    """What people are told of papers, besides the steps."""

    TO_COUNTERSIGN = auto()
    CHANGED_SINCE_SIGNED = auto()


def facts_function(subject_type: str, kind: str) -> FactsFunction | None:
    """Who tells the facts of a kind for that type of subject."""
    named = DocumentKind(kind)
    for key in ((subject_type, named), named):
        if key in facts:
            return facts[key]
    return None
