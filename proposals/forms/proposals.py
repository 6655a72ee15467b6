"""The order form of 14 fields, the screening record, and the facts of forwarding and deferring."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.forms.fields import PlaceField
from core.people.models import Organisation, Place, User
from core.people.roles import Level, Role
from core.people.selectors import organisation_ids, pickable_people, roles_of
from core.ui.forms import VNDFormField, layout_helper
from proposals.choices import Field, ResearchType
from proposals.models import Call, Proposal
from proposals.models.narratives import PROPOSAL_FORM

from .fields import (
    TEXT,
    FactsForm,
    LongField,
    MonthsField,
    OrganisationField,
    PersonField,
    TextField,
    TitleField,
    YearField,
    YesNoField,
    beside,
    choices_with_blank,
    named_organisations,
    offer,
    organisation_choices,
    text_fields,
    text_initial,
)

COLUMNS = (
    "title",
    "plan_year",
    "field",
    "research_type",
    "level",
    "state_budget_vnd",
    "other_budget_vnd",
    "months",
    "proposed_host",
    "receiver",
    "state_keeps_ownership",
    "place",
    "author",
)


class ProposalForm(FactsForm):
    """All 14 fields on one page. Only the title is needed to save; what is missing for submitting is listed."""

    organisation = OrganisationField(label=_("Proposing organisation"))
    author = PersonField(label=_("Author"), required=False)
    title = TitleField(label=_("1. Name of the task"))
    plan_year = YearField(required=False)
    field = forms.ChoiceField(label=_("2. Field"), choices=choices_with_blank(Field.choices), required=False)
    research_type = forms.ChoiceField(
        label=_("3. Type of research"), choices=choices_with_blank(ResearchType.choices), required=False
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.PROVINCIAL)
    state_budget_vnd = VNDFormField(label=_("State budget (đồng)"), required=False)
    other_budget_vnd = VNDFormField(label=_("Other sources (đồng)"), required=False)
    months = MonthsField(label=_("11. Duration (months)"), required=False)
    proposed_host = OrganisationField(label=_("12. Organisation for direct assignment, if any"), required=False)
    receiver = OrganisationField(label=_("13. Receiving organisation"), required=False)
    state_keeps_ownership = forms.BooleanField(label=_("The State keeps the ownership of the results"), required=False)
    place = PlaceField(label=_("Place"), required=False)

    def __init__(
        self, *args: Any, user: User, proposal: Proposal | None = None, call: Call | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(proposal)
        super().__init__(*args, **kwargs)
        self.fields.update(text_fields(PROPOSAL_FORM))
        self._choose_organisation(user, proposal)
        offer(self, organisation_choices(), "proposed_host", "receiver")
        self.fields["place"].queryset = Place.objects.on(clock.today()).select_related("parent")  # type: ignore[attr-defined]
        # A call names the year.
        if call is not None or (proposal is not None and proposal.call is not None):
            del self.fields["plan_year"]
        self.helper = layout_helper("key", *self._sections())

    def _choose_organisation(self, user: User, proposal: Proposal | None) -> None:
        """An applicant writes for an own organisation, an officer enters what came on paper."""
        own = organisation_ids(user, Role.APPLICANT, Role.ORGANISATION_SIGNER)
        choice: Any = self.fields["organisation"]
        if proposal is not None:
            del self.fields["organisation"], self.fields["author"]
            return
        if Role.OFFICER in roles_of(user):
            choice.queryset = named_organisations().filter(is_internal=False)
            people: Any = self.fields["author"]
            people.queryset = pickable_people(user)
            people.required = True
            return
        del self.fields["author"]
        choice.queryset = Organisation.objects.filter(pk__in=own)
        if len(own) == 1:
            choice.initial = choice.queryset.first()

    def _sections(self) -> list[Fieldset]:
        def here(*names: str) -> list[str]:
            return [name for name in names if name in self.fields]

        def texts(*keys: str) -> list[str]:
            return [f"{TEXT}{key}" for key in keys]

        return [
            Fieldset(
                str(_("The task")),
                *here("organisation", "author", "title"),
                beside("field", "research_type"),
                beside(*here("level", "plan_year")),
            ),
            Fieldset(str(_("4–5. Bases and urgency")), *texts("bases", "urgency")),
            Fieldset(
                str(_("6–9. Objectives, contents, results, effects")),
                *texts("general_objective", "specific_objectives", "contents", "results", "effects"),
            ),
            Fieldset(
                str(_("10–11. Budget and duration")),
                beside("state_budget_vnd", "other_budget_vnd"),
                "months",
            ),
            Fieldset(
                str(_("12–13. Organisations")),
                "proposed_host",
                "receiver",
                *texts("use"),
                "state_keeps_ownership",
                "place",
            ),
            Fieldset(str(_("14. References")), *texts("references")),
        ]

    def clean_state_budget_vnd(self) -> int:
        return self.cleaned_data["state_budget_vnd"] or 0

    def clean_other_budget_vnd(self) -> int:
        return self.cleaned_data["other_budget_vnd"] or 0

    def column_facts(self) -> dict[str, Any]:
        """The facts as the services name them; an empty plan year stays what it is."""
        found = self.facts(*COLUMNS)
        return {name: value for name, value in found.items() if not (name == "plan_year" and value is None)}


class ScreeningForm(FactsForm):
    """What the officer found."""

    is_complete = YesNoField(label=_("The file is complete"))
    national_search = TextField(
        label=_("Search in the national database"),
        max_length=500,
        required=False,
        help_text=_("Words asked for and what was found."),
    )
    is_duplicate = YesNoField(label=_("The proposal repeats an earlier one"))
    note = LongField(label=_("Findings"), required=False)


class ForwardForm(FactsForm):
    """Whom the proposal is forwarded to."""

    forward_body = TextField(label=_("Body it is forwarded to"), max_length=250)


class DeferralForm(FactsForm):
    """To which plan year the proposal is deferred."""

    deferral_year = YearField(label=_("Deferred to plan year"))


def _initial(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {}
    columns = {name: getattr(proposal, name) for name in COLUMNS}
    columns["months"] = proposal.months or None
    for name in ("state_budget_vnd", "other_budget_vnd"):
        columns[name] = columns[name] or None
    return {**columns, **text_initial(proposal.narrative)}
