"""From when a step before the award is waited for, and what it waits for besides its decider."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.roles import Role
from core.workflow.registry import needed, resting, ripe, written_on
from proposals.lifecycle import CallState, DossierState, Guard, OrderMode, OrderState, ProposalState
from proposals.models import Order, OrderSource

# What the author writes; a dossier never comes back.
WRITTEN = (ProposalState.DRAFT, ProposalState.RETURNED)
resting["call", CallState.OPEN.value] = _("Open for applicants")
resting["order", OrderState.CALL_OPEN.value] = _("Open for applicants")
resting["order", OrderState.INVITED.value] = _("The invited host prepares its dossier")
resting["proposal", ProposalState.DRAFT.value] = _("The author writes the draft")
resting["proposal", ProposalState.RETURNED.value] = _("The author writes the draft")
resting["dossier", DossierState.DRAFT.value] = _("The author writes the draft")
resting["proposal", ProposalState.RECOMMENDED.value] = _("A list of orders is being drawn up")
resting["dossier", DossierState.SUBMITTED.value] = _("Sealed until the opening")


@ripe(("call", "close"))
def past_closing(_until: date) -> Q:
    """Nobody can close a call before its hour."""
    return Q(closes_at__lte=clock.now())


@ripe(("order", "open_dossiers"))
def intake_over(_until: date) -> Q:
    """Dossiers are opened after the closing of the call; those of an invited host once its days are over."""
    invited = Q(state=OrderState.INVITED) & (Q(due_on__lt=clock.today()) | Q(pk__in=_with_dossier()))
    return Q(selection_call__closes_at__lte=clock.now()) | invited


def _with_dossier() -> "QuerySet[Any]":
    return Order.objects.filter(state=OrderState.INVITED, dossiers__state="submitted").values("pk")


@ripe(("order", "invite"))
def assigned_directly(_until: date) -> Q:
    """Only where no competition looks for the host."""
    return Q(mode=OrderMode.DIRECT)


def not_handed_over() -> Q:
    """A draft, or what came back, that its author has not handed over."""
    return Q(state__in=WRITTEN, ready_at__isnull=True)


# Nobody is asked for it: whoever writes finds it among the drafts, the signer finds it once it is handed over.
for _name in ("proposal", "dossier"):
    needed(_name, "submit", words=_("waits for the author to hand it over"))(not_handed_over)


@needed(
    "order",
    "open_call",
    Role.OFFICER,
    words=_("waits for a selection call"),
    url=lambda _code: reverse("proposals:call-create-selection"),
    action=_("New selection call"),
)
def without_call() -> Q:
    """Orders for competition that stand in no call yet."""
    return Q(mode=OrderMode.CALL, selection_call__isnull=True)


@needed(
    "proposal",
    "list",
    Role.OFFICER,
    words=_("waits for a list of orders"),
    url=lambda _code: reverse("proposals:order_list-list"),
    action=_("Take proposals onto the list"),
)
def without_list() -> Q:
    """Recommended proposals that no order of a list was made from."""
    living = OrderSource.objects.exclude(order__state=OrderState.CANCELLED)
    return ~Q(pk__in=living.values("proposal"))


# On which form what a guard asks for is written.
for _guard, _action, _page in (
    (Guard.CALL_FACTS_COMPLETE, "edit", "call-edit"),
    (Guard.CALL_HAS_ORDERS, "edit", "call-edit"),
    (Guard.FORM_COMPLETE, "edit", "proposal-edit"),
    (Guard.DUPLICATES_CHECKED, "check", "proposal-screen"),
    (Guard.FORWARD_BODY_NAMED, "redirect", "proposal-forward"),
    (Guard.DEFERRAL_YEAR_NAMED, "redirect", "proposal-defer"),
    (Guard.LIST_HAS_ORDERS, "edit", "order_list-compose"),
    (Guard.ANSWER_DAY_NAMED, "change", "order-answer-day"),
    (Guard.ORDER_CHANGE_RECORDED, "change", "order-change"),
    (Guard.GROUND_WRITTEN, "ground", "order-ground"),
    (Guard.OPENING_RECORDED, "open", "order-opening"),
    (Guard.DOSSIER_COMPLETE, "edit", "dossier-edit"),
    (Guard.REMARKS_ANSWERED, "answer", "dossier-answer"),
):
    written_on(_guard, _action, f"proposals:{_page}")
