"""Conclusions, and the estimate line by line."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.money import VND
from core.ui.forms import KeyedForm, VNDFormField, layout_helper
from proposals.forms.fields import LongField, TextField, TitleField, beside
from proposals.models import BudgetLine, Dossier
from reviews.models import AgendaItem, AppraisalLine
from reviews.services import Granted


class ConclusionForm(KeyedForm):
    """What the council concludes on one item; which fields there are follows from what is judged."""

    conclusion = LongField(label=_("Conclusion"), help_text=_("The minutes print it."), required=False)
    title = TitleField(label=_("Title given by the council"), required=False)
    remarks = LongField(
        label=_("Remarks to the host"),
        help_text=_("One on each line. The host reads them after the conclusion."),
        required=False,
    )
    recommended = forms.ChoiceField(label=_("Recommended dossier"), required=False)

    def __init__(self, *args: Any, item: AgendaItem, equals: Sequence[Dossier] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.equals = {dossier.code: dossier for dossier in equals}
        initial = {"conclusion": item.conclusion, "title": item.conclusion_title, "remarks": item.remarks}
        if item.recommended:
            initial["recommended"] = item.recommended.code
        self.initial = initial
        for name in self._absent(item):
            del self.fields[name]
        if "recommended" in self.fields:
            names = [(code, f"{code} · {dossier.host}") for code, dossier in self.equals.items()]
            choice: Any = self.fields["recommended"]
            choice.choices = [("", "—"), *names]

    def _absent(self, item: AgendaItem) -> list[str]:
        absent = [] if item.proposal_id else ["title"]
        if not item.dossier_id and not item.task_id:
            absent.append("remarks")
        return absent if self.equals else [*absent, "recommended"]

    def facts(self) -> dict[str, Any]:
        """What the service writes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        if "recommended" in data:
            data["recommended"] = self.equals.get(data["recommended"])
        return data


class AppraisalForm(KeyedForm):
    """What is granted on every line; at first as much as was asked for."""

    def __init__(
        self, *args: Any, lines: Sequence[BudgetLine], decided: Mapping[int, AppraisalLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        parts = []
        for line in lines:
            names = self._add(line, decided.get(line.pk))
            parts.append(Fieldset(f"{line.sequence}. {line.get_item_display()}", beside(*names[:2]), names[2]))
        self.helper = layout_helper("key", *parts)

    def _add(self, line: BudgetLine, decided: AppraisalLine | None) -> tuple[str, str, str]:
        names = (f"state_{line.sequence}", f"other_{line.sequence}", f"reason_{line.sequence}")
        self.fields[names[0]] = VNDFormField(
            label=_("State budget approved (đồng)"),
            initial=decided.approved_state_vnd if decided else line.requested_state_vnd,
        )
        self.fields[names[1]] = VNDFormField(
            label=_("Other sources approved (đồng)"),
            initial=decided.approved_other_vnd if decided else line.requested_other_vnd,
        )
        self.fields[names[2]] = TextField(
            label=_("Reason of the reduction"),
            max_length=300,
            required=False,
            initial=decided.reason if decided else "",
        )
        return names

    def granted(self) -> dict[int, Granted]:
        """What is granted, by the line's sequence."""
        data = self.cleaned_data
        return {
            line.sequence: Granted(
                state_vnd=VND(data[f"state_{line.sequence}"]),
                other_vnd=VND(data[f"other_{line.sequence}"]),
                reason=data[f"reason_{line.sequence}"],
            )
            for line in self.lines
        }
