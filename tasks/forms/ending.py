"""Facts of suspension, resumption, termination, recovery; of registration, recognition, liquidation, following."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import format_vnd
from core.regulations import Parameter, parameter
from core.regulations.wording import value_text
from tasks.lifecycle import TaskState
from tasks.models import Liquidation, Recognition, RecoveryOrder, Registration, Suspension, Task, Termination
from tasks.selectors.recovery import LEAST, MOST, RISK

from .base import FactsForm, PeopleField, beside, field_for


class SuspensionForm(FactsForm):
    """From when, until when, why, and what must happen meanwhile."""

    in_order = (("from_on", "until"),)

    class Meta:
        model = Suspension
        formfield_callback = field_for
        fields = ("ground", "from_on", "until", "conditions")

    def layout(self) -> list[Any]:
        """The days beside each other."""
        return ["key", "ground", beside("from_on", "until"), "conditions"]


class ResumptionForm(FactsForm):
    """Why it may go on, and whether the end moves."""

    class Meta:
        model = Suspension
        formfield_callback = field_for
        fields = ("resume_note", "resume_from", "new_ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resume_note"].required = self.fields["resume_from"].required = True
        self.fields["new_ends_on"].help_text = _("Empty when the end does not move.")

    def layout(self) -> list[Any]:
        """The days beside each other."""
        return ["key", "resume_note", beside("resume_from", "new_ends_on")]


class TerminationForm(FactsForm):
    """Ground, cause, money, compliance."""

    class Meta:
        model = Termination
        formfield_callback = field_for
        fields = (
            "ground",
            "cause",
            "terminated_from",
            "explanation",
            "spent_vnd",
            "accepted_vnd",
            "procedure_followed",
            "compliance_note",
            "returned_percent",
            "percent_reason",
            "handover",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["returned_percent"].required = self.fields["percent_reason"].required = True
        self.fields["returned_percent"].help_text = self._bounds()
        self.fields["compliance_note"].help_text = self._compliance()
        self.fields["handover"].help_text = _("One thing on a line.")

    def _rule(self, key: str) -> Parameter:
        task: Task = self.instance.task
        return task.rule(key)

    def _bounds(self) -> str:
        words = {"most": value_text(self._rule(MOST)), "least": value_text(self._rule(LEAST))}
        if self._rule(RISK).value:
            text = gettext(
                "Objective cause: at most %(most)s, 0%% when the risk is accepted; subjective: at least %(least)s."
            )
        else:
            text = gettext("Objective cause: at most %(most)s; subjective: at least %(least)s.")
        return text % words

    def _compliance(self) -> str:
        risk = self._rule(RISK)
        if not risk.value:
            return gettext("Needed when all procedures were followed.")
        text = gettext("Needed when all procedures were followed: the risk may then be accepted (%(source)s).")
        return text % {"source": risk.source}

    def layout(self) -> list[Any]:
        """Ground and day, money, compliance, the share that goes back."""
        return [
            "key",
            "ground",
            beside("cause", "terminated_from"),
            "explanation",
            beside("spent_vnd", "accepted_vnd"),
            "procedure_followed",
            "compliance_note",
            "returned_percent",
            "percent_reason",
            "handover",
        ]

    def clean(self) -> dict[str, Any]:
        """No more proper spending than spending; acceptance of risk needs its assessment."""
        data = super().clean()
        spent, accepted = data.get("spent_vnd"), data.get("accepted_vnd")
        if spent is not None and accepted is not None and accepted > spent:
            self.add_error("accepted_vnd", gettext("More than was spent."))
        if data.get("procedure_followed") and not data.get("compliance_note"):
            self.add_error("compliance_note", gettext("Write the assessment of compliance."))
        return data


class RecoveryForm(FactsForm):
    """How much, why, until when, to which account."""

    class Meta:
        model = RecoveryOrder
        formfield_callback = field_for
        fields = ("amount_vnd", "difference_reason", "basis", "cited_number", "cited_on", "due_on", "account", "bank")

    def __init__(self, *args: Any, computed: int, paper_known: bool, **kwargs: Any) -> None:
        self.computed, self.paper_known = computed, paper_known
        super().__init__(*args, **kwargs)
        for name in ("cited_number", "cited_on"):
            if paper_known:
                del self.fields[name]
            else:
                self.fields[name].required = True
        if self.instance.pk is None and computed:
            self.initial["amount_vnd"] = computed
        text = gettext("The termination gives %(amount)s đồng; another amount needs a reason.")
        self.fields["amount_vnd"].help_text = text % {"amount": format_vnd(computed)}
        self.instance.computed_vnd = computed

    def layout(self) -> list[Any]:
        """Amount and day, then words, then the account."""
        pair = beside("amount_vnd", "due_on")
        cited = [] if self.paper_known else [beside("cited_number", "cited_on")]
        return ["key", pair, "difference_reason", "basis", *cited, beside("account", "bank")]

    def clean(self) -> dict[str, Any]:
        """Another amount than the computed one needs a reason."""
        data = super().clean()
        amount = data.get("amount_vnd")
        if amount is not None and amount != self.computed and not data.get("difference_reason"):
            self.add_error("difference_reason", gettext("Say why the amount differs from the computed one."))
        return data


class RegistrationForm(FactsForm):
    """What the certificate says."""

    members = PeopleField(
        label=_("Authors of the results"), help_text=_("One person on a line: name; unit; role."), required=False
    )

    class Meta:
        model = Registration
        formfield_callback = field_for
        fields = ("requested_on", "corrected_on", "storage", "members", "filing_on", "abstract")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys, regulation = ("registration.filing_days", "registration.filing_max_days"), self.instance.task.regulation
        days, most = (value_text(parameter(key, regulation)) for key in keys)
        text = gettext("After the acceptance: %(days)s more from the filing, at most %(most)s from the acceptance.")
        self.fields["filing_on"].help_text = text % {"days": days, "most": most}

    def layout(self) -> list[Any]:
        """The days beside each other."""
        days = beside("requested_on", "corrected_on", "filing_on", columns=3)
        return ["key", days, "storage", "members", "abstract"]


class RecognitionForm(FactsForm):
    """Ownership, results, receivers."""

    class Meta:
        model = Recognition
        formfield_callback = field_for
        fields = ("results", "ownership", "receivers")

    def __init__(self, *args: Any, names_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ownership"].required = names_owner


class LiquidationForm(FactsForm):
    """Day, place, products, assets."""

    class Meta:
        model = Liquidation
        formfield_callback = field_for
        fields = ("held_on", "place", "handover", "assets")

    def layout(self) -> list[Any]:
        """Day and place beside each other."""
        return ["key", beside("held_on", "place"), "handover", "assets"]


class FollowingForm(FactsForm):
    """From when until when a followed task runs; when it runs already, when and how it ended."""

    in_order = (("starts_on", "ends_on"),)

    class Meta:
        model = Task
        formfield_callback = field_for
        fields = ("starts_on", "ends_on", "ended_on", "end_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_approved = self.instance.state == TaskState.APPROVED
        for name in ("ended_on", "end_note") if is_approved else ("starts_on", "ends_on"):
            del self.fields[name]
        for name in self.fields:
            self.fields[name].required = True
