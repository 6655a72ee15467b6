"""Requests for an amendment, one form for each kind, and the opinion on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.forms.fields import TextField
from core.people.models import User
from core.people.selectors import pickable_people
from core.ui.forms import DateField, VNDFormField, layout_helper
from tasks.models import Amendment, AmendmentKind, Instalment, Task
from tasks.selectors import longest_extension, money

from .base import FactsForm, Lines, beside, field_for, lines_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


class AmendmentForm(FactsForm):
    """The reason, and what this kind needs."""

    class Meta:
        model = Amendment
        formfield_callback = field_for
        fields: tuple[str, ...] = ("reason",)

    def __init__(self, *args: Any, task: Task, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.user = task, user
        self.prepare()

    def prepare(self) -> None:
        """Adapt the fields to task and user."""


class ExtensionForm(AmendmentForm):
    """By how many months."""

    class Meta(AmendmentForm.Meta):
        fields = ("extension_months", "reason")

    def prepare(self) -> None:
        """Tell the limit of this task."""
        months: Any = self.fields["extension_months"]
        most = longest_extension(self.task.months, self.task.regulation, self.task.approved_on)
        months.required = True
        months.help_text = gettext("At most %(most)s months, once, asked for before the end of the task.") % {
            "most": most
        }


class InvestigatorForm(AmendmentForm):
    """Who leads from now on."""

    class Meta(AmendmentForm.Meta):
        fields = ("new_investigator", "reason")

    def prepare(self) -> None:
        """Choose among the people one sees."""
        person: Any = self.fields["new_investigator"]
        person.queryset, person.required = pickable_people(self.user), True


class ChangeForm(forms.Form):
    """One amended point."""

    item = TextField(label=_("What changes"), max_length=300)
    before = TextField(label=_("Before"), max_length=1000)
    after = TextField(label=_("After"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper(
            "item",
            beside("before", "after"),
            *(["DELETE"] if "DELETE" in self.fields else []),
        )


class PhasingForm(forms.Form):
    """One instalment, moved."""

    instalment = forms.IntegerField(widget=forms.HiddenInput)
    amount_vnd = VNDFormField(label=_("Amount (đồng)"), minimum=1)
    planned_on = DateField(label=_("Planned on"))
    budget_year = forms.IntegerField(label=_("Budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("instalment", beside("amount_vnd", "planned_on", "budget_year", columns=3))


class Phasings(Lines):
    """The instalments that are changed; ``instalment`` is the number in the contract."""

    def phasings(self, task: Task) -> list[dict[str, Any]]:
        """The changed rows as the service takes them."""
        known = {one.sequence: one for one in unpaid_instalments(task)}
        rows = [{**row, "instalment": known.get(row["instalment"])} for row in self.kept()]
        return [row for row in rows if row["instalment"] is not None and _moved(row)]


def _moved(row: dict[str, Any]) -> bool:
    old = row["instalment"]
    return any(row[name] != getattr(old, name) for name in ("amount_vnd", "planned_on", "budget_year"))


def unpaid_instalments(task: Task) -> list[Instalment]:
    """The instalments that may still move."""
    contract = getattr(task, "contract", None)
    if contract is None:
        return []
    paid = money.source().paid_instalments(contract)
    return [one for one in contract.instalments.all() if one.pk not in paid]


FORMS: dict[AmendmentKind, type[AmendmentForm]] = {
    AmendmentKind.EXTENSION: ExtensionForm,
    AmendmentKind.INVESTIGATOR: InvestigatorForm,
    AmendmentKind.CONTENT: AmendmentForm,
    AmendmentKind.PHASING: AmendmentForm,
}
ChangeSet = lines_of(ChangeForm, extra=2, prefix="changes", delete=True)
PhasingSet = lines_of(PhasingForm, extra=0, prefix="phasings", base=Phasings)


class OpinionForm(FactsForm):
    """For or against, and why."""

    agrees = forms.TypedChoiceField(
        label=_("The opinion is"),
        choices=[("yes", _("in favour")), ("no", _("against"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Amendment
        formfield_callback = field_for
        fields = ("opinion",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].required = True
        if self.instance.agrees is not None:
            self.initial["agrees"] = "yes" if self.instance.agrees else "no"
