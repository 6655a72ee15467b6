"""Does every record stand where its last event put it? Asked every night, and by ``lifecycle --check``."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery

from core.audit.models import Event

from .registry import subjects
from .selectors import confirmations_waiting


def faults() -> tuple[list[str], int]:
    """One sentence for each record that disagrees with its events, and how many records were asked."""
    found: list[str] = []
    count = 0
    for name, model in sorted(subjects.items()):
        manager: Any = model._default_manager
        last = Event.objects.filter(subject_type=name, subject_code=OuterRef("code")).exclude(to_state="")
        rows = manager.annotate(written=Subquery(last.order_by("-sequence").values("to_state")[:1]))
        for code, state, written in rows.values_list("code", "state", "written").iterator():
            count += 1
            expected = written if written is not None else model.lifecycle.initial
            if state != expected:
                found.append(f"{name} {code} is {state}, its last event says {expected}")
    return [*found, *_entries()], count


def _entries() -> Iterator[str]:
    """Do the records that wait for a second person say so themselves?"""
    waiting = set(confirmations_waiting().values_list("subject_type", "subject_code"))
    said: set[tuple[str, str]] = set()
    for name, model in subjects.items():
        if model.lifecycle.void:
            manager: Any = model._default_manager
            said |= {(name, code) for code in manager.filter(unconfirmed=True).values_list("code", flat=True)}
    yield from (f"{name} {code} waits for its confirmation and does not say so" for name, code in waiting - said)
    yield from (f"{name} {code} says that it waits for its confirmation" for name, code in said - waiting)
