"""The dossier: facts and texts, people, partners, estimate; and the answer to the council's remarks."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.people.models import Organisation, User
from core.people.roles import Role
from core.people.selectors import organisation_ids, pickable_people, roles_of
from core.ui.forms import VNDFormField, layout_helper
from proposals.choices import BudgetItem, LumpSum, Position
from proposals.lifecycle import OrderState
from proposals.models import Dossier, Order
from proposals.models.narratives import DOSSIER_FORM

from .fields import (
    TEXT,
    FactsForm,
    FormSet,
    LongField,
    MonthsField,
    OrganisationField,
    PersonField,
    TextField,
    beside,
    named_organisations,
    offer,
    row_helper,
    standing,
    text_fields,
    text_initial,
)

COLUMNS = ("principal_investigator", "months", "lump_sum")
POSITIONS = [one for one in Position.choices if one[0] != Position.PRINCIPAL_INVESTIGATOR]


class DossierForm(FactsForm):
    """The explanation of how the order would be carried out."""

    host = OrganisationField(label=_("Host organisation"))
    principal_investigator = PersonField(label=_("Principal investigator"))
    months = MonthsField(required=False)
    lump_sum = forms.ChoiceField(label=_("Form of payment"), choices=LumpSum.choices, initial=LumpSum.PARTIAL)

    def __init__(self, *args: Any, user: User, order: Order, dossier: Dossier | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(order, dossier)
        super().__init__(*args, **kwargs)
        self.fields.update(text_fields(DOSSIER_FORM))
        leaders: Any = self.fields["principal_investigator"]
        leaders.queryset = pickable_people(user)
        if dossier is not None:
            del self.fields["host"]
        else:
            self._choose_host(user, order)
        self.helper = layout_helper(
            "key",
            Fieldset(
                str(_("Who and how long")),
                *(["host"] if "host" in self.fields else []),
                "principal_investigator",
                beside("months", "lump_sum"),
            ),
            Fieldset(str(_("Explanation")), *[f"{TEXT}{one.key}" for one in DOSSIER_FORM]),
        )

    def _choose_host(self, user: User, order: Order) -> None:
        choice: Any = self.fields["host"]
        own = organisation_ids(user, Role.APPLICANT, Role.ORGANISATION_SIGNER)
        if order.state == OrderState.INVITED:
            choice.queryset = Organisation.objects.filter(pk__in=[order.direct_host_id])
        elif Role.OFFICER in roles_of(user):
            choice.queryset = named_organisations().filter(is_internal=False)
        else:
            choice.queryset = Organisation.objects.filter(pk__in=own)
        if choice.queryset.count() == 1:
            choice.initial = choice.queryset.first()


class MemberForm(forms.Form):
    """A person of the dossier."""

    name = TextField(label=_("Full name"), max_length=120)
    organisation = OrganisationField(label=_("Organisation"), required=False)
    position = forms.ChoiceField(label=_("Part in the work"), choices=POSITIONS, initial=Position.MEMBER)
    months = MonthsField(label=_("Months of work"), required=False)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, organisations, "organisation")
        self.helper = row_helper(
            beside("name", "organisation"),
            beside("position", "months"),
        )


class PartnerForm(forms.Form):
    """An organisation that works with the host."""

    organisation = OrganisationField(label=_("Organisation"))
    task = TextField(label=_("Part of the work"), max_length=300, required=False)
    consent = forms.BooleanField(label=_("Written consent is attached"), required=False)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, organisations, "organisation")
        self.helper = row_helper(
            beside("organisation", "task"),
            "consent",
        )


class BudgetLineForm(forms.Form):
    """A line of the estimate."""

    item = forms.ChoiceField(label=_("Item"), choices=BudgetItem.choices, initial=BudgetItem.LABOUR)
    note = TextField(label=_("Explanation"), max_length=300, required=False)
    requested_state_vnd = VNDFormField(label=_("State budget (đồng)"), required=False)
    requested_other_vnd = VNDFormField(label=_("Other sources (đồng)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = row_helper(
            beside("item", "note"),
            beside("requested_state_vnd", "requested_other_vnd"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("requested_state_vnd", "requested_other_vnd"):
            if name in data:
                data[name] = data[name] or 0
        if not data.get("requested_state_vnd") and not data.get("requested_other_vnd") and not self.errors:
            self.add_error("requested_state_vnd", _("Name an amount."))
        return data


class UniquePartners(FormSet):
    """Each partner once."""

    def clean(self) -> None:
        seen = set()
        for form in standing(self):
            organisation = form.cleaned_data["organisation"]
            if organisation in seen:
                form.add_error("organisation", _("This organisation stands here twice."))
            seen.add(organisation)


class OneSecretary(FormSet):
    """At most one scientific secretary."""

    def clean(self) -> None:
        rows = [form for form in standing(self) if form.cleaned_data["position"] == Position.SECRETARY]
        for form in rows[1:]:
            form.add_error("position", _("There is one scientific secretary."))


MemberForms: type[FormSet] = formset_factory(
    MemberForm, formset=OneSecretary, extra=2, max_num=60, validate_max=True, can_delete=True, can_delete_extra=False
)
PartnerForms: type[FormSet] = formset_factory(
    PartnerForm, formset=UniquePartners, extra=1, max_num=20, validate_max=True, can_delete=True, can_delete_extra=False
)
BudgetLineForms: type[FormSet] = formset_factory(
    BudgetLineForm, extra=3, max_num=60, validate_max=True, can_delete=True, can_delete_extra=False
)


class AnswerForm(FactsForm):
    """The host's answer to the council."""

    answer = LongField(label=_("Answer to the remarks"), help_text=_("Remark and answer, one pair after the other."))


def _initial(order: Order, dossier: Dossier | None) -> dict[str, Any]:
    if dossier is None:
        return {"months": order.months or None}
    columns = {name: getattr(dossier, name) for name in COLUMNS}
    return {**columns, **text_initial(dossier.narrative)}
