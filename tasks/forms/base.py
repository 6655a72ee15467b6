"""Forms over models: labels and limits come from the columns, writing is left to the services."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div
from django import forms
from django.db import models
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext

from core import text
from core.people.forms.fields import TextField
from core.ui.forms import DateField, KeyedForm, layout_helper
from proposals.forms.fields import MomentField
from tasks.models import Participant
from tasks.services.common import as_lines, participants

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    FormSet = BaseFormSet[Any]
else:
    ModelForm = forms.ModelForm
    FormSet = BaseFormSet

LONG_TEXT = 20_000


def beside(*names: str, columns: int = 2) -> Div:
    """Fields beside each other where there is room, ``columns`` in a row."""
    return Div(*(Div(name, css_class="col") for name in names), css_class=f"row row-cols-1 row-cols-sm-{columns}")


def field_for(column: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """The house's field for a column: own dates and texts, choices by public code."""
    if isinstance(column, models.DateTimeField):
        options["form_class"] = MomentField
    elif isinstance(column, models.DateField):
        options["form_class"] = DateField
    elif isinstance(column, models.TextField):
        options |= {"widget": forms.Textarea(attrs={"rows": 4, "dir": "auto"}), "max_length": LONG_TEXT}
    elif isinstance(column, models.CharField) and not column.choices:
        options["form_class"] = TextField
    elif isinstance(column, models.ForeignKey):
        options["to_field_name"] = "code"
    return column.formfield(**options)


class FactsForm(ModelForm, KeyedForm):
    """A form over the columns of one row. ``facts()`` is what the service writes.

    ``in_order``: pairs of days or instants, the second after the first.
    """

    in_order: tuple[tuple[str, str], ...] = ()

    class Meta:
        formfield_callback = field_for

    def facts(self) -> dict[str, Any]:
        """The cleaned columns."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        """Null characters are refused beside their field, not by the database."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            if isinstance(value, str):
                try:
                    data[name] = text.clean(value)
                except ValueError as refused:
                    self.add_error(name, str(refused))
        self._check_order(data)
        return data

    def _check_order(self, data: Mapping[str, Any]) -> None:
        for first, second in self.in_order:
            earlier, later = data.get(first), data.get(second)
            if earlier and later and later <= earlier:
                message = gettext("This must come after “%(other)s”.")
                self.add_error(second, message % {"other": self.fields[first].label})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._show_what_is_chosen()
        self.helper = layout_helper(*self.layout()) if self.layout() else layout_helper()

    def _show_what_is_chosen(self) -> None:
        """Choices are offered by public code, but a row knows its choice by primary key."""
        for name, field in self.fields.items():
            is_choice = isinstance(field, forms.ModelChoiceField) and field.to_field_name
            if is_choice and self.initial.get(name) and self.initial[name] == getattr(self.instance, f"{name}_id"):
                self.initial[name] = getattr(self.instance, name)

    def layout(self) -> list[Any]:
        """The crispy layout; empty for one field under the other."""
        return []


class PeopleField(forms.CharField):
    """People, one on a line: name; unit; role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=LONG_TEXT, **kwargs)

    def clean(self, value: Any) -> list[Participant]:
        return participants(str(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        return as_lines(value) if isinstance(value, list) else value


class Lines(FormSet):
    """Rows of a part. An empty row is no row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def rows(self) -> list[dict[str, Any]]:
        """The cleaned rows that say something and are not taken out."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def kept(self) -> list[dict[str, Any]]:
        """Every cleaned row that is not taken out, also unchanged ones: rows shown with their values count."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.cleaned_data and any(form.cleaned_data.values()) and not form.cleaned_data.get("DELETE")
        ]


def lines_of(
    form: type[forms.Form], *, extra: int, prefix: str, base: type[Lines] = Lines, delete: bool = False
) -> Any:
    """A formset class of ``form`` under the house's settings."""
    made: Any = formset_factory(form, formset=base, extra=extra, max_num=50, validate_max=True, can_delete=delete)
    made.default_prefix = prefix
    made.get_default_prefix = classmethod(lambda _cls: prefix)
    return made


def initial_rows(rows: Iterable[Any], *names: str) -> list[Mapping[str, Any]]:
    """Existing rows as the first values of a formset."""
    return [{name: getattr(row, name) for name in names} for row in rows]
