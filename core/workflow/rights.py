"""Who may take a row: one question in SQL, so that a page, a list and the door itself give one answer."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.people.authorities import AuthorityMissing, authority_q, holders
from core.people.models import User
from core.people.roles import STAFF_ROLES, Act, Role
from core.people.selectors import roles_of, users_with_role

from .registry import relation
from .table import By, Lifecycle, Row, Special

if TYPE_CHECKING:
    from .models import Stepped


def by_q(model: "type[Stepped]", by: By, user: User, on: date) -> Q | None:
    """Which rows of ``model`` the user may act on as ``by``: None for none, an empty Q for all."""
    if isinstance(by, Special) or not user.is_active:
        return None
    if isinstance(by, Act):
        columns = {"regulation": "regulation", **model.authority_columns}
        return authority_q(by, user, on, columns)
    held = roles_of(user, on).get(by)
    if not held:
        return None
    if by in model.organisation_columns:
        return Q(**{f"{model.organisation_columns[by]}__in": sorted(held)})
    function = relation.functions.get((model.lifecycle.name, by))
    if function is not None:
        return function(user)
    return Q() if by in STAFF_ROLES else None


def granted(user: User, subject: "Stepped", bys: Iterable[By], on: date) -> set[By]:
    """Those of ``bys`` that the user is on this subject. One query at most."""
    model: Any = type(subject)
    found: set[By] = set()
    asked: dict[str, By] = {}
    conditions: dict[str, Exists] = {}
    for number, by in enumerate(sorted(set(bys), key=str)):
        query = by_q(model, by, user, on)
        if query is None:
            continue
        if not query:
            found.add(by)
            continue
        name = f"by_{number}"
        asked[name] = by
        conditions[name] = Exists(model.objects.filter(query, pk=OuterRef("pk")))
    if conditions:
        answers = model.objects.filter(pk=subject.pk).annotate(**conditions).values(*conditions).first() or {}
        found |= {by for name, by in asked.items() if answers.get(name)}
    return found


def deciders(subject: "Stepped", row: Row, on: date) -> QuerySet[User]:
    """Who may have decided this row on this subject: the choices of the paper channel, by name."""
    return standing_as(subject, row.by, on)


def standing_as(subject: "Stepped", bys: Iterable[By], on: date) -> QuerySet[User]:
    """Everybody who is one of ``bys`` on this subject, by name."""
    found: set[int] = set()
    for by in bys:
        if isinstance(by, Act):
            found |= set(_authority_holders(subject, by, on))
        elif isinstance(by, Role):
            found |= set(_role_holders(subject, by, on))
    return User.objects.filter(pk__in=found).order_by("sort_key", "pk")


def _authority_holders(subject: "Stepped", act: Act, on: date) -> Iterable[int]:
    try:
        authority = subject.authority(act, on)
    except AuthorityMissing:
        return []
    return holders(authority, on).values_list("pk", flat=True)


def _role_holders(subject: "Stepped", role: Role, on: date) -> Iterable[int]:
    model = type(subject)
    if role in model.organisation_columns:
        organisation = subject.organisation_of(role)
        return users_with_role(role, organisation=organisation, on=on).values_list("pk", flat=True)
    candidates = users_with_role(role, on=on)
    if (model.lifecycle.name, role) not in relation:
        return candidates.values_list("pk", flat=True) if role in STAFF_ROLES else []
    return _related(subject, relation.functions[model.lifecycle.name, role], candidates)


def _related(subject: "Stepped", stands: "Callable[[User], Q]", candidates: Iterable[User]) -> list[int]:
    """Those of the candidates who stand in the relation to the subject. One query for all of them."""
    rows = type(subject)._default_manager.filter(pk=subject.pk)
    asked = {f"of_{user.pk}": Exists(rows.filter(stands(user))) for user in candidates}
    answers = rows.annotate(**asked).values(*asked).first() if asked else None
    return [int(name.removeprefix("of_")) for name, stands_so in (answers or {}).items() if stands_so]


def may_record(user: User, lifecycle: Lifecycle, on: date) -> bool:
    """May this person enter what another person or body decided about a record of that kind?"""
    roles = roles_of(user, on)
    return user.is_active and any(role in roles for role in lifecycle.recorders)
