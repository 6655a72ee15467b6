"""Which records from before count: those that a second person has confirmed, and none that is void."""

from django.db.models import Q

from core.people.policy import only

# The state of an entry that was refused, in every lifecycle that knows one.
VOID = "void"


def stands(prefix: str = "") -> Q:
    """Records that count. ``prefix`` leads to them from the rows that are asked for."""
    return Q(**{f"{prefix}unconfirmed": False}) & ~Q(**{f"{prefix}state": VOID})


# What policies say of them: one person has entered it, the second has spoken, or not yet, or he refused it.
CONFIRMED = only(Q(unconfirmed=False), "confirmed")
UNCONFIRMED = only(Q(unconfirmed=True), "from before and not confirmed")
STANDING = only(stands(), "confirmed")
