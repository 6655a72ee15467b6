"""Asking the rule book."""

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.conf import settings

from core import clock

from .book import Anchor, Parameter, Regulation, load
from .values import Criterion, Fraction, Unit

CURRENT = "r2_2025"


class UnknownRuleError(LookupError):
    """The rule book holds no such version, parameter or kind of paper."""


def regulations() -> tuple[Regulation, ...]:
    """Every version, oldest first."""
    return load(str(settings.RULE_BOOK_OVERLAY))


def regulation(code: str) -> Regulation:
    """The version of that code. Raises UnknownRuleError."""
    for one in regulations():
        if one.code == code:
            return one
    raise UnknownRuleError(f"No regulation version {code!r}: there are {', '.join(one.code for one in regulations())}")


def regulation_for(day: date) -> str:
    """The code of the version for what is approved (or closes, or sits) on the day; the oldest for earlier days.

    Law 93/2025, Art. 73: what was approved before 1 October 2025 keeps the old rules for life.
    """
    begun = [one.code for one in regulations() if one.effective_from <= day]
    return begun[-1] if begun else regulations()[0].code


def parameter(key: str, regulation: str = CURRENT, on: date | None = None) -> Parameter:
    """The parameter as the version has it, or as the province has it on the day (today when no day is given).

    Raises UnknownRuleError for a key or version that does not exist.
    """
    version = _version(regulation)
    if key not in version.parameters:
        near = get_close_matches(key, version.parameters, n=3)
        hint = f" Meant: {', '.join(near)}?" if near else ""
        raise UnknownRuleError(f"The rule book {regulation} holds no {key!r}.{hint}")
    day = on or clock.today()
    holding = [override.parameter for override in version.overrides.get(key, ()) if override.holds(day)]
    return holding[-1] if holding else version.parameters[key]


def anchored(key: str, regulation: str, day_of: Callable[[Anchor], date | None], on: date | None = None) -> Parameter:
    """The parameter as the province had it on the day that its anchor names, such as the closing of a call.

    ``day_of`` tells the day of an anchor, None where it has not come yet; then ``on`` counts, or today. It is asked
    only of what a province decided otherwise at some time. Raises UnknownRuleError.
    """
    version = _version(regulation)
    day = day_of(version.parameters[key].anchor) if version.overrides.get(key) else None
    return parameter(key, regulation, day or on)


# So that `regulation` may also be the name of an argument.
_version = regulation


def value(key: str, regulation: str = CURRENT, on: date | None = None) -> Any:
    """The parameter's value; its type follows its unit. Raises UnknownRuleError."""
    return parameter(key, regulation, on).value


def number(key: str, regulation: str = CURRENT, on: date | None = None) -> int:
    """A whole-number parameter. Raises TypeError when the parameter is no number."""
    found = value(key, regulation, on)
    if type(found) is not int:
        raise TypeError(f"{key} is no whole number")
    return found


def fraction(key: str, regulation: str = CURRENT, on: date | None = None) -> Fraction:
    """A share such as 2/3. Raises TypeError when the parameter is none."""
    found = value(key, regulation, on)
    if not isinstance(found, Fraction):
        raise TypeError(f"{key} is no fraction")
    return found


def scoring_template(kind: str, regulation: str = CURRENT, on: date | None = None) -> tuple[Criterion, ...]:
    """The criteria of a score sheet for a type of research; the general sheet for a type without its own."""
    own = f"scoring.{kind}"
    key = own if own in _version(regulation).parameters else "scoring.default"
    found = parameter(key, regulation, on)
    criteria: tuple[Criterion, ...] = found.value if found.unit is Unit.CRITERIA else ()
    return criteria
