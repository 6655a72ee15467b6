"""From when a step before the award is waited for, and what it waits for besides its decider."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.roles import Role
from core.workflow.registry import needed, resting, ripe
from proposals.lifecycle import CallState, DossierState, OrderMode, OrderState, ProposalState
from proposals.models import Order, OrderSource

resting["call", CallState.OPEN.value] = _("Open for applicants")
resting["order", OrderState.CALL_OPEN.value] = _("Open for applicants")
resting["order", OrderState.INVITED.value] = _("The invited host prepares its dossier")
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


@needed(
    "order",
    "open_call",
    Role.OFFICER,
    words=_("waits for a selection call"),
    url=lambda _code: reverse("proposals:call-create-selection"),
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
)
def without_list() -> Q:
    """Recommended proposals that no order of a list was made from."""
    living = OrderSource.objects.exclude(order__state=OrderState.CANCELLED)
    return ~Q(pk__in=living.values("proposal"))
