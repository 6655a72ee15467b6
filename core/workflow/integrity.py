"""Does every record stand where its last event put it? The nightly question, and that of ``lifecycle --check``."""

from typing import Any

from django.db.models import OuterRef, Subquery

from core.audit.models import Event

from .registry import subjects


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
    return found, count
