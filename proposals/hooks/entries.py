"""Proposals and orders from before: what a second person confirms of them, and what their states need."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.ui.parts import Fact
from core.workflow.entries import entered, facts_of, lacking, on_refusal, read_with
from core.workflow.ruling import Refusal
from proposals.lifecycle import OrderState, ProposalState
from proposals.models import Order, Proposal
from proposals.models.narratives import PROPOSAL_FORM
from proposals.selectors.completeness import missing_in_order
from proposals.services import texts

SHARED = (
    "former_code",
    "title",
    "field",
    "research_type",
    "level",
    "plan_year",
    "state_budget_vnd",
    "other_budget_vnd",
    "months",
)
OF_PROPOSAL = (
    *SHARED,
    "council_title",
    "proposer_organisation",
    "author",
    "proposed_host",
    "receiver",
    "state_keeps_ownership",
    "place",
    "received_on",
    "forward_body",
    "deferral_year",
)
OF_ORDER = (
    *SHARED,
    "payer",
    "origin",
    "origin_note",
    "objectives",
    "mode",
    "direct_host",
    "receiver",
    "state_keeps_ownership",
    "listed_symbol",
    "listed_on",
    "listed_by",
)

read_with["proposal"] = ("proposer_organisation", "author", "proposed_host", "receiver", "place")
read_with["order"] = ("direct_host", "receiver")


@entered("proposal")
def proposal_facts(proposal: Proposal) -> Iterator[Fact]:
    """Its state, its columns, the texts of its form."""
    yield Fact(_("Status"), proposal.state_label)
    yield from facts_of(proposal, *OF_PROPOSAL)
    for field in PROPOSAL_FORM:
        if words := proposal.narrative.get(field.key):
            yield Fact(field.label, words, "long")


@entered("order")
def order_facts(order: Order) -> Iterator[Fact]:
    """Its state, its columns, every result it asks for."""
    yield Fact(_("Status"), order.state_label)
    yield from facts_of(order, *OF_ORDER)
    for one in order.products.all():
        yield Fact(_("Result"), f"{one.name}: {one.quantity} {one.unit}. {one.quality}".strip(" ."))


@lacking("proposal")
def proposal_lacks(proposal: Proposal) -> Iterator[Refusal]:
    """To whom it was forwarded; until when it was deferred."""
    if proposal.state == ProposalState.FORWARDED and not proposal.forward_body:
        yield Refusal(_("Name the body that the proposal is forwarded to."))
    if proposal.state == ProposalState.DEFERRED and (proposal.deferral_year or 0) <= proposal.plan_year:
        yield Refusal(_("Name the later plan year that the proposal is deferred to."))


@lacking("order")
def order_lacks(order: Order) -> Iterator[Refusal]:
    """What the decision on a list prints of each item (NĐ 95/2014/NĐ-CP; since 2025 NĐ 267/2025/NĐ-CP)."""
    missing = [] if order.state == OrderState.CANCELLED else missing_in_order(order)
    if missing:
        yield Refusal(_("Still missing: %(names)s.") % {"names": "; ".join(missing)})


@on_refusal("proposal")
@on_refusal("order")
def forget_the_text(record: Proposal | Order) -> None:
    """Nothing is compared with a wrong entry."""
    texts.forget(record.lifecycle.name, record.code)
