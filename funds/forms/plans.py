"""Plans of a year and estimates of tasks: each with its decision, and the answer of the second person."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.forms import UploadField
from core.people.forms.fields import TextField
from core.ui.forms import DateField, KeyedForm, ShownForm, layout_helper
from funds.models import YearEstimate, YearPlan
from funds.models.plans import FIRST_YEAR, LAST_YEAR, PAYERS
from funds.selectors.books import Books
from funds.services import Decision
from tasks.forms.base import FactsForm, beside, field_for

LONG = 2_000
AGREED, REFUSED = "agreed", "refused"


def this_year() -> int:
    """The budget year one usually works for."""
    return clock.today().year


class YearField(forms.IntegerField):
    """A budget year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Budget year"))
        kwargs.setdefault("initial", this_year)
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class DecisionMixin(KeyedForm):
    """The decision that gives the money: title, number, day, scan."""

    decision = TextField(label=_("Decision"), max_length=200)
    number = TextField(label=_("Number and symbol"), max_length=60)
    decided_on = DateField(label=_("Decided on"))
    scan = UploadField(label=_("Scan of the signed decision"))

    def decision_of(self) -> Decision:
        """The decision as a valid form gives it."""
        data = self.cleaned_data
        return Decision(title=data["decision"], number=data["number"], decided_on=data["decided_on"], scan=data["scan"])


class PlanForm(DecisionMixin, FactsForm):
    """The plan of a year."""

    year = YearField()

    class Meta:
        model = YearPlan
        formfield_callback = field_for
        fields = ("year", "payer", "amount_vnd")

    def layout(self) -> list[Any]:
        """Year and payer, amount, the paper."""
        return ["key", beside("year", "payer"), "amount_vnd", "decision", beside("number", "decided_on"), "scan"]


class EstimateForm(DecisionMixin, FactsForm):
    """What a task is granted for a year."""

    year = YearField()

    class Meta:
        model = YearEstimate
        formfield_callback = field_for
        fields = ("year", "amount_vnd")

    def __init__(self, *args: Any, books: Books, year: int | None = None, **kwargs: Any) -> None:
        waiting = {number: held.waiting_vnd for number, held in books.years.items() if held.waiting_vnd}
        first = year if year in waiting else next(iter(waiting), year or this_year())
        super().__init__(*args, initial={"year": first, "amount_vnd": waiting.get(first)}, **kwargs)

    def layout(self) -> list[Any]:
        """Year and amount, the paper."""
        return ["key", beside("year", "amount_vnd"), "decision", beside("number", "decided_on"), "scan"]


class GrantAllForm(DecisionMixin):
    """All that the contracts of a payer still wait for in a year."""

    year = YearField()
    payer = forms.ChoiceField(label=_("Payer"), choices=PAYERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = ("decision", beside("number", "decided_on"), "scan")
        self.helper = layout_helper("key", beside("year", "payer"), *paper)


class ReasonForm(KeyedForm):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class AnswerForm(ShownForm):
    """What the second person says: agreed, or refused with a reason."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(AGREED, _("I agree")), (REFUSED, _("I refuse and say why"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("answer") == REFUSED and not data.get("reason"):
            self.add_error("reason", gettext("Give a reason."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        agrees, reason = self.cleaned_data["answer"] == AGREED, self.cleaned_data["reason"]
        return {"agrees": agrees, "reason": reason, "shown": self.was_shown}
