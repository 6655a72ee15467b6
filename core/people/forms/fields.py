"""Fields that several forms of this room use. Choices are sent as public codes, never as primary keys."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model

from core.people.models import Organisation, Place

if TYPE_CHECKING:
    # The classes take type arguments only in the eyes of the type checker.
    ModelChoiceField = forms.ModelChoiceField[Any]
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Any]
else:
    ModelChoiceField = forms.ModelChoiceField
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField


class TextField(forms.CharField):
    """A line in any language: it turns to the right when it begins with an Arabic letter."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"dir": "auto", **super().widget_attrs(widget)}


class CodeField(ModelChoiceField):
    """One row out of those a view allows."""

    model: type[Model]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=self.model._default_manager.all(), to_field_name="code", **kwargs)


class OrganisationField(CodeField):
    """An organisation."""

    model = Organisation


class PlaceField(CodeField):
    """A place as it is today."""

    model = Place


class OrganisationsField(ModelMultipleChoiceField):
    """Several organisations."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.all(), to_field_name="code", **kwargs)
