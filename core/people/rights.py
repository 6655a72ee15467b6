"""Who may do what with people, organisations and authorities. Imported when the app is ready."""

from django.db.models import Q

from core import clock

from .models import Authority, Expert, Membership, Organisation, RightsRequest, User
from .models.dated import valid_on
from .policy import Named, both, declare, declare_actions, either, everybody, only, own, own_organisation, role
from .roles import COLLEAGUES, CONFIRMERS, INTERNAL, Role
from .standing import standing_of

ADMINISTRATOR = role(Role.SYSTEM_ADMINISTRATOR)
# Sorted, so that the permission table reads the same on every machine.
INSIDERS = role(*sorted(INTERNAL))


def _colleagues(user: User) -> Q | None:
    ids = standing_of(user).organisations(*COLLEAGUES)
    if not ids:
        return None
    today = valid_on(clock.today(), "memberships__")
    return today & Q(memberships__organisation__in=sorted(ids), memberships__role__in=sorted(COLLEAGUES))


COLLEAGUE = Named("colleague in the own organisation", _colleagues)
COLLEAGUE_ROLE = only(Q(role__in=sorted(COLLEAGUES)), "roles that colleagues may know")

# Who confirms what an administrator entered: never what he entered himself, nor what gives him a right.
CONFIRMER = role(*CONFIRMERS)
WAITING = only(Q(granted=None), "while it waits")
NEITHER_ASKED_NOR_GAINS = Named(
    "neither the asked_by nor the person", lambda user: ~Q(asked_by=user.pk) & ~Q(person=user.pk)
)
# Whose account or role shall end does not put that off; what is given to somebody, others refuse too.
NOT_ONESELF = Named("not the person", lambda user: ~Q(person=user.pk))

declare(User, {"view": either(INSIDERS, own("pk", "the person"), COLLEAGUE), "edit": ADMINISTRATOR})
declare(
    Membership,
    {
        "view": either(
            INSIDERS, own("user"), both(own_organisation("organisation", *sorted(COLLEAGUES)), COLLEAGUE_ROLE)
        ),
        "edit": ADMINISTRATOR,
    },
)
declare(Organisation, {"view": either(INSIDERS, own_organisation("pk")), "edit": ADMINISTRATOR})
declare(Expert, {"view": either(INSIDERS, own("user")), "edit": ADMINISTRATOR})
declare(Authority, {"view": INSIDERS, "edit": ADMINISTRATOR})
declare(
    RightsRequest,
    {
        "view": CONFIRMER,
        "confirm": both(CONFIRMER, WAITING, NEITHER_ASKED_NOR_GAINS),
        "refuse": both(CONFIRMER, WAITING, NOT_ONESELF),
    },
)
declare_actions(
    {
        "people.list": everybody,
        "people.create": ADMINISTRATOR,
        "people.profile": everybody,
        "account.email": everybody,
        "account.password": everybody,
        "organisations.list": everybody,
        "organisations.create": ADMINISTRATOR,
        "authorities.list": INSIDERS,
        "authorities.create": ADMINISTRATOR,
        "rights.list": CONFIRMER,
    }
)
