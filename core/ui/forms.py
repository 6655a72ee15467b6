"""Forms: a key against double clicks, dates as the browser shows them, the fields every step asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import VNDFormField
from core.ui.fields import layout_helper
from core.ui.parts import RefusalLine

__all__ = ["DateField", "KeyedForm", "ShownForm", "StepForm", "VNDFormField", "layout_helper"]

FIRST_DAY = date(1990, 1, 1)
YEARS_AHEAD = 30


class DateInput(forms.DateInput):
    """The browser's own date field: shown per language, sent as yyyy-mm-dd."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DateField(forms.DateField):
    """A day, picked or typed; yyyy-mm-dd and dd/mm/yyyy are understood in every language.

    A day before FIRST_DAY, or more than YEARS_AHEAD from today, is a slip of the keyboard and refused.
    """

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError for what is none, and for one that is far off."""
        day: date | None = super().to_python(value)
        last = clock.add_days(clock.today(), YEARS_AHEAD, clock.Unit.YEARS)
        if day is None or FIRST_DAY <= day <= last:
            return day
        words = _("Give a day from %(first)s to %(last)s.")
        days = {"first": f"{FIRST_DAY:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        raise forms.ValidationError(words, code="far_off", params=days)


class KeyedForm(forms.Form):
    """Mixin: carries a UUID, so that a form sent twice acts once. Pass `cleaned_data["key"]` to the service.

    `refused`: why the act that a valid form asked for was refused, shown above the fields with its sources.
    """

    refused: Sequence[RefusalLine] = ()
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": _("This form is not complete. Please open the page again."),
            "invalid": _("This form is not complete. Please open the page again."),
        },
    )

    @property
    def acting_key(self) -> UUID:
        """The key of a valid form."""
        key: UUID = self.cleaned_data["key"]
        return key


class ShownForm(KeyedForm):
    """Mixin: carries the digest of what the page showed, so that nobody decides on what was written anew meanwhile."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    @property
    def was_shown(self) -> str:
        """The digest of what the page of a valid form showed; empty when it carried none."""
        shown: str = self.cleaned_data["shown"]
        return shown


class StepForm(ShownForm):
    """What a step asks for besides its guards: a reason, and on the paper channel who decided and when.

    Subclasses add fields; those named in `paper` are shown folded under "Decided on paper".
    """

    paper: tuple[str, ...] = ()

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, reason_required: bool = False, with_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = reason_required
        if not with_reason:
            del self.fields["reason"]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields shown openly, hidden ones included."""
        return [bound for bound in self if bound.name not in self.paper]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        """The fields of the paper channel."""
        return [bound for bound in self if bound.name in self.paper]

    @property
    def paper_is_open(self) -> bool:
        """Whether the paper fields must be seen: something was typed there, or is wrong there."""
        return self.is_bound and any(bound.errors or bound.data for bound in self.paper_fields)
