"""Forms about people."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.models import Organisation
from core.people.roles import Role
from core.people.services import Ground
from core.ui.forms import DateField

from .fields import OrganisationField, TextField


class FactsForm(forms.Form):
    """What may be corrected about a person; the e-mail address is the identity and stays."""

    full_name = TextField(label=_("Full name"), max_length=120)
    academic_title = TextField(
        label=_("Academic title"),
        max_length=40,
        required=False,
        help_text=_("As printed before the name: TS., PGS.TS."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)


class PersonForm(FactsForm):
    """A new person."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The person signs in with it and gets a link there to set a password.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="vi")
    field_order = ["email", "full_name", "academic_title", "phone", "language"]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))


class AnswerForm(forms.Form):
    """A word with the confirmation, if there is one."""

    reason = TextField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class GroundForm(forms.Form):
    """Mixin: the document behind what begins or ends before today."""

    document_number = TextField(
        label=_("Document: number and symbol"),
        max_length=80,
        required=False,
        help_text=_("Needed when a day lies before today; a second person then confirms it."),
    )
    document_date = DateField(label=_("Document: date"), required=False)

    def clean(self) -> dict[str, Any]:
        """Number and date belong together; the service is given them as one ground."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        number, dated = data.pop("document_number", ""), data.pop("document_date", None)
        if bool(number) != bool(dated):
            self.add_error("document_number", _("Number and date belong together."))
        data["ground"] = Ground(number, dated) if number and dated else None
        return data


class MembershipForm(GroundForm):
    """A role in an organisation."""

    organisation = OrganisationField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    position = TextField(label=_("Position"), max_length=120, required=False)
    valid_from = DateField(label=_("From"), initial=clock.today)
    valid_to = DateField(label=_("Until (included)"), required=False)
    field_order = ["organisation", "role", "position", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(ended_on__isnull=True)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class LastDayForm(GroundForm):
    """When something ends, and why."""

    last_day = DateField(label=_("Last day"), initial=clock.today)
    reason = TextField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    field_order = ["last_day", "reason"]


class ProfileForm(forms.Form):
    """What people may change about themselves."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
