"""Form fields as HTML: label, help, input, errors, all tied together for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, BaseFormSet, BoundField, ChoiceField, FileField, ModelChoiceField
from django.template.loader import render_to_string
from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import Field
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

CHECKS = {"checkbox"}
CHOICES = {"radioselect", "checkboxselectmultiple"}
SELECTS = {"select", "selectmultiple", "nullbooleanselect"}
# What stands for "nothing chosen" in every form; Django writes nine hyphens where nobody says otherwise.
NOTHING, NINE_HYPHENS = "—", BLANK_CHOICE_DASH[0][1]


def draw_field(bound: BoundField) -> SafeString:
    """One field. Hidden fields are drawn bare."""
    if bound.is_hidden:
        return bound.as_widget()
    kind = widget_kind(bound)
    context = {"field": bound, "kind": kind, "input": _input(bound, kind), "file_is_lost": _file_is_lost(bound)}
    return render_to_string("components/field.html", context)


def _file_is_lost(bound: BoundField) -> bool:
    """Whether a file was chosen and the form comes back: no browser lets a page choose it again by itself."""
    return bound.form.is_bound and isinstance(bound.field, FileField) and bound.html_name in bound.form.files


def widget_kind(bound: BoundField) -> str:
    """`check`, `choices` (a fieldset), `select` or `input`."""
    kind = bound.widget_type
    if kind in CHECKS:
        return "check"
    if kind in CHOICES:
        return "choices"
    return "select" if kind in SELECTS or "select" in kind else "input"


def _input(bound: BoundField, kind: str) -> SafeString:
    """The widget with the class of its kind; what the widget already says about itself stays."""
    _say_nothing_once(bound.field)
    classes = {"check": "form-check-input", "choices": "choice-list", "select": "form-select", "input": "form-control"}
    css = f"{bound.field.widget.attrs.get('class', '')} {classes[kind]}".strip()
    return bound.as_widget(attrs={"class": f"{css} is-invalid" if bound.errors else css})


def _say_nothing_once(field: Field) -> None:
    """The empty choice looks the same wherever the field comes from: a model, a form or a table."""
    if getattr(field, "empty_label", None) == NINE_HYPHENS:
        field.empty_label = NOTHING  # type: ignore[attr-defined]  # only fields that choose among rows have one
    if isinstance(field, ModelChoiceField) or not isinstance(field, ChoiceField):
        return
    offered: Any = field.choices
    choices = list(offered)
    if choices and choices[0] == ("", NINE_HYPHENS):
        field.choices = [("", NOTHING), *choices[1:]]


def layout_helper(*layout: Any) -> FormHelper:
    """A crispy helper as every form here needs it: no form tag, no token, no second copy of the errors."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = False
    if layout:
        helper.add_layout(Layout(*layout))
    return helper


def draw_form(form: BaseForm | BaseFormSet[Any], context: dict[str, Any]) -> SafeString:
    """All fields of a form, by its own `helper` when it has one."""
    helper: Any = getattr(form, "helper", None) or layout_helper()
    rendered: SafeString = render_crispy_form(form, helper=helper, context=context)
    return rendered


def error_lines(*forms: Any) -> list[tuple[str, str]]:
    """(id of the field or empty, message) of every error, forms, formsets and lists of them in the given order."""
    return [line for form in forms if form for line in _lines_of(form)]


def _lines_of(form: Any) -> Iterator[tuple[str, str]]:
    if isinstance(form, list):
        yield from error_lines(*form)
    elif isinstance(form, BaseFormSet):
        yield from (("", str(message)) for message in form.non_form_errors())
        for number, row in enumerate(form.forms, start=1):
            name = row_name(row, number)
            yield from ((anchor, f"{name}: {message}") for anchor, message in _lines_of(row))
    elif form.is_bound:
        yield from (("", str(message)) for message in form.non_field_errors())
        for bound in form:
            yield from ((_anchor(bound), _sentence(bound, str(message))) for message in bound.errors)


def row_name(row: Any, number: int) -> str:
    """What a row of several is called above its fields: by its page (``name_rows``), else by its number."""
    return str(getattr(row, "legend", "")) or gettext("Line %(number)s") % {"number": number}


def name_rows(rows: BaseFormSet[Any], label: StrOrPromise) -> None:
    """Call every row "label number", unless its form says of what it speaks."""
    for number, row in enumerate(rows.forms, start=1):
        row.legend = getattr(row, "legend", "") or f"{label} {number}"


def _anchor(bound: BoundField) -> str:
    return "" if bound.is_hidden else bound.id_for_label or bound.auto_id


def _sentence(bound: BoundField, message: str) -> str:
    return message if bound.is_hidden else f"{bound.label}: {message}"
