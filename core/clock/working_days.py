"""Working days and time limits by Vietnamese law.

The table of public holidays is the `holidays` package: Tết, the fixed days, substitute days off and the Saturdays
worked in exchange. It is sure for KNOWN_YEARS. Outside them Tết and the fixed days are computed, but the exchanges,
which the Government announces each year, are missing: `is_known_year` tells, and the override file
(settings.HOLIDAYS_OVERRIDE) adds what was announced: `off = [dates]`, `work = [dates]`, and `years = [2027]` for the
years of which nothing is missing any more, also when nothing was exchanged.
"""

import calendar
import tomllib
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import holidays
from django.conf import settings

# Up to the last year whose announcement the package cites.
KNOWN_YEARS = range(2019, 2027)
# From this month on the next year's days off are asked for. They are announced in the last quarter (those of 2025: on
# 3 December 2024).
ASKED_FROM_MONTH = 10
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
# Days that are counted one by one; nobody asks for more but by a slip of the keyboard.
_COUNTED = timedelta(days=30 * 366)


class Unit(StrEnum):
    """What a time limit is counted in. Vietnamese rules mix them: the unit is kept with the number."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class DaysOffAndOn(NamedTuple):
    """Days off on weekdays, and days of work on weekends."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int] = frozenset()


def is_known_year(year: int) -> bool:
    """Whether the exchanges of working days of this year are in the table; if not, the calendar is an estimate."""
    return year in KNOWN_YEARS or year in read_override().years


def missing_years(day: date) -> list[int]:
    """The years whose days off should be known on the day and are not: its own, and from October the next one."""
    wanted = [day.year, day.year + 1] if day.month >= ASKED_FROM_MONTH else [day.year]
    return [year for year in wanted if not is_known_year(year)]


@lru_cache(maxsize=64)
def _public(year: int) -> DaysOffAndOn:
    """The public table of one year."""
    table = holidays.country_holidays("VN", years=year, expand=False)
    return DaysOffAndOn(frozenset(table), frozenset(day for day in table.weekend_workdays if day.year == year))


@lru_cache(maxsize=4)
def _override(path: Path, _changed: int) -> DaysOffAndOn:
    """The override file, read again only when it changed."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: written.pop(name, []) for name in ("off", "work", "years")}
    wrong = [day for name in ("off", "work") for day in lists[name] if type(day) is not date]
    wrong += [year for year in lists["years"] if type(year) is not int]
    off, work, years = (frozenset(days) for days in lists.values())
    if written or wrong or off & work:
        message = f"{path}: only `off` and `work`, two lists of different days (2026-01-02), and `years` are understood"
        raise ValueError(message)
    return DaysOffAndOn(off, work, years)


def read_override() -> DaysOffAndOn:
    """The days off and on that this installation adds. Raises OSError or ValueError when its file is bad."""
    if not settings.HOLIDAYS_OVERRIDE:
        return DaysOffAndOn(frozenset(), frozenset())
    path = Path(settings.HOLIDAYS_OVERRIDE)
    return _override(path, path.stat().st_mtime_ns)


def is_working_day(day: date) -> bool:
    """Whether offices work on the day: the override first, then the public table, then the weekday."""
    override, public = read_override(), _public(day.year)
    if day in override.work or day in override.off:
        return day in override.work
    if day in public.work or day in public.off:
        return day in public.work
    return day.weekday() < _SATURDAY


def next_working_day(day: date) -> date:
    """The day itself when offices work on it, else the first one after it on which they do."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The n-th working day after the day (Civil Code 2015, Art. 147: the day of the event does not count).

    Negative numbers count back, for "at least three working days before". Zero is the day itself.
    """
    step = _ONE_DAY if number > 0 else -_ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` is earlier.

    Of a span longer than 30 years the oldest part is only estimated, five days a week.
    """
    if end < start:
        return -working_days_between(end, start)
    if end - start > _COUNTED:
        recent = end - _COUNTED
        return (recent - start).days * 5 // 7 + working_days_between(recent, end)
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


def _add_months(day: date, number: int) -> date:
    """The same day of a later month, or that month's last day when it is shorter (Civil Code 2015, Art. 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, number: int, unit: Unit | str) -> date:
    """The day that lies `number` units after the day (or before it, when negative), wherever it falls."""
    match Unit(unit):
        case Unit.WORKING_DAYS:
            return add_working_days(day, number)
        case Unit.DAYS:
            return day + timedelta(days=number)
        case Unit.MONTHS:
            return _add_months(day, number)
    return _add_months(day, 12 * number)


def months_between(start: date, end: date) -> int:
    """The fewest months within which a time from ``start`` to ``end`` fits: 9 from 1 October to 30 June."""
    number = (end.year - start.year) * 12 + end.month - start.month
    return number if _add_months(start, number) >= end else number + 1


def deadline(event: date, number: int, unit: Unit | str) -> date:
    """The last day of a time limit that starts with an event.

    The day of the event does not count (Civil Code 2015, Art. 147); a limit that would end on a weekend or holiday
    ends with the next working day (Art. 148.5).
    """
    return next_working_day(add_days(event, number, unit))
