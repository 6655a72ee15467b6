"""What happened, who did it and who decided it: append-only and hash-chained."""

import uuid

from django.conf import settings
from django.db import models

from .triggers import append_only


class Event(models.Model):
    """One act. ``payload`` holds every fact of the row as canonical JSON; the hash covers exactly those bytes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.BigIntegerField(unique=True)
    key = models.UUIDField(null=True, unique=True)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_code = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=60, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    effective_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    cause = models.UUIDField(null=True)
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject_type", "subject_code", "sequence"], name="event_subject"),
            models.Index(fields=["recorded_at"], name="event_recorded_at"),
            # Few among all: the records that entered from before this system, of which each home page asks.
            models.Index(fields=["decided_by", "sequence"], condition=models.Q(kind="adopt"), name="event_adopted"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject_code} {self.step}".strip()


class ChainHead(models.Model):
    """The last link. Its row lock puts all writers in one line; it is the last lock of every transaction."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.sequence)


append_only(Event)
