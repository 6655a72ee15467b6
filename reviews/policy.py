"""Who may see and do what with councils and ballots.

Ballots are read by nobody but their writer until the ballot is closed; afterwards the names on them are for the chair,
the secretary of that council and the head of division, after the conclusion also for an inspector. Whoever applies
never sees a council at all.
"""

from django.db.models import Q

from core.people.grants import granted
from core.people.models import User
from core.people.policy import Named, both, declare, declare_actions, either, only, own, role
from core.people.roles import INSIDE, STAFF_ROLES, Role
from core.workflow.table import Channel

from .lifecycle import CouncilKind, CouncilState
from .models import JUDGE, AgendaItem, Council, GradeBallot, Position, ScoreBallot, Seat, SeatReplacement, VoteBallot

S = CouncilState
BEFORE_CONCLUSION = (S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING, S.COUNTED)
SEATED = (*BEFORE_CONCLUSION, S.CONCLUDED)
AFTER_COUNT = (S.COUNTED, S.CONCLUDED)
SECRETARY, OFFICER, HEAD = Role.ADMINISTRATIVE_SECRETARY, Role.OFFICER, Role.HEAD_OF_DIVISION

STAFF = role(*sorted(STAFF_ROLES))
DIVISION = role(OFFICER, HEAD, SECRETARY)
CONFIRMERS = role(OFFICER, HEAD, SECRETARY)


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
DECLARES = both(either(role(SECRETARY, HEAD), MEMBER), states(S.DRAFT, S.ESTABLISHED, S.CONVENED, S.SITTING))
TYPES_BALLOTS = both(role(SECRETARY), states(S.VOTING))
WITH_BALLOTS = only(~Q(kind=CouncilKind.APPRAISAL), "with ballots")
# One decision, one set of minutes: only an identification council judges several subjects that are chosen one by one.
WITH_AGENDA = only(Q(kind=CouncilKind.IDENTIFICATION), "with an agenda of its own")
CONFIRMS_BALLOTS = both(CONFIRMERS, states(S.VOTING))


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
        "name": either(DRAFTS, REPLACES),
        "arrange": both(DIVISION, states(S.DRAFT, S.ESTABLISHED, S.CONVENED)),
        "attend": both(role(SECRETARY), states(S.CONVENED, S.SITTING)),
        "minute": both(either(role(SECRETARY), MINUTES), states(S.SITTING, S.VOTING, S.COUNTED)),
        "conclude": CONCLUDES,
        "appraise": APPRAISES,
        "type_ballots": TYPES_BALLOTS,
        "confirm_ballots": CONFIRMS_BALLOTS,
        "see_counts": both(SEE_COUNTS, WITH_BALLOTS),
        "see_names": both(SEE_NAMES, WITH_BALLOTS),
        "declare": both(either(role(SECRETARY, HEAD), MEMBER), states(S.DRAFT, S.ESTABLISHED, S.CONVENED, S.SITTING)),
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
        "declare": both(in_councils(DECLARES), either(role(SECRETARY, HEAD), own("user", "the member"))),
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


def _ballot_rules() -> dict[str, Named]:
    """A ballot is there for its writer, for the two who take it over from paper, and later for those of SEE_NAMES."""
    own = Named("the writer", lambda user: Q(seat__user=user.pk))
    typed = both(
        Named("who typed or confirmed it", lambda user: Q(typed_by=user.pk) | Q(confirmed_by=user.pk)),
        in_councils(TYPES_BALLOTS, "item__council"),
    )
    waiting = only(Q(channel=Channel.PAPER, confirmed_by__isnull=True), "waits for a second person")
    second = Named("not who typed it", lambda user: ~Q(typed_by=user.pk) & ~Q(seat__user=user.pk))
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
