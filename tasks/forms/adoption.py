"""Entering a task that began before this system, and completing what was entered until it is confirmed."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.documents.kinds import DocumentKind
from core.people.forms.fields import TextField
from core.people.models import Organisation, OrganisationKind, User
from core.people.selectors import pickable_people
from core.ui.forms import DateField, KeyedForm, layout_helper
from core.workflow.forms import AdoptionFields
from proposals.choices import Position
from proposals.forms.orders import ProductForm
from tasks.lifecycle import Management, TaskState
from tasks.models import Task
from tasks.selectors.contracts import contract_of
from tasks.selectors.earlier import STATE_PAPERS
from tasks.selectors.entries import GRADES

from .base import FactsForm, beside, field_for, lines_of

T = TaskState
GRADE, END = ("grade", "accepted_on"), ("ended_on", "end_note")
USED = ("extensions_before", "repeats_before")
APPROVAL = ("approval_symbol", "approval_issuer")
CONTRACT, OF_STATE = ("contract_symbol", "contract_on"), ("decision_symbol", "decision_on")
MOST = 1_000_000


class EntryForm(FactsForm):
    """The facts of the task itself, and the papers from before that later ones cite."""

    in_order = (("starts_on", "ends_on"),)

    approval_symbol = TextField(label=_("Number and symbol of the approval"), max_length=60, required=False)
    approval_issuer = TextField(label=_("Approved by"), max_length=200, required=False)
    contract_symbol = TextField(label=_("Number of the contract"), max_length=60, required=False)
    contract_on = DateField(label=_("Contract signed on"), required=False)
    decision_symbol = TextField(
        label=_("Number and symbol of the paper behind the status"),
        max_length=60,
        required=False,
        help_text=_("Of a suspended or terminated task the decision, of registered or recognised results their paper."),
    )
    decision_on = DateField(label=_("Date of that paper"), required=False)

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
            *USED,
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
            self._show_papers()
            self.helper = layout_helper(*self.layout())

    def _leave_out(self) -> None:
        """Of a task that is entered already, what its state cannot have, or what its contract says itself."""
        state = self.instance.state
        kept = {GRADE: state in GRADES, END: state == T.ENDED, OF_STATE: state in STATE_PAPERS}
        kept[CONTRACT] = state != T.APPROVED and contract_of(self.instance) is None
        for names in (names for names, is_kept in kept.items() if not is_kept):
            for name in names:
                del self.fields[name]

    def _show_papers(self) -> None:
        """What is kept of the papers from before."""
        known = {paper.kind: paper for paper in self.instance.earlier_papers.all()}
        of_state = STATE_PAPERS.get(self.instance.state)
        for kind, (symbol, other) in (
            (DocumentKind.APPROVAL_DECISION, APPROVAL),
            (DocumentKind.CONTRACT, CONTRACT),
            (of_state, OF_STATE),
        ):
            if paper := known.get(str(kind)):
                self.initial[symbol] = paper.symbol
                self.initial[other] = paper.issuer if other == "approval_issuer" else paper.signed_on

    def layout(self) -> list[Any]:
        """What it is, who does it, money and time, where it stands, on which papers."""
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
                self._pair("state", "effective_on", "opening_percent"),
                self._pair(*USED),
                self._pair(*GRADE, *END),
                *(name for name in ("note", "evidence") if name in self.fields),
            ),
            Fieldset(str(_("Papers from before")), *(self._pair(*names) for names in (APPROVAL, CONTRACT, OF_STATE))),
        ]

    def _pair(self, *names: str) -> Any:
        return beside(*(name for name in names if name in self.fields))

    def clean(self) -> dict[str, Any]:
        """A task under way has its dates."""
        data = super().clean()
        if self._state(data) != T.APPROVED:
            for name in ("starts_on", "ends_on"):
                if name in data and not data[name]:
                    self.add_error(name, gettext("A task under way has a start and an end."))
        self._check_papers(data)
        return data

    def _state(self, data: dict[str, Any]) -> str:
        """Where it was entered, or shall be."""
        return str(data.get("state") or self.instance.state)

    def _check_papers(self, data: dict[str, Any]) -> None:
        """Later papers cite the earlier ones by number and day; another body's task issues none here."""
        wanted = set() if data.get("management") == Management.FOLLOWED else _wanted(self._state(data))
        for name in sorted(wanted):
            if name in data and not data[name]:
                self.add_error(name, gettext("Later papers of the task cite this."))
        for pair in (("approval_symbol", "approval_issuer"), CONTRACT, OF_STATE):
            missing = [name for name in pair if not data.get(name)]
            if len(missing) < len(pair):
                for name in missing:
                    self._say_once(name, gettext("Number, day and issuer of a paper belong together."))

    def _say_once(self, name: str, text: str) -> None:
        if name in self.fields and name not in self.errors:
            self.add_error(name, text)

    def papers(self) -> dict[DocumentKind, dict[str, Any]]:
        """The papers from before as the service takes them."""
        data = self.cleaned_data
        state, approver, manager = self._state(data), data["approval_issuer"], data["managing_body"].name
        found = {DocumentKind.APPROVAL_DECISION: (data["approval_symbol"], data["approved_on"], approver)}
        if state != T.APPROVED:
            found[DocumentKind.CONTRACT] = (*(data.get(name) for name in CONTRACT), manager)
        if kind := STATE_PAPERS.get(T(state)):
            issuer = manager if kind is DocumentKind.REGISTRATION_CERTIFICATE else approver
            found[kind] = (*(data.get(name) for name in OF_STATE), issuer)
        names = ("symbol", "signed_on", "issuer")
        return {kind: dict(zip(names, facts, strict=True)) for kind, facts in found.items() if all(facts)}


def _wanted(state: str) -> set[str]:
    """The fields that a managed task in ``state`` must bring."""
    found = set(APPROVAL)
    if state != T.APPROVED:
        found |= set(CONTRACT)
    if state in STATE_PAPERS:
        found |= set(OF_STATE)
    if state == T.ACCEPTED:
        found |= set(GRADE)
    return found


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
