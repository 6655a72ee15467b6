"""Separation of duties beats administrator rights: what gives powers needs two persons, what was before needs a paper.

The one exception: an installation begins with administrators made by the command line, of whom there are two at most.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.people.models import Membership, User
from core.people.roles import CONFIRMERS, Role
from core.people.selectors import has_role

from .common import Actor, refuse, tidy

FOUNDERS = 2


class SecondPersonNeeded(ValidationError):
    """Everything else is in order: it counts as soon as a second person confirms it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The document behind what begins or ends before today: its number and symbol, its date."""

    number: str
    dated: date


def check_backdating(day: date, ground: Ground | None) -> bool:
    """Whether ``day`` lies before today. Raises ValidationError when it does and no document with a number says so."""
    if day >= clock.today():
        return False
    number = tidy(ground.number) if ground is not None else ""
    if ground is None or not re.search(r"\d", number) or ground.dated > clock.today():
        missing = _("A day before today needs the number and the date of the document that says so.")
        raise ValidationError({"document_number": refuse(missing, "document")})
    return True


def nobody(_person: User) -> bool:
    """Who gains by what gives rights to nobody."""
    return False


def check_second_person(actor: Actor, confirmed_by: User | None, *, gains: Callable[[User], bool] = nobody) -> None:
    """The director of the department or another system administrator confirms; nobody what gives rights to himself.

    Raises SecondPersonNeeded while nobody has, ValidationError when it is the wrong person.
    """
    if actor is None or confirmed_by is None:
        raise SecondPersonNeeded(_("This counts once a second person confirms it."), code="second")
    if confirmed_by.pk == actor.pk or not has_role(confirmed_by, *CONFIRMERS):
        raise refuse(_("The director of the department or another system administrator confirms this."), "second")
    if gains(actor) or gains(confirmed_by):
        raise refuse(_("Nobody confirms what gives rights to themselves."), "self")


def is_founding(role: Role, actor: Actor) -> bool:
    """The first two administrators come from the command line: without them nobody could confirm anything."""
    held = Membership.objects.on(clock.today()).filter(role=Role.SYSTEM_ADMINISTRATOR, user__is_active=True)
    return actor is None and role == Role.SYSTEM_ADMINISTRATOR and held.values("user").distinct().count() < FOUNDERS


def papers(ground: Ground | None, confirmed_by: User | None) -> dict[str, object]:
    """What the event says of the document and of the second person."""
    said: dict[str, object] = {"confirmed_by": confirmed_by.code} if confirmed_by else {}
    return said | ({"document": [tidy(ground.number), ground.dated.isoformat()]} if ground else {})
