"""Who may not sit: persons and organisations of every competing dossier (TT 20/2023/TT-BKHCN, Article 8.2).

Computed anew each time it is asked: members of a dossier and workplaces change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from core import clock, text
from core.people.models import Expert, Membership, Succession
from core.regulations import Parameter, words
from core.regulations.selectors import regulation
from proposals.lifecycle import DossierState
from proposals.models import Dossier
from reviews.lifecycle import CouncilKind
from reviews.models import ConflictNote, Council, Position, Seat
from tasks.models import TaskMember, TaskPartner

from .seats import seats_of, were_noted

APPLICANT, HOST_MEMBER, PARTNER_MEMBER = "applicant", "host_member", "partner_member"
# Somebody of a team who is known by name only bears the member's name: who reads it finds out whether it is the same.
NAMESAKE = "namesake"
OUT_OF_THE_RUN = (DossierState.DRAFT, DossierState.WITHDRAWN, DossierState.INVALID)


@dataclass(slots=True)
class Parties:
    """The people and organisations behind the subjects of a council, by primary key.

    ``names``: team members without an account, by their folded names.
    """

    persons: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    hosts: set[int] = field(default_factory=set)
    partners: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a member may be partial. ``is_barred``: the rule book says that such a person does not sit.

    ``is_binding``: it says so for certain, or it is the person himself: nobody judges his own application, and what a
    member declared is resolved before he votes.
    """

    seat: Seat
    category: str
    is_barred: bool
    is_binding: bool


def conflicts_of(council: Council, seats: Sequence[Seat] | None = None) -> list[Conflict]:
    """Every conflict of the members in office, those that the rule book bars and those it only makes known."""
    members = list(seats) if seats is not None else seats_of(council)
    parties = parties_of(council)
    places = workplaces([seat.user_id for seat in members], council.sitting_day or clock.today())
    said = _said(members)
    found = [
        (seat, category)
        for seat in members
        for category in [*_categories(seat, parties, places[seat.user_id]), *sorted(said[seat.pk])]
    ]
    rule, tolerated = barred_categories(council), _tolerated(council, found)
    return [_conflict(rule, seat, category, tolerated=seat in tolerated) for seat, category in found]


def _conflict(rule: Parameter, seat: Seat, category: str, *, tolerated: bool) -> Conflict:
    if category == NAMESAKE:
        # The rule bars the person, never the name: a reason is asked for.
        return Conflict(seat, category, is_barred=True, is_binding=False)
    is_barred = category in rule.value and not tolerated
    is_certain = rule.is_confirmed or category not in {HOST_MEMBER, PARTNER_MEMBER}
    return Conflict(seat, category, is_barred=is_barred, is_binding=is_barred and is_certain)


def notes_of(council: Council) -> QuerySet[ConflictNote]:
    """What was noted of the members in office, cleared or not, with the people who say so."""
    rows = ConflictNote.objects.filter(seat__council=council, seat__removed_at=None)
    return rows.select_related("seat__user", "noted_by", "cleared_by")


def category_label(category: str) -> str:
    """What keeps somebody away, in words."""
    return gettext(words.WORDS[category])


def barring(council: Council, seat: Seat) -> list[Conflict]:
    """What keeps this one member from voting."""
    if not conflicts_of(council, [seat]):
        # Most members, most of the time: the others need not be looked at.
        return []
    return [one for one in conflicts_of(council) if one.seat.pk == seat.pk and one.is_binding]


def barred_categories(council: Council) -> Parameter:
    """The parameter of the kind of council, or else the one for every council."""
    own = f"council.{council.kind}.barred"
    known = regulation(council.regulation).parameters
    return council.rule(own if own in known else "council.barred")


def parties_of(council: Council) -> Parties:
    """Persons, hosts and partners behind all items; for an order or a dossier those of every competing dossier."""
    parties, orders, tasks = Parties(), set[int](), set[int]()
    for author, proposer, proposed_host, task, leader, host, order, of_dossier in council.items.order_by().values_list(
        "proposal__author",
        "proposal__proposer_organisation",
        "proposal__proposed_host",
        "task",
        "task__principal_investigator",
        "task__host",
        "order",
        "dossier__order",
    ):
        parties.persons |= {one for one in (author, leader) if one}
        parties.hosts |= {one for one in (proposer, proposed_host, host) if one}
        orders |= {one for one in (order, of_dossier) if one}
        tasks |= {task} if task else set()
    if orders or tasks:
        _add_dossiers(parties, Q(order__in=orders) | Q(task__in=tasks))
        _add_task_people(parties, tasks)
    return parties


