"""Entering a task that began before this system, and completing what was entered until it is confirmed."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.forms.fields import TextField
from core.people.models import Organisation, OrganisationKind, User
from core.people.selectors import pickable_people
from core.ui.forms import KeyedForm, layout_helper
from core.workflow.forms import AdoptionFields
from proposals.choices import Position
from proposals.forms.orders import ProductForm
from tasks.lifecycle import TaskState
from tasks.models import Task
from tasks.selectors.entries import GRADES

from .base import FactsForm, beside, field_for, lines_of

T = TaskState
GRADE, END = ("grade", "accepted_on"), ("ended_on", "end_note")
MOST = 1_000_000


class EntryForm(FactsForm):
    """The facts of the task itself. ``state``: where it was entered; empty while it is not entered yet."""

    in_order = (("starts_on", "ends_on"),)

    class Meta:
        model = Task
        formfield_callback = field_for
        fields = (
            "title",
            "former_code",
            "goals",
            "field",
            "research_type",
            "level",
            "management",
            "managing_body",
            "payer",
            "host",
            "principal_investigator",
            "approved_state_vnd",
            "approved_other_vnd",
            "months",
            "approved_on",
            "lump_sum",
            "receiver",
            "state_keeps_ownership",
            "plan_year",
            "starts_on",
            "ends_on",
            "opening_percent",
            *GRADE,
            *END,
        )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        outside = Organisation.objects.filter(ended_on__isnull=True).exclude(kind=OrganisationKind.DIVISION)
        fields["host"].queryset = fields["receiver"].queryset = fields["managing_body"].queryset = outside
        fields["principal_investigator"].queryset = pickable_people(user)
        if self.instance.pk:
            self._leave_out()
            self.helper = layout_helper(*self.layout())

    def _leave_out(self) -> None:
        """Of a task that is entered already, what its state cannot have."""
        state = self.instance.state
        for name in (*(() if state in GRADES else GRADE), *(() if state == T.ENDED else END)):
            del self.fields[name]

    def layout(self) -> list[Any]:
        """What it is, who does it, money and time, where it stands."""
        return [
            "key",
            Fieldset(
                str(_("Task")),
                "title",
                self._pair("code", "former_code"),
                "goals",
                beside("field", "research_type", "level", "management"),
            ),
            Fieldset(
                str(_("People and bodies")),
                beside("host", "principal_investigator", "managing_body", "receiver"),
                "state_keeps_ownership",
            ),
            Fieldset(
                str(_("Money and time")),
                beside("approved_state_vnd", "approved_other_vnd", "payer", "lump_sum"),
                beside("approved_on", "months", "starts_on", "ends_on"),
                "plan_year",
            ),
            Fieldset(
                str(_("Where it stands")),
                self._pair("state", "effective_on", "opening_percent", *GRADE, *END),
                *(name for name in ("note", "evidence") if name in self.fields),
            ),
        ]

    def _pair(self, *names: str) -> Any:
        return beside(*(name for name in names if name in self.fields))

    def clean(self) -> dict[str, Any]:
        """A task under way has its dates."""
        data = super().clean()
        if (data.get("state") or self.instance.state) != T.APPROVED:
            for name in ("starts_on", "ends_on"):
                if name in data and not data[name]:
                    self.add_error(name, gettext("A task under way has a start and an end."))
        return data


class AdoptionForm(AdoptionFields, EntryForm):
    """The facts of the task, and where it stands. What else belongs to it is written on its page."""

    adopts = Task

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].initial = T.RUNNING


class PartsForm(KeyedForm):
    """The key of a page that holds only rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("key")


class EnteredProductForm(ProductForm):
    """A promised result, and what was delivered of it before this system."""

    delivered = forms.IntegerField(label=_("Delivered"), min_value=0, max_value=MOST, required=False)
    delivered_note = TextField(label=_("How it meets the order"), max_length=500, required=False)


class MemberForm(forms.Form):
    """Somebody who works on the task."""

    name = TextField(label=_("Name"), max_length=120)
    organisation = TextField(label=_("Organisation"), max_length=250, required=False)
    position = forms.ChoiceField(label=_("Part"), choices=Position.choices, initial=Position.MEMBER)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=120, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        struck = ["DELETE"] if "DELETE" in self.fields else []
        self.helper = layout_helper("name", "organisation", beside("position", "months"), *struck)


EnteredProducts = lines_of(EnteredProductForm, extra=2, prefix="products", delete=True)
Members = lines_of(MemberForm, extra=2, prefix="members", delete=True)
