"""Walk the chain from its first link and say where it was broken."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, Self

from .models import ChainHead, Event
from .service import COLUMNS, HEAD, link, plain

# What the first link follows.
NOTHING = "0" * 64


class Head(NamedTuple):
    """The last link of the chain as it was noted outside of the database."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Self:
        """From ``SEQUENCE:HASH``. Raises ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{1,18}:[0-9a-f]{64}", text):
            message = "a head is SEQUENCE:HASH, as verify printed it"
            raise ValueError(message)
        sequence, last = text.split(":")
        return cls(int(sequence), last)


def head() -> Head:
    """The last link of the chain now; worth keeping outside, because a chain that lost its tail is whole again."""
    last = Event.objects.order_by("sequence").last()
    return Head(last.sequence, last.hash) if last else Head(0, NOTHING)


def faults_since(kept: Head) -> Iterator[str]:
    """Yield one sentence when the link that was noted is gone, or another stands in its place."""
    if kept.sequence == 0:
        return
    found = Event.objects.filter(sequence=kept.sequence).first()
    if found is None:
        yield f"event {kept.sequence}, once the head, is missing: the chain was cut"
    elif found.hash != kept.hash:
        yield f"event {kept.sequence}, once the head, was another one: the chain was written anew"


def faults() -> Iterator[str]:
    """Yield one sentence for each broken link, changed column, gap or wrong head."""
    previous, expected = NOTHING, 0
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        expected += 1
        yield from _faults_of(event, previous, expected)
        previous, expected = event.hash, event.sequence
    noted = ChainHead.objects.filter(pk=HEAD).first()
    if (noted.sequence, noted.hash) != (expected, previous) if noted else expected:
        yield f"the chain ends at event {expected}, but its head says otherwise"


def _faults_of(event: Event, previous: str, expected: int) -> Iterator[str]:
    if event.sequence != expected:
        yield f"events {expected} to {event.sequence - 1} are missing"
    if event.previous_hash != previous:
        yield f"event {event.sequence} does not follow the event before it"
    if event.hash != link(event.previous_hash, event.sequence, event.payload):
        yield f"the payload of event {event.sequence} was changed"
    written = json.loads(event.payload)
    for column in COLUMNS:
        if written.get(column) != plain(getattr(event, column)):
            yield f"column {column} of event {event.sequence} differs from its payload"
