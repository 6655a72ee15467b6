"""The one issuer and the one teller that ``take_step`` calls; documents and notifications register them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    """``function(subject=, row=, event=)`` queues the notices of a step, inside its transaction."""
    _teller[:] = [function]
    return function


def issue(*, subject: "Stepped", row: "Row", event: "PendingEvent", document: Any) -> None:
    """Let the issuer write the paper of a step, if there is one."""
    for function in _issuer:
        function(subject=subject, row=row, event=event, document=document)


def tell(*, subject: "Stepped", row: "Row", event: "PendingEvent") -> None:
    """Let the teller queue the notices of a step."""
    for function in _teller:
        function(subject=subject, row=row, event=event)


@dataclass(frozen=True, slots=True)
class Papers:
    """What the room of papers says of the paper of a step.

    ``waits(row)``: does the step wait for its paper to be signed? ``url``: where that paper is prepared. ``writers``:
    who drafts it. ``drafts(subject type, step, is_agreed)``: the codes of the records with an open draft, as a query.
    ``number_givers``: who gives number and date to an agreed draft.
    """

    waits: "Callable[[Row], bool]"
    url: PaperUrl
    writers: "Callable[[Row], tuple[Role, ...]]"
    drafts: Callable[[str, str, bool], Any]
    number_givers: "tuple[Role, ...]"


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


def open_drafts(subject_type: str, step: str, *, is_agreed: bool) -> Any:
    """The codes of the records of a type whose draft for a step goes round, or is agreed to and not numbered."""
    return _papers[0].drafts(subject_type, step, is_agreed)


def number_givers() -> "tuple[Role, ...]":
    """Who gives number and date to a draft that was agreed to."""
    return _papers[0].number_givers
