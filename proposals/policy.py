"""Who may see and change what in this room. ``extra_viewers`` lets the rooms above widen ``view``, never narrow it."""

from django.db.models import Model, Q

from core.documents.kinds import DocumentKind
from core.documents.policy import audiences
from core.people.models import User
from core.people.policy import (
    Named,
    Rule,
    both,
    declare,
    declare_actions,
    either,
    everybody,
    only,
    own,
    own_organisation,
    role,
)
from core.people.roles import INSIDE, Role
from core.workflow.confirmed import CONFIRMED, STANDING, UNCONFIRMED

from .lifecycle import (
    ANNOUNCED,
    CallKind,
    CallState,
    DossierState,
    OrderListState,
    OrderMode,
    OrderState,
    ProposalState,
)
from .models import Call, Dossier, Order, OrderList, Proposal

OUTSIDE = (Role.APPLICANT, Role.ORGANISATION_SIGNER)
# Sorted, so that the permission table reads the same on every machine.
INSIDERS = role(*sorted(INSIDE))
DIVISION = role(Role.OFFICER, Role.HEAD_OF_DIVISION)
APPLICANTS = role(*OUTSIDE)

extra_viewers: dict[type[Model], list[Rule]] = {Call: [], Proposal: [], OrderList: [], Order: [], Dossier: []}
"""Rules of the rooms above, such as "sits in the council that judges it", by model."""


# The states in which a page of facts of an order is open: pages ask them first, to ask the database less.
PLANNED = (OrderState.PLANNED,)
CHANGEABLE = (OrderState.LISTED, OrderState.NO_WINNER)
GROUNDED = (*CHANGEABLE, OrderState.HOST_RECOMMENDED, OrderState.AWARDED)
# A proposal that no council has before it may be refused.
REFUSABLE = (ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.SCREENED)
RECEIVING = (OrderState.CALL_OPEN, OrderState.INVITED)


# Read by nobody but their own host while dossiers may still come in.
SEALED = (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.WITHDRAWN)


def _extra(model: type[Model]) -> Named:
    def rule(user: User) -> Q | None:
        # Asked late: the rooms above add their rules when they are loaded.
        return either(*extra_viewers[model])(user)

    return Named("a right given by another room", rule)


def _state(*states: str) -> Named:
    return only(Q(state__in=states), " / ".join(states))


def _not_draft(state: str) -> Named:
    return only(~Q(state=state), "no draft")


def _announced_orders(user: User) -> Q:
    """Orders of a call that was announced, and those one's own organisation was invited to."""
    return Q(selection_call__state__in=ANNOUNCED)


def _unsealed(user: User) -> Q:
    """Dossiers that were opened: before that nobody of the administration reads them, closed call or not.

    After the closing a paper posted in time may still come in; whoever had read its rivals could write it. From the
    opening on nothing is taken in (``selectors.intake.receives``). One that was withdrawn may come back better, or its
    host bid again: it stays sealed as long as the others.
    """
    past = Q(opening__isnull=False) | ~Q(order__state__in=RECEIVING)
    alone = Q(order__state=OrderState.INVITED) | Q(state=DossierState.WITHDRAWN, order__mode=OrderMode.DIRECT)
    return ~Q(state__in=SEALED) | past | alone


def _opened_with_mine(user: User) -> Q | None:
    """The papers of openings in which a dossier of the user's own organisation was opened.

    An order that is called again has several: who bid in one call does not read who bid in another.
    """
    mine = OWN_DOSSIER(user)
    if mine is None:
        return None
    opened = Dossier.objects.filter(mine, opening__is_held=True)
    return Q(subject_type=Order.lifecycle.name, event_uuid__in=opened.values("opening__event_uuid"))


OPEN_TO_SELECT = only(Q(state=OrderState.CALL_OPEN), "call open")
OWN_DOSSIER = own_organisation("host", *OUTSIDE)
OWN_PROPOSAL = own_organisation("proposer_organisation", *OUTSIDE)
# Until somebody of the host writes it: then ``entered_by`` falls away. Whoever left the administration reads nothing.
ENTERED = both(own("entered_by", "who entered it from paper"), role(Role.OFFICER))
PROPOSAL_OPEN = _state(ProposalState.DRAFT, ProposalState.RETURNED)
DOSSIER_OPEN = _state(DossierState.DRAFT)

# They name every bidder and say why a dossier is not valid.
audiences[DocumentKind.OPENING_MINUTES] = Named("hosts whose dossiers were opened", _opened_with_mine)

