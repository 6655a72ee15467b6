"""The form of a call."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.regulations import parameter
from core.regulations.wording import value_text
from core.ui.forms import layout_helper
from proposals.lifecycle import CallKind
from proposals.models import Call
from proposals.services.calls import callable_orders

from .fields import FactsForm, LongField, MomentField, OrdersField, TextField, TitleField, YearField, beside


class CallForm(FactsForm):
    """When, about what, for whom. A selection call names its orders."""

    title = TitleField()
    plan_year = YearField()
    opens_at = MomentField(label=_("Opens at"), required=False)
    closes_at = MomentField(label=_("Closes at"), required=False)
    orientation = LongField(label=_("Orientations"), required=False, help_text=_("One on each line."))
    requirements = LongField(label=_("Requirements"), required=False, help_text=_("One on each line."))
    orders = OrdersField(label=_("Orders"), required=False)
    address = TextField(label=_("Address for paper files"), max_length=300, required=False)
    contact = TextField(label=_("Contact"), max_length=300, required=False)

    def __init__(self, *args: Any, kind: CallKind, call: Call | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(call)
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].help_text = _usual_hour(call)
        what = ["orientation", "requirements"]
        if kind == CallKind.SELECTION:
            del self.fields["orientation"]
            self.fields["orders"].queryset = callable_orders(call)  # type: ignore[attr-defined]
            what = ["orders", "requirements"]
        else:
            del self.fields["orders"]
        self.helper = layout_helper(
            "key",
            Fieldset(str(_("Call")), "title", "plan_year", beside("opens_at", "closes_at")),
            Fieldset(str(_("Contents")), *what),
            Fieldset(str(_("Where to send and ask")), "address", "contact"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", forms.ValidationError(_("The closing must come after the opening.")))
        return data


def _usual_hour(call: Call | None) -> str:
    usual = call.rule("call.closing_hour") if call else parameter("call.closing_hour")
    return gettext("Usually %(hour)s of a working day.") % {"hour": value_text(usual)}


def _initial(call: Call | None) -> dict[str, Any]:
    if call is None:
        return {}
    names = ("title", "plan_year", "opens_at", "closes_at", "orientation", "requirements", "address", "contact")
    return {name: getattr(call, name) for name in names} | {"orders": list(call.orders.all())}
