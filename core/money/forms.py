"""The form field of an amount."""

from typing import Any

from django import forms

from .amounts import VND, format_vnd, parse_vnd


class VNDFormField(forms.CharField):
    """An amount in đồng, typed and shown grouped as the language of the page groups it.

    With `minimum` above zero, zero is refused. Its value is a VND, or None when it is empty and not required.
    """

    def __init__(self, *, minimum: int = 0, **kwargs: Any) -> None:
        self.minimum = minimum
        # What a model's BigIntegerField offers a number input means nothing to a text input.
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> VND | None:  # type: ignore[override]
        """The typed text as an amount. Raises ValidationError with the reason in words."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_vnd(text, positive=self.minimum > 0)
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal), code="invalid") from refusal

    def prepare_value(self, value: object) -> object:
        """A stored amount is shown grouped; what was typed comes back as it was typed."""
        return format_vnd(value) if isinstance(value, int) else value

    def has_changed(self, initial: object, data: object) -> bool:
        """1.000 and 1000 are the same amount."""
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Digits on a phone's keyboard; an amount reads left to right on Arabic pages too."""
        return {**super().widget_attrs(widget), "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
