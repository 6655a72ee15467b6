"""Who may see and do what with councils and ballots.

Ballots are read by nobody but their writer until the ballot is closed, those on paper also by the two who type and
confirm them and have no seat in the council; afterwards the names on them are for the chair, the secretary of that
council and the head of division, after the conclusion also for an inspector. Whoever applies never sees a council.
"""

from django.db.models import Q

from core.people.grants import granted
from core.people.models import User
from core.people.policy import Named, both, declare, declare_actions, either, only, own, role
from core.people.roles import INSIDE, STAFF_ROLES, Role
from core.workflow.table import Channel

from .lifecycle import CouncilKind, CouncilState
from .models import (
    JUDGE,
    AgendaItem,
    ConflictNote,
    Council,
    Departure,
    GradeBallot,
    Position,
    ScoreBallot,
    Seat,
    SeatReplacement,
    VoteBallot,
)

S = CouncilState
BEFORE_CONCLUSION = (S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING, S.COUNTED)
SEATED = (*BEFORE_CONCLUSION, S.CONCLUDED)
AFTER_COUNT = (S.COUNTED, S.CONCLUDED)
SECRETARY, OFFICER, HEAD = Role.ADMINISTRATIVE_SECRETARY, Role.OFFICER, Role.HEAD_OF_DIVISION

STAFF = role(*sorted(STAFF_ROLES))
DIVISION = role(OFFICER, HEAD, SECRETARY)
CONFIRMERS = role(OFFICER, HEAD, SECRETARY)


IN_OFFICE = Q(removed_at=None)
NOT_CLEARED = Q(cleared_at=None, seat__removed_at=None)


def states(*chosen: str) -> Named:
    """Councils in one of the states."""
    return only(Q(state__in=chosen), " / ".join(chosen))


def presiding() -> Q:
    """Seats of those who preside: the chair, or the vice-chair where the chair stayed away."""
    away = Seat.objects.filter(position=Position.CHAIR, removed_at=None, attended=False).values("council")
    vice = Q(position=Position.VICE_CHAIR, attended=True, council__in=away)
    return Q(removed_at=None) & (Q(position=Position.CHAIR) & ~Q(attended=False) | vice)


def _presided(user: User) -> Q:
    return Q(pk__in=Seat.objects.filter(presiding(), user=user).values("council"))


def _written(user: User) -> Q:
    seats = Seat.objects.filter(removed_at=None, user=user, position=Position.SECRETARY)
    return Q(pk__in=seats.values("council"))


def _seated(user: User) -> Q:
    return Q(pk__in=Seat.objects.filter(removed_at=None, user=user).values("council"))


NO_SEAT = Named("without a seat in it", lambda user: ~_seated(user))


def in_councils(rule: Named, path: str = "council") -> Named:
    """The same rule for rows that belong to a council."""

    def through(user: User) -> Q | None:
        q = rule(user)
        return q if q is None or not q else Q(**{f"{path}__in": Council.objects.filter(q).values("pk")})

    return Named(rule.text, through)


# A seat is worth nothing to who is no longer on the list of members: role and seat are asked together, each day.
ENROLLED = role(Role.COUNCIL_MEMBER)
SEAT_HOLDER = both(ENROLLED, granted(Council, JUDGE))
MEMBER = both(SEAT_HOLDER, states(*SEATED))
# What is judged is read for judging: with the conclusion that ends, the council and its minutes stay.
JUDGING = both(SEAT_HOLDER, states(*BEFORE_CONCLUSION))
# Whoever sat in a council that was dissolved is told so, and may read why.
DISMISSED = both(ENROLLED, Named("sat in it", _seated), states(S.DISSOLVED))
PRESIDING = Named("presides", _presided)
PRESIDES = both(ENROLLED, PRESIDING)
MINUTES = both(ENROLLED, Named("scientific secretary of the council", _written))

