"""Parameters in the words of the active language, for pages, refusals and the printed rule book."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from core.money import format_vnd

from . import words
from .book import Anchor, Parameter, Status
from .values import Criterion, DayOfYear, Unit


def label(key: str) -> str:
    """What a parameter is about. Raises KeyError for a key without words; a system check finds them."""
    council = re.fullmatch(r"council\.(\w+)\.(\w+)", key)
    if key in words.RULES or council is None:
        return _(words.RULES[key])
    kind, rule = council.groups()
    return _("%(council)s: %(rule)s") % {"council": _(words.COUNCILS[kind]), "rule": _(words.COUNCIL_RULES[rule])}


def criterion_label(code: str) -> str:
    """A line of a scoring sheet. Raises KeyError for an unknown criterion."""
    return _(words.CRITERIA[code])


def status_label(status: Status) -> str:
    """Confirmed, or to be confirmed."""
    return _(words.STATUSES[status])


def chapter_label(chapter: str) -> str:
    """The heading of a chapter. Raises KeyError for an unknown one; a system check finds it."""
    return _(words.CHAPTERS[chapter])


def anchor_label(anchor: Anchor) -> str:
    """The date that selects the version of a rule."""
    return _(words.ANCHORS[anchor])


def _member(item: object) -> str:
    """One member of a list."""
    match item:
        case Criterion(code, maximum):
            return f"{criterion_label(code)} {maximum}"
        case DayOfYear(month, day):
            return f"{day:02d}/{month:02d}"
        case str():
            return _(words.WORDS[item])
        case _:
            return str(item)


# A fraction prints itself.
_WRITERS: dict[Unit, Callable[[Any], str]] = {
    Unit.FLAG: lambda value: _("yes") if value else _("no"),
    Unit.VND: lambda value: _("%(number)s đồng") % {"number": format_vnd(value)},
    Unit.PERCENT: lambda value: f"{value}%",
    Unit.PERCENTS: lambda value: ", ".join(f"{share}%" for share in value),
    Unit.HOUR: lambda value: f"{value:02d}:00",
    Unit.CHOICE: _member,
    **dict.fromkeys(
        (Unit.LIST, Unit.COUNTS, Unit.DATES, Unit.CRITERIA), lambda value: ", ".join(_member(item) for item in value)
    ),
}


def value_text(parameter: Parameter) -> str:
    """The value with its unit: "15 working days", "2/3", "1.285.500 đồng", "yes"."""
    counted = words.COUNTED.get(parameter.unit)
    if counted is not None:
        return counted % {"number": parameter.value}
    return _WRITERS.get(parameter.unit, str)(parameter.value)
