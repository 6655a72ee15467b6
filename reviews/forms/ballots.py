"""The three kinds of ballots, cast by the member or typed over from paper."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.files.forms import UploadField
from core.regulations import fraction
from core.regulations.wording import criterion_label
from core.ui.forms import KeyedForm, layout_helper
from proposals.choices import LumpSum
from proposals.forms.fields import LongField, TitleField, choices_with_blank
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, GradeBallot, Level, ScoreBallot, Seat, VoteBallot
from reviews.rules import grading
from reviews.services import Grades, Scores, Spoiled, Vote
from reviews.services.contents import Content, criteria_of, products_of
from tasks.models import Grade

AGREE, DISAGREE = "agree", "disagree"
ANSWERS = [
    (AGREE, pgettext_lazy("ballot", "Agree: the task shall be carried out")),
    (DISAGREE, pgettext_lazy("ballot", "Disagree: the task shall not be carried out")),
]
CRITERIA = {
    grading.QUANTITY: pgettext_lazy("criterion", "Quantity, volume"),
    grading.QUALITY: pgettext_lazy("criterion", "Quality"),
    grading.KIND: pgettext_lazy("criterion", "Kind"),
}


class BallotForm(KeyedForm):
    """What the kinds share: a comment, and the way to the service's content."""

    comment = LongField(label=_("Comments"), required=False, max_length=10_000)

    def __init__(self, *args: Any, item: AgendaItem, ballot: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if ballot is not None:
            self.fields["comment"].initial = ballot.comment

    def content(self) -> Content:
        """What the ballot says, for the service."""
        raise NotImplementedError

    def body(self) -> list[Any]:
        """The names of the fields in the order of the sheet."""
        return [name for name in self.fields if name not in {"key", *PAPER_FIELDS}]


class VoteForm(BallotForm):
    """Identification."""

    answer = forms.ChoiceField(label=_("Vote"), choices=ANSWERS, widget=forms.RadioSelect)
    suggested_title = TitleField(label=_("Suggested title"), required=False)
    field_order = ("key", "answer", "suggested_title", "comment")

    def __init__(self, *args: Any, ballot: VoteBallot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, ballot=ballot, **kwargs)
        if ballot is not None and ballot.agrees is not None:
            self.fields["answer"].initial = AGREE if ballot.agrees else DISAGREE
            self.fields["suggested_title"].initial = ballot.suggested_title

    def content(self) -> Content:
        data = self.cleaned_data
        return Vote(agrees=data["answer"] == AGREE, suggested_title=data["suggested_title"], comment=data["comment"])


class ScoreForm(BallotForm):
    """Selection: whole points for every criterion."""

    def __init__(self, *args: Any, ballot: ScoreBallot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, ballot=ballot, **kwargs)
        given = {line.criterion: line.points for line in ballot.lines.all()} if ballot is not None else {}
        self.criteria = criteria_of(self.item)
        for criterion in self.criteria:
            words = {"criterion": criterion_label(criterion.code), "maximum": criterion.maximum}
            self.fields[criterion.code] = forms.IntegerField(
                label=_("%(criterion)s (at most %(maximum)s)") % words,
                min_value=0,
                max_value=criterion.maximum,
                initial=given.get(criterion.code),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.fields["lump_sum"] = forms.ChoiceField(
            label=_("Advice on the lump sum"),
            choices=choices_with_blank(LumpSum.choices),
            initial=ballot.lump_sum if ballot is not None else "",
            required=False,
        )
        self.order_fields(["key", *(criterion.code for criterion in self.criteria), "lump_sum", "comment"])

    def content(self) -> Content:
        data = self.cleaned_data
        return Scores(
            points={criterion.code: data[criterion.code] for criterion in self.criteria},
            lump_sum=LumpSum(data["lump_sum"]) if data["lump_sum"] else None,
            comment=data["comment"],
        )


class GradeForm(BallotForm):
    """Acceptance: a level for each criterion of each product, and for the final report."""

    def __init__(self, *args: Any, ballot: GradeBallot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, ballot=ballot, **kwargs)
        lines = ballot.lines.select_related("product") if ballot is not None else []
        given = {(line.product.sequence, line.criterion): line.level for line in lines}
        self.cells: dict[str, tuple[int, str]] = {}
        for product in products_of(self.item):
            for criterion in grading.CRITERIA:
                place = (product.sequence, criterion)
                self._add(place, f"{product.sequence}. {product.name} – {CRITERIA[criterion]}", given.get(place))
        self.fields["report"] = forms.ChoiceField(
            label=_("Final report"),
            choices=Grade.choices,
            initial=ballot.report_level if ballot is not None else None,
            widget=forms.RadioSelect,
        )
        self.order_fields(["key", *self.cells, "report", "comment"])

    def _add(self, place: tuple[int, str], label: str, level: str | None) -> None:
        name = f"level_{place[0]}_{place[1]}"
        self.cells[name] = place
        levels = [one for one in self._levels() if one[0] != Level.BELOW or place[1] == grading.QUANTITY]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices_with_blank(levels), initial=level or "")

    def _levels(self) -> list[tuple[str, str]]:
        """Every level; beside the tolerated part how much of the order it is."""
        approved_on = self.item.task.approved_on if self.item.task else None
        floor = fraction("acceptance.quantity_floor", self.item.council.regulation, approved_on)
        return [(one, f"{label} (≥ {floor})" if one == Level.BELOW else str(label)) for one, label in Level.choices]

    def content(self) -> Content:
        data = self.cleaned_data
        return Grades(
            levels={place: Level(data[name]) for name, place in self.cells.items()},
            report=Grade(data["report"]),
            comment=data["comment"],
        )


PAPER_FIELDS = ("seat", "scan", "spoiled")


class SeatField(forms.ChoiceField):
    """A member present whose ballot is not in yet, or typed from paper and not confirmed."""


def _seat_label(seat: Any) -> str:
    """The member; of one whose paper is typed already, that it waits: typing it again starts anew."""
    return " · ".join([str(seat.user), *([str(_("Waits for a second person"))] if seat.typed else [])])


class PaperMixin(BallotForm):
    """Whose paper it is, its scan, and whether it is spoiled: then the sheet itself stays empty."""

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats: dict[str, Seat] = {seat.code: seat for seat in seats}
        choices = [("", "—"), *((code, _seat_label(seat)) for code, seat in self.seats.items())]
        self.fields["seat"] = SeatField(label=_("Ballot of"), choices=choices)
        self.fields["scan"] = UploadField(label=_("Scan of the paper ballot"))
        self.fields["spoiled"] = forms.BooleanField(
            label=_("The ballot is spoiled (not valid)"), help_text=_("Then leave the sheet empty."), required=False
        )
        self.helper = layout_helper(
            "key", Fieldset(str(_("Paper")), *PAPER_FIELDS), Fieldset(str(_("What the ballot says")), *self.body())
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("spoiled"):
            for name in self.body():
                self.errors.pop(name, None)
        return data

    def read(self) -> Content:
        """What was typed over: the sheet, or that it is spoiled."""
        if self.cleaned_data["spoiled"]:
            return Spoiled(comment=self.cleaned_data.get("comment", ""))
        return self.content()

    def chosen_seat(self) -> Seat:
        """Whose ballot it is."""
        return self.seats[self.cleaned_data["seat"]]


class PaperVoteForm(PaperMixin, VoteForm):
    """An identification ballot on paper."""


class PaperScoreForm(PaperMixin, ScoreForm):
    """A score sheet on paper."""


class PaperGradeForm(PaperMixin, GradeForm):
    """A grading sheet on paper."""


OWN: dict[str, type[BallotForm]] = {
    CouncilKind.IDENTIFICATION: VoteForm,
    CouncilKind.SELECTION: ScoreForm,
    CouncilKind.ACCEPTANCE: GradeForm,
}
TYPED: dict[str, type[PaperMixin]] = {
    CouncilKind.IDENTIFICATION: PaperVoteForm,
    CouncilKind.SELECTION: PaperScoreForm,
    CouncilKind.ACCEPTANCE: PaperGradeForm,
}
