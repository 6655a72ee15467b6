"""Who decides: the table of authorities, asked for one case or turned into a filter."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from core import clock

from .models import Authority, Case, Membership, User
from .models.dated import valid_on
from .reading import once
from .roles import Act
from .standing import standing_of


class AuthorityMissing(LookupError):
    """No row of the table says who decides. The table must be completed first; nobody decides by default."""


def acts_of(positions: Iterable[str], on: date) -> set[str]:
    """The acts in whose rows of that day one of ``positions`` stands."""
    held = set(positions)
    return {row.act for row in _table(on) if held & set(row.positions)}


def deciding(rows: Iterable[Authority], case: Case) -> Authority | None:
    """The row that decides among rows of one act and one day: a delegation before the row it was given from."""
    covering = [row for row in rows if row.covers(case)]
    return min(covering, key=lambda row: row.delegated_from_id is None, default=None)


def resolve_authority(
    act: Act,
    *,
    level: str | None = "",
    regulation: str | None = "",
    amount_vnd: int | None = 0,
    payer: str | None = "",
    on: date,
) -> Authority:
    """The row that says who decides ``act`` in this case on this day. Amount in đồng; None counts as absent.

    Raises AuthorityMissing when the table is silent.
    """
    case = Case(level=level or "", regulation=regulation or "", amount_vnd=amount_vnd or 0, payer=payer or "")
    found = deciding(_rows(act, on), case)
    if found is None:
        message = f"nobody is named to {act} for {case} on {on}"
        raise AuthorityMissing(message)
    return found


def is_holder(authority: Authority, user: User, on: date | None = None) -> bool:
    """Whether the user holds one of the row's positions in its body on that day (default: today)."""
    standing = standing_of(user, on)
    return any(authority.body_id in standing.organisations(role) for role in authority.roles)


def will_hold(authority: Authority, user: User, first: date) -> bool:
    """Whether the user holds one of the row's positions in its body on some day from ``first`` to its last one."""
    held = Membership.objects.overlapping(first, authority.valid_to).filter(user=user.pk)
    return held.filter(organisation=authority.body_id, role__in=authority.positions).exists()


def holders(authority: Authority, on: date | None = None) -> QuerySet[User]:
    """The active people who may sign by this row on that day (default: today)."""
    return User.objects.filter(
        valid_on(on or clock.today(), "memberships__"),
        memberships__organisation=authority.body_id,
        memberships__role__in=authority.positions,
        is_active=True,
    ).distinct()


def authority_holders(authority: Authority, on: date | None = None) -> dict[str, list[str]]:
    """Position → names of the active people who hold it in the row's body on that day. One query."""
    rows = Membership.objects.on(on or clock.today()).filter(
        organisation=authority.body_id, role__in=authority.positions, user__is_active=True
    )
    found: dict[str, list[str]] = {position: [] for position in authority.positions}
    for role, name in rows.order_by("user__sort_key", "pk").values_list("role", "user__full_name").distinct():
        found[role].append(name)
    return {position: names for position, names in found.items() if names}


def authority_q(act: Act, user: User, on: date, fields: Mapping[str, str]) -> Q | None:
    """The subjects that ``user`` decides on that day, as a filter; None when there cannot be any.

    ``fields`` names the subject's columns by the facts of the table, ``{"level": …, "regulation": …, "amount_vnd": …,
    "payer": …}``. A fact that is left out counts as absent, as in ``resolve_authority``. A subject matches if and only
    if the user holds the row that ``resolve_authority`` gives for it.
    """
    rows = _rows(act, on)
    delegations = [row for row in rows if row.delegated_from_id is not None]
    found: Q | None = None
    for row in rows:
        condition = _covers_q(row, fields) if is_holder(row, user, on) else None
        if condition is None:
            continue
        if row.delegated_from_id is None:
            condition &= _outside(delegations, row, fields)
        found = condition if found is None else _either(found, condition)
    return found


def _rows(act: Act, on: date) -> list[Authority]:
    return [row for row in _table(on) if row.act == act]


def _table(on: date) -> list[Authority]:
    """Every row that is valid on a day. A page that only reads asks for it once."""
    return once(("authorities", on), lambda: list(Authority.objects.on(on).select_related("body")))


def _outside(delegations: Iterable[Authority], row: Authority, fields: Mapping[str, str]) -> Q:
    """Not covered by any delegation that meets the row."""
    outside = Q()
    for delegation in delegations:
        covered = _covers_q(delegation, fields) if delegation.meets(row) else None
        if covered is not None:
            # An empty condition means every row; its negation has to be written out.
            outside &= ~covered if covered else Q(pk__in=[])
    return outside


def _covers_q(row: Authority, fields: Mapping[str, str]) -> Q | None:
    """``Authority.covers`` as a filter: None when no subject can match, an empty Q when each one does."""
    condition = Q()
    for name, mine in (("level", row.level), ("regulation", row.regulation), ("payer", row.payer)):
        if mine and name not in fields:
            return None
        if mine:
            condition &= Q(**{fields[name]: mine})
    if "amount_vnd" not in fields:
        return condition if row.amount_from_vnd == 0 else None
    return condition & _amount_q(row, fields["amount_vnd"])


def _amount_q(row: Authority, column: str) -> Q:
    """The range of amounts; a subject without an amount counts as zero."""
    upper = Q() if row.amount_to_vnd is None else Q(**{f"{column}__lte": row.amount_to_vnd})
    if row.amount_from_vnd:
        return upper & Q(**{f"{column}__gte": row.amount_from_vnd})
    return upper | Q(**{f"{column}__isnull": True}) if upper else upper


def _either(first: Q, second: Q) -> Q:
    """Either condition; an empty one means every row and must not vanish in the disjunction."""
    return first | second if first and second else Q()