def _add_dossiers(parties: Parties, wanted: Q) -> None:
    rows = Dossier.objects.filter(wanted).exclude(state__in=OUT_OF_THE_RUN)
    for dossier in rows.prefetch_related("members", "partners"):
        parties.hosts.add(dossier.host_id)
        parties.persons.add(dossier.principal_investigator_id)
        _add_team(parties, [(member.user_id, member.name) for member in dossier.members.all()])
        parties.partners |= {partner.organisation_id for partner in dossier.partners.all()}


def _add_task_people(parties: Parties, tasks: set[int]) -> None:
    if not tasks:
        return
    from_tasks = Q(task__in=tasks)
    _add_team(parties, TaskMember.objects.filter(from_tasks).values_list("user_id", "name"))
    parties.partners |= set(TaskPartner.objects.filter(from_tasks).values_list("organisation_id", flat=True))


def _add_team(parties: Parties, team: Iterable[tuple[int | None, str]]) -> None:
    for person, name in team:
        if person is not None:
            parties.persons.add(person)
        else:
            parties.names.add(_plain(name))


def _is_called(name: str, typed: Iterable[str]) -> bool:
    """Whether a name was typed, with or without a title before it."""
    return any(one == name or one.endswith(f" {name}") for one in typed)


def _plain(name: str) -> str:
    return " ".join(text.fold(name).split())


def workplaces(user_ids: Iterable[int], day: date) -> Mapping[int, set[int]]:
    """User → the organisations they belong to on that day, each with its predecessors and successors."""
    wanted = list(user_ids)
    found: dict[int, set[int]] = defaultdict(set)
    for user, organisation in Membership.objects.on(day).filter(user__in=wanted).values_list("user", "organisation"):
        found[user].add(organisation)
    experts = Expert.objects.filter(user__in=wanted, affiliation__isnull=False).values_list("user", "affiliation")
    for user, organisation in experts:
        found[user].add(organisation)
    pairs = list(
        Succession.objects.filter(effective_on__lte=day, successor__isnull=False).values_list(
            "predecessor", "successor"
        )
    )
    return defaultdict(set, {user: with_line(places, pairs) for user, places in found.items()})


def with_line(places: set[int], pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The organisations with all before and all after them in the line of succession."""
    backwards = [(after, before) for before, after in pairs]
    return _reached(places, pairs) | _reached(places, backwards)


def _reached(places: set[int], pairs: Sequence[tuple[int, int]]) -> set[int]:
    found, more = set(places), True
    while more:
        next_ones = {after for before, after in pairs if before in found} - found
        found |= next_ones
        more = bool(next_ones)
    return found


def _categories(seat: Seat, parties: Parties, places: set[int]) -> list[str]:
    found = []
    if seat.user_id in parties.persons:
        found.append(APPLICANT)
    elif _is_called(_plain(seat.user.full_name), parties.names):
        found.append(NAMESAKE)
    if places & parties.hosts:
        found.append(HOST_MEMBER)
    if places & parties.partners:
        found.append(PARTNER_MEMBER)
    return found


def _said(seats: Sequence[Seat]) -> Mapping[int, set[str]]:
    """Seat → the conflicts that the member declares himself, or that somebody noted and nobody cleared."""
    found: dict[int, set[str]] = defaultdict(set, {seat.pk: {seat.declared} - {""} for seat in seats})
    if noted := were_noted(seats):
        notes = ConflictNote.objects.filter(seat__in=[seat.pk for seat in noted], cleared_at=None)
        for seat, conflict in notes.values_list("seat", "conflict"):
            found[seat].add(conflict)
    return found


def _tolerated(council: Council, found: Sequence[tuple[Seat, str]]) -> set[Seat]:
    """Members of the host that the rules allow: as plain members only (TT 33/2014/TT-BKHCN, Article 12)."""
    if council.kind != CouncilKind.SELECTION:
        return set()
    allowed = council.rule("council.selection.host_members_max").value
    by_seat: dict[Seat, list[str]] = defaultdict(list)
    for seat, category in found:
        if category != NAMESAKE:
            by_seat[seat].append(category)
    plain = [seat for seat, why in by_seat.items() if why == [HOST_MEMBER] and seat.position == Position.MEMBER]
    return set(plain) if len(plain) <= allowed else set()
