"""Facts with a first and a last day, and the public codes that stand in addresses."""

import secrets
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

# Without 0, 1, i, l and o: a code must survive being read over the telephone.
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 10

M = TypeVar("M", bound="Dated")


def new_code() -> str:
    """A code that cannot be guessed from another one, so that nobody can walk through the list by counting."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows valid on ``day``; both the first and the last day count. ``prefix`` such as ``memberships__``."""
    open_ended = Q(**{f"{prefix}valid_to__isnull": True})
    return Q(**{f"{prefix}valid_from__lte": day}) & (open_ended | Q(**{f"{prefix}valid_to__gte": day}))


class DatedQuerySet(models.QuerySet[M]):
    """Questions about the days on which a row is valid."""

    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Rows that share at least one day with ``first``–``last`` (None: without end)."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)


class Dated(models.Model):
    """Valid from the first to the last day, both included; without a last day until further notice."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_start",
            )
        ]

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