VIEW = either(STAFF, both(role(Role.INSPECTOR), states(S.CONCLUDED, S.DISSOLVED)), MEMBER, DISMISSED)
SEE_COUNTS = either(
    both(either(SEAT_HOLDER, role(SECRETARY, HEAD)), states(*AFTER_COUNT)),
    both(either(STAFF, role(Role.INSPECTOR)), states(S.CONCLUDED)),
)
SEE_NAMES = either(
    both(either(PRESIDES, MINUTES, role(HEAD)), states(*AFTER_COUNT)),
    both(role(Role.INSPECTOR), states(S.CONCLUDED)),
)
APPRAISES = both(
    either(PRESIDES, MINUTES, role(SECRETARY)), states(S.SITTING), only(Q(kind=CouncilKind.APPRAISAL), "appraisal")
)
CONCLUDES = either(both(either(PRESIDES, MINUTES, role(SECRETARY)), states(S.COUNTED)), APPRAISES)
DRAFTS = both(DIVISION, states(S.DRAFT))
REPLACES = both(role(SECRETARY, HEAD), states(S.ESTABLISHED, S.CONVENED))
BEFORE_THE_BALLOT = states(S.DRAFT, S.ESTABLISHED, S.CONVENED, S.SITTING)
DECLARES = both(MEMBER, BEFORE_THE_BALLOT)
# What others found of a member is noted, and cleared, by who presides or of the administration: never by himself.
NOTES = both(either(role(SECRETARY, HEAD), both(MEMBER, PRESIDING)), BEFORE_THE_BALLOT)
CLEARS = both(either(role(HEAD), both(MEMBER, PRESIDING)), BEFORE_THE_BALLOT)
# Whoever votes himself reads nobody else's ballot first: neither typed nor to be confirmed.
TYPES_BALLOTS = both(role(SECRETARY), states(S.VOTING), NO_SEAT)
WITH_BALLOTS = only(~Q(kind=CouncilKind.APPRAISAL), "with ballots")
# One decision, one set of minutes: only an identification council judges several subjects that are chosen one by one.
WITH_AGENDA = only(Q(kind=CouncilKind.IDENTIFICATION), "with an agenda of its own")
# That somebody left the open sitting is agreed to by who presides, another of the administration, or himself.
WITNESSES = either(CONFIRMERS, in_councils(PRESIDES, "seat__council"), both(ENROLLED, own("seat__user", "who left")))
CONFIRMS_BALLOTS = both(CONFIRMERS, states(S.VOTING), NO_SEAT)


def _own_vote(user: User) -> Q:
    """Items of a council that is voting, in which the user sits and is present."""
    seats = Seat.objects.filter(user=user, removed_at=None, attended=True, council__state=S.VOTING)
    return Q(council__in=seats.values("council"), order__isnull=True)


declare(
    Council,
    {
        "view": VIEW,
        "open_items": either(role(*sorted(INSIDE)), JUDGING),
        "edit": DRAFTS,
        "compose": both(DRAFTS, WITH_AGENDA),
        "replace": REPLACES,
        "name": either(DRAFTS, REPLACES, NOTES),
        "arrange": both(DIVISION, states(S.DRAFT, S.ESTABLISHED, S.CONVENED)),
        "attend": both(role(SECRETARY), states(S.CONVENED, S.SITTING)),
        "minute": both(either(role(SECRETARY), MINUTES), states(S.SITTING, S.VOTING, S.COUNTED)),
        "conclude": CONCLUDES,
        "appraise": APPRAISES,
        "type_ballots": TYPES_BALLOTS,
        "confirm_ballots": CONFIRMS_BALLOTS,
        "see_counts": both(SEE_COUNTS, WITH_BALLOTS),
        "see_names": both(SEE_NAMES, WITH_BALLOTS),
        "declare": DECLARES,
        "note_conflicts": NOTES,
        "propose_dissolution": both(DIVISION, states(S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING)),
    },
)
declare(
    AgendaItem,
    {
        "view": in_councils(VIEW),
        "vote": both(in_councils(MEMBER), Named("present member", _own_vote)),
        "type_ballots": in_councils(TYPES_BALLOTS),
        "see_counts": in_councils(SEE_COUNTS),
        "see_names": in_councils(SEE_NAMES),
        "remove": in_councils(DRAFTS),
        "conclude": in_councils(CONCLUDES),
        "appraise": in_councils(APPRAISES),
    },
)
declare(
    Seat,
    {
        "view": in_councils(VIEW),
        "remove": in_councils(DRAFTS),
        "replace": in_councils(REPLACES),
        "declare": both(in_councils(DECLARES), only(IN_OFFICE, "in office"), own("user", "the member")),
        "note": both(
            in_councils(NOTES),
            only(IN_OFFICE, "in office"),
            Named("not the member", lambda user: ~Q(user=user.pk)),
        ),
    },
)


