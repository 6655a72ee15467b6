"""The one issuer and the one teller that ``take_step`` calls; documents and notifications register them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.audit.service import PendingEvent
    from core.people.roles import Role

    from .models import Stepped
    from .table import Row

Issuer = Callable[..., None]
Teller = Callable[..., None]

PaperUrl = Callable[["Stepped", "Row"], str]

_issuer: list[Issuer] = []
_papers: "list[Papers]" = []
_teller: list[Teller] = []


def register_issuer(function: Issuer) -> Issuer:
    """``function(subject=, row=, event=, document=)`` writes the document row of a step, inside its transaction."""
    _issuer[:] = [function]
    return function


def register_teller(function: Teller) -> Teller:
    """``function(subject=, tells=, event=)`` queues the notices of a step or act, inside its transaction."""
    _teller[:] = [function]
    return function


def issue(*, subject: "Stepped", row: "Row", event: "PendingEvent", document: Any) -> None:
    """Let the issuer write the paper of a step, if there is one."""
    for function in _issuer:
        function(subject=subject, row=row, event=event, document=document)


def tell(*, subject: "Stepped", tells: "Iterable[Enum]", event: "PendingEvent") -> None:
    """Let the teller queue the notices of a step, or of another act on a record."""
    for function in _teller:
        function(subject=subject, tells=tells, event=event)


class Awaited(StrEnum):
    """What an open draft waits for."""

    SIGNER = "signer"
    OTHER_PARTY = "other_party"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Papers:
    """What the room of papers says of the paper of a step.

    ``waits(row)``: does the step wait for its paper to be signed? ``url``: where that paper is prepared. ``writers``:
    who drafts it. ``drafts(subject type, step, awaited)``: the codes of the records whose draft waits for that, as a
    query. ``other_party(subject type, row)``: who signs besides the decider, for an agreement of two sides.
    ``number_givers``: who gives number and date to an agreed draft. ``numbered_at_once(row)``: the name of the paper
    that the step itself writes and numbers, empty where it writes none.
    """

    waits: "Callable[[Row], bool]"
    url: PaperUrl
    writers: "Callable[[Row], tuple[Role, ...]]"
    drafts: Callable[[str, str, Awaited], Any]
    other_party: "Callable[[str, Row], Role | None]"
    number_givers: "tuple[Role, ...]"
    numbered_at_once: "Callable[[Row], StrOrPromise]"


def register_papers(papers: Papers) -> None:
    """Let the room of papers answer."""
    _papers[:] = [papers]


def signed_paper(row: "Row") -> PaperUrl | None:
    """Where the paper of a step is prepared, or None for a step that is one act."""
    if row.issues and _papers and _papers[0].waits(row):
        return _papers[0].url
    return None


def paper_writers(row: "Row") -> "tuple[Role, ...]":
    """Who drafts the paper of a step."""
    return _papers[0].writers(row)


def open_drafts(subject_type: str, step: str, awaited: Awaited) -> Any:
    """The codes of the records of a type whose draft for a step waits for a signature, or for its number."""
    return _papers[0].drafts(subject_type, step, awaited)


def other_party(subject_type: str, row: "Row") -> "Role | None":
    """Who signs the paper of a step for the other party, where it has two sides."""
    return _papers[0].other_party(subject_type, row)


def number_givers() -> "tuple[Role, ...]":
    """Who gives number and date to a draft that was agreed to."""
    return _papers[0].number_givers


def numbered_at_once(row: "Row") -> "StrOrPromise":
    """The name of the paper that a step itself writes and numbers; empty where it writes none."""
    return _papers[0].numbered_at_once(row) if _papers else ""
