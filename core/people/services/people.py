"""People: accounts, memberships, expert profiles."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock, text
from core.audit.service import transaction
from core.people.models import Expert, Membership, Organisation, User
from core.people.models.user import person_keys
from core.people.roles import ASKING, CONFIRMERS, GUARDED, GUARDED_ON_RETURN, INSIDE, INTERNAL, Role
from core.people.standing import forget_standing
from core.rows import check_row

from .common import Actor, lock, note, only_shorten, refuse, tidy
from .second_person import Ground, check_backdating, check_second_person, is_founding, papers


def create_user(
    *,
    email: str,
    full_name: str,
    academic_title: str = "",
    phone: str = "",
    language: str = "vi",
    is_demo: bool = False,
    actor: Actor,
) -> User:
    """Make an account without a password; the person sets one by a link in an e-mail.

    Raises ValidationError, field by field, for a wrong fact or an address that is taken.
    """
    with transaction():
        user = User.objects.create_user(
            email,
            full_name=tidy(full_name),
            academic_title=tidy(academic_title),
            phone=tidy(phone),
            language=language,
            is_demo=is_demo,
        )
        facts = {"email": user.email, "full_name": user.full_name}
        note("people.create_user", user, user.code, actor=actor, facts=facts)
    return user


def update_user(user: User, *, full_name: str, academic_title: str, phone: str, actor: Actor) -> None:
    """Correct the facts of a person. The e-mail address is the identity and stays."""
    name = tidy(full_name)
    facts: dict[str, str] = {"full_name": name, "academic_title": tidy(academic_title), "phone": tidy(phone)}
    _change(user, "people.update_user", actor, {**facts, **person_keys(name)}, shown=tuple(facts))


def update_profile(user: User, *, language: str, phone: str, actor: User) -> None:
    """What people may change about themselves. Raises ValidationError when it is somebody else's profile."""
    if actor.pk != user.pk:
        raise refuse(_("Everybody changes only the own profile."), "foreign")
    _change(user, "people.update_profile", actor, {"language": language, "phone": tidy(phone)})


def deactivate_user(
    user: User, *, reason: str, ground: Ground | None = None, actor: Actor, confirmed_by: User | None = None
) -> None:
    """Close the account at once: sessions end, roles stop counting, the record stays.

    Where a role that confirms ends with it, a second person confirms: else one administrator was soon alone, and nobody
    confirmed anything. The command line (no actor) closes any. Raises ValidationError without a reason, or when people
    try to close their own account; SecondPersonNeeded.
    """
    if not reason.strip():
        raise refuse(_("Say why."), "reason")
    if actor is not None and actor.pk == user.pk:
        raise refuse(_("Nobody deactivates the own account."), "self")
    with transaction():
        lock(user)
        confirming = user.memberships.overlapping(clock.today(), None).filter(role__in=CONFIRMERS)
        if actor is not None and confirming.exists():
            check_second_person(actor, confirmed_by, gains=lambda one: one.pk == user.pk)
        said = papers(ground, confirmed_by)
        _change(user, "people.deactivate_user", actor, {"is_active": False}, reason=tidy(reason), said=said)


def reactivate_user(
    user: User, *, reason: str, ground: Ground | None = None, actor: Actor, confirmed_by: User | None = None
) -> None:
    """Open a closed account again. Memberships that were not ended count again.

    Where a role of the administration, of a council or of a signer would come back, a second person confirms: else one
    administrator gave it by the way of a closed account. Raises ValidationError without a reason; SecondPersonNeeded.
    """
    if not reason.strip():
        raise refuse(_("Say why."), "reason")
    with transaction():
        lock(user)
        coming_back = user.memberships.overlapping(clock.today(), None).filter(role__in=GUARDED_ON_RETURN)
        if coming_back.exists():
            check_second_person(actor, confirmed_by, gains=lambda one: one.pk == user.pk)
        said = papers(ground, confirmed_by)
        _change(user, "people.reactivate_user", actor, {"is_active": True}, reason=tidy(reason), said=said)


