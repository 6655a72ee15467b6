"""A file that somebody handed in: stored once, under a name of our own, never changed, never public."""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit.triggers import append_only


def new_code() -> str:
    """An address that nobody can guess from another one."""
    return str(uuid.uuid4())


class ContentType(models.TextChoices):
    """What may be handed in. Anything else is refused at the door."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


class StoredFile(models.Model):
    """One uploaded file. It belongs to a subject and is seen by whoever sees the subject.

    ``is_internal``: only by people of the administration. ``path`` is relative to the private storage.
    """

    code = models.CharField(max_length=36, unique=True, default=new_code, editable=False)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(max_length=80, choices=ContentType)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=40)
    is_internal = models.BooleanField(default=False)
    subject_type = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=80)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["subject_type", "subject_code"], name="file_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(content_type__in=list(ContentType.values)), name="file_type_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(subject_code=""), name="file_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def uuid(self) -> uuid.UUID:
        """The code as steps name it among their evidence."""
        return uuid.UUID(self.code)

    @property
    def place(self) -> Path:
        """Where the bytes are."""
        return Path(default_storage.path(self.path))


append_only(StoredFile)
