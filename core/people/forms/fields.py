"""Fields that several forms of this room use. Choices are sent as public codes, never as primary keys."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model, QuerySet

from core.people.models import Organisation, Place, User
from core.people.roles import Role
from core.people.selectors import with_posts

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
        rows = self.model._default_manager.all()
        super().__init__(queryset=rows, to_field_name="code", empty_label="—", **kwargs)


class OrganisationField(CodeField):
    """An organisation."""

    model = Organisation


class PlaceField(CodeField):
    """A place as it is today."""

    model = Place


class StaffField(CodeField):
    """Somebody of the administration, with what he is there and in which body. ``offer`` says who may be chosen."""

    model = User

    def offer(self, people: QuerySet[User], roles: Iterable[Role]) -> None:
        """Those of ``people`` who hold one of the roles today."""
        self.queryset = with_posts(people, roles)

    def label_from_instance(self, obj: Any) -> str:
        posts = [f"{Role(post.role).label}, {post.organisation.name}" for post in getattr(obj, "posts", ())]
        return " · ".join([str(obj), *posts])


class OrganisationsField(ModelMultipleChoiceField):
    """Several organisations."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.all(), to_field_name="code", **kwargs)
