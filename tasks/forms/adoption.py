"""Entering a task that began before this system."""

from typing import Any

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.documents.kinds import DocumentKind
from core.people.forms.fields import TextField
from core.people.models import Organisation, OrganisationKind, User
from core.people.selectors import pickable_people
from core.ui.forms import DateField
from core.workflow.forms import AdoptionFields
from tasks.lifecycle import Management, TaskState
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

    approval_symbol = TextField(label=_("Number and symbol of the approval"), max_length=60, required=False)
    approval_issuer = TextField(label=_("Approved by"), max_length=200, required=False)
    contract_symbol = TextField(label=_("Number of the contract"), max_length=60, required=False)
    contract_on = DateField(label=_("Contract signed on"), required=False)
    decision_symbol = TextField(
        label=_("Number and symbol of the suspension"),
        max_length=60,
        required=False,
        help_text=_("Of a suspended task: the decision that suspended it."),
    )
    decision_on = DateField(label=_("Suspension decided on"), required=False)

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
            "grade",
            "accepted_on",
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
                beside("grade", "accepted_on"),
                "note",
                "evidence",
            ),
            Fieldset(
                str(_("Papers from before")),
                beside("approval_symbol", "approval_issuer"),
                beside("contract_symbol", "contract_on"),
                beside("decision_symbol", "decision_on"),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """A task under way has its dates."""
        data = super().clean()
        if data.get("state") != T.APPROVED:
            for name in ("starts_on", "ends_on"):
                if name in data and not data[name]:
                    self.add_error(name, gettext("A task under way has a start and an end."))
        self._check_papers(data)
        return data

    def _check_papers(self, data: dict[str, Any]) -> None:
        """Later papers cite the earlier ones by number and day; another body's task issues none here."""
        wanted = set() if data.get("management") == Management.FOLLOWED else _wanted(data.get("state") or "")
        for name in sorted(wanted):
            if name in data and not data[name]:
                self.add_error(name, gettext("Later papers of the task cite this."))

    def papers(self) -> dict[DocumentKind, dict[str, Any]]:
        """The papers from before as the service takes them."""
        data = self.cleaned_data
        issuer = data["approval_issuer"]
        found = {
            DocumentKind.APPROVAL_DECISION: (data["approval_symbol"], data["approved_on"], issuer),
            DocumentKind.CONTRACT: (data["contract_symbol"], data["contract_on"], data["managing_body"].name),
            DocumentKind.SUSPENSION_DECISION: (data["decision_symbol"], data["decision_on"], issuer),
        }
        names = ("symbol", "signed_on", "issuer")
        return {kind: dict(zip(names, facts, strict=True)) for kind, facts in found.items() if all(facts)}


def _wanted(state: str) -> set[str]:
    """The fields that a managed task in ``state`` must bring."""
    found = {"approval_symbol", "approval_issuer"}
    if state != T.APPROVED:
        found |= {"contract_symbol", "contract_on"}
    if state == T.SUSPENDED:
        found |= {"decision_symbol", "decision_on"}
    if state == T.ACCEPTED:
        found |= {"grade", "accepted_on"}
    return found
