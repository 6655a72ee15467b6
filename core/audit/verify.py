"""Walk the chain from its first link and say where it was broken."""

import json
from collections.abc import Iterator

from .models import ChainHead, Event
from .service import COLUMNS, HEAD, link, plain


def faults() -> Iterator[str]:
    """Yield one sentence for each broken link, changed column, gap or wrong head."""
    previous, expected = "0" * 64, 0
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        expected += 1
        yield from _faults_of(event, previous, expected)
        previous, expected = event.hash, event.sequence
    head = ChainHead.objects.filter(pk=HEAD).first()
    if (head.sequence, head.hash) != (expected, previous) if head else expected:
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
