"""Units of the rule book, and how a value of each is read and refused."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple


class Unit(StrEnum):
    """What a parameter's value is counted in. The first four are the units of core.clock."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    COUNTS = "counts"
    POINTS = "points"
    PERCENT = "percent"
    PERCENTS = "percents"
    VND = "vnd"
    HOUR = "hour"
    MONTH = "month"
    FRACTION = "fraction"
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    DATES = "dates"
    CRITERIA = "criteria"


class Fraction(NamedTuple):
    """A share such as 2/3, in whole numbers."""

    numerator: int
    denominator: int

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


class Criterion(NamedTuple):
    """A line of a scoring sheet; its words are in core.regulations.words."""

    code: str
    maximum: int


class DayOfYear(NamedTuple):
    """A date that returns every year."""

    month: int
    day: int


FULL_SCORE = 100


def _whole(raw: Any, lowest: int = 0, highest: int | None = None) -> int:
    if type(raw) is not int or raw < lowest or (highest is not None and raw > highest):
        raise ValueError(f"a whole number from {lowest} to {highest if highest is not None else '…'} is wanted")
    return raw


def _texts(raw: Any) -> tuple[str, ...]:
    if type(raw) is not list or not raw or any(type(text) is not str or not text for text in raw):
        raise ValueError("a list of words is wanted")
    return tuple(raw)


def _flag(raw: Any) -> bool:
    if type(raw) is not bool:
        raise ValueError("true or false is wanted")
    return raw


def _choice(raw: Any) -> str:
    if type(raw) is not str or not re.fullmatch("[a-z_]+", raw):
        raise ValueError("a word is wanted")
    return raw


def _numbers(raw: Any) -> tuple[int, ...]:
    if type(raw) is not list or not raw:
        raise ValueError("a list of whole numbers is wanted")
    return tuple(_whole(number) for number in raw)


def _percents(raw: Any) -> tuple[int, ...]:
    shares = _numbers(raw)
    if sum(shares) != FULL_SCORE:
        raise ValueError(f"the percentages make {sum(shares)}, not {FULL_SCORE}")
    return shares


def _fraction(raw: Any) -> Fraction:
    if type(raw) is not list or [type(number) for number in raw] != [int, int] or not 0 < raw[0] <= raw[1]:
        raise ValueError("two whole numbers such as [2, 3] are wanted")
    return Fraction(*raw)


def _dates(raw: Any) -> tuple[DayOfYear, ...]:
    texts = _texts(raw)
    if not all(re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", text) for text in texts):
        raise ValueError("days of the year such as 03-15 are wanted")
    return tuple(DayOfYear(*map(int, text.split("-"))) for text in texts)


def _criteria(raw: Any) -> tuple[Criterion, ...]:
    lines = tuple(Criterion(_choice(line.get("code")), _whole(line.get("maximum"), 1)) for line in raw)
    if sum(line.maximum for line in lines) != FULL_SCORE or len({line.code for line in lines}) != len(lines):
        raise ValueError(f"the criteria differ and their maxima make {FULL_SCORE} points")
    return lines


_READERS: dict[Unit, Callable[[Any], Any]] = {
    Unit.PERCENT: lambda raw: _whole(raw, 0, 100),
    Unit.POINTS: lambda raw: _whole(raw, 0, FULL_SCORE),
    Unit.HOUR: lambda raw: _whole(raw, 0, 23),
    Unit.MONTH: lambda raw: _whole(raw, 1, 12),
    Unit.COUNTS: _numbers,
    Unit.PERCENTS: _percents,
    Unit.FRACTION: _fraction,
    Unit.FLAG: _flag,
    Unit.CHOICE: _choice,
    Unit.LIST: _texts,
    Unit.DATES: _dates,
    Unit.CRITERIA: _criteria,
}


def read_value(raw: Any, unit: Unit) -> Any:
    """The value as the software uses it. Raises ValueError when it does not fit the unit."""
    reader: Callable[[Any], Any] = _READERS.get(unit, _whole)
    return reader(raw)
