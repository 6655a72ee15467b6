"""Proposals and orders that began before this system, entered at the stage they have reached."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core.people.policy import may
from core.regulations import regulation_for
from core.workflow.adoption import Adoption, adopt
from proposals.choices import Origin
from proposals.models import Order, Proposal
from proposals.selectors.similar import text_of

from . import common, texts
from .orders import DERIVED, ORDER_FACTS
from .proposals import ALLOWED

PROPOSAL_FACTS = (*ALLOWED, "proposer_organisation", "received_on", "council_title", "former_code")
ADOPTED_ORDER_FACTS = (
    *ORDER_FACTS,
    *DERIVED,
    "former_code",
    "plan_year",
    "level",
    "payer",
    "listed_symbol",
    "listed_on",
    "listed_by",
)
Record = TypeVar("Record", Proposal, Order)


def adopt_proposal(*, facts: Mapping[str, Any], state: str, adoption: Adoption, code: str = "", key: UUID) -> Proposal:
    """Let a proposal of before enter in ``state``: an officer enters it, the head of division confirms.

    Without ``code`` the next one is drawn. The same ``key`` again gives the first one. Raises PermissionDenied,
    StepRefused, UploadRefused, ValidationError.
    """
    if not may(adoption.actor, "proposals.adopt"):
        raise PermissionDenied
    proposal = Proposal(entered_by=adoption.actor)
    common.set_facts(proposal, facts, PROPOSAL_FACTS)
    if proposal.received_on is None:
        raise ValidationError({"received_on": _("Say when it was received.")})
    proposal.regulation = regulation_for(proposal.received_on)
    return _enter(proposal, state, adoption, code, key)


def adopt_order(*, facts: Mapping[str, Any], state: str, adoption: Adoption, code: str = "", key: UUID) -> Order:
    """Let an order of a list from before enter in ``state``, with number, day and issuer of the list's decision.

    Raises as ``adopt_proposal``.
    """
    if not may(adoption.actor, "orders.adopt"):
        raise PermissionDenied
    order = Order()
    common.set_facts(order, facts, ADOPTED_ORDER_FACTS)
    if not (order.listed_symbol and order.listed_on and order.listed_by):
        raise ValidationError({"listed_symbol": _("Name the decision that approved the list.")})
    order.regulation = regulation_for(order.listed_on)
    if order.origin == Origin.PROPOSALS:
        raise ValidationError({"origin": _("Its proposals are not in this system: choose another origin.")})
    return _enter(order, state, adoption, code, key)


def _enter(record: Record, state: str, adoption: Adoption, code: str, key: UUID) -> Record:
    return common.create(
        record,
        actor=adoption.actor,
        key=key,
        code=code,
        save=lambda made: adopt(made, state, adoption),
        parts=lambda made: texts.remember(text_of(made)),
        adopted=True,
    )
