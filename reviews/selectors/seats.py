"""Who sits, who is there, and whether that is enough."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from core.people.authorities import AuthorityMissing, holders
from core.people.models import User
from core.people.policy import visible_to
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from reviews.lifecycle import CouncilState
from reviews.models import ConflictNote, Council, Departure, Position, Seat, SeatReplacement
from reviews.rules.quorum import Quorum, quorum

_SAID = {
    "was_noted": Exists(ConflictNote.objects.filter(seat=OuterRef("pk"))),
    "was_gone": Exists(Departure.objects.filter(seat=OuterRef("pk"))),
}
ORDER = {position.value: place for place, position in enumerate(Position)}


def seats_of(council: Council) -> list[Seat]:
    """The members in office: chair first, then as in the decision. One query, people and their units loaded.

    With each whether others noted anything of him, and whether he was said to have left: most of the time nobody.
    """
    rows = council.seats.filter(removed_at=None).annotate(**_SAID).select_related("user__expert__affiliation")
    rows = rows.order_by("pk")
    return sorted(rows, key=lambda seat: ORDER[seat.position])


def were_noted(seats: Iterable[Seat]) -> list[Seat]:
    """Those of whom others noted something, as ``seats_of`` knows; of seats that were read otherwise, all."""
    return [seat for seat in seats if getattr(seat, "was_noted", True)]


def were_gone(seats: Iterable[Seat]) -> list[Seat]:
    """Those who were said to have left the sitting, in the same way."""
    return [seat for seat in seats if getattr(seat, "was_gone", True)]


def presiding_seat(seats: Iterable[Seat]) -> Seat | None:
    """The chair; the vice-chair where the chair stayed away."""
    by_position = {seat.position: seat for seat in seats}
    chair = by_position.get(Position.CHAIR)
    if chair is not None and chair.attended is not False:
        return chair
    vice = by_position.get(Position.VICE_CHAIR)
    return vice if vice is not None and vice.attended else None


def quorum_of(council: Council, seats: Iterable[Seat]) -> Quorum:
    """What the attendance gives under the rule book of the council."""
    known = list(seats)
    return quorum(
        [seat.position for seat in known],
        [seat.position for seat in known if seat.attended],
        share=council.rule(f"council.{council.kind}.quorum").value,
        roles=council.rule(f"council.{council.kind}.quorum_roles").value,
    )


def seats_to_declare(user: User) -> QuerySet[Seat]:
    """The user's seats in councils that will sit, on which he has not said yet whether he has a conflict."""
    rows = visible_to(user, Seat, "declare").filter(user=user, removed_at=None, declared_at=None)
    coming = rows.filter(council__state__in=[CouncilState.CONVENED, CouncilState.SITTING])
    return coming.select_related("council").order_by("council__sits_at", "pk")


def candidates(council: Council) -> QuerySet[User]:
    """Whom one may name: people with the role of a council member who do not sit here yet."""
    sitting = council.seats.filter(removed_at=None).values("user")
    return users_with_role(Role.COUNCIL_MEMBER).exclude(pk__in=sitting).order_by("sort_key", "pk")


def founders(council: Council) -> QuerySet[User]:
    """Who may establish the council today, and so may change its members; nobody where the table is silent."""
    try:
        return holders(council.authority(Act.COUNCIL_FOUNDER, clock.today()))
    except AuthorityMissing:
        return User.objects.none()


def replacements_waiting(council: Council) -> QuerySet[SeatReplacement]:
    """Decisions that were entered and that no second person has confirmed."""
    rows = SeatReplacement.objects.filter(seat__council=council, confirmed_at=None)
    return rows.select_related("seat__user", "user", "decided_by", "scan")


def judges_of(council: Council) -> list[User]:
    """Who judges what is noted of a member: the head of division, and in a council in office who presides."""
    presiding = presiding_seat(seats_of(council)) if council.state != CouncilState.DRAFT else None
    return [*users_with_role(Role.HEAD_OF_DIVISION), *([presiding.user] if presiding else [])]


def departures_of(council: Council) -> QuerySet[Departure]:
    """Who is said to have left the open sitting, confirmed or not, with the two who say so."""
    rows = Departure.objects.filter(seat__council=council)
    return rows.select_related("seat__user", "entered_by", "confirmed_by")


def departures_waiting(council: Council) -> QuerySet[Departure]:
    """Those that no second person has confirmed."""
    return departures_of(council).filter(confirmed_at=None)


def unit_of(user: User) -> str:
    """The unit printed beside a member's name; of somebody without one what he is, such as an independent expert.

    Reads the loaded expert record; empty for somebody without one.
    """
    expert = getattr(user, "expert", None)
    return str(expert.affiliation or expert.position) if expert else ""
