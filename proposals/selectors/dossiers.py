"""The dossiers of an order and how they stand."""

from django.db.models import QuerySet

from core.workflow.ruling import StepFacts
from proposals.lifecycle import DossierState
from proposals.models import Dossier, Opening, Order

ALIVE = (
    DossierState.VALID,
    DossierState.RESERVE,
    DossierState.SELECTED,
    DossierState.REVISED,
    DossierState.APPRAISED,
)
GONE = (DossierState.WITHDRAWN, DossierState.INVALID, DossierState.NOT_SELECTED)
RECOMMENDED = (DossierState.SELECTED, DossierState.REVISED, DossierState.APPRAISED)


def dossiers_in(order: Order, *states: str) -> QuerySet[Dossier]:
    """The dossiers of an order in one of ``states``, in the order of their codes, with host and leader."""
    return with_parties(Dossier.objects.filter(order=order, state__in=states)).order_by("code")


def with_parties(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with what the questions about host and leader read."""
    return rows.select_related("order__selection_call", "host", "principal_investigator")


def recommended_dossier(order: Order) -> Dossier | None:
    """The dossier whose host the council recommended."""
    return dossiers_in(order, *RECOMMENDED).first()


def recommended_for(facts: StepFacts) -> Dossier | None:
    """The recommended dossier of the order that a step concerns, loaded once for all guards of one question."""
    if "recommended" not in facts.cache:
        facts.cache["recommended"] = recommended_dossier(facts.subject)
    found: Dossier | None = facts.cache["recommended"]
    return found


def approved_dossier(order: Order) -> Dossier | None:
    """The dossier approved last."""
    return dossiers_in(order, DossierState.APPROVED).order_by("-state_since").first()


def reserves_of(order: Order) -> QuerySet[Dossier]:
    """Those that wait until the winner's contract is signed, the best first."""
    return dossiers_in(order, DossierState.RESERVE).order_by("rank", "-mean_hundredths", "code")


def submitted_dossiers(order: Order) -> QuerySet[Dossier]:
    """Those that wait to be opened."""
    return dossiers_in(order, DossierState.SUBMITTED)


def prepared_opening(order: Order) -> Opening | None:
    """The record of an opening whose minutes are not issued yet."""
    return order.openings.filter(is_held=False).select_related("chair", "secretary").first()


def last_opening(order: Order) -> Opening | None:
    """The opening that was held last, whatever hour was written for it."""
    return order.openings.filter(is_held=True).select_related("chair", "secretary").order_by("-pk").first()
