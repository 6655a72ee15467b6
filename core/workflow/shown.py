"""What a step rests on, as one short digest: the page of the step carries it, the door compares it.

Between the look and the press somebody else may write the bank's answer or the conclusion anew. Then nobody has decided
on what stands there now, and the step is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.people.seen import companions, digest_of

from .models import Stepped
from .ruling import Refusal

Resting = Callable[[Any], Iterable[QuerySet[Any]]]
_resting: dict[str, list[Resting]] = {}


def rests_on(subject_type: str) -> Callable[[Resting], Resting]:
    """Register which rows beside its own the steps of a subject type rest on: items, lines, the contract.

    The function gives query sets; every column of their rows counts. Rows that others add all the time (ballots,
    proposals of a call) are no part: a guard counts them when the step is taken.
    """

    def register(function: Resting) -> Resting:
        _resting.setdefault(subject_type, []).append(function)
        return function

    return register


def shown_with(record: Model) -> list[QuerySet[Any]]:
    """The rows that the steps of a record rest on; of another kind of row, none."""
    if not isinstance(record, Stepped):
        return []
    return [found for function in _resting.get(record.lifecycle.name, []) for found in function(record)]


def shown_refusals(subject: Stepped, shown: str) -> Iterator[Refusal]:
    """The record differs from what the page showed. An empty ``shown`` stands for a caller without a page."""
    if shown and shown != digest_of(subject):
        yield changed_refusal()


def changed_refusal() -> Refusal:
    """The page shows what is no longer so."""
    return Refusal(_("This record has changed since you opened the page. Open it again and look before you go on."))


companions.append(shown_with)