declare(
    Call,
    {
        "view": either(INSIDERS, both(everybody, only(Q(state__in=ANNOUNCED), "announced")), _extra(Call)),
        "edit": both(DIVISION, _state(CallState.DRAFT)),
        "propose": both(
            # A proposal sent by post in time may arrive after the closing.
            either(both(APPLICANTS, _state(CallState.OPEN)), both(role(Role.OFFICER), _state(*ANNOUNCED))),
            only(Q(kind=CallKind.PROPOSALS), "call for proposals"),
        ),
    },
)
declare(
    Proposal,
    {
        "view": either(
            both(INSIDERS, _not_draft(ProposalState.DRAFT)),
            both(
                STANDING,
                either(
                    OWN_PROPOSAL,
                    own("author"),
                    both(own_organisation("receiver", Role.RECEIVING_BODY), _not_draft(ProposalState.DRAFT)),
                ),
            ),
            ENTERED,
            _extra(Proposal),
        ),
        "edit": either(
            both(either(OWN_PROPOSAL, ENTERED), PROPOSAL_OPEN, CONFIRMED),
            both(role(Role.OFFICER), UNCONFIRMED),
        ),
        "check": both(role(Role.OFFICER, Role.HEAD_OF_DIVISION), _state(ProposalState.SUBMITTED), CONFIRMED),
        "ground": both(DIVISION, _state(*REFUSABLE), CONFIRMED),
        "redirect": both(
            DIVISION,
            either(
                both(_state(ProposalState.SUBMITTED, ProposalState.SCREENED, ProposalState.RECOMMENDED), CONFIRMED),
                both(_state(ProposalState.FORWARDED, ProposalState.DEFERRED), UNCONFIRMED),
            ),
        ),
    },
)
declare(
    OrderList,
    {
        "view": either(INSIDERS, _extra(OrderList)),
        "edit": both(DIVISION, _state(OrderListState.DRAFT)),
    },
)
declare(
    Order,
    {
        "view": either(
            INSIDERS,
            Named("announced to everybody", _announced_orders),
            both(own_organisation("direct_host", *OUTSIDE), _not_draft(OrderState.PLANNED), STANDING),
            both(own_organisation("receiver", Role.RECEIVING_BODY), _not_draft(OrderState.PLANNED), STANDING),
            _extra(Order),
        ),
        "edit": both(DIVISION, either(_state(*PLANNED), UNCONFIRMED)),
        "change": both(DIVISION, _state(*CHANGEABLE), CONFIRMED),
        "ground": both(DIVISION, _state(*GROUNDED), CONFIRMED),
        "apply": either(
            both(APPLICANTS, OPEN_TO_SELECT, only(Q(selection_call__state=CallState.OPEN), "before the closing")),
            # A dossier sent by post in time may arrive after the closing.
            both(role(Role.OFFICER), OPEN_TO_SELECT),
            both(either(own_organisation("direct_host", *OUTSIDE), role(Role.OFFICER)), _state(OrderState.INVITED)),
        ),
        # The head of division too: whoever writes it down does not open the dossiers by it.
        "open": both(DIVISION, _state(*RECEIVING)),
    },
)
declare(
    Dossier,
    {
        "view": either(
            both(INSIDERS, _not_draft(DossierState.DRAFT)),
            OWN_DOSSIER,
            own("principal_investigator"),
            ENTERED,
            _extra(Dossier),
        ),
        "read": either(
            both(INSIDERS, Named("no longer sealed", _unsealed)),
            OWN_DOSSIER,
            own("principal_investigator"),
            ENTERED,
            _extra(Dossier),
        ),
        "edit": both(either(OWN_DOSSIER, ENTERED), DOSSIER_OPEN),
        "answer": both(
            either(OWN_DOSSIER, own("principal_investigator"), role(Role.OFFICER)),
            _state(DossierState.SELECTED),
        ),
    },
)
declare_actions(
    {
        "calls.list": everybody,
        "calls.create": DIVISION,
        "proposals.list": either(INSIDERS, APPLICANTS, role(Role.COUNCIL_MEMBER, Role.RECEIVING_BODY)),
        "proposals.adopt": DIVISION,
        "orders.adopt": DIVISION,
        "proposals.create": either(APPLICANTS, role(Role.OFFICER)),
        "order_lists.list": INSIDERS,
        "order_lists.create": DIVISION,
        "orders.list": everybody,
        "dossiers.list": either(INSIDERS, APPLICANTS, role(Role.COUNCIL_MEMBER)),
    }
)
