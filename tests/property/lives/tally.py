"""What a run has walked: which rows of the tables were taken, and what was answered to what was tried."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.workflow.registry import subjects
from core.workflow.table import Row

Place = tuple[str, int]


def place_of(kind: str, step: str, from_state: str) -> Place | None:
    """The row of a table that an event says it took: kind and number of the row."""
    for number, row in enumerate(subjects[kind].lifecycle.rows):
        if row.name == step and from_state in row.sources:
            return kind, number
    return None


def all_rows() -> Iterator[tuple[Place, Row]]:
    """Every row of every table."""
    for kind, model in sorted(subjects.items()):
        for number, row in enumerate(model.lifecycle.rows):
            yield (kind, number), row


@dataclass
class Tally:
    """Counted over a whole run. ``kinds``: the tables whose rows it ought to come through."""

    kinds: frozenset[str]
    lives: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    rows: Counter[Place] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)

    def note(self, kind: str, step: str, from_state: str) -> None:
        """A moving event was written."""
        place = place_of(kind, step, from_state)
        if place is None:
            self.other[step] += 1
        else:
            self.rows[place] += 1

    @property
    def share(self) -> float:
        """The share of the rows that were taken at least once, from 0 to 1."""
        return 1 - len(self.never()) / sum(1 for (kind, _number), _row in all_rows() if kind in self.kinds)

    def never(self) -> list[str]:
        """The rows that nobody took."""
        missed = [(place, row) for place, row in all_rows() if place[0] in self.kinds and not self.rows[place]]
        return [f"{kind}.{row.name} from {'|'.join(row.sources)}" for (kind, _number), row in missed]

    def report(self) -> str:
        """The run in a few lines."""
        lives = ", ".join(f"{name} {self.ended[name]}/{count}" for name, count in self.lives.items())
        taken = sum(self.rows.values())
        answers = ", ".join(f"{name} {count}" for name, count in sorted(self.answers.items()))
        return (
            f"\n{sum(self.lives.values())} lives (ended/walked: {lives})\n"
            f"{taken} steps of the tables, {self.share:.0%} of the rows; {dict(self.other)}\n"
            f"tried: {answers}\nnever taken: {'; '.join(self.never()) or 'none'}\n"
        )
