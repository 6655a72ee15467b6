"""Forms about the table of authorities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.roles import INTERNAL, Act, AuthorityLine, Level, Payer, Role
from core.ui.forms import DateField, VNDFormField

from .fields import OrganisationField, TextField
from .organisations import living
from .people import GroundForm

EVERY = [("", _("Every one"))]
POSITIONS = [(role.value, role.label) for role in Role if role in INTERNAL and role != Role.SYSTEM_ADMINISTRATOR]


class PowerForm(GroundForm):
    """Who decides, within which amounts, from when to when, and what the paper prints."""

    body = OrganisationField(label=_("Body"))
    positions = forms.MultipleChoiceField(label=_("Positions"), choices=POSITIONS, widget=forms.CheckboxSelectMultiple)
    authority_line = forms.ChoiceField(label=_("Authority line"), choices=AuthorityLine.choices, required=False)
    title_line = TextField(label=_("Title as printed"), max_length=200)
    amount_from_vnd = VNDFormField(label=_("Amount from (đồng)"), required=False)
    amount_to_vnd = VNDFormField(label=_("Amount to (đồng, included)"), required=False)
    valid_from = DateField(label=_("From"), initial=clock.today)
    valid_to = DateField(label=_("Until (included)"), required=False)

    field_order = ["body", "positions", "authority_line", "title_line", "amount_from_vnd", "amount_to_vnd"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = living().filter(is_internal=True)  # type: ignore[attr-defined]

    def clean_positions(self) -> list[Role]:
        return [Role(position) for position in self.cleaned_data["positions"]]

    def clean_authority_line(self) -> AuthorityLine:
        return AuthorityLine(self.cleaned_data["authority_line"])


class AuthorityForm(PowerForm):
    """A new row of the table."""

    act = forms.ChoiceField(label=_("Matter decided"), choices=Act.choices)
    level = forms.ChoiceField(label=_("Level"), choices=[*EVERY, *Level.choices], required=False)
    regulation = TextField(label=_("Regulation"), max_length=30, required=False)
    payer = forms.ChoiceField(label=_("Payer"), choices=[*EVERY, *Payer.choices], required=False)
    field_order = ["act", "level", "regulation", "payer", *(PowerForm.field_order or ()), "valid_from", "valid_to"]

    def clean_act(self) -> Act:
        return Act(self.cleaned_data["act"])

    def clean_amount_from_vnd(self) -> int:
        return self.cleaned_data["amount_from_vnd"] or 0


class DelegationForm(PowerForm):
    """A power handed on for a time. Empty amounts mean: as much as the delegator."""

    delegation_document = TextField(
        label=_("Delegation document"), max_length=200, help_text=_("Number, symbol and date.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].required = True
        self.fields["authority_line"].initial = AuthorityLine.TUQ
