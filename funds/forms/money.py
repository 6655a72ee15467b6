"""Requests to pay, the bank's answer, settlements, repayments, the end of a recovery."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import format_vnd
from core.people.forms.fields import TextField
from core.ui.forms import VNDFormField, layout_helper
from funds.models import Disbursement, RecoveryClosing, Repayment, Settlement
from tasks.forms.base import FactsForm, Lines, beside, field_for, lines_of
from tasks.models import Instalment, Precondition

DESTINATION = ("account", "bank", "purpose")


class DisbursementForm(FactsForm):
    """Where the money goes and what for. A new request names its instalment too."""

    class Meta:
        model = Disbursement
        formfield_callback = field_for
        fields = DESTINATION

    def __init__(self, *args: Any, instalments: "list[Instalment] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instalments is not None:
            choices = [(str(one.sequence), instalment_words(one)) for one in instalments]
            asked = {"invalid_choice": _("A payment of this instalment is already requested.")}
            self.fields["instalment"] = forms.ChoiceField(label=_("Instalment"), choices=choices, error_messages=asked)
            self.order_fields(["key", "instalment", *DESTINATION])


def instalment_words(instalment: Instalment) -> str:
    """An instalment as a choice."""
    return _("Instalment %(number)s (%(year)s): %(amount)s đồng – condition: %(condition)s") % {
        "number": instalment.sequence,
        "year": instalment.budget_year,
        "amount": format_vnd(instalment.amount_vnd),
        "condition": Precondition(instalment.precondition).label,
    }


class PaymentForm(FactsForm):
    """The bank's answer."""

    class Meta:
        model = Disbursement
        formfield_callback = field_for
        fields = ("bank_reference", "paid_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields or ():
            self.fields[name].required = True


class GroundForm(FactsForm):
    """Why an approved payment is annulled."""

    class Meta:
        model = Disbursement
        formfield_callback = field_for
        fields = ("annulment_ground",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["annulment_ground"].required = True


class SettlementForm(FactsForm):
    """What was spent, what is given back, how it was used."""

    class Meta:
        model = Settlement
        formfield_callback = field_for
        fields = ("spent_vnd", "returned_vnd", "return_reference", "report")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].required = True

    def clean(self) -> dict[str, Any]:
        """A settlement is about some money."""
        data = super().clean()
        if not self.errors and not data.get("spent_vnd") and not data.get("returned_vnd"):
            self.add_error("spent_vnd", gettext("State what was spent, or what is given back."))
        return data

    def layout(self) -> list[Any]:
        """Amounts, the bank's reference, the report."""
        return ["key", beside("spent_vnd", "returned_vnd"), "return_reference", "report"]


class LineForm(forms.Form):
    """One item of the estimate."""

    item = TextField(label=_("Item"), max_length=300)
    approved_vnd = VNDFormField(label=_("Approved"))
    spent_vnd = VNDFormField(label=_("Spent"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("item", beside("approved_vnd", "spent_vnd"))


LineSet = lines_of(LineForm, extra=2, prefix="lines", base=Lines)


class RepaymentForm(FactsForm):
    """Money of a recovery that came in."""

    class Meta:
        model = Repayment
        formfield_callback = field_for
        fields = ("amount_vnd", "received_on", "bank_reference")


class ClosingForm(FactsForm):
    """Why a recovery ends although money is missing."""

    class Meta:
        model = RecoveryClosing
        formfield_callback = field_for
        fields = ("ground", "decision", "decided_on", "note")
