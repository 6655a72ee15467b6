"""Organisations: founded, renamed, merged, split, dissolved. And the places they have their seat in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import clock, text
from core.audit.service import transaction
from core.people.models import (
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Place,
    PlaceKind,
    Succession,
    SuccessionKind,
    User,
)
from core.people.models.organisation import name_columns
from core.people.selectors import predecessors_of
from core.rows import check_row

from .common import Actor, lock, note, refuse, tidy
from .second_person import Ground, check_backdating, check_second_person, papers

# Names are known from this day on unless somebody says better.
LONG_AGO = date(2000, 1, 1)


def create_organisation(
    *,
    name_vi: str,
    kind: OrganisationKind,
    name_en: str = "",
    short_name: str = "",
    address: str = "",
    valid_from: date = LONG_AGO,
    actor: Actor,
    **facts: Any,
) -> Organisation:
    """Enter an organisation with the name it bears since ``valid_from``.

    ``facts``: code, parent, place, tax_code, decision_number, is_internal. Raises ValidationError for a wrong one.
    """
    name = tidy(name_vi)
    with transaction():
        organisation = Organisation(kind=kind, **facts, **name_columns(name, "", tidy(short_name)))
        check_row(organisation)
        organisation.save()
        texts = {"name_en": tidy(name_en), "short_name": tidy(short_name), "address": tidy(address)}
        _name(organisation, name, valid_from, **texts)
        _refold(organisation)
        shown = {"name": name, "kind": kind}
        note("people.create_organisation", organisation, organisation.code, actor=actor, facts=shown)
    return organisation


def rename_organisation(
    organisation: Organisation,
    *,
    name_vi: str,
    valid_from: date,
    decision: str,
    name_en: str = "",
    short_name: str = "",
    address: str = "",
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> OrganisationName:
    """Give the organisation a new name or seat from ``valid_from`` on, by a decision. Older papers keep the old one.

    A second person confirms what papers and contracts will print; a day before today has its document, ``ground``.
    Raises ValidationError for a day in the future or not after the first day of the present name; SecondPersonNeeded.
    """
    if valid_from > clock.today():
        raise refuse(_("This day lies in the future: record the change when it has come."), "future")
    with transaction():
        lock(organisation)
        check_backdating(valid_from, ground)
        present = organisation.names.get(valid_to__isnull=True)
        if valid_from <= present.valid_from:
            raise refuse(_("The present name began on this day or later."), "overlap")
        present.valid_to = valid_from - timedelta(days=1)
        present.save(update_fields=["valid_to"])
        texts = {"name_en": tidy(name_en), "short_name": tidy(short_name), "address": tidy(address)}
        name = _name(organisation, tidy(name_vi), valid_from, decision=tidy(decision), **texts)
        _succession(SuccessionKind.RENAME, organisation, organisation, decision, valid_from)
        # Asked last, when the database has taken the new name: what is raised here takes it back.
        check_second_person(actor, confirmed_by)
        _refold(organisation)
        facts = {"before": present.name_vi, "after": name.name_vi, "valid_from": valid_from, "decision": decision}
        facts |= papers(ground, confirmed_by)
        note("people.rename_organisation", organisation, organisation.code, actor=actor, facts=facts)
    return name


def succeed(
    *,
    kind: SuccessionKind,
    predecessors: Sequence[Organisation],
    successors: Sequence[Organisation] = (),
    decision: str,
    effective_on: date,
    predecessor_continues: bool = False,
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> list[Succession]:
    """Record a merger (many → one), a split (one → many) or a dissolution (one → none), in force from a day.

    Predecessors end the day before, unless one that is split goes on beside its parts. A day before today has its
    document, ``ground``; a second person confirms, for roles end and debts and bans pass on. Raises ValidationError for
    a shape that does not fit the kind, a day in the future, a line that would bite its own tail, or the dissolution of
    a body of the administration in which people hold roles; SecondPersonNeeded.
    """
    _check_succession(kind, predecessors, successors, effective_on)
    ending = [] if kind == SuccessionKind.SPLIT and predecessor_continues else list(predecessors)
    with transaction():
        for organisation in sorted({*predecessors, *successors}, key=lambda one: one.pk):
            lock(organisation)
        check_backdating(effective_on, ground)
        _check_members(kind, ending, effective_on)
        # Whoever holds roles there: one person could close the accounts first.
        check_second_person(actor, confirmed_by)
        rows = [
            _succession(kind, predecessor, successor, decision, effective_on)
            for predecessor in predecessors
            for successor in successors or (None,)
        ]
        heirs = [one.code for one in successors]
        facts = {"kind": kind, "successors": heirs, "effective_on": effective_on, "decision": decision}
        facts |= papers(ground, confirmed_by)
        for predecessor in predecessors:
            if predecessor in ending:
                predecessor.ended_on = effective_on
                predecessor.save(update_fields=["ended_on"])
            note("people.succeed", predecessor, predecessor.code, actor=actor, facts=facts)
    return rows


def add_place(
    *,
    code: str,
    name: str,
    kind: PlaceKind,
    parent: Place | None = None,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
    actor: Actor,
) -> Place:
    """Enter an administrative unit. Raises ValidationError for a wrong fact or a code that is taken."""
    keys = {"folded": text.fold(name), "sort_key": text.sort_key(name)}
    with transaction():
        place = Place(code=code, name=tidy(name), kind=kind, parent=parent, **keys)
        place.valid_from, place.valid_to = valid_from, valid_to
        check_row(place)
        place.save()
        note("people.add_place", place, place.code, actor=actor, facts={"name": place.name, "kind": kind})
    return place


def _check_succession(
    kind: SuccessionKind, predecessors: Sequence[Organisation], successors: Sequence[Organisation], effective_on: date
) -> None:
    shapes = {
        SuccessionKind.MERGE: len(predecessors) >= 1 and len(successors) == 1,
        SuccessionKind.SPLIT: len(predecessors) == 1 and len(successors) >= 1,
        SuccessionKind.DISSOLVE: len(predecessors) == 1 and not successors,
    }
    if not shapes.get(kind, False):
        raise refuse(_("The organisations do not fit this kind of change."), "shape")
    if effective_on > clock.today():
        raise refuse(_("This day lies in the future: record the change when it has come."), "future")
    if any(one.ended_on is not None for one in (*predecessors, *successors)):
        raise refuse(_("This organisation has ended."), "ended")
    heirs = {one.pk for one in successors}
    origins = {one.pk for predecessor in predecessors for one in (predecessor, *predecessors_of(predecessor))}
    if heirs & origins:
        raise refuse(_("An organisation cannot follow itself."), "circle")


def _check_members(kind: SuccessionKind, ending: Sequence[Organisation], day: date) -> None:
    """What is dissolved takes every role in it along: not those of the administration."""
    held = Membership.objects.overlapping(day, None).filter(organisation__in=ending, user__is_active=True)
    if kind == SuccessionKind.DISSOLVE and held.filter(organisation__is_internal=True).exists():
        raise refuse(_("People hold roles in this body of the administration: end their roles first."), "held")


def _succession(
    kind: SuccessionKind, predecessor: Organisation, successor: Organisation | None, decision: str, effective_on: date
) -> Succession:
    row = Succession(predecessor=predecessor, successor=successor, kind=kind, effective_on=effective_on)
    row.decision = tidy(decision)
    check_row(row)
    row.save()
    return row


def _name(organisation: Organisation, name_vi: str, valid_from: date, **texts: str) -> OrganisationName:
    row = OrganisationName(organisation=organisation, name_vi=name_vi, valid_from=valid_from, **texts)
    check_row(row)
    row.save()
    return row


def _refold(organisation: Organisation) -> None:
    names = list(organisation.names.order_by("-valid_from"))
    former = " ".join(f"{name.name_vi} {name.name_en}" for name in names)
    for column, value in name_columns(names[0].name_vi, former, names[0].short_name).items():
        setattr(organisation, column, value)
    organisation.save(update_fields=["name", "short_name", "sort_key", "folded"])
