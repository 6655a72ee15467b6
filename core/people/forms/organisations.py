"""Forms about organisations."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.models import Organisation, OrganisationKind, Place, SuccessionKind
from core.people.services import Ground
from core.ui.forms import DateField

from .fields import OrganisationField, OrganisationsField, PlaceField, TextField


class NamedForm(forms.Form):
    """A name and a seat from a day on."""

    name_vi = TextField(label=_("Name in Vietnamese"), max_length=250)
    name_en = TextField(label=_("Name in English"), max_length=250, required=False)
    short_name = TextField(label=_("Short name"), max_length=60, required=False)
    address = TextField(label=_("Address"), max_length=300, required=False)
    valid_from = DateField(label=_("In force from"), initial=clock.today)


class DecisionForm(forms.Form):
    """Mixin: the decision that changes an organisation; it is the document behind a day before today."""

    decision = TextField(label=_("Decision"), max_length=80, help_text=_("Number and symbol of the decision."))
    document_date = DateField(
        label=_("Document: date"),
        required=False,
        help_text=_("Needed when a day lies before today."),
    )

    def clean(self) -> dict[str, Any]:
        """Number and date are given to the service as one ground."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        dated = data.pop("document_date", None)
        data["ground"] = Ground(data.get("decision", ""), dated) if dated else None
        return data


class NameForm(DecisionForm, NamedForm):
    """A new name or seat, by a decision."""


class OrganisationForm(NamedForm):
    """A new organisation."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    parent = OrganisationField(label=_("Belongs to"), required=False)
    place = PlaceField(label=_("Place"), required=False)
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)
    decision_number = TextField(label=_("Founding decision"), max_length=60, required=False)
    is_internal = forms.BooleanField(label=_("Part of the administration"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = living().filter(is_internal=True)  # type: ignore[attr-defined]
        self.fields["place"].queryset = Place.objects.on(clock.today())  # type: ignore[attr-defined]

    def clean_kind(self) -> OrganisationKind:
        return OrganisationKind(self.cleaned_data["kind"])


CHANGES = [(kind.value, kind.label) for kind in SuccessionKind if kind != SuccessionKind.RENAME]


class SuccessionForm(DecisionForm):
    """What became of an organisation."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CHANGES)
    successors = OrganisationsField(
        label=_("Successors"), required=False, help_text=_("One for a merger, one or more for a split.")
    )
    predecessor_continues = forms.BooleanField(
        label=_("The organisation goes on beside its parts"), required=False, help_text=_("Only for a split.")
    )
    effective_on = DateField(label=_("In force from"), initial=clock.today)
    field_order = ["kind", "successors", "predecessor_continues", "effective_on"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = living().exclude(pk=organisation.pk)  # type: ignore[attr-defined]

    def clean_kind(self) -> SuccessionKind:
        return SuccessionKind(self.cleaned_data["kind"])

    def clean_successors(self) -> list[Organisation]:
        return list(self.cleaned_data["successors"])


def living() -> QuerySet[Organisation]:
    """The organisations that have not ended."""
    return Organisation.objects.filter(ended_on__isnull=True)
