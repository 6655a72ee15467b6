"""The model field of an amount and the constraint that keeps the column honest."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeGuard, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .amounts import MAX_VND, VND
from .forms import VNDFormField

_Set_contra = TypeVar("_Set_contra", contravariant=True)
_Get_co = TypeVar("_Get_co", covariant=True)

if TYPE_CHECKING:
    _BigIntegerField = models.BigIntegerField
else:

    class _BigIntegerField(models.BigIntegerField, Generic[_Set_contra, _Get_co]):
        """Takes type arguments, as Django's own field does only in the eyes of the type checker."""


def _is_whole(value: object) -> TypeGuard[int]:
    # For Python, True is a number too.
    return isinstance(value, int) and not isinstance(value, bool)


class VNDField(_BigIntegerField[_Set_contra, _Get_co]):
    """Whole đồng from `minimum` to MAX_VND. Pair it with `vnd_check` so that the database refuses the same."""

    _pyi_private_set_type: int
    _pyi_private_get_type: VND

    def __init__(self, *args: Any, minimum: int = 0, **kwargs: Any) -> None:
        self.minimum = minimum
        super().__init__(*args, **kwargs)

    @cached_property
    def validators(self) -> list[Callable[..., Any]]:
        return [*super().validators, MinValueValidator(self.minimum), MaxValueValidator(MAX_VND)]

    def to_python(self, value: object) -> VND | None:
        """Whole numbers only: a text or a fraction is never rounded into an amount. Raises ValidationError."""
        if value is None:
            return None
        if _is_whole(value):
            return VND(value)
        raise ValidationError(_("Enter whole đồng, without decimals."), code="invalid")

    def get_prep_value(self, value: Any) -> Any:
        """What goes into the database or is compared there. Raises TypeError for a text or a fraction."""
        if not (value is None or _is_whole(value) or hasattr(value, "resolve_expression")):
            message = f"{self.name} holds whole đồng, not {value!r}"
            raise TypeError(message)
        return super().get_prep_value(value)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations: one stable path, and the minimum only when it is not zero."""
        name, _path, args, kwargs = super().deconstruct()
        if self.minimum:
            kwargs["minimum"] = self.minimum
        return name, "core.money.VNDField", list(args), kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A text input that reads the amount in the language of the page."""
        return super().formfield(**{"form_class": VNDFormField, "minimum": self.minimum, **kwargs})


def vnd_check(field: str, name: str, minimum: int = 0) -> models.CheckConstraint:
    """The constraint `minimum <= field <= MAX_VND`, under the given name. NULL passes where the column allows it."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__gte": minimum, f"{field}__lte": MAX_VND}), name=name)
