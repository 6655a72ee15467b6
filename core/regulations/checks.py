"""Django refuses to start on a faulty rule book or holiday file."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import override

from core import clock

from .book import Regulation, RuleBookError, load
from .legal import load_library
from .wording import chapter_label, label, value_text


@checks.register()
def check_rule_book(**_options: Any) -> list[checks.CheckMessage]:
    """Every version has the same keys, every key its words, every citation its document, the overlay its targets."""
    try:
        faults = list(faults_of(load(str(settings.RULE_BOOK_OVERLAY))))
        load_library(str(settings.RULE_BOOK_OVERLAY))
    except RuleBookError as fault:
        faults = [str(fault)]
    return [checks.Error(fault, id="regulations.E001") for fault in faults]


@checks.register()
def check_holidays(**_options: Any) -> list[checks.CheckMessage]:
    """The override of the holiday table is readable, and says what was announced for this year and the next."""
    try:
        missing = clock.missing_years(clock.today())
    except (OSError, ValueError) as fault:
        return [checks.Error(str(fault), id="regulations.E002")]
    hint = (
        "Enter the days off and on that were announced into the file that HOLIDAYS_OVERRIDE names, with years = [{}]."
    )
    return [
        checks.Warning(
            f"The exchanged days off of {year} are not known: deadlines in that year are an estimate.",
            hint=hint.format(year),
            id="regulations.W001",
        )
        for year in missing
    ]


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
