"""The form of one step: reason, and on the paper channel who decided, when, on which evidence; entering old records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.codes import fits_address
from core.files.forms import UploadField
from core.people.forms.fields import TextField
from core.people.models import User
from core.ui.forms import DateField, KeyedForm, StepForm

from .adoption import UNFIT_CODE, Adoption
from .models import Stepped
from .table import Channel, Reason, Row


class TakeStepForm(StepForm):
    """Asks only what the row needs. Who may have decided comes from the row, so nobody else can be chosen.

    ``records``: whether this person may enter what was decided outside the system; nobody else is asked for it.
    ``warned``: a rule that still has to be confirmed speaks against it, so the step needs a reason.
    """

    paper: tuple[str, ...] = ("channel", "decided_by", "effective_on", "evidence")

    channel = forms.ChoiceField(label=_("How it was decided"), choices=Channel.choices, required=False)
    decided_by = forms.ModelChoiceField(label=_("Decided by"), queryset=User.objects.none(), required=False)
    effective_on = DateField(label=_("Effective on"), required=False)
    # Looked into here, before the transaction of the step: the service then knows the bytes already.
    evidence = UploadField(label=_("Scan or signed file"), required=False)

    def __init__(
        self,
        *args: Any,
        row: Row,
        deciders: Any,
        to_record: bool,
        records: bool = True,
        warned: bool = False,
        **kwargs: Any,
    ) -> None:
        required = warned or row.reason is Reason.REQUIRED
        asked = warned or row.reason is not Reason.NONE
        super().__init__(*args, reason_required=required, with_reason=asked, **kwargs)
        if warned and row.reason is Reason.NONE:
            self.fields["reason"].label = _("Why the step is right in spite of the rule above")
        elif warned:
            self.fields["reason"].help_text = _("Say also why the step is right in spite of the rule above.")
        self.fields["decided_by"].queryset = deciders  # type: ignore[attr-defined]
        if to_record:
            self.fields["decided_by"].required = True
            self.fields["evidence"].required = True
            self.fields["channel"].choices = [  # type: ignore[attr-defined]
                choice for choice in Channel.choices if choice[0] != Channel.IN_SYSTEM
            ]
            self.paper = ()
        elif not records or not deciders.exists():
            for name in self.paper:
                del self.fields[name]
            self.paper = ()

    def chosen_channel(self) -> Channel:
        return Channel(self.cleaned_data.get("channel") or Channel.IN_SYSTEM)


class DataCorrectionForm(StepForm):
    """The columns of a record that may be mended, with what stands there now, and the reason."""

    def __init__(self, *args: Any, subject: Stepped, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(subject, name) for name in subject.correctable}
        super().__init__(*args, reason_required=True, **kwargs)
        columns = {name: _form_field(subject, name) for name in subject.correctable}
        self.fields = {**columns, **self.fields}

    def values(self, subject: Stepped) -> dict[str, Any]:
        """What was typed, by column."""
        return {name: self.cleaned_data[name] for name in subject.correctable}


def _form_field(subject: Stepped, name: str) -> forms.Field:
    column: Any = subject._meta.get_field(name)
    plain_text = column.get_internal_type() == "CharField" and not column.choices
    field: forms.Field = column.formfield(**({"form_class": TextField} if plain_text else {}))
    return field


class AdoptionFields(KeyedForm):
    """Mixin: what the form of an old record asks besides the record's facts.

    ``adopts`` is the record, which keeps the key of its form; its table says in which states one person may enter it.
    """

    adopts: type[Any]

    code = TextField(
        label=_("Code"),
        required=False,
        max_length=60,
        help_text=_(
            "Empty, or with a sign that no address bears, such as a slash: the next code of this system is drawn, and "
            "what stands here is kept as the former code."
        ),
    )
    state = forms.ChoiceField(label=_("Status"))
    effective_on = DateField(label=_("Status as of"), initial=clock.today)
    note = TextField(label=_("Where the facts come from"), max_length=500)
    evidence = UploadField(label=_("Decision or contract (scan)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(self.adopts.lifecycle.states.choices)
        choices = [(state, labels[state]) for state in self.adopts.lifecycle.enterable]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A code is used once; the same form sent again meets its own record."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._set_aside_unfit(data)
        code, key = data.get("code"), data.get("key")
        if code and self.adopts._default_manager.filter(code=code).exclude(created_key=key).exists():
            self.add_error("code", _("Another record has this code."))
        return data

    def _set_aside_unfit(self, data: dict[str, Any]) -> None:
        """A code that has no place in an address, such as 12/KHCN-2019, stays as the former code."""
        code = data.get("code")
        if not code or fits_address(code):
            return
        if data.get("former_code"):
            self.add_error("code", UNFIT_CODE)
        else:
            data["code"], data["former_code"] = "", code

    def adoption(self, actor: User) -> Adoption:
        """Who and what stands behind the entry, of a valid form; the head of division confirms it on his own page."""
        data = self.cleaned_data
        return Adoption(
            batch="form",
            actor=actor,
            effective_on=data["effective_on"],
            note=data["note"],
            scan=data["evidence"],
        )
