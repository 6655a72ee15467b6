"""Dates, codes and money as HTML: isolated from the direction of the text around them, grouped per language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from core import clock
from core.money import format_vnd

EMPTY = SafeString('<span class="empty-value">–</span>')
MILLION, BILLION = 10**6, 10**9


def language() -> str:
    """The active language, Vietnamese when none is active."""
    return get_language() or "vi"


def vnd_html(amount: int | None, *, unit: bool = False) -> SafeString:
    """An amount in đồng, grouped per language, with or without the word đồng; a dash when there is none."""
    if amount is None:
        return EMPTY
    number = format_vnd(amount, language())
    return format_html(
        '<bdi class="money">{}</bdi>', gettext("%(number)s đồng") % {"number": number} if unit else number
    )


def short_vnd(amount: int) -> str:
    """An amount for a headline: billions or millions of đồng with one decimal, cut and never rounded up."""
    if abs(amount) >= BILLION:
        return gettext("%(number)s billion đồng") % {"number": one_decimal(amount, BILLION)}
    if abs(amount) >= MILLION:
        return gettext("%(number)s million đồng") % {"number": one_decimal(amount, MILLION)}
    return gettext("%(number)s đồng") % {"number": format_vnd(amount, language())}


def one_decimal(amount: int, unit: int) -> str:
    """`amount / unit` with one decimal, by integers only."""
    sign = "-" if amount < 0 else ""
    whole, tenth = divmod(abs(amount) * 10 // unit, 10)
    mark = "," if language() == "vi" else "."
    return f"{sign}{format_vnd(whole, language())}{mark}{tenth}"


def date_html(value: date | datetime | None) -> SafeString:
    """A day as dd/mm/yyyy in local time; a dash when there is none."""
    if value is None:
        return EMPTY
    day = clock.local(value) if isinstance(value, datetime) else value
    return format_html('<time dir="ltr" datetime="{}">{}</time>', f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}")


def datetime_html(value: datetime | None) -> SafeString:
    """An instant as dd/mm/yyyy hh:mm in local time; a dash when there is none."""
    if value is None:
        return EMPTY
    moment = clock.local(value)
    return format_html('<time dir="ltr" datetime="{}">{}</time>', moment.isoformat(), f"{moment:%d/%m/%Y %H:%M}")


def code_html(value: object) -> SafeString:
    """A code, always left to right and isolated; a dash when it is empty."""
    return format_html('<bdi dir="ltr" class="code">{}</bdi>', value) if value else EMPTY


def listed(words: Iterable[object]) -> str:
    """Several sentences or names as one, parted as the language in force does it."""
    return gettext("; ").join(str(word) for word in words)


def working_days(days: int) -> str:
    """`3 working days`."""
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}
