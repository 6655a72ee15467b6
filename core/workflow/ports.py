"""The one issuer and the one teller that ``take_step`` calls; documents and notifications register them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.audit.service import PendingEvent

    from .models import Stepped
    from .table import Row

Issuer = Callable[..., None]
Teller = Callable[..., None]

PaperUrl = Callable[["Stepped", "Row"], str]

_issuer: list[Issuer] = []
_paper: list[Callable[["Row"], bool]] = []
_paper_url: list[PaperUrl] = []
_teller: list[Teller] = []
_agreed: list[Callable[["Stepped"], set[str]]] = []


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


def register_signed_paper(waits: "Callable[[Row], bool]", url: PaperUrl) -> None:
    """``waits(row)``: does the step wait for its paper to be signed? ``url``: where that paper is prepared."""
    _paper[:], _paper_url[:] = [waits], [url]


def signed_paper(row: "Row") -> PaperUrl | None:
    """Where the paper of a step is prepared, or None for a step that is one act."""
    if row.issues and _paper and _paper[0](row):
        return _paper_url[0]
    return None


def register_agreed(function: Callable[["Stepped"], set[str]]) -> None:
    """``function(subject)``: the steps whose paper the signer has agreed to and that wait for the clerk's number."""
    _agreed[:] = [function]


def agreed_steps(subject: "Stepped") -> set[str]:
    """The steps of a subject's present state that wait for nothing but the number of their paper. One query at most."""
    names = {row.name for row in subject.rows() if signed_paper(row)}
    return {step for function in _agreed for step in function(subject) if step in names} if names else set()
