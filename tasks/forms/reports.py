"""The progress report with its spending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files.forms import UploadField
from core.people.forms.fields import TextField
from core.ui.forms import VNDFormField, layout_helper
from tasks.models import Report

from .base import FactsForm, Lines, beside, field_for, initial_rows, lines_of


class ReportForm(FactsForm):
    """What was done, what not, how far, how much money."""

    attachment = UploadField(label=_("File (PDF or office document)"), required=False)

    class Meta:
        model = Report
        formfield_callback = field_for
        fields = ("done", "not_done", "next_steps", "risks", "percent", "spent_vnd", "other_spent_vnd")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("done", "percent", "spent_vnd"):
            self.fields[name].required = True

    def layout(self) -> list[Any]:
        """Words, then figures."""
        figures = beside("percent", "spent_vnd", "other_spent_vnd", columns=3)
        return ["key", "done", "not_done", "next_steps", "risks", figures, "attachment"]


class SpendingForm(forms.Form):
    """One budget line."""

    item = TextField(label=_("Item"), max_length=300)
    planned_vnd = VNDFormField(label=_("Approved (đồng)"), required=False)
    state_vnd = VNDFormField(label=_("Spent from the state budget (đồng)"), required=False)
    other_vnd = VNDFormField(label=_("Spent from other sources (đồng)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper(
            beside("item", "planned_vnd"),
            beside("state_vnd", "other_vnd"),
            *(["DELETE"] if "DELETE" in self.fields else []),
        )

    def clean(self) -> dict[str, Any]:
        """An empty amount is zero."""
        data = super().clean() or self.cleaned_data
        for name in ("planned_vnd", "state_vnd", "other_vnd"):
            if name in data:
                data[name] = data[name] or 0
        return data


SpendingSet = lines_of(SpendingForm, extra=1, prefix="spending", base=Lines, delete=True)


def spending_initial(report: Report) -> list[Any]:
    """The lines written so far; those of the report before; the approved budget."""
    names = ("item", "planned_vnd", "state_vnd", "other_vnd")
    if own := list(report.spending.all()):
        return initial_rows(own, *names)
    before = report.task.reports.filter(sequence__lt=report.sequence, spending__isnull=False).order_by("-sequence")
    last = before.first()
    if last is not None:
        return initial_rows(last.spending.all(), *names)
    return [{"item": line.item, "planned_vnd": line.state_vnd} for line in report.task.budget_lines.all()]
