"""What people are told: in the system, and by e-mail through an outbox."""

import uuid

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One message to one person about one event. The words are looked up by ``tell`` in the reader's language."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    tell = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=80)
    title = models.CharField(max_length=500, blank=True)
    # What the words name besides the record: who entered whose decision.
    facts = models.JSONField(default=dict, blank=True)
    event_uuid = models.UUIDField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "tell", "event_uuid", "subject_code"], name="notice_told_once")
        ]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.tell} {self.subject_code}"
