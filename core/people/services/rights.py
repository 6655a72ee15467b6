"""Roles and powers entered by one administrator and confirmed by a second person."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction as database
from django.db.models import Model
from django.utils.translation import gettext as _

from core import clock
from core.audit.service import transaction
from core.people.models import (
    Authority,
    Membership,
    Organisation,
    OrganisationName,
    RightsKind,
    RightsRequest,
    Succession,
    SuccessionKind,
    User,
)
from core.people.roles import Act, AuthorityLine, Role
from core.people.selectors import has_role

from .authorities import add_authority, delegate, end_authority
from .common import lock, note, refuse, tidy
from .organisations import rename_organisation, succeed
from .people import add_membership, deactivate_user, end_membership, reactivate_user
from .second_person import Ground, SecondPersonNeeded

# What the services give.
Done = Membership | Authority | OrganisationName | list[Succession] | None
DOING: dict[RightsKind, Callable[..., Any]] = {
    RightsKind.ADD_MEMBERSHIP: add_membership,
    RightsKind.END_MEMBERSHIP: end_membership,
    RightsKind.ADD_AUTHORITY: add_authority,
    RightsKind.DELEGATE: delegate,
    RightsKind.END_AUTHORITY: end_authority,
    RightsKind.REACTIVATE_USER: reactivate_user,
    RightsKind.DEACTIVATE_USER: deactivate_user,
    RightsKind.SUCCEED: succeed,
    RightsKind.RENAME_ORGANISATION: rename_organisation,
}
ROWS: dict[str, type[Model]] = {
    "user": User,
    "organisation": Organisation,
    "body": Organisation,
    "membership": Membership,
    "authority": Authority,
    "predecessors": Organisation,
    "successors": Organisation,
}
READ: dict[str, Callable[[Any], Any]] = {
    "role": Role,
    "act": Act,
    "authority_line": AuthorityLine,
    "positions": lambda values: [Role(value) for value in values],
    "valid_from": date.fromisoformat,
    "valid_to": date.fromisoformat,
    "last_day": date.fromisoformat,
    "kind": SuccessionKind,
    "effective_on": date.fromisoformat,
}
# Days from which something counts, or to which: neither lies before the confirmation unless a document says so.
FROM = ("valid_from", "last_day", "effective_on")
# Among the kept facts, but nothing that a service is called with: name and address of the person at the asking.
IDENTITY = "person"


def enter_rights(
    kind: RightsKind, /, *, actor: User, ground: Ground | None = None, **facts: Any
) -> Done | RightsRequest:
    """Do it where one person is enough; else keep it until a second person confirms, and give the request.

    ``facts``: as the service of the kind takes them. Raises ValidationError as that service does.
    """
    try:
        # A savepoint: the try leaves nothing behind, also where somebody else's transaction goes on round it.
        with database.atomic():
            done: Done = DOING[kind](**facts, ground=ground, actor=actor)
    except SecondPersonNeeded:
        return _keep(kind, facts, ground, actor)
    return done


def confirm_rights(request: RightsRequest, *, actor: User, reason: str = "") -> None:
    """The second person has compared it with the paper: from now on it counts.

    Raises ValidationError when it was answered already, whoever asked no longer administers, the person is the wrong
    one or bears another name or address than when it was entered, or it no longer fits what has happened since.
    """
    with transaction():
        locked = _waiting(request)
        if not has_role(locked.asked_by, Role.SYSTEM_ADMINISTRATOR):
            raise refuse(_("Whoever entered this administers the system no longer."), "asked_by")
        _check_identity(locked)
        ground = Ground(locked.document_number, locked.document_date) if locked.document_date else None
        facts = _counted_from_now(_read(locked.facts), ground)
        DOING[RightsKind(locked.kind)](**facts, ground=ground, actor=locked.asked_by, confirmed_by=actor)
        _answer(locked, actor, reason, granted=True)


def refuse_rights(request: RightsRequest, *, actor: User, reason: str) -> None:
    """It shall not count: the second person refuses, or whoever asked takes it back.

    Raises ValidationError without a reason, or when it was answered already.
    """
    if not reason.strip():
        raise refuse(_("Say why."), "reason")
    with transaction():
        _answer(_waiting(request), actor, reason, granted=False)


def _keep(kind: RightsKind, facts: Mapping[str, Any], ground: Ground | None, actor: User) -> RightsRequest:
    person = facts.get("user") or getattr(facts.get("membership"), "user", None)
    with transaction():
        kept = {name: _plain(value) for name, value in facts.items()} | _identity(person)
        if any(one.facts == kept for one in RightsRequest.objects.filter(kind=kind, granted=None)):
            raise refuse(_("The same waits for its confirmation already."), "waits")
        row = RightsRequest.objects.create(
            kind=kind,
            facts=kept,
            person=person,
            document_number=tidy(ground.number) if ground else "",
            document_date=ground.dated if ground else None,
            asked_by=actor,
            asked_at=clock.now(),
        )
        note("people.ask_rights", row, row.code, actor=actor, facts={"kind": kind.value, "facts": kept})
    return row


def _waiting(request: RightsRequest) -> RightsRequest:
    locked = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if locked.granted is not None:
        raise refuse(_("This was answered already."), "answered")
    return locked


def _identity(person: User | None) -> dict[str, Any]:
    """Who the person was when it was entered, as the page names people."""
    return {IDENTITY: [str(person), person.email]} if person is not None else {}


def _check_identity(row: RightsRequest) -> None:
    # Whoever asked may correct names: what the second person compares with the paper is the account that was meant.
    if row.person is None:
        return
    lock(row.person)
    row.person.refresh_from_db(fields=["full_name", "academic_title", "email"])
    if row.facts.get(IDENTITY) != _identity(row.person)[IDENTITY]:
        changed = _("The person bears another name or address than when this was entered: refuse it and enter it anew.")
        raise refuse(changed, "identity")


def _answer(row: RightsRequest, actor: User, reason: str, *, granted: bool) -> None:
    row.decided_by, row.decided_at, row.granted, row.answer = actor, clock.now(), granted, tidy(reason)
    row.save(update_fields=["decided_by", "decided_at", "granted", "answer"])
    kind = "people.confirm_rights" if granted else "people.refuse_rights"
    note(kind, row, row.code, actor=actor, facts={"kind": row.kind}, reason=row.answer)


def _counted_from_now(facts: dict[str, Any], ground: Ground | None) -> dict[str, Any]:
    """What waited longer than its first day counts from today on."""
    if ground is not None:
        return facts
    return facts | {name: max(facts[name], clock.today()) for name in FROM if facts.get(name)}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return vars(value)["code"]
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in facts.items() if name != IDENTITY}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ROWS:
        return [_row(name, one) for one in value] if isinstance(value, list) else _row(name, value)
    return READ[name](value) if name in READ else value


def _row(name: str, code: str) -> Model:
    found = ROWS[name]._default_manager.filter(code=code).first()
    if found is None:
        raise ValidationError(_("What this speaks of is gone."))
    return found
