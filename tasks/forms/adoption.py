"""Entering a task that began before this system."""

from typing import Any

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.models import Organisation, OrganisationKind, User
from core.people.selectors import pickable_people
from core.workflow.forms import AdoptionFields
from tasks.lifecycle import TaskState
from tasks.models import Task

from .base import FactsForm, beside, field_for

T = TaskState
STATES = [
    (state.value, state.label)
    for state in (T.APPROVED, T.CONTRACTED, T.RUNNING, T.SUSPENDED, T.ACCEPTED, T.ARCHIVED, T.ENDED)
]


class AdoptionForm(AdoptionFields, FactsForm):
    """The facts of the task, where it stands, and who confirms."""

    adopts = Task
    states = STATES
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
            "plan_year",
            "starts_on",
            "ends_on",
            "opening_percent",
        )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        outside = Organisation.objects.filter(ended_on__isnull=True).exclude(kind=OrganisationKind.DIVISION)
        fields["host"].queryset = fields["receiver"].queryset = fields["managing_body"].queryset = outside
        fields["principal_investigator"].queryset = pickable_people(user)
        fields["state"].initial = T.RUNNING

    def layout(self) -> list[Any]:
        """What it is, who does it, money and time, where it stands."""
        return [
            "key",
            Fieldset(
                str(_("Task")),
                "title",
                beside("code", "former_code"),
                "goals",
                beside("field", "research_type", "level", "management"),
            ),
            Fieldset(
                str(_("People and bodies")),
                beside("host", "principal_investigator", "managing_body", "receiver"),
            ),
            Fieldset(
                str(_("Money and time")),
                beside("approved_state_vnd", "approved_other_vnd", "payer", "lump_sum"),
                beside("approved_on", "months", "starts_on", "ends_on"),
                "plan_year",
            ),
            Fieldset(
                str(_("Where it stands")),
                beside("state", "effective_on", "opening_percent"),
                "note",
                "evidence",
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """A task under way has its dates."""
        data = super().clean()
        if data.get("state") != T.APPROVED:
            for name in ("starts_on", "ends_on"):
                if name in data and not data[name]:
                    self.add_error(name, gettext("A task under way has a start and an end."))
        return data
