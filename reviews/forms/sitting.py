"""The record of the sitting: attendance and course."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui.forms import KeyedForm, layout_helper
from proposals.forms.fields import LongField, MomentField, TextField, beside
from reviews.models import AgendaItem, Council, Departure, Seat
from reviews.services import Attendance

PRESENT, ABSENT = "present", "absent"
CHOICES = [(PRESENT, pgettext_lazy("attendance", "Present")), (ABSENT, pgettext_lazy("attendance", "Absent"))]


class AttendanceForm(KeyedForm):
    """One line for each member: present or absent, why, and whether he counts the votes.

    ``left``: who was noted absent since the sitting is open; it waits for a second person.
    """

    def __init__(self, *args: Any, seats: Sequence[Seat], left: Iterable[Departure] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        self.left = {row.seat_id: row.reason for row in left}
        rows = []
        for seat in seats:
            self._add(seat)
            rows.append(beside(f"there_{seat.code}", f"reason_{seat.code}"))
        counters = forms.MultipleChoiceField(
            label=_("Members who count the votes"),
            choices=[(seat.code, str(seat.user)) for seat in seats],
            initial=[seat.code for seat in seats if seat.counts_votes],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["counters"] = counters
        self.helper = layout_helper(
            "key", Fieldset(str(_("Members")), *rows), Fieldset(str(_("Counting group")), "counters")
        )

    def _add(self, seat: Seat) -> None:
        known = {True: ABSENT if seat.pk in self.left else PRESENT, False: ABSENT, None: ""}
        self.fields[f"there_{seat.code}"] = forms.ChoiceField(
            label=" · ".join([str(seat.user), seat.get_position_display()]),
            choices=CHOICES,
            initial=known[seat.attended],
            widget=forms.RadioSelect,
        )
        reason = self.left.get(seat.pk, seat.absence_reason)
        self.fields[f"reason_{seat.code}"] = TextField(
            label=_("Reason of the absence"), max_length=200, initial=reason, required=False
        )

    def attendance(self) -> dict[str, Attendance]:
        """What was noted, by seat code."""
        data = self.cleaned_data
        return {
            seat.code: Attendance(
                present=data[f"there_{seat.code}"] == PRESENT,
                absence_reason=data[f"reason_{seat.code}"],
                counts_votes=seat.code in data["counters"],
            )
            for seat in self.seats
        }


class MinutesForm(KeyedForm):
    """The course of the sitting, and when investigators who came left the room."""

    opened_at = MomentField(label=_("Sitting opened at"), required=False)
    closed_at = MomentField(label=_("Sitting closed at"), required=False)
    guests = LongField(label=_("Guests"), help_text=_("One on each line."), rows=3, required=False)
    discussion = LongField(
        label=_("Main points of the discussion"),
        help_text=_("One on each line; the minutes print them."),
        required=False,
    )

    def __init__(self, *args: Any, council: Council, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        names = ("opened_at", "closed_at", "guests", "discussion")
        kwargs["initial"] = {name: getattr(council, name) for name in names}
        super().__init__(*args, **kwargs)
        self.items = [item for item in items if item.dossier_id or item.task_id]
        rows = []
        for item in self.items:
            self.fields[f"came_{item.code}"] = forms.BooleanField(
                label=_("%(code)s: the principal investigator came") % {"code": item.subject.code},
                initial=item.investigator_came,
                required=False,
            )
            self.fields[f"left_{item.code}"] = MomentField(
                label=_("Left the room at"), initial=item.investigator_left_at, required=False
            )
            rows.append(beside(f"came_{item.code}", f"left_{item.code}"))
        people = [Fieldset(str(_("Principal investigators")), *rows)] if rows else []
        self.helper = layout_helper("key", beside("opened_at", "closed_at"), "guests", *people, "discussion")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for item in self.items:
            if data.get(f"left_{item.code}") and not data.get(f"came_{item.code}"):
                self.add_error(
                    f"left_{item.code}", forms.ValidationError(_("The investigator must have come before leaving."))
                )
        return data

    def facts(self) -> dict[str, Any]:
        """What the service writes."""
        data = self.cleaned_data
        came = [item for item in self.items if data[f"came_{item.code}"]]
        return {name: data[name] for name in ("opened_at", "closed_at", "guests", "discussion")} | {
            "investigators": {item.code: data[f"left_{item.code}"] for item in came}
        }
