"""Planning and recording an inspection."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.people.forms.fields import StaffField, TextField
from core.people.models import User
from core.people.roles import INSPECTING
from core.people.selectors import pickable_people
from core.ui.forms import layout_helper
from tasks.models import Inspection

from .base import FactsForm, PeopleField, beside, field_for, lines_of

PEOPLE_HELP = _("One person on a line: name; unit; role.")


class PlanForm(FactsForm):
    """When, where, why, by whom."""

    in_order = (("period_from", "period_to"),)
    head = StaffField(label=_("Head of the inspection"))

    class Meta:
        model = Inspection
        formfield_callback = field_for
        fields = ("kind", "planned_on", "place", "ground", "head", "period_from", "period_to")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        head: Any = self.fields["head"]
        head.offer(pickable_people(user), INSPECTING)

    def layout(self) -> list[Any]:
        """Pairs where they fit."""
        return [
            "key",
            beside("kind", "planned_on"),
            "place",
            "ground",
            "head",
            beside("period_from", "period_to"),
        ]


class RecordForm(FactsForm):
    """What was found."""

    in_order = (("held_at", "closed_at"),)
    inspectors = PeopleField(label=_("Inspectors"), help_text=PEOPLE_HELP)
    host_people = PeopleField(label=_("For the host"), help_text=PEOPLE_HELP)

    class Meta:
        model = Inspection
        formfield_callback = field_for
        fields = (
            "held_at",
            "closed_at",
            "inspectors",
            "host_people",
            "host_head",
            "facts",
            "requests",
            "percent",
            "spent_vnd",
            "settled_vnd",
            "verdict",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("held_at", "closed_at", "host_head", "facts", "verdict"):
            self.fields[name].required = True

    def layout(self) -> list[Any]:
        """Time and people, findings, conclusion."""
        return [
            "key",
            beside("held_at", "closed_at"),
            Fieldset(str(_("People")), "inspectors", "host_people", "host_head"),
            Fieldset(
                str(_("Outcome")),
                "facts",
                beside("percent", "spent_vnd", "settled_vnd", columns=3),
                "requests",
                "verdict",
            ),
        ]


class FindingForm(forms.Form):
    """One content of the plan."""

    content = TextField(label=_("Content"), max_length=500)
    planned = TextField(label=_("Planned"), max_length=500)
    done = TextField(label=_("Done"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper(
            "content",
            beside("planned", "done"),
            *(["DELETE"] if "DELETE" in self.fields else []),
        )


FindingSet = lines_of(FindingForm, extra=2, prefix="findings", delete=True)
