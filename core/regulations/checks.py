"""Django refuses to start on a faulty rule book or holiday file."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import override

from core import clock

from .book import Regulation, RuleBookError, load
from .legal import load_library
from .wording import chapter_label, label, value_text


@register()
def check_rule_book(**_options: Any) -> list[CheckMessage]:
    """Every version has the same keys, every key its words, every citation its document, the overlay its targets."""
    try:
        faults = list(faults_of(load(str(settings.RULE_BOOK_OVERLAY))))
        load_library(str(settings.RULE_BOOK_OVERLAY))
    except RuleBookError as fault:
        faults = [str(fault)]
    return [Error(fault, id="regulations.E001") for fault in faults]


@register()
def check_holidays(**_options: Any) -> list[CheckMessage]:
    """The override of the holiday table is readable."""
    try:
        clock.read_override()
    except (OSError, ValueError) as fault:
        return [Error(str(fault), id="regulations.E002")]
    return []


def faults_of(versions: tuple[Regulation, ...]) -> Iterator[str]:
    """What is wrong between the versions, in sentences."""
    keys = {key for one in versions for key in one.parameters}
    for one in versions:
        if missing := keys - set(one.parameters):
            yield f"{one.code} lacks {', '.join(sorted(missing))}"
        yield from _faults_of_version(one)


def _faults_of_version(version: Regulation) -> Iterator[str]:
    overrides = (override.parameter for held in version.overrides.values() for override in held)
    with override("en"):
        for parameter in (*version.parameters.values(), *overrides):
            try:
                label(parameter.key)
                chapter_label(parameter.chapter)
                value_text(parameter)
            except KeyError as fault:
                yield f"{version.code} {parameter.key}: no words for {fault}"
