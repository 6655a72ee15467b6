"""Colours of the states, and this room's place in the menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.people.policy import may
from core.ui import badges, navigation
from core.ui.parts import Tone
from proposals.lifecycle import CallState, DossierState, OrderListState, OrderState, ProposalState
from proposals.models import Call, Dossier, Order, OrderList, Proposal

badges.register(Call, {CallState.OPEN: Tone.SUCCESS, CallState.DRAFT: Tone.WARNING, CallState.CANCELLED: Tone.DANGER})
badges.register(
    Proposal,
    {
        ProposalState.SUBMITTED: Tone.INFO,
        ProposalState.RETURNED: Tone.WARNING,
        ProposalState.SCREENED: Tone.INFO,
        ProposalState.AT_COUNCIL: Tone.INFO,
        ProposalState.RECOMMENDED: Tone.SUCCESS,
        ProposalState.LISTED: Tone.SUCCESS,
        ProposalState.REJECTED: Tone.DANGER,
        ProposalState.DEFERRED: Tone.WARNING,
    },
)
badges.register(
    OrderList,
    {
        OrderListState.DRAFT: Tone.WARNING,
        OrderListState.APPROVED: Tone.SUCCESS,
        OrderListState.CANCELLED: Tone.DANGER,
    },
)
badges.register(
    Order,
    {
        OrderState.LISTED: Tone.INFO,
        OrderState.CALL_OPEN: Tone.INFO,
        OrderState.INVITED: Tone.INFO,
        OrderState.DOSSIERS_OPENED: Tone.INFO,
        OrderState.AT_COUNCIL: Tone.INFO,
        OrderState.HOST_RECOMMENDED: Tone.SUCCESS,
        OrderState.AWARDED: Tone.SUCCESS,
        OrderState.NO_WINNER: Tone.WARNING,
        OrderState.CANCELLED: Tone.DANGER,
        OrderState.REVOKED: Tone.DANGER,
    },
)
badges.register(
    Dossier,
    {
        DossierState.SUBMITTED: Tone.INFO,
        DossierState.VALID: Tone.INFO,
        DossierState.INVALID: Tone.DANGER,
        DossierState.SELECTED: Tone.SUCCESS,
        DossierState.RESERVE: Tone.WARNING,
        DossierState.REVISED: Tone.INFO,
        DossierState.APPRAISED: Tone.INFO,
        DossierState.APPROVED: Tone.SUCCESS,
    },
)


def _may_list(user: Any) -> bool:
    return may(user, "proposals.list").allowed


navigation.register(_("Proposals"), "proposals:proposal-list", 20, visible=_may_list, icon="inbox")
