"""Questions about people and organisations. Nothing here changes anything."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from core import clock, text

from .models import Membership, Organisation, RightsRequest, Succession, User
from .policy import visible_to
from .reading import once
from .roles import Role
from .standing import Visitor, standing_of


def roles_of(user: Visitor, on: date | None = None) -> Mapping[Role, frozenset[int]]:
    """Role → ids of the organisations it is held in, on that day (default: today). Remembered on the instance."""
    return standing_of(user, on).roles


def has_role(user: Visitor, *roles: Role) -> bool:
    """Whether the user holds one of ``roles`` in any organisation today."""
    return standing_of(user).has(*roles)


def organisation_ids(user: Visitor, *roles: Role) -> frozenset[int]:
    """The organisations in which the user holds one of ``roles`` today; without roles, any membership counts."""
    return standing_of(user).organisations(*roles)


def users_with_role(*roles: Role, organisation: Organisation | None = None, on: date | None = None) -> QuerySet[User]:
    """Active people who hold one of ``roles`` on that day (default: today), each once."""
    held = Membership.objects.on(on or clock.today()).filter(role__in=roles)
    if organisation is not None:
        held = held.filter(organisation=organisation)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def search_people(people: QuerySet[User], words: str) -> QuerySet[User]:
    """People whose name or e-mail address holds every word, with or without Vietnamese marks."""
    for word in text.words(words):
        people = people.filter(Q(folded__contains=word) | Q(email__contains=word))
    return people


def search_organisations(organisations: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Organisations whose present or former name, short name, code or tax code holds every word."""
    for word in text.words(words):
        organisations = organisations.filter(
            Q(folded__contains=word) | Q(code__icontains=word) | Q(tax_code__startswith=word)
        )
    return organisations


def pickable_people(user: Visitor) -> QuerySet[User]:
    """Whom ``user`` may choose in a form: nobody outside what the user sees anyway."""
    return visible_to(user, User).filter(is_active=True)


def with_posts(people: QuerySet[User], roles: Iterable[Role]) -> QuerySet[User]:
    """Those who hold one of ``roles`` today, each with ``posts``: these memberships with their organisations."""
    held = Membership.objects.on(clock.today()).filter(role__in=list(roles)).select_related("organisation")
    found = people.filter(pk__in=held.values("user"))
    return found.prefetch_related(Prefetch("memberships", held.order_by("pk"), to_attr="posts"))


def memberships_seen_by(user: Visitor, person: User) -> QuerySet[Membership]:
    """The memberships of ``person`` that ``user`` may read, newest first."""
    return visible_to(user, Membership).filter(user=person).select_related("organisation").order_by("-valid_from", "pk")


def rights_waiting(user: Visitor) -> QuerySet[RightsRequest]:
    """The roles and powers that ``user`` may confirm as the second person, oldest first."""
    return visible_to(user, RightsRequest, "confirm")


def predecessors_of(organisation: Organisation, on: date | None = None) -> list[Organisation]:
    """Those in whose place the organisation stands on that day: their debts and bans are its own."""
    day = on or clock.today()
    return once(("predecessors", organisation.pk, day), lambda: _predecessors(organisation, day))


def demo_users_by_role() -> list[tuple[Role, list[User]]]:
    """The invented people of the demo under each of their roles, in the order of the roles. One query."""
    rows = (
        Membership.objects.on(clock.today())
        .filter(user__is_demo=True, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__sort_key", "pk")
    )
    groups: dict[Role, dict[int, User]] = {role: {} for role in Role}
    for row in rows:
        groups[Role(row.role)].setdefault(row.user_id, row.user)
    return [(role, list(people.values())) for role, people in groups.items() if people]


def _predecessors(organisation: Organisation, day: date) -> list[Organisation]:
    """Walk the line of succession back, one query per generation; renames lead nowhere else."""
    seen = {organisation.pk}
    found: list[Organisation] = []
    generation = set(seen)
    while generation:
        rows = Succession.objects.filter(successor__in=generation, effective_on__lte=day).select_related("predecessor")
        met = {row.predecessor_id: row.predecessor for row in rows}
        generation = set(met) - seen
        found += [met[pk] for pk in sorted(generation)]
        seen |= generation
    return found
