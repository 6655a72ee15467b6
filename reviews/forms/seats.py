"""Members: named, replaced, with what they declare."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files.forms import UploadField
from core.people.models import User
from core.ui.forms import DateField, KeyedForm, layout_helper
from proposals.forms.fields import PersonField, TextField, beside, choices_with_blank
from reviews.models import Capacity, DeclaredConflict, Position, Seat
from reviews.selectors.seats import unit_of


class ExpertField(PersonField):
    """A person with degree, field and unit, so that one sees whom one names."""

    def label_from_instance(self, obj: User) -> str:
        expert = getattr(obj, "expert", None)
        known = [str(obj), expert.degree, expert.field, unit_of(obj)] if expert else [str(obj)]
        if expert and expert.degree in obj.academic_title:
            known.remove(expert.degree)
        return " · ".join(part for part in known if part)


def _offer(form: forms.BaseForm, candidates: Any) -> None:
    field: Any = form.fields["user"]
    field.queryset = candidates.select_related("expert__affiliation")


class SeatForm(KeyedForm):
    """One more member of a draft."""

    user = ExpertField(label=_("Member"))
    position = forms.ChoiceField(label=_("Part in the council"), choices=Position.choices, initial=Position.MEMBER)
    capacity = forms.ChoiceField(label=_("Chosen as"), choices=Capacity.choices, initial=Capacity.EXPERT)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, candidates)
        self.helper = layout_helper("key", "user", beside("position", "capacity"))


class ReplaceForm(KeyedForm):
    """Somebody else on a seat, by an amending decision of the body that established the council."""

    user = ExpertField(label=_("New member"))
    words = TextField(
        label=_("Decision that names the member"), max_length=200, help_text=_("Number and issuing body.")
    )
    decided_by = PersonField(label=_("Decided by"))
    decided_on = DateField(label=_("Date of the decision"))
    scan = UploadField(label=_("Scan of the decision"))
    reason = TextField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, candidates: Any, founders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, candidates)
        self.fields["decided_by"].queryset = founders  # type: ignore[attr-defined]


class ConflictForm(KeyedForm):
    """What somebody else notes of a member."""

    conflict = forms.ChoiceField(label=_("Conflict of interest"), choices=choices_with_blank(DeclaredConflict.choices))
    words = TextField(label=_("What the conflict is"), max_length=300)


class AnswerForm(KeyedForm):
    """What the member says to it."""

    words = TextField(label=_("My answer"), max_length=300)


class ClearForm(KeyedForm):
    """Why what was noted is no conflict."""

    reason = TextField(label=_("Why it is no conflict"), max_length=300)


class OwnConflictForm(KeyedForm):
    """For the member himself: he says that he has one and which, or that he has none."""

    NONE = "none"
    conflict = forms.ChoiceField(
        label=_("My conflict of interest"),
        choices=[(NONE, _("I have no conflict of interest")), *DeclaredConflict.choices],
        widget=forms.RadioSelect,
    )
    words = TextField(label=_("What the conflict is"), max_length=300, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        none = self.NONE if seat.declared_at else None
        kwargs["initial"] = {"conflict": seat.declared or none, "words": seat.declared_note}
        super().__init__(*args, **kwargs)

    def declared(self) -> DeclaredConflict | None:
        """The chosen conflict, or None."""
        chosen = self.cleaned_data["conflict"]
        return DeclaredConflict(chosen) if chosen in DeclaredConflict.values else None

    def clean(self) -> dict[str, Any]:
        """Whoever declares a conflict says which."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("conflict") in DeclaredConflict.values and not data.get("words"):
            self.add_error("words", _("Say what the conflict is."))
        return data
