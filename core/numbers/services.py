"""Drawing numbers. Call it inside the transaction of what is numbered: when that fails, no number is lost.

In the house's order of locks a series comes after the subject rows and the ledger accounts, before the chain head.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.codes import CodePattern

from .models import NumberSeries, Source


class NumberRefused(ValueError):
    """A number cannot be drawn or noted; the text says why, in the active language."""


def open_series(body_code: str, year: int, name: str, *, source: Source) -> NumberSeries:
    """The series, made on first use; several callers at once make one. `source` counts only when it is made."""
    wanted = NumberSeries(body_code=body_code, year=year, name=name, source=source)
    NumberSeries.objects.bulk_create([wanted], ignore_conflicts=True)
    return NumberSeries.objects.get(body_code=body_code, year=year, name=name)


def begin_series(
    body_code: str,
    year: int,
    name: str,
    *,
    source: Source,
    last_number: int = 0,
    last_date: date | None = None,
    decision: str,
) -> NumberSeries:
    """Say, before the first number of a year, who keeps a series and how far it has come on paper.

    One sequence serves paper and screen (Decree 30/2020/NĐ-CP, Article 15): who begins in mid-year goes on counting.
    ``decision``: the paper that says so, kept in the audit chain. Raises NumberRefused once a number was given or noted
    here, for a number without its day, and for a day of another year or to come.
    """
    _check_reached(year, last_number, last_date)
    with audit.transaction():
        series = open_series(body_code, year, name, source=source)
        series = NumberSeries.objects.select_for_update().get(pk=series.pk)
        if series.last_number:
            raise NumberRefused(_("Numbers of this series have been given here already: it goes on as it is."))
        series.source, series.last_number, series.last_date = source, last_number, last_date
        series.save(update_fields=["source", "last_number", "last_date"])
        facts = {"source": str(source), "last_number": last_number, "last_date": str(last_date or "")}
        code = f"{body_code}/{name}/{year}"
        audit.record(
            "numbers.begin", actor=None, subject_type="series", subject_code=code, payload=facts, reason=decision
        )
    return series


def _check_reached(year: int, last_number: int, last_date: date | None) -> None:
    if (last_number > 0) != (last_date is not None) or last_number < 0:
        raise NumberRefused(_("The last number and its day belong together."))
    if last_date is not None and (last_date.year != year or last_date > clock.today()):
        raise NumberRefused(_("The day of the last number lies in another year or is still to come."))


def _locked(body_code: str, year: int, name: str, source: Source) -> NumberSeries:
    """The row of the series, held until the end of the transaction. Raises NumberRefused for the other source."""
    rows = NumberSeries.objects.select_for_update().filter(body_code=body_code, year=year, name=name)
    series = rows.first()
    if series is None:
        open_series(body_code, year, name, source=source)
        series = rows.get()
    if series.source != source:
        raise NumberRefused(
            _("The numbers of this series are drawn here: they cannot be entered by hand.")
            if series.source == Source.OWN
            else _("The issuing body numbers this series itself: enter the number it gave.")
        )
    return series


def _note(series: NumberSeries, number: int, on: date) -> None:
    series.last_number, series.last_date = number, on
    series.save(update_fields=["last_number", "last_date"])


def draw(body_code: str, name: str, on: date) -> int:
    """The next number of the body's series for the year of `on`: 1 on its first use in a year, then without a gap.

    Raises NumberRefused for a day before the last number's (Decree 30/2020, Art. 15: numbers follow time), for a day
    that has not come, and for a series numbered elsewhere.
    """
    if on > clock.today():
        raise NumberRefused(_("A number cannot be drawn for a day that has not come."))
    with transaction.atomic():
        series = _locked(body_code, on.year, name, Source.OWN)
        if series.last_date and on < series.last_date:
            raise NumberRefused(
                _("Number %(number)s of this series was given on %(date)s: a later number cannot bear an earlier date.")
                % {"number": series.last_number, "date": date_format(series.last_date, "SHORT_DATE_FORMAT")}
            )
        _note(series, series.last_number + 1, on)
        return series.last_number


def draw_code(pattern: str, body_code: str, name: str, on: date) -> str:
    """The next code of a pattern such as "DX.{year}.{number:04d}".

    Raises NumberRefused as `draw` does, ValueError for a pattern that does not name the year: its codes would repeat.
    """
    written = CodePattern(pattern)
    if not written.has_year:
        raise ValueError(f"The pattern {pattern!r} does not name the year")
    return written.write(draw(body_code, name, on), on.year)


def draw_free_code(pattern: str, body_code: str, name: str, on: date, *, rows: QuerySet[Any]) -> str:
    """The next code that none of ``rows`` bears: one entered from before may have brought it. Raises as `draw_code`."""
    while True:
        code = draw_code(pattern, body_code, name, on)
        if not rows.filter(code=code).exists():
            return code


def register_external(body_code: str, name: str, number: int, on: date) -> NumberSeries:
    """Note a number that the issuing body's own register gave. Gaps and any order are allowed.

    Whether the number is free is for the documents to say, which hold them all.
    Raises NumberRefused for a number below 1 and for a series whose numbers are drawn here.
    """
    if number < 1:
        raise NumberRefused(_("A document number is a whole number from 1."))
    with transaction.atomic():
        series = _locked(body_code, on.year, name, Source.EXTERNAL)
        last_date = max(on, series.last_date) if series.last_date else on
        _note(series, max(number, series.last_number), last_date)
        return series
