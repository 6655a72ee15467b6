"""The money of a task from before: by year, by instalment, settled."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.forms.fields import TextField
from core.ui.forms import DateField, VNDFormField, layout_helper
from funds.models import OpeningBalance
from funds.selectors.rest import years_of
from tasks.forms.base import FactsForm, beside, field_for, lines_of
from tasks.models import Contract

from .money import instalment_words
from .plans import this_year

GRANTED = "granted_"


class OpeningForm(FactsForm):
    """The paper, what was granted for each year of the contract, what was settled."""

    class Meta:
        model = OpeningBalance
        formfield_callback = field_for
        fields = ("decision", "settled_vnd", "returned_vnd", "settled_on")

    def __init__(self, *args: Any, contract: Contract | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years_of(contract.instalments.all()) if contract is not None else {}
        known = self._known()
        for year, planned in self.years.items():
            label = _("Granted for %(year)s") % {"year": str(year)}
            field = VNDFormField(label=label, required=False)
            field.initial = known.get(year, 0) if known is not None else (planned if year <= this_year() else 0)
            self.fields[f"{GRANTED}{year}"] = field
        self.helper = layout_helper(*self.layout())

    def _known(self) -> dict[int, int] | None:
        """What is written already."""
        if self.instance.pk is None:
            return None
        return {one.year: one.amount_vnd for one in self.instance.grants.all()}

    def layout(self) -> list[Any]:
        """The paper, the years, the settlement."""
        years = [f"{GRANTED}{year}" for year in getattr(self, "years", ())]
        rows = [beside(*years)] if years else []
        return ["key", "decision", *rows, beside("settled_vnd", "returned_vnd"), "settled_on"]

    def granted(self) -> Mapping[int, int]:
        """Đồng by budget year."""
        return {year: self.cleaned_data[f"{GRANTED}{year}"] or 0 for year in self.years}


class OpeningPaymentForm(forms.Form):
    """Whether one instalment was paid."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Instalment"), disabled=True, required=False)
    paid_on = DateField(label=_("Paid on"), required=False)
    bank_reference = TextField(label=_("Bank reference"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("sequence", "name", beside("paid_on", "bank_reference"))

    def clean(self) -> dict[str, Any]:
        """A payment has a day and a reference, or was not made."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, other in (("paid_on", "bank_reference"), ("bank_reference", "paid_on")):
            if data.get(other) and not data.get(name) and name not in self.errors:
                self.add_error(name, gettext("Day and bank reference belong together."))
        return data


OpeningPayments = lines_of(OpeningPaymentForm, extra=0, prefix="payments")


def payments_initial(contract: Contract | None, opening: OpeningBalance | None) -> list[dict[str, Any]]:
    """Every instalment, with its payment where one is written."""
    known = {one.sequence: one for one in opening.payments.all()} if opening is not None else {}
    plan = contract.instalments.all() if contract is not None else []
    return [
        {
            "sequence": one.sequence,
            "name": str(instalment_words(one)),
            "paid_on": known[one.sequence].paid_on if one.sequence in known else None,
            "bank_reference": known[one.sequence].bank_reference if one.sequence in known else "",
        }
        for one in plan
    ]


def payments_of(rows: Any) -> list[dict[str, Any]]:
    """The rows that say something, as the service takes them."""
    wanted = ("sequence", "paid_on", "bank_reference")
    return [{name: row[name] for name in wanted} for row in rows.kept() if row.get("paid_on")]
