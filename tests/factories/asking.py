"""What the dialog of a step would say: asked of ``available_steps``, in English, whatever the test's language."""

from typing import Any

from django.utils.translation import override

from core.people.models import User
from core.workflow.ruling import Refusal
from core.workflow.selectors import available_steps


def objections(subject: Any, name: str, user: User) -> list[Refusal]:
    """Everything that speaks against the step now; an error when it is not offered to the person at all."""
    with override("en"):
        (offer,) = (one for one in available_steps(subject, user) if one.row.name == name)
        return list(offer.refusals)


def said(subject: Any, name: str, user: User) -> list[str]:
    """The refusals of a step in words."""
    return [str(one) for one in objections(subject, name, user)]


def ruled(subject: Any, name: str, user: User) -> list[tuple[str, str, bool]]:
    """The refusals of a step, each with where it is written and whether it stops the step."""
    return [(str(one), one.source, one.blocking) for one in objections(subject, name, user)]
