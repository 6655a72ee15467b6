"""Forms of lists and orders: composing, editing, changing, grounds, the opening."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.people.models import User
from core.people.roles import Level, Payer
from core.ui.forms import DateField, VNDFormField, layout_helper
from proposals.choices import Field, Origin, ProductKind, ResearchType
from proposals.lifecycle import OrderMode
from proposals.models import Order, OrderList
from proposals.services.changes import FACTS as CHANGEABLE
from proposals.services.orders import ORDER_FACTS, recommended_proposals

from .fields import (
    FactsForm,
    FormSet,
    LongField,
    MomentField,
    MonthsField,
    OrganisationField,
    PersonField,
    ProposalsField,
    TextField,
    TitleField,
    YearField,
    beside,
    offer,
    organisation_choices,
    row_helper,
)

LIST_COLUMNS = ("title", "plan_year", "level", "payer")


class OrderListForm(FactsForm):
    """What one decision will approve."""

    title = TitleField()
    plan_year = YearField()
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.PROVINCIAL)
    payer = forms.ChoiceField(label=_("Payer"), choices=Payer.choices, initial=Payer.FUND)

    def __init__(self, *args: Any, order_list: OrderList | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(order_list, name) for name in LIST_COLUMNS} if order_list else {}
        super().__init__(*args, **kwargs)


class ComposeForm(FactsForm):
    """Which recommended proposals go onto the list, and how: one order each, merged into one, or split by titles."""

    EACH, MERGE, SPLIT = "each", "merge", "split"

    proposals = ProposalsField(
        label=_("Recommended proposals"),
        error_messages={"required": _("Choose at least one proposal.")},
    )
    how = forms.ChoiceField(
        label=_("How they become orders"),
        choices=[
            (EACH, _("One order of each")),
            (MERGE, _("Merge them into one order")),
            (SPLIT, _("Split one proposal into several orders")),
        ],
        widget=forms.RadioSelect,
        initial=EACH,
    )
    titles = LongField(
        label=_("Titles of the orders"), required=False, help_text=_("For splitting: one title on each line.")
    )

    def __init__(self, *args: Any, order_list: OrderList, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].queryset = recommended_proposals(order_list, user)  # type: ignore[attr-defined]

    def title_lines(self) -> list[str]:
        """The titles of a split."""
        return [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("how") != self.SPLIT:
            return data
        if len(data.get("proposals") or []) > 1:
            self.add_error("proposals", _("Split one proposal at a time."))
        if "titles" in data and len(self.title_lines()) < 2:  # noqa: PLR2004
            self.add_error("titles", _("Name at least two titles."))
        return data


class OrderForm(FactsForm):
    """One item of the list."""

    title = TitleField()
    field = forms.ChoiceField(label=_("Field"), choices=Field.choices)
    research_type = forms.ChoiceField(label=_("Type of research"), choices=ResearchType.choices)
    origin = forms.ChoiceField(label=_("Origin"), choices=Origin.choices)
    origin_note = TextField(label=_("Document of the origin"), max_length=300, required=False)
    objectives = LongField(label=_("Objectives"), required=False)
    state_budget_vnd = VNDFormField(label=_("State budget (đồng)"))
    other_budget_vnd = VNDFormField(label=_("Other sources (đồng)"))
    months = MonthsField()
    mode = forms.ChoiceField(label=_("How the host is found"), choices=OrderMode.choices, widget=forms.RadioSelect)
    direct_host = OrganisationField(label=_("Organisation for direct assignment"), required=False)
    receiver = OrganisationField(label=_("Receiving organisation"), required=False)
    state_keeps_ownership = forms.BooleanField(label=_("The State keeps the ownership of the results"), required=False)

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(order, name) for name in ORDER_FACTS} if order else {"mode": OrderMode.CALL}
        super().__init__(*args, **kwargs)
        offer(self, organisation_choices(), "direct_host", "receiver")
        origin: Any = self.fields["origin"]
        from_proposals = order is not None and order.origin == Origin.PROPOSALS
        origin.choices = [one for one in Origin.choices if (one[0] == Origin.PROPOSALS) == from_proposals]
        self.helper = layout_helper(
            "key",
            Fieldset(
                str(_("The task")),
                "title",
                beside("field", "research_type"),
                beside("origin", "origin_note"),
                "objectives",
            ),
            Fieldset(
                str(_("Budget and duration")),
                beside("state_budget_vnd", "other_budget_vnd"),
                "months",
            ),
            Fieldset(str(_("Organisations")), "mode", "direct_host", "receiver", "state_keeps_ownership"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        _ask_for_host(self, data)
        return data


def _ask_for_host(form: FactsForm, data: Mapping[str, Any]) -> None:
    """Direct assignment names the organisation."""
    if data.get("mode") == OrderMode.DIRECT and not data.get("direct_host") and "direct_host" not in form.errors:
        form.add_error("direct_host", _("Name the organisation for direct assignment."))


class ProductForm(forms.Form):
    """One result of an order."""

    name = TextField(label=_("Result"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProductKind.choices, initial=ProductKind.MEASURABLE)
    unit = TextField(label=_("Unit"), max_length=60)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1_000_000, initial=1)
    quality = LongField(label=_("Required quality"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = row_helper(
            "name",
            beside("kind", "unit", "quantity"),
            "quality",
        )


ProductForms: type[FormSet] = formset_factory(
    ProductForm, extra=2, max_num=40, validate_max=True, can_delete=True, can_delete_extra=False
)


class ChangeForm(FactsForm):
    """What the amending decision shall change, and why."""

    title = TitleField()
    objectives = LongField(label=_("Objectives"), required=False)
    state_budget_vnd = VNDFormField(label=_("State budget (đồng)"))
    other_budget_vnd = VNDFormField(label=_("Other sources (đồng)"))
    months = MonthsField()
    mode = forms.ChoiceField(label=_("How the host is found"), choices=OrderMode.choices, widget=forms.RadioSelect)
    direct_host = OrganisationField(label=_("Organisation for direct assignment"), required=False)
    receiver = OrganisationField(label=_("Receiving organisation"), required=False)
    state_keeps_ownership = forms.BooleanField(label=_("The State keeps the ownership of the results"), required=False)
    ground = TextField(label=_("Ground"), max_length=500)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(order, name) for name in CHANGEABLE}
        super().__init__(*args, **kwargs)
        offer(self, organisation_choices(), "direct_host", "receiver")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        _ask_for_host(self, data)
        return data


class GroundForm(FactsForm):
    """The reason that the next refusing, cancelling or revoking paper prints."""

    decision_ground = LongField(label=_("Ground of the decision"), max_length=2000)


class AnswerDayForm(FactsForm):
    """Until when an invited host may submit its dossier."""

    answer_by = DateField(label=_("Dossier expected by"))


class OpeningForm(FactsForm):
    """When, where and before whom the dossiers were opened."""

    opened_at = MomentField(label=_("Opened at"))
    ended_at = MomentField(label=_("Ended at"))
    place = TextField(label=_("Venue"), max_length=300)
    chair = PersonField(label=_("Chaired by"))
    secretary = PersonField(label=_("Secretary"))
    present = LongField(label=_("Also present"), required=False, help_text=_("One person on each line."))
    remarks = LongField(label=_("Remarks"), required=False, help_text=_("One on each line."))

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary"):
            self.fields[name].queryset = staff  # type: ignore[attr-defined]
        self.helper = layout_helper(
            "key",
            Fieldset(
                str(_("Opening")),
                beside("opened_at", "ended_at"),
                "place",
                beside("chair", "secretary"),
                "present",
                "remarks",
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("opened_at") and data.get("ended_at") and data["ended_at"] < data["opened_at"]:
            self.add_error("ended_at", _("The end must come after the beginning."))
        return data


class FindingForm(forms.Form):
    """What was found on opening one dossier."""

    VALID, INVALID = "valid", "invalid"
    # Which dossier it is about.
    legend = ""

    code = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Finding"),
        choices=[(VALID, _("Valid")), (INVALID, _("Invalid"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Reason, when invalid"), max_length=500, required=False)
    seal = TextField(label=_("Seal"), max_length=120, required=False)
    copies = TextField(label=_("Copies"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("code", "verdict", "reason", beside("seal", "copies"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("verdict") == self.INVALID and not data.get("reason"):
            self.add_error("reason", _("Give the reason."))
        return data


class Findings(FormSet):
    """One finding for each of the dossiers whose ``codes`` are given, in their order."""

    codes: Sequence[str] = ()

    def clean(self) -> None:
        if [form.cleaned_data.get("code") for form in self.forms] != list(self.codes):
            raise forms.ValidationError(
                _("Dossiers have come in or were withdrawn since this page was opened: open it again.")
            )
