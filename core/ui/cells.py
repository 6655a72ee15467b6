"""How each kind of table cell is drawn."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.ui import badges, formatting
from core.ui.parts import Badge, Due, Fact

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ui.tables import Column


class Kind(StrEnum):
    """What a column holds: it decides alignment, formatting and the layout on a phone."""

    TEXT = "text"
    NAME = "name"
    TITLE = "title"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    BADGE = "badge"
    PROGRESS = "progress"
    DEADLINE = "deadline"


def draw(column: Column, row: Any) -> SafeString:
    """The cell of `column` in `row`: value by kind, link and note round it."""
    html = _DRAW[column.kind](column.read(row))
    address = column.url(row) if column.url is not None else ""
    if address:
        html = format_html('<a href="{}">{}</a>', address, html)
    note = column.note(row) if column.note is not None else ""
    return format_html('{}<small class="cell-note" dir="auto">{}</small>', html, note) if note else html


def badge_html(value: Any) -> SafeString:
    """A badge from a Badge or from a row with a state."""
    if value in (None, ""):
        return formatting.EMPTY
    badge = value if isinstance(value, Badge) else badges.of(value)
    return render_to_string("components/badge.html", {"label": badge.label, "tone": badge.tone, "icon": badge.icon})


def progress_html(percent: int | None) -> SafeString:
    """A bar with its number."""
    if percent is None:
        return formatting.EMPTY
    return format_html(
        '<span class="progress-line"><progress max="100" value="{}" aria-label="{}"></progress>'
        '<bdi class="money">{}%</bdi></span>',
        min(percent, 100),
        gettext("Progress"),
        percent,
    )


def due_html(due: Due | None) -> SafeString:
    """The due badge; a dash when there is no deadline."""
    return render_to_string("components/due.html", {"due": due, "compact": True}) if due else formatting.EMPTY


def _text(value: object) -> SafeString:
    return format_html('<span dir="auto">{}</span>', value) if value not in (None, "") else formatting.EMPTY


def _title(value: object) -> SafeString:
    return format_html('<strong class="cell-title" dir="auto">{}</strong>', value)


def _number(value: object) -> SafeString:
    return format_html('<bdi class="money">{}</bdi>', value) if value is not None else formatting.EMPTY


_DRAW: dict[Kind, Callable[[Any], SafeString]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.TITLE: _title,
    Kind.CODE: formatting.code_html,
    Kind.MONEY: formatting.vnd_html,
    Kind.NUMBER: _number,
    Kind.DATE: formatting.date_html,
    Kind.DATETIME: formatting.datetime_html,
    Kind.BADGE: badge_html,
    Kind.PROGRESS: progress_html,
    Kind.DEADLINE: due_html,
}


def fact_html(fact: Fact) -> SafeString:
    """The value of a fact by its kind; a dash when there is none."""
    return _FACT.get(fact.kind, _text)(fact.value)


def _long(value: object) -> SafeString:
    return (
        format_html('<div class="long-text" dir="auto">{}</div>', linebreaksbr(str(value)))
        if value
        else formatting.EMPTY
    )


def _days(value: int | None) -> SafeString:
    return formatting.EMPTY if value is None else format_html("{}", formatting.working_days(value))


def _money(value: int | None) -> SafeString:
    return formatting.vnd_html(value, unit=True)


_FACT: dict[str, Callable[[Any], SafeString]] = {
    "code": formatting.code_html,
    "money": _money,
    "date": formatting.date_html,
    "datetime": formatting.datetime_html,
    "days": _days,
    "badge": badge_html,
    "long": _long,
}
