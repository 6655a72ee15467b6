"""Who sits, who is there, and whether that is enough."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core import clock
from core.people.authorities import AuthorityMissing, holders
from core.people.models import User
from core.people.policy import visible_to
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from reviews.lifecycle import CouncilState
from reviews.models import Council, Position, Seat, SeatReplacement
from reviews.rules.quorum import Quorum, quorum

ORDER = {position.value: place for place, position in enumerate(Position)}


def seats_of(council: Council) -> list[Seat]:
    """The members in office: chair first, then as in the decision. One query, people and their units loaded."""
    rows = council.seats.filter(removed_at=None).select_related("user__expert__affiliation").order_by("pk")
    return sorted(rows, key=lambda seat: ORDER[seat.position])


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


def unit_of(user: User) -> str:
    """The unit printed beside a member's name; of somebody without one what he is, such as an independent expert.

    Reads the loaded expert record; empty for somebody without one.
    """
    expert = getattr(user, "expert", None)
    return str(expert.affiliation or expert.position) if expert else ""
