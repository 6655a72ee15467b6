"""Drafting a council and arranging its sitting."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.people.forms.fields import ModelMultipleChoiceField
from core.people.roles import Level, Payer
from core.ui.forms import DateField, KeyedForm, layout_helper
from proposals.forms.fields import LongField, MomentField, TextField, TitleField, YearField, beside
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.selectors.agenda import SEVERAL


class SubjectsField(ModelMultipleChoiceField):
    """What a council judges, by code."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: QuerySet[Any], *, several: bool, **kwargs: Any) -> None:
        if not several:
            kwargs["widget"] = forms.RadioSelect
        super().__init__(queryset=queryset, to_field_name="code", **kwargs)
        self.several = several

    def clean(self, value: Any) -> Any:
        """Always a list, also of the one that may be chosen."""
        wanted = value if isinstance(value, list | tuple) else [value] if value else []
        return list(super().clean(list(wanted)))

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.title}"


class CouncilForm(KeyedForm):
    """Name, level, payer, money; for a new council also what it judges and where it sits."""

    items: Any
    title = TitleField(label=_("Name of the council"))
    plan_year = YearField()
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.PROVINCIAL)
    payer = forms.ChoiceField(label=_("Payer"), choices=Payer.choices, initial=Payer.FUND)
    funds = TextField(
        label=_("Money for the work of the council"),
        max_length=300,
        required=False,
        help_text=_("Its source, as the decision prints it. Left empty, the decision names the payer."),
    )
    sits_at = MomentField(label=_("Date and time of the sitting"), required=False)
    place = TextField(label=pgettext_lazy("sitting", "Place"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        kind: CouncilKind,
        waiting: QuerySet[Any] | None = None,
        council: Council | None = None,
        **kwargs: Any,
    ) -> None:
        if council is not None:
            names = ("title", "plan_year", "level", "payer", "funds")
            kwargs["initial"] = {name: getattr(council, name) for name in names}
        super().__init__(*args, **kwargs)
        sections = []
        if waiting is not None:
            none = "" if waiting.exists() else _("Nothing waits for such a council now.")
            self.fields["items"] = SubjectsField(
                waiting, several=kind in SEVERAL, label=_("What the council judges"), help_text=none
            )
            sections.append(Fieldset(str(_("Agenda")), "items"))
        else:
            del self.fields["sits_at"], self.fields["place"]
        sections.append(
            Fieldset(str(_("Council")), "title", beside("plan_year", "level"), beside("payer", "funds")),
        )
        if waiting is not None:
            sections.append(Fieldset(str(_("Sitting")), beside("sits_at", "place")))
        self.helper = layout_helper("key", *sections)

    def facts(self) -> dict[str, Any]:
        """The cleaned values but the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class SittingForm(KeyedForm):
    """When and where, and when the papers went out."""

    sits_at = MomentField(label=_("Date and time of the sitting"))
    place = TextField(label=pgettext_lazy("sitting", "Place"), max_length=300)
    papers_sent_on = DateField(label=_("Papers sent to the members on"), required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(council, name) for name in ("sits_at", "place", "papers_sent_on")}
        super().__init__(*args, **kwargs)


class AgendaForm(KeyedForm):
    """More proposals for the agenda."""

    items: Any

    def __init__(self, *args: Any, waiting: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"] = SubjectsField(waiting, several=True, label=_("What waits for such a council"))


class DissolutionForm(KeyedForm):
    """Why the council shall be dissolved."""

    reason = LongField(label=_("Ground of the dissolution"), help_text=_("The decision prints it."), max_length=2000)
