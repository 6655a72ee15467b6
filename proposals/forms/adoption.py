"""Entering a proposal or an order that began before this system."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.people.models import User
from core.people.roles import Level, Payer
from core.people.selectors import pickable_people
from core.ui.forms import DateField, VNDFormField, layout_helper
from core.workflow.forms import AdoptionFields
from proposals.choices import Field, Origin, ResearchType
from proposals.lifecycle import OrderMode
from proposals.models import Order, Proposal

from .fields import (
    FactsForm,
    LongField,
    MonthsField,
    OrganisationField,
    PersonField,
    TextField,
    TitleField,
    YearField,
    beside,
    offer,
    organisation_choices,
)

WHERE_IT_STANDS = (beside("code", "former_code"), beside("state", "effective_on"), "note", "evidence")


class AdoptionForm(AdoptionFields, FactsForm):
    """What both records say of the task, and how they come in."""

    former_code = TextField(label=_("Former code"), max_length=80, required=False)
    title = TitleField()
    field = forms.ChoiceField(label=_("Field"), choices=Field.choices)
    research_type = forms.ChoiceField(label=_("Type of research"), choices=ResearchType.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.PROVINCIAL)
    plan_year = YearField()
    state_budget_vnd = VNDFormField(label=_("State budget (đồng)"))
    other_budget_vnd = VNDFormField(label=_("Other sources (đồng)"))
    months = MonthsField()
    receiver = OrganisationField(label=_("Receiving organisation"), required=False)

    def record_facts(self) -> dict[str, Any]:
        """What the record itself says, as its service names it: not how it is adopted."""
        return self.facts(*[name for name in self.fields if name not in AdoptionFields.base_fields])

    def clean_months(self) -> int:
        months: int = self.cleaned_data["months"]
        if months < 1:
            raise forms.ValidationError(_("Name the duration."))
        return months


class AdoptProposalForm(AdoptionForm):
    """An old proposal: its main facts, and where it stands."""

    adopts = Proposal

    proposer_organisation = OrganisationField(label=_("Proposing organisation"))
    author = PersonField(label=_("Author"))
    received_on = DateField(label=_("Received on"))
    council_title = TitleField(label=_("Title by the council"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, organisation_choices(), "proposer_organisation", "receiver")
        self.fields["author"].queryset = pickable_people(user)  # type: ignore[attr-defined]
        self.helper = layout_helper(
            "key",
            Fieldset(
                str(_("The task")),
                "title",
                "council_title",
                beside("field", "research_type", "level", "plan_year"),
                beside("proposer_organisation", "author", "receiver", "received_on"),
            ),
            Fieldset(str(_("Budget and duration")), beside("state_budget_vnd", "other_budget_vnd"), "months"),
            Fieldset(str(_("Where it stands")), *WHERE_IT_STANDS),
        )


class AdoptOrderForm(AdoptionForm):
    """An old order: its facts, the decision that listed it, and where it stands."""

    adopts = Order

    payer = forms.ChoiceField(label=_("Payer"), choices=Payer.choices, initial=Payer.FUND)
    origin = forms.ChoiceField(label=_("Origin"), choices=[one for one in Origin.choices if one[0] != Origin.PROPOSALS])
    origin_note = TextField(label=_("Document of the origin"), max_length=300, required=False)
    objectives = LongField(label=_("Objectives"), required=False)
    mode = forms.ChoiceField(label=_("How the host is found"), choices=OrderMode.choices, widget=forms.RadioSelect)
    direct_host = OrganisationField(label=_("Organisation for direct assignment"), required=False)
    state_keeps_ownership = forms.BooleanField(label=_("The State keeps the ownership of the results"), required=False)
    listed_symbol = TextField(label=_("Decision approving the list: number"), max_length=60)
    listed_on = DateField(label=_("Decision approving the list: date"))
    listed_by = TextField(label=_("Decision approving the list: issued by"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, organisation_choices(), "direct_host", "receiver")
        self.helper = layout_helper(
            "key",
            Fieldset(
                str(_("The task")),
                "title",
                beside("field", "research_type", "level", "plan_year"),
                beside("origin", "origin_note"),
                "objectives",
            ),
            Fieldset(str(_("Decision approving the list")), beside("listed_symbol", "listed_on"), "listed_by"),
            Fieldset(
                str(_("Budget and duration")), beside("state_budget_vnd", "other_budget_vnd"), beside("months", "payer")
            ),
            Fieldset(str(_("Organisations")), "mode", "direct_host", "receiver", "state_keeps_ownership"),
            Fieldset(str(_("Where it stands")), *WHERE_IT_STANDS),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("mode") == OrderMode.DIRECT and not data.get("direct_host"):
            self.add_error("direct_host", _("Name the organisation for direct assignment."))
        return data
