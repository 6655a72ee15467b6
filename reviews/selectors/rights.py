"""What a person may do with one council, in one question."""

from django.db.models import Exists, OuterRef

from core.people.models import User
from core.people.policy import visible_to
from reviews.models import Council


def allowed(user: User, council: Council, *actions: str) -> frozenset[str]:
    """Those of ``actions`` that the user may do with the council now. One query, the same rules as ``can``."""
    conditions = {action: Exists(visible_to(user, Council, action).filter(pk=OuterRef("pk"))) for action in actions}
    answers = (
        Council.objects.filter(pk=council.pk).annotate(**_prefixed(conditions)).values(*_prefixed(conditions)).first()
    )
    return frozenset(action for action in actions if answers and answers[f"may_{action}"])


def _prefixed(conditions: dict[str, Exists]) -> dict[str, Exists]:
    return {f"may_{name}": condition for name, condition in conditions.items()}
