"""The acceptance dossier: what it must hold, until when it is due, how late it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from core import clock
from core.clock import Unit
from core.files.models import StoredFile
from core.regulations import parameter, value
from tasks.models import AcceptanceFile, Task


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the dossier. ``flag``: the parameter that says whether it is required; empty: always."""

    purpose: str
    label: StrOrPromise
    required: bool = True
    flag: str = ""

    def is_required(self, regulation: str, on: date | None = None) -> bool:
        """Whether a task of that version must have it; ``on``: the day of its approval."""
        return self.required and (not self.flag or bool(value(self.flag, regulation, on)))


# TT 33/2014/TT-BKHCN; the record of contributions since NĐ 267/2025/NĐ-CP, Article 17.2.g.
PARTS: tuple[Part, ...] = (
    Part("acceptance.letter", gettext_lazy("Letter asking for acceptance")),
    Part("acceptance.final_report", gettext_lazy("Final report")),
    Part("acceptance.summary_report", gettext_lazy("Summary report")),
    Part("acceptance.product_report", gettext_lazy("Report on the products")),
    Part("acceptance.spending_report", gettext_lazy("Report on the spending")),
    Part("acceptance.self_assessment", gettext_lazy("Self-assessment report")),
    Part(
        "acceptance.contributions",
        gettext_lazy("Record of each member's contribution"),
        flag="acceptance.contribution_record",
    ),
    Part("acceptance.evidence", gettext_lazy("Evidence of use and publication"), required=False),
    Part("acceptance.data", gettext_lazy("Raw data and logbook"), required=False),
)


LABELS = {part.purpose: part.label for part in PARTS}


def acceptance_deadline(ends_on: date, regulation: str, on: date | None = None) -> date:
    """The last day for the dossier: 30 days after the contract's end, on a working day (Civil Code, Art. 148.5).

    ``on``: the day on which the task was approved.
    """
    rule = parameter("acceptance.dossier_days", regulation, on)
    return clock.deadline(ends_on, rule.value, Unit(rule.unit))


def current_file(task: Task) -> AcceptanceFile | None:
    """The dossier of the present attempt."""
    return task.acceptance_file


def stored_purpose(purpose: str, attempt: int) -> str:
    """Under which purpose a file of the dossier is kept: the files of a second attempt are not those of the first.

    >>> stored_purpose("acceptance.letter", 1), stored_purpose("acceptance.letter", 2)
    ('acceptance.letter', 'acceptance.letter.2')
    """
    return purpose if attempt == 1 else f"{purpose}.{attempt}"


def purposes_present(task: Task) -> frozenset[str]:
    """Which files of the present attempt's dossier are there."""
    wanted = {stored_purpose(part.purpose, task.acceptance_attempt): part.purpose for part in PARTS}
    files = StoredFile.objects.filter(subject_type=task.lifecycle.name, subject_code=task.code, purpose__in=wanted)
    return frozenset(wanted[stored] for stored in files.values_list("purpose", flat=True))


def file_label(stored: str) -> StrOrPromise:
    """What a file of the task is, by the purpose under which it is kept, with its attempt after the first."""
    purpose, _dot, attempt = stored.rpartition(".")
    if attempt.isdigit():
        return _("%(file)s (attempt %(number)s)") % {"file": LABELS[purpose], "number": attempt}
    return LABELS.get(stored, gettext_lazy("File"))


def missing_in_acceptance(task: Task) -> Iterator[str]:
    """What the dossier of the present attempt lacks, in words."""
    dossier = current_file(task)
    if dossier is None:
        yield _("Summary, self-assessment and spending")
    # Without its words the dossier has no files either: one question less.
    present = purposes_present(task) if dossier else frozenset()
    for part in PARTS:
        if part.purpose not in present and part.is_required(task.regulation, task.approved_on):
            yield str(part.label)
    if any(product.delivered is None for product in task.products.all()):
        yield _("What was delivered of each product")
