"""Tags and filters of every template (loaded as builtins: no {% load %} needed)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.ui import cells, formatting, paging
from core.ui.fields import draw_field, draw_form, error_lines
from core.ui.parts import Due, Fact, Panel, Tone

register = template.Library()
# What a component sees of the page besides its own parameters.
SHARED = ("request", "csrf_token", "perms", "text_direction")


@register.filter
def vnd(amount: int | None, unit: str = "") -> SafeString:
    """`{{ amount|vnd }}`: 1.285.500.000; `{{ amount|vnd:"unit" }}`: 1.285.500.000 đồng."""
    return formatting.vnd_html(amount, unit=bool(unit))


@register.filter
def vnd_short(amount: int | None) -> SafeString:
    """`{{ amount|vnd_short }}`: 1,2 tỷ đồng, for headlines."""
    return formatting.EMPTY if amount is None else format_html("<bdi>{}</bdi>", formatting.short_vnd(amount))


@register.filter
def vndate(value: date | datetime | None) -> SafeString:
    """`{{ day|vndate }}`: 22/11/2026 in local time."""
    return formatting.date_html(value)


@register.filter
def vndatetime(value: datetime | None) -> SafeString:
    """`{{ instant|vndatetime }}`: 22/11/2026 16:30 in local time."""
    return formatting.datetime_html(value)


@register.filter
def code(value: object) -> SafeString:
    """`{{ task.code|code }}`: isolated from the direction of the text."""
    return formatting.code_html(value)


@register.filter
def is_narrowed(form: BaseForm) -> bool:
    """`{{ filters.form|is_narrowed }}`: whether anything but the first field, the search, has been chosen."""
    return any(bound.value() for bound in list(form)[1:])


@register.filter
def workdays(days: int) -> str:
    """`{{ 3|workdays }}`: 3 working days."""
    return formatting.working_days(days)


@register.filter(name="badge")
def badge_filter(value: object) -> SafeString:
    """`{{ task|badge }}`: the badge of a row's state, or of a Badge."""
    return cells.badge_html(value)


@register.filter(name="due")
def due_filter(value: Due | None) -> SafeString:
    """`{{ due|due }}`: the compact due badge."""
    return cells.due_html(value)


@register.simple_tag(name="badge")
def badge_tag(label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """`{% badge _("Late") tone="danger" icon="clock" %}`."""
    return render_to_string("components/badge.html", {"label": label, "tone": tone, "icon": icon})


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "check" %}`: a picture without meaning of its own (hidden from screen readers)."""
    return format_html(
        '<svg class="icon {}" width="16" height="16" aria-hidden="true"><use href="{}#{}"></use></svg>',
        css,
        static("app/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def component(context: Context, name: str, **values: object) -> SafeString:
    """`{% component "facts" facts=lines %}`: templates/components/<name>.html with these values and no others."""
    return render_to_string(f"components/{name}.html", {**_shared(context), **values})


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str = "", **values: object) -> SafeString:
    """`{% panel title=_("Money") %}…{% endpanel %}`: a titled box round its content."""
    return render_to_string("components/panel.html", {**_shared(context), **values, "title": title, "content": content})


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.title %}`: label, help, input and errors of one field."""
    return draw_field(bound)


@register.simple_tag(takes_context=True)
def form_fields(context: Context, form: Any) -> SafeString:
    """`{% form_fields form %}`: all fields by the form's crispy layout, without form tag and token."""
    return draw_form(form, {str(name): value for name, value in context.flatten().items()})


@register.simple_tag
def errors_of(*forms: Any) -> list[tuple[str, str]]:
    """`{% errors_of form formset as lines %}`: (anchor, message) of every error, in the order of the page."""
    return error_lines(*forms)


@register.simple_tag(takes_context=True)
def part(context: Context, item: Panel) -> SafeString:
    """`{% part panel %}`: the inside of a Panel, drawn with its own values and no others."""
    return render_to_string(item.template, {**_shared(context), **item.context})


@register.filter
def when(value: date | datetime) -> SafeString:
    """A day as a day, an instant as an instant."""
    return formatting.datetime_html(value) if isinstance(value, datetime) else formatting.date_html(value)


@register.filter
def fact_value(fact: Fact) -> SafeString:
    """The value of a Fact, drawn by its kind."""
    return cells.fact_html(fact)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a tone."""
    return Tone(tone or Tone.INFO).icon


@register.filter
def page_window(page: Any) -> list[int | None]:
    """`{% for number in page|page_window %}`: page numbers, None for a gap."""
    return paging.window(page)


def _shared(context: Context) -> dict[str, Any]:
    return {name: context.get(name) for name in SHARED if name in context}
