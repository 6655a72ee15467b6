"""On which rows beside their own the steps before the award rest."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.workflow.shown import rests_on
from proposals.models import (
    BudgetLine,
    Dossier,
    DossierMember,
    Opening,
    Order,
    OrderChange,
    OrderProduct,
    Partner,
    Proposal,
    Screening,
)


@rests_on("proposal")
def screening(proposal: Proposal) -> Iterator[QuerySet[Any]]:
    """What the screening found."""
    yield Screening.objects.filter(proposal=proposal)


@rests_on("order")
def order_rows(order: Order) -> Iterator[QuerySet[Any]]:
    """Products asked for, openings, changes of the approval."""
    yield OrderProduct.objects.filter(order=order)
    yield Opening.objects.filter(order=order)
    yield OrderChange.objects.filter(order=order)


@rests_on("dossier")
def dossier_rows(dossier: Dossier) -> Iterator[QuerySet[Any]]:
    """People, partners and money."""
    yield DossierMember.objects.filter(dossier=dossier)
    yield Partner.objects.filter(dossier=dossier)
    yield BudgetLine.objects.filter(dossier=dossier)
