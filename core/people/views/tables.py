"""The tables of this room's pages, column by column."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import VND, format_vnd
from core.people.models import Authority, Membership, Organisation, RightsRequest
from core.people.models.dated import Dated
from core.ui.cells import Kind
from core.ui.parts import Badge, Tone
from core.ui.tables import Column, Table

CLOSED = Badge(_("Account closed"), Tone.WARNING)
ENDED = Badge(_("Ended"), Tone.NEUTRAL)
IN_FORCE = Badge(_("In force"), Tone.SUCCESS)
COMING = Badge(_("Not yet in force"), Tone.INFO)


def standing_badge(row: Dated) -> Badge:
    """Whether a dated row counts today."""
    if row.is_valid_on(clock.today()):
        return IN_FORCE
    return ENDED if row.valid_from <= clock.today() else COMING


def roles_in_words(held: Iterable[Membership]) -> str:
    """Every role with the organisation it is held in, in one line."""
    return "; ".join(f"{row.get_role_display()}, {row.organisation.short_name or row.organisation}" for row in held)


def _amounts(row: Authority) -> str:
    if row.amount_to_vnd is None:
        return gettext("from %(low)s") % {"low": _grouped(row.amount_from_vnd)} if row.amount_from_vnd else ""
    return f"{_grouped(row.amount_from_vnd)} – {_grouped(row.amount_to_vnd)}"


def _grouped(amount: int) -> str:
    return format_vnd(VND(amount), get_language() or "vi")


def _of(name: str) -> Any:
    return lambda row: reverse(f"people:{name}", args=[row.code])


PEOPLE = Table(
    caption=_("Users"),
    empty=_("Nobody matches the filter."),
    default_sort="name",
    columns=[
        Column("name", _("Name"), Kind.TITLE, value=str, url=_of("person-detail"), sort=("sort_key",)),
        Column("email", _("E-mail"), Kind.CODE, sort=("email",)),
        Column("roles", _("Roles"), value=lambda person: roles_in_words(person.held)),
        Column("status", _("Status"), Kind.BADGE, value=lambda person: None if person.is_active else CLOSED),
    ],
)

_MEMBERSHIP = [
    Column("role", _("Role"), Kind.TITLE, value=Membership.get_role_display, note=lambda row: row.position),
    Column("organisation", _("Organisation"), value=lambda row: row.organisation.name),
    Column("valid_from", _("From"), Kind.DATE),
    Column("valid_to", _("Until"), Kind.DATE),
    Column("status", _("Status"), Kind.BADGE, value=standing_badge),
]
MEMBERSHIPS = Table(caption=_("Roles"), empty=_("No role yet."), columns=_MEMBERSHIP)
MEMBERSHIPS_EDITED = Table(
    caption=_("Roles"),
    empty=_("No role yet."),
    columns=[*_MEMBERSHIP, Column("end", _("Action"), value=lambda _row: gettext("End"), url=_of("membership-end"))],
)
MEMBERS = Table(
    caption=_("People"),
    empty=_("Nobody yet."),
    columns=[
        Column(
            "name",
            _("Name"),
            Kind.TITLE,
            value=lambda row: str(row.user),
            url=lambda row: reverse("people:person-detail", args=[row.user.code]),
        ),
        Column("role", _("Role"), value=Membership.get_role_display, note=lambda row: row.position),
        Column("valid_from", _("From"), Kind.DATE),
    ],
)

ORGANISATIONS = Table(
    caption=_("Organisations"),
    empty=_("No organisation matches the filter."),
    default_sort="name",
    columns=[
        Column("code", _("Code"), Kind.CODE, sort=("code",), on_phone=False),
        Column("name", _("Name"), Kind.TITLE, url=_of("organisation-detail"), sort=("sort_key",)),
        Column("kind", _("Kind"), value=Organisation.get_kind_display, sort=("kind", "sort_key")),
        Column("place", _("Place")),
        Column("status", _("Status"), Kind.BADGE, value=lambda row: ENDED if row.ended_on else None),
    ],
)
NAMES = Table(
    caption=_("Names"),
    columns=[
        Column("name_vi", _("Name"), Kind.TITLE, note=lambda row: row.name_en),
        Column("address", _("Address")),
        Column("valid_from", _("From"), Kind.DATE),
        Column("valid_to", _("Until"), Kind.DATE),
        Column("decision", _("Decision"), Kind.CODE),
    ],
)
SUCCESSIONS = Table(
    caption=_("Changes"),
    empty=_("The organisation has never been merged, split or dissolved."),
    columns=[
        Column("effective_on", _("In force from"), Kind.DATE),
        Column("predecessor", _("Predecessor"), value=lambda row: row.predecessor.name),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("successor", _("Successor"), value=lambda row: row.successor.name if row.successor else None),
        Column("decision", _("Decision"), Kind.CODE),
    ],
)

AUTHORITIES = Table(
    caption=_("Authorities"),
    empty=_("No rule matches the filter."),
    columns=[
        Column("act", _("Matter decided"), Kind.TITLE, value=Authority.get_act_display, url=_of("authority-detail")),
        Column("level", _("Level"), value=lambda row: row.get_level_display() if row.level else None),
        Column("regulation", _("Regulation"), Kind.CODE),
        Column("payer", _("Payer"), value=lambda row: row.get_payer_display() if row.payer else None),
        Column("amounts", _("Amount (đồng)"), Kind.CODE, value=_amounts),
        Column(
            "body",
            _("Body"),
            value=lambda row: row.body.name,
            note=lambda row: ", ".join(str(role.label) for role in row.roles),
        ),
        Column("line", _("Authority line"), Kind.CODE, value=lambda row: row.authority_line),
        Column("status", _("Status"), Kind.BADGE, value=standing_badge),
    ],
)

WAITS = Badge(_("Waits for a second person"), Tone.WARNING)
CONFIRMED = Badge(_("Confirmed"), Tone.SUCCESS)
REFUSED = Badge(_("Refused"), Tone.NEUTRAL)


def rights_badge(row: RightsRequest) -> Badge:
    """Whether somebody has answered."""
    if row.granted is None:
        return WAITS
    return CONFIRMED if row.granted else REFUSED


def _account_since(row: RightsRequest) -> date | None:
    return clock.local(row.person.created_at).date() if row.person else None


def person_page(row: RightsRequest) -> str:
    """Where the person of a request is read about; nowhere for the table of authorities."""
    return reverse("people:person-detail", args=[row.person.code]) if row.person else ""


RIGHTS = Table(
    caption=_("Rights to be confirmed"),
    empty=_("Nothing waits to be confirmed."),
    columns=[
        Column("kind", _("Matter"), Kind.TITLE, value=RightsRequest.get_kind_display, url=_of("rights-detail")),
        Column("person", _("Person"), value=lambda row: str(row.person or ""), url=person_page),
        Column("person.email", _("E-mail"), Kind.CODE),
        Column("account", _("Account since"), Kind.DATE, value=_account_since),
        Column("asked_by", _("Entered by"), value=lambda row: str(row.asked_by)),
        Column("asked_at", _("Since"), Kind.DATE, value=lambda row: clock.local(row.asked_at).date()),
        Column("status", _("Status"), Kind.BADGE, value=rights_badge),
    ],
)
