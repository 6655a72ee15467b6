"""Who somebody is on a day: the roles and the organisations they are held in. One query per person and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from core import clock

from .models import Membership, User
from .roles import Role

Visitor = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles of one person on one day, each with the organisations it is held in.

    ``titles`` says the same for people to read: role and name of the organisation, in the order of the roles.
    """

    roles: Mapping[Role, frozenset[int]]
    titles: tuple[tuple[Role, str], ...] = ()

    def has(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """The organisations in which one of ``roles`` is held; without roles, all of them."""
        wanted = roles or tuple(self.roles)
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in wanted))


NOBODY = Standing({})


def is_working(user: Visitor) -> bool:
    """Whether the account counts at all: signed in and not deactivated."""
    return user.is_authenticated and user.is_active


def standing_of(user: Visitor, on: date | None = None) -> Standing:
    """The standing on that day (default: today), remembered on the instance. Inactive and anonymous: nobody."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    day = on or clock.today()
    remembered: dict[date, Standing] = user.__dict__.setdefault("_standing", {})
    if day not in remembered:
        remembered[day] = _load(user, day)
    return remembered[day]


def forget_standing(user: User) -> None:
    """Drop what was remembered, after a membership of this instance has changed."""
    user.__dict__.pop("_standing", None)


def _load(user: User, day: date) -> Standing:
    held: dict[Role, set[int]] = {}
    living = Q(organisation__ended_on__isnull=True) | Q(organisation__ended_on__gt=day)
    rows = Membership.objects.on(day).filter(living, user=user.pk)
    titles: list[tuple[Role, str]] = []
    for role, organisation_id, name in rows.values_list("role", "organisation_id", "organisation__name"):
        held.setdefault(Role(role), set()).add(organisation_id)
        titles.append((Role(role), name))
    order = list(Role)
    titles.sort(key=lambda title: order.index(title[0]))
    return Standing({role: frozenset(ids) for role, ids in held.items()}, tuple(titles))
