"""The contract and its plan of payments."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.models import Organisation
from core.ui.forms import DateField, VNDFormField, layout_helper
from tasks.models import Contract, Precondition, Task
from tasks.selectors.contracts import InstalmentPlan, default_instalments, is_of_before, last_end
from tasks.selectors.parties import contract_defaults
from tasks.services.contracts import OLD_FACTS, SIGNED

from .base import FactsForm, Lines, beside, field_for, initial_rows, lines_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DatesField(forms.CharField):
    """Days, one on a line, dd/mm/yyyy; kept as ISO text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}), max_length=1000, **kwargs)

    def clean(self, value: Any) -> list[str]:
        return [self._day(line.strip()) for line in str(super().clean(value)).splitlines() if line.strip()]

    def _day(self, words: str) -> str:
        day: date | None = DateField().to_python(words)
        assert day is not None  # noqa: S101  # empty lines were left out
        return day.isoformat()

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in value)
        return value


class ContractForm(FactsForm):
    """Parties, value by source, time."""

    in_order = (("starts_on", "ends_on"),)
    report_dates = DatesField(
        label=_("Additional report dates"),
        required=False,
        help_text=_("One day on a line, besides the reporting days of the regulation."),
    )
    default_plan = forms.BooleanField(
        label=_("Share the value by the rule book"),
        required=False,
        help_text=_("The instalments below are then made anew from the value and the dates."),
    )

    class Meta:
        model = Contract
        formfield_callback = field_for
        fields = OLD_FACTS

    def __init__(self, *args: Any, task: Task, contract: Contract | None, **kwargs: Any) -> None:
        initial = {} if contract else contract_defaults(task)
        super().__init__(*args, instance=contract or Contract(task=task), initial=initial, **kwargs)
        self.task, self.is_old = task, is_of_before(task)
        body: Any = self.fields["paying_body"]
        internal = Organisation.objects.filter(is_internal=True)
        # A body that has signed may be another one's predecessor by now.
        body.queryset = internal if self.is_old else internal.filter(ended_on__isnull=True)
        for name in SIGNED:
            if self.is_old:
                self.fields[name].required = True
            else:
                del self.fields[name]
        self.helper = layout_helper(*self.layout())

    def layout(self) -> list[Any]:
        """Parties, money, time."""
        old = [beside(*SIGNED)] if SIGNED[0] in self.fields else []
        return [
            "key",
            *old,
            Fieldset(str(_("Party A")), "paying_body", beside("payer_signer", "payer_position")),
            Fieldset(
                str(_("Party B")),
                beside("host_signer", "host_position"),
                beside("host_account", "host_bank"),
            ),
            Fieldset(
                str(_("Value and time")),
                beside("state_value_vnd", "other_value_vnd"),
                beside("starts_on", "ends_on"),
                "report_dates",
                "copies",
                "default_plan",
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Never more than was approved, never longer: said here, and refused again by the step.

        How long a contract from before was extended is not asked.
        """
        data = super().clean()
        for name, approved in self._approved().items():
            if (data.get(name) or 0) > approved:
                self.add_error(name, gettext("More than was approved."))
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and not self.is_old and end > last_end(self.task, start):
            text = gettext("The contract runs longer than the %(months)s months approved.")
            self.add_error("ends_on", text % {"months": self.task.months})
        return data

    def _approved(self) -> dict[str, int]:
        task = self.task
        return {"state_value_vnd": task.approved_state_vnd, "other_value_vnd": task.approved_other_vnd}


class InstalmentForm(forms.Form):
    """One payment."""

    amount_vnd = VNDFormField(label=_("Amount (đồng)"), minimum=1)
    precondition = forms.ChoiceField(label=_("Precondition"), choices=Precondition.choices)
    planned_on = DateField(label=_("Planned on"))
    budget_year = forms.IntegerField(label=_("Budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper(
            beside("amount_vnd", "precondition"),
            beside("planned_on", "budget_year"),
            *(["DELETE"] if "DELETE" in self.fields else []),
        )

    def has_changed(self) -> bool:
        """The precondition alone, which is never empty, makes no instalment."""
        return bool(set(self.changed_data) - {"precondition"})


class Instalments(Lines):
    """The plan; ``value`` is what it must add up to, None when the rule book makes it."""

    def plan(self) -> list[InstalmentPlan]:
        """The rows as the service takes them."""
        return [
            InstalmentPlan(**{**row, "precondition": Precondition(row["precondition"])})
            for row in self.kept()
            if row.get("amount_vnd")
        ]

    def check_sum(self, value: int) -> None:
        """Raise ValidationError unless the amounts make ``value``."""
        if sum(one.amount_vnd for one in self.plan()) != value:
            raise ValidationError(gettext("The instalments must add up to the state's part of the contract."))


InstalmentSet = lines_of(InstalmentForm, extra=1, prefix="instalments", base=Instalments, delete=True)


def instalment_initial(task: Task, contract: Contract | None) -> list[Any]:
    """The contract's own plan, or the rule book's."""
    names = ("amount_vnd", "precondition", "planned_on", "budget_year")
    if contract is not None:
        return initial_rows(contract.instalments.all(), *names)
    start = task.starts_on or clock.today()
    end = task.ends_on or last_end(task, start)
    plan = default_instalments(task.approved_state_vnd, start, end, task.regulation)
    return initial_rows(plan, *names)
