"""Forms about people."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.models import Organisation
from core.people.roles import Role
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


class MembershipForm(forms.Form):
    """A role in an organisation."""

    organisation = OrganisationField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    position = TextField(label=_("Position"), max_length=120, required=False)
    valid_from = DateField(label=_("From"), initial=clock.today)
    valid_to = DateField(label=_("Until (included)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(ended_on__isnull=True)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class LastDayForm(forms.Form):
    """When something ends, and why."""

    last_day = DateField(label=_("Last day"), initial=clock.today)
    reason = TextField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class ProfileForm(forms.Form):
    """What people may change about themselves."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
