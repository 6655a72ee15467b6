"""The step bar: what a life passed, where it stands, and what comes from there by the table."""

from collections.abc import Iterable, Sequence

from core.audit.models import Event
from core.ui.parts import Step

from .models import Stepped


def step_bar(subject: Stepped, events: Sequence[Event]) -> list[Step]:
    """The usual path, and where the life left it the way that it really takes.

    A station that the life went round is left out, unless the way round is known: then that is shown. Those before
    the first known event were passed before this system. After a final state nothing is to come.
    """
    labels = dict(subject.lifecycle.states.choices)
    visited = _visited(subject, events)
    stations = _on_path(subject, visited) if subject.state in subject.lifecycle.path else _off_path(subject, visited)
    return [Step(labels[state], mark) for state, mark in stations]


def _visited(subject: Stepped, events: Iterable[Event]) -> list[str]:
    """The states in the order in which the known history passed them, the present one last."""
    moved = [event for event in events if event.to_state]
    found = [*(event.from_state for event in moved[:1] if event.from_state), *(event.to_state for event in moved)]
    return found if found and found[-1] == subject.state else [*found, subject.state]


def _on_path(subject: Stepped, visited: Sequence[str]) -> list[tuple[str, str]]:
    path = subject.lifecycle.path
    here = path.index(subject.state)
    known = [path.index(state) for state in visited if state in path]
    behind = [(path[at], "done" if at < known[0] or at in known else "skipped") for at in range(here)]
    detour = _detour(path, visited[:-1])
    if detour and behind and behind[-1][1] == "skipped":
        while behind and behind[-1][1] == "skipped":
            behind.pop()
        behind += [(state, "done") for state in detour]
    ahead = "skipped" if subject.is_final else "next"
    return [*behind, (subject.state, "current"), *((state, ahead) for state in path[here + 1 :])]


def _off_path(subject: Stepped, visited: Sequence[str]) -> list[tuple[str, str]]:
    path = subject.lifecycle.path
    known = [path.index(state) for state in visited if state in path]
    left = known[-1] if known else _earliest(subject)
    first = known[0] if known else left
    behind = [(path[at], "done" if at < first or at in known or at == left else "skipped") for at in range(left + 1)]
    if subject.is_final:
        return [*behind, (subject.state, "current"), *((state, "skipped") for state in path[left + 1 :])]
    round_about, join = _way_on(subject)
    if join <= left + 1:
        return [*behind, (subject.state, "current"), *((state, "next") for state in path[left + 1 :])]
    before = [(state, "done") for state in _detour(path, visited[:-1])]
    after = [(state, "next") for state in (*round_about, *path[join:])]
    return [*behind, *before, (subject.state, "current"), *after]


def _detour(path: Sequence[str], passed: Sequence[str]) -> list[str]:
    """The states off the path that were passed last, each once."""
    found: dict[str, None] = {}
    for state in passed:
        found = {} if state in path else {**found, state: None}
    return list(found)


def _way_on(subject: Stepped) -> tuple[list[str], int]:
    """By the steps waited for, in the order of the table: the states until the path is met again, and where."""
    path, state = subject.lifecycle.path, subject.state
    met: list[str] = []
    while state not in path and (following := _following(subject, state, met)):
        state = following
        met.append(state)
    return (met[:-1], path.index(state)) if state in path else (met, len(path))


def _following(subject: Stepped, state: str, met: Sequence[str]) -> str | None:
    """Where the first step leads that somebody has to take there, and that does not lead back."""
    rows = subject.lifecycle.leaving(state, subject.regulation, subject.variant)
    return next((row.target for row in rows if row.duty and row.target not in {*met, state}), None)


def _earliest(subject: Stepped) -> int:
    """The first station of the path from which the present state can be reached beside the path; -1 for none."""
    path, reached, more = subject.lifecycle.path, {subject.state}, True
    while more:
        sources = {source for row in subject.lifecycle.rows if row.target in reached for source in row.sources}
        new = {state for state in sources if state not in path} - reached
        reached, more = reached | new, bool(new)
    entries = [
        path.index(source)
        for row in subject.lifecycle.rows
        if row.target in reached
        for source in row.sources
        if source in path
    ]
    return min(entries, default=-1)
