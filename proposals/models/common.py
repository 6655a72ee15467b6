"""Columns and constraints that several records of this room share."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import text
from core.people.models import User
from core.workflow.models import Stepped

TITLE_LENGTH = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_MONTHS = 240


def month_check(name: str, field: str = "months") -> models.CheckConstraint:
    """0 means that the months are not named yet."""
    return models.CheckConstraint(condition=Q(**{f"{field}__gte": 0, f"{field}__lte": MAX_MONTHS}), name=name)


def year_check(name: str, field: str = "plan_year") -> models.CheckConstraint:
    """A plan year of this age."""
    return models.CheckConstraint(condition=Q(**{f"{field}__gte": FIRST_YEAR, f"{field}__lte": LAST_YEAR}), name=name)


def known(field: str, choices: type[models.TextChoices], name: str, *, blank: bool = False) -> models.CheckConstraint:
    """The database itself knows the words of a choice."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]}), name=name
    )


class Created(Stepped):
    """A record that a form makes once, however often the form is sent."""

    created_key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        abstract = True


def former_code() -> "models.CharField[str, str]":
    """The code that an old record bore before this system: shown and searched, never part of an address."""
    return models.CharField(_("Former code"), max_length=80, blank=True)


class Titled(Created):
    """A record with a title, stored also as it is searched and sorted."""

    title = models.CharField(_("Title"), max_length=TITLE_LENGTH)
    folded = models.CharField(max_length=TITLE_LENGTH + 100, editable=False)
    sort_key = models.CharField(max_length=text.SORT_KEY_LENGTH, editable=False, db_index=True)

    class Meta:
        abstract = True


class HandedIn(models.Model):
    """Mixin of what an organisation hands in. Both are known only during that step, whose receipt names them.

    ``submitter``: who decided it, the organisation's signer. ``taken_in_by``: who entered it where it came on paper.
    """

    submitter: User | None = None
    taken_in_by: User | None = None

    class Meta:
        abstract = True


def title_columns(title: str) -> dict[str, Any]:
    """A title with the columns derived from it: every writer of a title writes these three."""
    return {"title": title, "folded": text.fold(title)[: TITLE_LENGTH + 100], "sort_key": text.sort_key(title)}
