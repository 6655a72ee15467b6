"""The form of one step: reason, and on the paper channel who decided, when, on which evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.people.models import User
from core.ui.forms import DateField, StepForm

from .table import Channel, Reason, Row


class TakeStepForm(StepForm):
    """Asks only what the row needs. Who may have decided comes from the row, so nobody else can be chosen."""

    paper: tuple[str, ...] = ("channel", "decided_by", "effective_on", "evidence")

    channel = forms.ChoiceField(label=_("How it was decided"), choices=Channel.choices, required=False)
    decided_by = forms.ModelChoiceField(label=_("Decided by"), queryset=User.objects.none(), required=False)
    effective_on = DateField(label=_("Effective on"), required=False)
    evidence = forms.FileField(label=_("Scan or signed file"), required=False)

    def __init__(self, *args: Any, row: Row, deciders: Any, to_record: bool, **kwargs: Any) -> None:
        required = row.reason is Reason.REQUIRED
        super().__init__(*args, reason_required=required, with_reason=True, **kwargs)
        if row.reason is Reason.NONE:
            help_text = _("Needed only when a rule that still has to be confirmed speaks against it.")
            self.fields["reason"].help_text = help_text
        self.fields["decided_by"].queryset = deciders  # type: ignore[attr-defined]
        if to_record:
            self.fields["decided_by"].required = True
            self.fields["evidence"].required = True
            self.fields["channel"].choices = [  # type: ignore[attr-defined]
                choice for choice in Channel.choices if choice[0] != Channel.IN_SYSTEM
            ]
            self.paper = ()
        elif not deciders.exists():
            for name in self.paper:
                del self.fields[name]
            self.paper = ()

    def chosen_channel(self) -> Channel:
        return Channel(self.cleaned_data.get("channel") or Channel.IN_SYSTEM)
