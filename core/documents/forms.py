"""What the acts on a paper ask for."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.forms import UploadField
from core.numbers.models import Source
from core.people.models import User
from core.ui.forms import DateField, StepForm
from core.workflow.models import Stepped
from core.workflow.table import Channel, Reason

from .models import Document
from .numbering import last_known, source_of
from .selectors import possible_signers
from .services import OtherSignature, Sheet, other_side_missing


class ReasonForm(StepForm):
    """A reason that stays in the record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reason_required=True, **kwargs)


class VoidAnswerForm(StepForm):
    """Whether the paper is void; a reason when it is not."""

    field_order = ("key", "answer", "reason")

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("void", _("Declare void")), ("keep", _("Leave the paper as it is"))]
    )


class AgreeForm(StepForm):
    """Nothing but the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_reason=False, **kwargs)


class IssueForm(StepForm):
    """What the clerk reads on the signed paper. Number and date only when the body keeps its own register."""

    field_order = (
        *("key", "signer", "signed_on", "other_signer", "other_signed_on"),
        *("number", "numbered_on", "channel", "scan", "reason"),
    )

    signer = forms.ModelChoiceField(label=_("Signer"), queryset=User.objects.none())
    signed_on = DateField(label=_("Signed on"), initial=clock.today)
    other_signer = forms.CharField(label=_("Signed for the other party by"), max_length=120)
    other_signed_on = DateField(label=_("Signed for the other party on"), initial=clock.today)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999_999)
    numbered_on = DateField(label=_("Date of the paper"), initial=clock.today)
    channel = forms.ChoiceField(
        label=_("How it was decided"), choices=[choice for choice in Channel.choices if choice[0] != Channel.IN_SYSTEM]
    )
    scan = UploadField(label=_("Scan or signed file"))

    def __init__(self, *args: Any, paper: Document, subject: Stepped, **kwargs: Any) -> None:
        row = subject.row(paper.step)
        super().__init__(*args, reason_required=row is not None and row.reason is Reason.REQUIRED, **kwargs)
        signers: Any = self.fields["signer"]
        signers.queryset = possible_signers(paper, subject)
        signers.initial = paper.endorsed_by_id or _only_one(signers.queryset)
        if source_of(paper.body, paper.series, clock.today().year) == Source.OWN:
            del self.fields["number"], self.fields["numbered_on"]
        else:
            self.fields["number"].help_text = _number_help(paper)
        if paper.lacks_other_side:
            self._ask_other_side(paper)
        else:
            del self.fields["other_signer"], self.fields["other_signed_on"]
        if paper.is_agreed:
            del self.fields["channel"]
            self.fields["scan"].required = False

    def _ask_other_side(self, paper: Document) -> None:
        """Both parties signed one sheet, which the clerk has before him."""
        missing = {"required": str(other_side_missing(paper))}
        name, day = self.fields["other_signer"], self.fields["other_signed_on"]
        name.initial = paper.other_party.get("representative", "")
        name.help_text = paper.other_party.get("name", "")
        name.error_messages = {**name.error_messages, **missing}
        day.error_messages = {**day.error_messages, **missing}

    def facts(self) -> dict[str, Any]:
        """The cleaned fields as ``issue_document`` names them."""
        data = dict(self.cleaned_data)
        channel = data.pop("channel", "")
        name, day = data.pop("other_signer", ""), data.pop("other_signed_on", None)
        other = OtherSignature(name, day) if name and day else None
        return {**data, "other": other, "channel": Channel(channel) if channel else None}

    def sheet(self) -> Sheet:
        """What was understood of a form that is not complete, for what speaks against it besides."""
        data = self.cleaned_data
        name, day = data.get("other_signer"), data.get("other_signed_on")
        return Sheet(
            signer=data.get("signer"),
            signed_on=data.get("signed_on"),
            day=data.get("numbered_on") or clock.today(),
            number=data.get("number"),
            other=OtherSignature(name, day) if name and day else None,
        )


def _only_one(signers: QuerySet[User]) -> int | None:
    """Whom there is no choice but to name."""
    found = list(signers.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _number_help(paper: Document) -> str:
    """Who gives the number, and the last one known here."""
    text = gettext("%(body)s keeps this register itself: enter the number and date that its office gave the paper.")
    said = text % {"body": paper.body.name}
    last = last_known(paper, clock.today().year)
    if last is None or last.numbered_on is None:
        return said
    known = gettext("The last number known here is %(symbol)s of %(date)s.")
    return f"{said} {known % {'symbol': last.symbol, 'date': f'{last.numbered_on:%d/%m/%Y}'}}"
