"""Geometry of the SVG charts, worked out here in whole numbers so that templates only draw.

Charts read in the direction of the page: on a right-to-left page time runs to the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from django.utils.translation import get_language_bidi

from core.money import format_vnd, split
from core.ui.parts import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrOrPromise

PERMILLE = 1000
WIDTH, HEIGHT = 640, 240
# At the left stand numbers of up to seven signs, "200.000".
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 28
# Steps an axis may count in; beyond them the same times ten, a hundred and so on.
ROUND_STEPS = (1, 2, 5, 10, 20, 25, 50)
GRID_LINES = 4


@dataclass(frozen=True)
class Slice:
    """A part of a donut or a bar of a bar chart."""

    label: StrOrPromise
    value: int
    tone: Tone = Tone.INFO
    url: str = ""
    text: StrOrPromise = ""


@dataclass(frozen=True)
class Arc:
    """A drawn slice: `dash` and `offset` in thousandths of the circle."""

    slice: Slice
    dash: str
    offset: str
    percent: int


@dataclass(frozen=True)
class Donut:
    """A whole cut in slices, its sum in the middle."""

    title: StrOrPromise
    slices: Sequence[Slice]
    unit: StrOrPromise = ""

    @property
    def total(self) -> int:
        """The sum of the slices."""
        return sum(part.value for part in self.slices)

    @property
    def arcs(self) -> list[Arc]:
        """The slices round the circle, with a thin gap between them."""
        values = [part.value for part in self.slices]
        shares, percents = (split(whole, values) if self.total else values for whole in (PERMILLE, 100))
        starts = accumulate(shares, initial=0)
        return [
            Arc(part, _dash(share), str(-start), percent)
            for part, share, start, percent in zip(self.slices, shares, starts, percents, strict=False)
        ]


@dataclass(frozen=True)
class Bar:
    """A drawn bar; `width` in hundredths of the longest."""

    slice: Slice
    width: str


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, longest = full width."""

    title: StrOrPromise
    slices: Sequence[Slice]

    @property
    def bars(self) -> list[Bar]:
        """The bars with their widths."""
        longest = max((part.value for part in self.slices), default=0) or 1
        return [Bar(part, str(part.value * 100 // longest)) for part in self.slices]


@dataclass(frozen=True)
class Series:
    """A line: one value per label, None where there is none yet. `planned` draws it dashed."""

    label: StrOrPromise
    values: Sequence[int | None]
    tone: Tone = Tone.INFO
    planned: bool = False


@dataclass(frozen=True)
class Mark:
    """A word at a place of the axis."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Line:
    """A drawn series: `points` for a polyline and its last point."""

    series: Series
    points: str
    last: tuple[str, str] | None


@dataclass(frozen=True)
class LineChart:
    """Lines over labels (months, years). Values are whole numbers of `unit`."""

    title: StrOrPromise
    labels: Sequence[StrOrPromise]
    series: Sequence[Series]
    unit: StrOrPromise = ""

    @property
    def step(self) -> int:
        """The distance of the grid lines: the smallest round number with which they reach the highest value."""
        highest = max((value for line in self.series for value in line.values if value is not None), default=0)
        power = 1
        while power * ROUND_STEPS[-1] * GRID_LINES < highest:
            power *= 10
        return next(power * step for step in ROUND_STEPS if power * step * GRID_LINES >= highest)

    @property
    def grid(self) -> list[Mark]:
        """The horizontal lines with their values."""
        x = WIDTH - LEFT + 10 if get_language_bidi() else LEFT - 10
        values = range(0, self.step * GRID_LINES + 1, self.step)
        return [Mark(str(x), str(self._y(value)), format_vnd(value)) for value in values]

    @property
    def axis(self) -> list[Mark]:
        """The labels under the chart."""
        y = str(HEIGHT - BOTTOM + 20)
        return [Mark(str(self._x(index)), y, str(label)) for index, label in enumerate(self.labels)]

    @property
    def lines(self) -> list[Line]:
        """The series as points."""
        return [self._line(series) for series in self.series]

    @property
    def rows(self) -> list[tuple[str, list[int | None]]]:
        """The same as a table: label and the value of each series."""
        return [
            (str(label), [_at(series.values, index) for series in self.series])
            for index, label in enumerate(self.labels)
        ]

    @property
    def edges(self) -> tuple[str, str]:
        """Where the grid lines begin and end."""
        start, end = (RIGHT, WIDTH - LEFT) if get_language_bidi() else (LEFT, WIDTH - RIGHT)
        return str(start), str(end)

    def _line(self, series: Series) -> Line:
        places = [
            (str(self._x(index)), str(self._y(value))) for index, value in enumerate(series.values) if value is not None
        ]
        return Line(series, " ".join(f"{x},{y}" for x, y in places), places[-1] if places else None)

    def _x(self, index: int) -> int:
        along = LEFT + (WIDTH - LEFT - RIGHT) * index // max(len(self.labels) - 1, 1)
        return WIDTH - along if get_language_bidi() else along

    def _y(self, value: int) -> int:
        space = HEIGHT - TOP - BOTTOM
        return TOP + space - space * value // (self.step * GRID_LINES)


def _at(values: Sequence[int | None], index: int) -> int | None:
    return values[index] if index < len(values) else None


def _dash(share: int) -> str:
    drawn = max(share - 6, 1) if share else 0
    return f"{drawn} {PERMILLE - drawn}"


def running_sums(amounts: Iterable[int], unit: int) -> list[int]:
    """Cumulative, each sum rounded to whole units."""
    return [(total * 2 + unit) // (unit * 2) for total in accumulate(amounts)]