declare(
    ConflictNote,
    {
        "view": either(
            DIVISION,
            in_councils(both(MEMBER, PRESIDING), "seat__council"),
            both(in_councils(MEMBER, "seat__council"), own("seat__user", "the member")),
            in_councils(both(role(Role.INSPECTOR), states(S.CONCLUDED, S.DISSOLVED)), "seat__council"),
        ),
        "answer": both(
            in_councils(DECLARES, "seat__council"), own("seat__user", "the member"), only(NOT_CLEARED, "not cleared")
        ),
        "clear": both(
            in_councils(CLEARS, "seat__council"),
            only(NOT_CLEARED, "not cleared"),
            Named("neither the member nor who noted it", lambda user: ~Q(seat__user=user.pk) & ~Q(noted_by=user.pk)),
        ),
    },
)
declare(
    SeatReplacement,
    {
        "view": in_councils(either(REPLACES, DIVISION), "seat__council"),
        "drop": both(in_councils(REPLACES, "seat__council"), only(Q(confirmed_at=None), "while it waits")),
        "confirm": both(
            either(CONFIRMERS, own("decided_by", "who decided it")),
            in_councils(states(S.ESTABLISHED, S.CONVENED), "seat__council"),
            only(Q(confirmed_at=None), "while it waits"),
            Named("not who entered it", lambda user: ~Q(entered_by=user.pk) & ~Q(user=user.pk)),
        ),
    },
)


declare(
    Departure,
    {
        "view": in_councils(VIEW, "seat__council"),
        "confirm": both(
            WITNESSES,
            in_councils(states(S.SITTING), "seat__council"),
            only(Q(confirmed_at=None), "while it waits"),
            Named("not who entered it", lambda user: ~Q(entered_by=user.pk)),
        ),
        "drop": both(
            either(role(SECRETARY, HEAD), in_councils(PRESIDES, "seat__council")),
            in_councils(states(S.SITTING), "seat__council"),
            only(Q(confirmed_at=None), "while it waits"),
        ),
    },
)


def _ballot_rules() -> dict[str, Named]:
    """A ballot is there for its writer, for the two who take it over from paper, and later for those of SEE_NAMES."""
    own = Named("the writer", lambda user: Q(seat__user=user.pk))
    typed = both(
        Named("who typed or confirmed it", lambda user: Q(typed_by=user.pk) | Q(confirmed_by=user.pk)),
        in_councils(TYPES_BALLOTS, "item__council"),
    )
    waiting = only(Q(channel=Channel.PAPER, confirmed_by__isnull=True), "waits for a second person")
    second = Named("not who typed it", lambda user: ~Q(typed_by=user.pk))
    confirm = both(in_councils(CONFIRMS_BALLOTS, "item__council"), waiting, second)
    return {
        "view": either(own, typed, confirm, in_councils(SEE_NAMES, "item__council")),
        "confirm": confirm,
    }


for _model in (VoteBallot, ScoreBallot, GradeBallot):
    declare(_model, _ballot_rules())
declare_actions(
    {
        "councils.list": either(role(*sorted(INSIDE)), role(Role.COUNCIL_MEMBER)),
        "councils.create": DIVISION,
    }
)
