"""The acceptance dossier: words, products, files; the result of the grassroots council."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.files.forms import UploadField
from core.people.forms.fields import TextField
from core.ui.forms import layout_helper
from tasks.models import AcceptanceFile, Task
from tasks.selectors.acceptance import PARTS, purposes_present
from tasks.services.acceptance import check_has_come

from .base import FactsForm, beside, field_for, lines_of


class AcceptanceForm(FactsForm):
    """The dossier of one attempt. A file sent again replaces the one before."""

    class Meta:
        model = AcceptanceFile
        formfield_callback = field_for
        fields = ("final_report_on", "summary", "self_grade", "self_assessment", "spent_vnd", "other_spent_vnd")

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        self.task = task
        super().__init__(*args, **kwargs)
        self.fields |= self._uploads()
        self.helper = layout_helper(*self.layout())

    def _uploads(self) -> dict[str, forms.Field]:
        present = purposes_present(self.task)
        return {
            part.purpose: UploadField(label=part.label, required=False, help_text=self._help(part, present))
            for part in PARTS
        }

    def _help(self, part: Any, present: frozenset[str]) -> str:
        if part.purpose in present:
            return gettext("A file is there; another one replaces it.")
        return (
            gettext("Required.")
            if part.is_required(self.task.regulation, self.task.approved_on)
            else gettext("If there is one.")
        )

    def clean_final_report_on(self) -> date | None:
        """Told together with what is wrong with the files."""
        day: date | None = self.cleaned_data["final_report_on"]
        check_has_come(day)
        return day

    def layout(self) -> list[Any]:
        """Words and figures, then the files."""
        words = [
            "key",
            beside("final_report_on", "self_grade"),
            "summary",
            "self_assessment",
            beside("spent_vnd", "other_spent_vnd"),
        ]
        uploads = [part.purpose for part in PARTS if part.purpose in self.fields]
        return [*words, Fieldset(str(_("Files of the dossier")), *uploads)] if uploads else words

    def handed_in(self) -> dict[str, Any]:
        """The files that came, by purpose."""
        return {part.purpose: found for part in PARTS if (found := self.cleaned_data.get(part.purpose))}


class DeliveredForm(forms.Form):
    """What was delivered of one product."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Product"), disabled=True, required=False)
    delivered = forms.IntegerField(label=_("Delivered"), min_value=0, max_value=1_000_000)
    delivered_note = TextField(label=_("How it meets the order"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = layout_helper("sequence", "name", beside("delivered", "delivered_note"))


DeliveredSet = lines_of(DeliveredForm, extra=0, prefix="delivered")


def delivered_initial(task: Task) -> list[dict[str, Any]]:
    """Every product with what was ordered in its name."""
    return [
        {
            "sequence": one.sequence,
            "name": f"{one.name} ({one.quantity} {one.unit})",
            "delivered": one.delivered,
            "delivered_note": one.delivered_note,
        }
        for one in task.products.all()
    ]


class GrassrootsForm(FactsForm):
    """What the host's own council concluded."""

    class Meta:
        model = AcceptanceFile
        formfield_callback = field_for
        fields = ("grassroots_on", "grassroots_decision", "grassroots_passed", "grassroots_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("grassroots_on", "grassroots_decision", "grassroots_passed"):
            self.fields[name].required = True
