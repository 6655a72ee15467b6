"""Fields and helpers that several forms of this room use."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.forms.fields import CodeField, ModelMultipleChoiceField, OrganisationField, TextField
from core.people.models import Organisation, OrganisationKind, User
from core.ui.forms import KeyedForm, layout_helper
from proposals.models import Order, Proposal
from proposals.models.common import FIRST_YEAR, LAST_YEAR, MAX_MONTHS, TITLE_LENGTH
from proposals.models.narratives import MAX_TEXT, NarrativeField

if TYPE_CHECKING:
    # The class takes a type argument only in the eyes of the type checker.
    FormSet = forms.BaseFormSet[Any]
else:
    FormSet = forms.BaseFormSet

__all__ = ["FormSet", "OrganisationField", "TextField"]

TEXT = "text_"


class PersonField(CodeField):
    """A person, by name and title."""

    model = User


class OrdersField(ModelMultipleChoiceField):
    """Several orders, each with a box."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Order.objects.none(), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.title}"


class ProposalsField(ModelMultipleChoiceField):
    """Several proposals, each with a box."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Proposal.objects.none(), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.official_title}"


class LongField(forms.CharField):
    """A text of several lines in any language."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(widget=widget, max_length=kwargs.pop("max_length", MAX_TEXT), **kwargs)


class MomentField(forms.DateTimeField):
    """A day and an hour in Vietnam."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)


class YearField(forms.IntegerField):
    """A plan year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Plan year"))
        kwargs.setdefault("initial", next_year)
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class MonthsField(forms.IntegerField):
    """A duration in months; an empty one is not named yet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Duration (months)"))
        super().__init__(min_value=0, max_value=MAX_MONTHS, **kwargs)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered: nothing is chosen beforehand, and an empty form says neither."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [(True, _("Yes")), (False, _("No"))]
        super().__init__(choices=choices, coerce=lambda value: value == "True", widget=forms.RadioSelect, **kwargs)


class TitleField(forms.CharField):
    """A title: long, so it has two lines."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        super().__init__(label=kwargs.pop("label", _("Title")), max_length=TITLE_LENGTH, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        return " ".join(str(super().clean(value)).split())


def next_year() -> int:
    """The plan year one usually works for."""
    return clock.today().year + 1


def choices_with_blank(choices: Iterable[Any]) -> list[Any]:
    """Choices that may be left open."""
    return [("", "—"), *choices]


def named_organisations() -> Any:
    """Organisations as anybody may name them in a form: living ones, by name, no divisions."""
    return Organisation.objects.filter(ended_on__isnull=True).exclude(kind=OrganisationKind.DIVISION)


def organisation_choices() -> list[tuple[str, str]]:
    """Every organisation that may be named, once for all the fields of a page."""
    return [("", "—"), *named_organisations().values_list("code", "name")]


def offer(form: forms.BaseForm, choices: list[tuple[str, str]], *names: str) -> None:
    """Let the fields ``names`` choose among organisations that were read already."""
    for name in names:
        field: Any = form.fields[name]
        field.queryset = named_organisations()
        field.choices = choices


def beside(*names: str) -> Div:
    """Fields beside each other where there is room."""
    return Div(*[Div(name, css_class="col") for name in names], css_class="row row-cols-1 row-cols-sm-2")


def row_helper(*layout: Any) -> FormHelper:
    """The layout of one row of several: the box that strikes it comes last, where there is one."""
    helper = layout_helper(*layout)
    helper.render_unmentioned_fields = True
    return helper


def standing(formset: FormSet) -> list[forms.Form]:
    """The filled and valid rows, without those that were struck."""
    filled = [form for form in formset.forms if form.is_valid() and form.cleaned_data]
    return [form for form in filled if not form.cleaned_data.get("DELETE")]


def rows_of(formset: FormSet) -> list[dict[str, Any]]:
    """What the standing rows say."""
    kept = [form.cleaned_data for form in standing(formset)]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]


def text_fields(form: Iterable[NarrativeField]) -> dict[str, LongField]:
    """The form fields of a narrative."""
    return {
        f"{TEXT}{one.key}": LongField(label=one.label, help_text=one.help_text, rows=one.rows, required=False)
        for one in form
    }


class FactsForm(KeyedForm):
    """A form whose cleaned data are facts for a service; texts of a narrative stand apart."""

    def facts(self, *names: str) -> dict[str, Any]:
        """The cleaned values of ``names``, or of every plain field."""
        wanted = names or tuple(name for name in self.fields if name != "key" and not name.startswith(TEXT))
        return {name: self.cleaned_data[name] for name in wanted if name in self.cleaned_data}

    def narrative(self) -> dict[str, str]:
        """The texts by their keys."""
        found = {name: value for name, value in self.cleaned_data.items() if name.startswith(TEXT)}
        return {name.removeprefix(TEXT): value for name, value in found.items()}


def text_initial(narrative: Mapping[str, str]) -> dict[str, str]:
    """The stored texts by the names of their form fields."""
    return {f"{TEXT}{key}": words for key, words in narrative.items()}
