"""Who holds a record, since when and until when: positions and names, not the name of an act."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.audit.models import Event
from core.people.authorities import AuthorityMissing, authority_holders
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from core.ui.formatting import listed
from core.ui.parts import Due

from .chronicle import events_of
from .entries import writers_of
from .models import Stepped
from .registry import resting, ripe
from .table import By, Special
from .waiting import Way, missing_words, ways_now

# More names than that say less than the position alone.
NAMED = 3
# Of the others there are many, or they differ by record.
HELD_BY_ONE = {
    Role.HEAD_OF_DIVISION,
    Role.DEPARTMENT_DIRECTOR,
    Role.PPC_CHAIR,
    Role.CHIEF_ACCOUNTANT,
    Role.FUND_DIRECTOR,
}


def held_by(subject: Stepped, ways: Sequence[Way] | None = None, events: Sequence[Event] | None = None) -> Due:
    """The ball is with whom, since when, due when; days are counted only while somebody must act.

    A record from before that nobody has confirmed waits for a head of division who wrote no part of it. ``ways``:
    ``ways_now`` of the record, ``events``: its history, where the page has asked already.
    """
    since = clock.local(subject.state_since).date()
    if subject.unconfirmed:
        writers = writers_of(events_of(subject) if events is None else events)
        return Due(holder=_second_person(writers), since=since, due_on=subject.due_on)
    if ways is None:
        ways = ways_now(subject)
    resting_with = str(resting.get((subject.lifecycle.name, subject.state), "")) if not ways else ""
    notes = dict.fromkeys(missing_words(type(subject), way.row.name, way.missing) for way in ways)
    return Due(
        holder=resting_with or listed(holder_names(subject, ways)),
        since=since if ways and not subject.is_final else None,
        due_on=subject.due_on or _closing(subject, ways),
        note=listed(note for note in notes if note),
    )


def _second_person(writers: Collection[int]) -> str:
    """The heads of division who may confirm a record from before; where all of them wrote in it, another one."""
    heads = users_with_role(Role.HEAD_OF_DIVISION).exclude(pk__in=writers).order_by("sort_key", "pk")[: NAMED + 1]
    names = [one.full_name for one in heads]
    return _position(Role.HEAD_OF_DIVISION, names) if names else _("Another head of division")


def _closing(subject: Stepped, ways: Sequence[Way]) -> date | None:
    """What closes in this state; while nobody waits for the step yet, its last day would only hide nearer ones."""
    too_early = not ways and any(row.duty and (subject.lifecycle.name, row.name) in ripe for row in subject.rows())
    return None if too_early else subject.closes_on


def holder_names(subject: Stepped, ways: Iterable[Way]) -> list[str]:
    """Each of those whose move it is, once, in the order of the table."""
    known = dict.fromkeys(by for way in ways for by in way.who)
    return list(dict.fromkeys(_name(subject, by, clock.today()) for by in known if not isinstance(by, Special)))


def _name(subject: Stepped, by: By, today: date) -> str:
    if isinstance(by, Act):
        return _of_act(subject, by, today)
    if by in HELD_BY_ONE:
        names = users_with_role(Role(by.value), on=today).order_by("sort_key", "pk")[: NAMED + 1]
        return _position(Role(by.value), [one.full_name for one in names])
    return str(Role(by.value).label)


def _of_act(subject: Stepped, act: Act, today: date) -> str:
    """The position that holds the authority today, with the names; the act alone when nobody has it."""
    try:
        people = authority_holders(subject.authority(act, today), today)
    except AuthorityMissing:
        people = {}
    if not people:
        return str(act.label)
    return ", ".join(_position(Role(role), names) for role, names in people.items())


def _position(role: Role, names: list[str]) -> str:
    if not 1 <= len(names) <= NAMED:
        return str(role.label)
    return _("%(position)s (%(names)s)") % {"position": role.label, "names": ", ".join(names)}
