"""The words that facts of this room are chosen from; the rooms above use the same."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Field(TextChoices):
    """The field of science of a proposal, an order, a task (order form of Decision 24/2026/QĐ-UBND, field 2)."""

    MEDICINE = "medicine", _("Medicine and pharmacy")
    NATURAL = "natural", _("Natural sciences")
    ENGINEERING = "engineering", _("Engineering and technology")
    AGRICULTURE = "agriculture", _("Agricultural sciences")
    SOCIAL = "social", _("Social sciences and humanities")
    STRATEGIC = "strategic", _("Strategic technology")


class ResearchType(TextChoices):
    """The type of work (the same form, field 3)."""

    BASIC = "basic", _("Basic research")
    APPLIED = "applied", _("Applied research")
    DEVELOPMENT = "development", _("Technology development")
    SOCIAL_SOLUTION = "social_solution", _("Development of social solutions")


class LumpSum(TextChoices):
    """How far the budget is a lump sum (Decree 265/2025/NĐ-CP, Article 6)."""

    FINAL = "final", _("Lump sum to the final product")
    PARTIAL = "partial", _("Lump sum in part")
    NONE = "none", pgettext_lazy("lump sum", "No lump sum")


class BudgetItem(TextChoices):
    """The lines of an estimate; the last three stay outside a partial lump sum (Decree 265/2025/NĐ-CP, Article 6)."""

    LABOUR = "labour", _("Labour")
    MATERIALS = "materials", _("Materials and energy")
    EXPERTS = "experts", _("Hired experts")
    SERVICES = "services", _("Outsourced services with norms")
    SEMINARS = "seminars", _("Seminars and travel")
    SURVEYS = "surveys", _("Surveys and data")
    PUBLICATION = "publication", _("Publication and intellectual property")
    OVERHEAD = "overhead", _("Overhead")
    OTHER = "other", _("Other costs")
    ASSETS = "assets", _("Purchase of assets")
    UNNORMED_SERVICES = "unnormed_services", _("Outsourced services without norms")
    TRIPS_ABROAD = "trips_abroad", _("Trips abroad")


class Origin(TextChoices):
    """Where an order comes from."""

    PROPOSALS = "proposals", _("Proposals")
    DIRECTIVE = "directive", _("Directive of a leader")
    NATIONAL = "national", _("Assigned by the national level")
    CONTINUATION = "continuation", _("Continuation of a task")
    EMERGENCY = "emergency", _("Emergency")


class ProductKind(TextChoices):
    """What kind of result is promised; the acceptance council judges each kind by its own criteria."""

    MEASURABLE = "measurable", _("Product with measured quality")
    SCIENTIFIC = "scientific", _("Scientific document")
    PUBLICATION = "publication", _("Publication")
    TRAINING = "training", _("Training")
    PROPERTY = "property", _("Registration of intellectual property")


class Position(TextChoices):
    """What a person does in a dossier (Circular 02/2023/TT-BKHCN)."""

    PRINCIPAL_INVESTIGATOR = "principal_investigator", _("Principal investigator")
    SECRETARY = "secretary", _("Scientific secretary")
    MAIN = "main", _("Main member")
    MEMBER = "member", _("Member")
