"""An official paper: a draft that goes round, then a numbered snapshot that never changes."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit.triggers import append_only, frozen
from core.numbers.models import Source
from core.people.models import Organisation, User
from core.people.models.dated import new_code
from core.people.seen import digest
from core.workflow.ports import Awaited
from core.workflow.table import Channel

from .kinds import DocumentKind, KindSpec, Series, spec_of


class DocumentStatus(models.TextChoices):
    """The life of a paper. Only a draft may still change."""

    DRAFT = "draft", pgettext_lazy("paper", "Draft")
    REFUSED = "refused", _("Draft refused")
    NUMBERED = "numbered", _("Issued")
    VOID = "void", _("Void")


ISSUED = (DocumentStatus.NUMBERED, DocumentStatus.VOID)


class Document(models.Model):
    """One paper about one subject. ``context`` is what it says, ``header`` its frame; both stand still once numbered.

    ``signer`` decides, ``numbered_by`` is the clerk. ``numbered_on`` is the day the paper bears. ``endorsed_by`` agreed
    to the draft in the system. ``symbol`` is the whole "05/QĐ-SKHCN". On a paper of two sides ``other_signer``
    signed for the other party, and ``countersigned_by`` is that person when it was done in the system.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("Kind"), max_length=40, choices=DocumentKind)
    status = models.CharField(_("Status"), max_length=10, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    needs_signature = models.BooleanField()
    language = models.CharField(max_length=5, default="vi")
    about = models.CharField(_("Subject line"), max_length=500)
    folded = models.CharField(max_length=700, editable=False)
    subject_type = models.CharField(max_length=40)
    subject_code = models.CharField(_("Record"), max_length=80)
    step = models.CharField(max_length=60)
    event_uuid = models.UUIDField(null=True, unique=True, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="documents", verbose_name=_("Issuing body"))
    template_version = models.CharField(max_length=20)
    context = models.JSONField(default=dict)
    header = models.JSONField(default=dict)

    series = models.CharField(_("Register"), max_length=20, choices=Series)
    source = models.CharField(max_length=10, choices=Source, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(_("Number"), null=True)
    symbol = models.CharField(_("Number and symbol"), max_length=60, blank=True)
    numbered_on = models.DateField(_("Date of the paper"), null=True)
    numbered_at = models.DateTimeField(null=True)
    numbered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Signer"))
    signed_on = models.DateField(_("Signed on"), null=True)
    channel = models.CharField(max_length=20, choices=Channel, blank=True)

    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    # Since when a draft is known to say what is true no more; whoever opens it is told by the facts themselves.
    outdated_at = models.DateTimeField(null=True, editable=False)
    endorsed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    endorsed_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    other_signer = models.CharField(_("Signed for the other party by"), max_length=120, blank=True)
    other_signed_on = models.DateField(_("Signed for the other party on"), null=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    # Why the draft was refused, or the paper voided.
    reason = models.TextField(blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    # The number that the body's own register gave, on its way from the clerk's form to the issuer; not stored.
    wanted_number: int | None = None

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["subject_type", "subject_code"], name="document_subject"),
            models.Index(fields=["status", "kind"], name="document_status_kind"),
            models.Index(fields=["-numbered_on", "-number"], name="document_register"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(DocumentKind.values)), name="document_kind_known"),
            models.CheckConstraint(condition=Q(status__in=list(DocumentStatus.values)), name="document_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=ISSUED)
                | Q(number__isnull=True, numbered_on__isnull=True, year__isnull=True, symbol="", source=""),
                name="document_draft_has_no_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ISSUED)
                | (Q(number__gt=0, numbered_on__isnull=False, year__isnull=False) & ~Q(symbol="") & ~Q(source="")),
                name="document_issued_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ISSUED)
                | Q(needs_signature=False)
                | Q(signer__isnull=False, signed_on__isnull=False),
                name="document_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | Q(numbered_on__isnull=True)
                | Q(signed_on__lte=models.F("numbered_on")),
                name="document_signed_before_number",
            ),
            models.CheckConstraint(
                condition=Q(other_signer="", other_signed_on__isnull=True)
                | (~Q(other_signer="") & Q(other_signed_on__isnull=False)),
                name="document_other_side_has_name_and_day",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True, countersigned_at__isnull=True)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False, other_signed_on__isnull=False),
                name="document_countersigned_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(other_signed_on__isnull=True)
                | Q(numbered_on__isnull=True)
                | Q(other_signed_on__lte=models.F("numbered_on")),
                name="document_other_side_signed_before_number",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | (
                    ~Q(countersigned_by=models.F("prepared_by"))
                    & ~Q(countersigned_by=models.F("endorsed_by"))
                    & ~Q(countersigned_by=models.F("signer"))
                ),
                name="document_sides_are_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.VOID) | (Q(voided_by__isnull=False) & ~Q(reason="")),
                name="document_void_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.REFUSED) | (Q(refused_by__isnull=False) & ~Q(reason="")),
                name="document_refused_has_reason",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_code", "step"],
                condition=Q(status=DocumentStatus.DRAFT),
                name="document_one_open_draft",
            ),
            # Unique per body and year for good: a void paper keeps its number (Decree 30/2020, Article 15.1).
            models.UniqueConstraint(
                fields=["body", "year", "symbol"], condition=Q(number__isnull=False), name="document_symbol_once"
            ),
            models.UniqueConstraint(
                fields=["body", "series", "year", "number"],
                condition=Q(source=Source.OWN),
                name="document_own_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.symbol}".strip()

    def get_absolute_url(self) -> str:
        return reverse("documents:document-detail", args=[self.code])

    @property
    def spec(self) -> KindSpec:
        """The row of its kind."""
        return spec_of(self.kind)

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who signs it agreed in the system: nobody but the clerk is waited for."""
        return self.endorsed_at is not None and (self.countersigned_at is not None or not self.spec.two_sided)

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """What a draft waits for: a signature of each party that has not agreed in the system, else its number."""
        signer = () if self.endorsed_at else (Awaited.SIGNER,)
        other = (Awaited.OTHER_PARTY,) if self.lacks_other_side else ()
        return (*signer, *other) or (Awaited.NUMBER,)

    @property
    def lacks_other_side(self) -> bool:
        """A paper of two sides to which the other party did not agree in the system."""
        return self.spec.two_sided and self.countersigned_at is None

    @property
    def other_party(self) -> dict[str, str]:
        """Name and representative of the other party, as the text says; empty for a paper of one side."""
        party: dict[str, str] = self.facts.get("party_b") or {}
        return party

    @property
    def other_name(self) -> str:
        """Who the other party is, by name: whoever reads it may be that party itself."""
        return self.other_party.get("name") or gettext("the other party")

    @property
    def heading(self) -> str:
        """The subject line as a heading: its first letter in capitals."""
        return self.about[:1].upper() + self.about[1:]

    @property
    def is_draft(self) -> bool:
        return self.status == DocumentStatus.DRAFT

    @property
    def is_issued(self) -> bool:
        """Numbered, also when voided later."""
        return self.status in ISSUED

    @property
    def facts(self) -> dict[str, Any]:
        """What the letter says."""
        facts: dict[str, Any] = self.context["facts"]
        return facts

    @property
    def text_digest(self) -> str:
        """SHA-256 of what the paper says: the same digest, the same text."""
        return digest(self.context)

    @property
    def day(self) -> date:
        """The day whose names and rules the paper prints."""
        return self.numbered_on or clock.today()


class FileState(models.TextChoices):
    """The stages of a paper's file."""

    DRAFT = "draft", pgettext_lazy("paper", "Draft")
    SIGNED = "signed", _("Signed by the person")
    NUMBERED = "numbered", _("Numbered")
    SEALED = "sealed", _("Sealed by the organisation")


class DocumentFile(models.Model):
    """One state of the paper's PDF. ``path`` is relative to the private storage."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    state = models.CharField(max_length=10, choices=FileState)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveSmallIntegerField()
    template_version = models.CharField(max_length=20)
    rendered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["rendered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "state"], name="documentfile_one_per_state"),
            models.CheckConstraint(condition=Q(state__in=list(FileState.values)), name="documentfile_state_known"),
            models.CheckConstraint(condition=Q(pages__gt=0, size__gt=0), name="documentfile_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.get_state_display()})"


class VoidRequest(models.Model):
    """Somebody asks that an issued paper be declared void; the head of division or its signer answers."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="void_requests")
    reason = models.TextField(_("Reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request to declare a paper void")
        verbose_name_plural = _("requests to declare papers void")
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(granted__isnull=True), name="voidrequest_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="voidrequest_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="voidrequest_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="voidrequest_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.reason}"


# What never changes once a paper has its number; only the way from issued to void stays open.
FROZEN = """
    code kind needs_signature language about subject_type subject_code step event_uuid body_id template_version
    context header series source year number symbol numbered_on numbered_at numbered_by_id signer_id signed_on
    channel prepared_by_id prepared_at endorsed_by_id endorsed_at countersigned_by_id countersigned_at other_signer
    other_signed_on replaces_id
"""

append_only(DocumentFile)
frozen(Document, tuple(FROZEN.split()), when='OLD."number" IS NOT NULL')
