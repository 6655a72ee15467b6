"""What a step rests on, as one short digest: the page of the step carries it, the door compares it.

Between the look and the press somebody else may write the bank's answer or the conclusion anew. Then nobody has decided
on what stands there now, and the step is refused.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

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


def shown_digest(subject: Stepped) -> str:
    """SHA-256 over the subject's columns and the rows its steps rest on, as they are now in the database."""
    sets: list[QuerySet[Any]] = [type(subject)._default_manager.filter(pk=subject.pk)]
    for function in _resting.get(subject.lifecycle.name, []):
        sets += function(subject)
    return digest([list(one.order_by("pk").values()) for one in sets])


def digest(said: Any) -> str:
    """SHA-256 of values as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def shown_refusals(subject: Stepped, shown: str) -> Iterator[Refusal]:
    """The record differs from what the page showed. An empty ``shown`` stands for a caller without a page."""
    if shown and shown != shown_digest(subject):
        yield changed_refusal()


def changed_refusal() -> Refusal:
    """The page shows what is no longer so."""
    return Refusal(_("This record has changed since you opened the page. Open it again and look before you go on."))