def add_membership(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    valid_from: date | None = None,
    valid_to: date | None = None,
    position: str = "",
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> Membership:
    """Give ``user`` a role in ``organisation`` from the first to the last day, both included (default: from today on).

    A role of the administration or of a council, one in an organisation in which others have or had roles, and one that
    began before today, needs a second person; the latter also its document, ``ground``. Raises
    ValidationError when the role does not fit the organisation, is held already in these days, would join the
    administration of the system with any other role or a bidder with the administration, or is one's own doing;
    SecondPersonNeeded.
    """
    first = valid_from or clock.today()
    row = Membership(
        user=user, organisation=organisation, role=role, position=tidy(position), valid_from=first, valid_to=valid_to
    )
    with transaction():
        lock(user)
        _check_membership(row, actor)
        check_row(row)
        if not is_founding(role, actor) and (check_backdating(first, ground) or _is_guarded(row)):
            check_second_person(actor, confirmed_by, gains=lambda one: one.pk == user.pk)
        row.save()
        facts = {"membership": row.code, "organisation": organisation.code, "role": role}
        days = {"valid_from": first, "valid_to": valid_to}
        said = {**facts, **days, **papers(ground, confirmed_by)}
        note("people.add_membership", user, user.code, actor=actor, facts=said)
    forget_standing(user)
    return row


def end_membership(
    membership: Membership,
    *,
    last_day: date,
    reason: str = "",
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> None:
    """Let a membership end with ``last_day``; a day before today needs its document and a second person.

    A role that confirms ends by two on any day, as the account of who holds it is closed by two.
    Raises ValidationError when that lies before its first day or after its last, or when it is one's own membership;
    SecondPersonNeeded.
    """
    if actor is not None and actor.pk == membership.user_id:
        raise refuse(_("Nobody ends the own roles."), "self")
    with transaction():
        lock(membership)
        membership.refresh_from_db(fields=["valid_to"])
        only_shorten(membership, last_day)
        membership.valid_to = last_day
        check_row(membership)
        user = membership.user
        if check_backdating(last_day, ground) or membership.role in CONFIRMERS:
            check_second_person(actor, confirmed_by, gains=lambda one: one.pk == user.pk)
        membership.save(update_fields=["valid_to"])
        facts = {"membership": membership.code, "role": membership.role, "last_day": last_day}
        facts |= papers(ground, confirmed_by)
        note("people.end_membership", user, user.code, actor=actor, facts=facts, reason=tidy(reason))
    forget_standing(membership.user)


def add_expert(
    *,
    user: User,
    field: str,
    degree: str = "",
    position: str = "",
    keywords: str = "",
    affiliation: Organisation | None = None,
    actor: Actor,
) -> Expert:
    """Put a person into the list of experts. Raises ValidationError when the person is in it already."""
    facts = {"field": tidy(field), "degree": tidy(degree), "position": tidy(position), "keywords": tidy(keywords)}
    folded = text.fold(f"{user.full_name} {facts['field']} {facts['keywords']}")
    with transaction():
        expert = Expert(user=user, affiliation=affiliation, folded=folded, **facts)
        check_row(expert)
        expert.save()
        note("people.add_expert", expert, user.code, actor=actor, facts=facts)
    return expert


def _is_guarded(row: Membership) -> bool:
    """Whether one administrator alone may not give it. Somebody has to be the first of a new organisation.

    Whoever joins others in an organisation reads its proposals and sealed dossiers. Members of the past count too: else
    one would end the role of the real signer today and put a figure in tomorrow.
    """
    if row.role in GUARDED:
        return True
    lock(row.organisation)
    return Membership.objects.filter(organisation=row.organisation_id).exclude(user=row.user_id).exists()


def _is_on_both_sides(row: Membership, held: QuerySet[Membership]) -> bool:
    """Whether one person would bid from outside and receive, judge or pay the bids of others inside."""
    outside = held.filter(role__in=ASKING, organisation__is_internal=False)
    if row.role in ASKING and not row.organisation.is_internal:
        return held.filter(role__in=INSIDE).exists()
    return row.role in INSIDE and outside.exists()


def _check_membership(row: Membership, actor: Actor) -> None:
    if actor is not None and actor.pk == row.user_id:
        raise refuse(_("Nobody gives roles to themselves."), "self")
    if not row.user.is_active:
        raise refuse(_("This account has been deactivated."), "inactive")
    if row.role in INTERNAL and not row.organisation.is_internal:
        raise refuse(_("Only an organisation of the administration has this role."), "internal")
    if row.organisation.ended_on is not None and row.organisation.ended_on <= row.valid_from:
        raise refuse(_("This organisation has ended."), "ended")
    held = Membership.objects.filter(user=row.user_id).overlapping(row.valid_from, row.valid_to)
    if _is_on_both_sides(row, held):
        raise refuse(
            _("Nobody asks the administration for money and works in it (separation of duties)."), "separation"
        )
    if held.filter(organisation=row.organisation_id, role=row.role).exists():
        raise refuse(_("The person already holds this role in these days."), "overlap")
    is_administrator = row.role == Role.SYSTEM_ADMINISTRATOR
    others = held.exclude(role=row.role) if is_administrator else held.filter(role=Role.SYSTEM_ADMINISTRATOR)
    if others.exists():
        raise refuse(_("A system administrator holds no other role (separation of duties)."), "separation")


def _change(
    user: User,
    kind: str,
    actor: Actor,
    facts: dict[str, Any],
    *,
    shown: tuple[str, ...] = (),
    reason: str = "",
    said: Mapping[str, object] | None = None,
) -> None:
    """Write ``facts`` on the user, with the former values of the ``shown`` ones (default: all) in the event.

    ``said``: what the event says beside them.
    """
    with transaction():
        lock(user)
        user.refresh_from_db(fields=list(facts))
        former = {name: getattr(user, name) for name in shown or facts}
        for name, value in facts.items():
            setattr(user, name, value)
        check_row(user)
        user.save(update_fields=list(facts))
        changed = {name: [before, facts[name]] for name, before in former.items() if before != facts[name]}
        note(kind, user, user.code, actor=actor, facts=changed | dict(said or {}), reason=reason)
    forget_standing(user)
