"""The running text of proposals and dossiers: typed JSON by field key, under form version 1."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

FORM_VERSION = 1
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class NarrativeField:
    """One text of a form: its key in the JSON, its name and number on the form, whether submitting needs it."""

    key: str
    label: StrOrPromise
    help_text: StrOrPromise = ""
    required: bool = True
    rows: int = 4


# Order form (phiếu đặt hàng), fields 4 to 9, 13 and 14; the other fields are columns.
# Decision 24/2026/QĐ-UBND of Hưng Yên, appendix: the only published form of the new law seen so far.
PROPOSAL_FORM: tuple[NarrativeField, ...] = (
    NarrativeField("bases", _("Bases of the proposal"), _("Plans, resolutions, demands that the task answers.")),
    NarrativeField("urgency", _("Urgency"), _("Why the task is needed now, and in this province.")),
    NarrativeField("general_objective", _("General objective"), rows=2),
    NarrativeField("specific_objectives", _("Specific objectives"), _("One on each line.")),
    NarrativeField("contents", _("Main contents"), _("One on each line.")),
    NarrativeField("results", _("Expected results and their indicators"), _("One on each line.")),
    NarrativeField("effects", _("Effects and impact")),
    NarrativeField("use", _("How the results will be received and managed"), rows=3),
    NarrativeField("references", _("References"), required=False, rows=3),
)

# The explanation (thuyết minh) of a dossier, by the criteria of the score sheet (Circular 08/2017/TT-BKHCN, Article 12)
# and the risk plan that the acceptance of risk needs (Decree 267/2025/NĐ-CP).
DOSSIER_FORM: tuple[NarrativeField, ...] = (
    NarrativeField("overview", _("Overview of research")),
    NarrativeField("objectives", _("Objectives")),
    NarrativeField("contents", _("Contents and methods"), _("One on each line."), rows=6),
    NarrativeField("products", _("Results and their quality")),
    NarrativeField("impact", _("Application and impact two to five years after the end")),
    NarrativeField("plan", _("Plan and reasons for the budget")),
    NarrativeField("capacity", _("Capacity of the organisation and the people")),
    NarrativeField("risks", _("Risks and how they are managed")),
)


def lines(narrative: Mapping[str, str], key: str) -> list[str]:
    """A text of one item on each line, as a list."""
    return [line.strip(" -–•\t") for line in narrative.get(key, "").splitlines() if line.strip(" -–•\t")]


def missing_texts(form: tuple[NarrativeField, ...], narrative: Mapping[str, str]) -> list[NarrativeField]:
    """The required texts that are still empty, in the order of the form."""
    return [field for field in form if field.required and not narrative.get(field.key, "").strip()]
