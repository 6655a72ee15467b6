"""Lists of orders are composed from recommended proposals: one to one, several into one, one into several."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.money import VND
from core.people.models import User
from core.people.policy import may
from core.regulations import regulation_for
from core.rows import check_row
from proposals.choices import Origin
from proposals.lifecycle import OrderMode, OrderState, ProposalState
from proposals.models import Order, OrderList, OrderProduct, OrderSource, Proposal
from proposals.selectors.similar import text_of

from . import common, texts

LIST_FACTS = ("title", "plan_year", "level", "payer")
ORDER_FACTS = (
    "title",
    "field",
    "research_type",
    "mode",
    "origin",
    "origin_note",
    "objectives",
    "state_budget_vnd",
    "other_budget_vnd",
    "months",
    "direct_host",
    "receiver",
    "state_keeps_ownership",
)
DERIVED = ("folded", "sort_key")
PRODUCT_FACTS = ("name", "kind", "unit", "quantity", "quality")


def create_order_list(*, actor: User, facts: Mapping[str, Any], key: UUID) -> OrderList:
    """A draft list. Raises PermissionDenied, ValidationError."""
    if not may(actor, "order_lists.create"):
        raise PermissionDenied
    order_list = OrderList(regulation=regulation_for(clock.today()))
    common.set_facts(order_list, facts, (*LIST_FACTS, *DERIVED))
    return common.create(order_list, actor=actor, key=key)


def edit_order_list(order_list: OrderList, *, actor: User, facts: Mapping[str, Any]) -> OrderList:
    """Change a draft list; its orders follow in year, level and payer. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(order_list, actor=actor, action="edit")
        common.save_facts(held, facts, (*LIST_FACTS, *DERIVED), actor=actor)
        held.orders.filter(state=OrderState.PLANNED).update(
            plan_year=held.plan_year, level=held.level, payer=held.payer
        )
    return held


def create_order(
    order_list: OrderList,
    *,
    actor: User,
    facts: Mapping[str, Any],
    products: Iterable[Mapping[str, Any]] = (),
    proposals: Sequence[Proposal] = (),
    key: UUID,
) -> Order:
    """A planned item of a draft list, with its lineage. Without proposals its origin must be something else.

    Raises PermissionDenied, and ValidationError for a proposal that no council recommended.
    """
    with audit.transaction():
        held = common.hold(order_list, actor=actor, action="edit")
        _check_sources(held, proposals)
        order = Order(
            order_list=held, plan_year=held.plan_year, level=held.level, payer=held.payer, regulation=held.regulation
        )
        common.set_facts(order, facts, (*ORDER_FACTS, *DERIVED))
        if (order.origin == Origin.PROPOSALS) != bool(proposals):
            raise ValidationError({"origin": _("An order from proposals names them; any other names its document.")})

        def parts(made: Order) -> None:
            OrderSource.objects.bulk_create(OrderSource(order=made, proposal=proposal) for proposal in proposals)
            _write_products(made, products)
            texts.remember(text_of(made))

        return common.create(order, actor=actor, key=key, parts=parts)


def merge_into_order(
    order_list: OrderList,
    *,
    actor: User,
    proposals: Sequence[Proposal],
    facts: Mapping[str, Any] | None = None,
    key: UUID,
) -> Order:
    """One order of one or several recommended proposals: the council's title, sums of money, the longest duration.

    ``facts`` replace what is taken from the proposals. Raises PermissionDenied, ValidationError.
    """
    if not proposals:
        raise ValidationError({"proposals": _("Choose at least one proposal.")})
    return create_order(
        order_list, actor=actor, facts={**_facts_of(proposals), **(facts or {})}, proposals=proposals, key=key
    )


def split_into_orders(
    order_list: OrderList, *, actor: User, proposal: Proposal, titles: Sequence[str], key: UUID
) -> list[Order]:
    """Several orders of one recommended proposal, one for each title; money is shared by the officer afterwards.

    The whole amount stands on the first. Raises PermissionDenied, ValidationError.
    """
    if len(titles) < 2:  # noqa: PLR2004  # splitting into one is no splitting
        raise ValidationError({"titles": _("Name at least two titles.")})
    nothing = {"state_budget_vnd": VND(0), "other_budget_vnd": VND(0)}
    with audit.transaction():
        return [
            create_order(
                order_list,
                actor=actor,
                facts={**_facts_of([proposal]), **(nothing if number else {}), "title": title},
                proposals=[proposal],
                key=uuid5(key, str(number)),
            )
            for number, title in enumerate(titles)
        ]


def edit_order(
    order: Order,
    *,
    actor: User,
    facts: Mapping[str, Any],
    products: Iterable[Mapping[str, Any]] | None = None,
) -> Order:
    """Change a planned order; ``products`` replace the present ones. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        if order.order_list is not None:
            common.hold(order.order_list, actor=actor, action="edit")
        held = common.hold(order, actor=actor, action="edit")
        common.save_facts(held, facts, (*ORDER_FACTS, *DERIVED), actor=actor)
        texts.remember(text_of(held))
        if products is not None:
            _replace_products(held, list(products), actor)
    return held


def recommended_proposals(order_list: OrderList, actor: User) -> Any:
    """Recommended proposals of the list's year and level that stand in no living order yet."""
    taken = OrderSource.objects.exclude(order__state=OrderState.CANCELLED).values("proposal")
    rows = Proposal.objects.filter(
        state=ProposalState.RECOMMENDED, plan_year=order_list.plan_year, level=order_list.level, unconfirmed=False
    )
    return rows.exclude(pk__in=taken).select_related("proposer_organisation").order_by("code")


def _check_sources(order_list: OrderList, proposals: Sequence[Proposal]) -> None:
    keys = [proposal.pk for proposal in proposals]
    rows = Proposal.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    wrong = [row.code for row in rows if not _is_recommended(row, order_list)]
    if wrong:
        message = _("No council has recommended these proposals for this level: %(codes)s.")
        raise ValidationError({"proposals": message % {"codes": ", ".join(wrong)}})


def _is_recommended(proposal: Proposal, order_list: OrderList) -> bool:
    """A proposal from before counts once a second person has confirmed it."""
    is_so = proposal.state == ProposalState.RECOMMENDED and not proposal.unconfirmed
    return is_so and proposal.level == order_list.level


def _facts_of(proposals: Sequence[Proposal]) -> dict[str, Any]:
    first = proposals[0]
    hosts = {proposal.proposed_host for proposal in proposals}
    direct = first.proposed_host if len(hosts) == 1 else None
    return {
        "title": first.official_title,
        "field": first.field,
        "research_type": first.research_type,
        "origin": Origin.PROPOSALS,
        "mode": OrderMode.DIRECT if direct else OrderMode.CALL,
        "direct_host": direct,
        "objectives": "\n".join(
            filter(None, (one.narrative.get("general_objective", "").strip() for one in proposals))
        ),
        "state_budget_vnd": VND(sum(one.state_budget_vnd for one in proposals)),
        "other_budget_vnd": VND(sum(one.other_budget_vnd for one in proposals)),
        "months": max(one.months for one in proposals),
        "receiver": first.receiver,
        "state_keeps_ownership": any(one.state_keeps_ownership for one in proposals),
    }


def _replace_products(order: Order, products: list[Mapping[str, Any]], actor: User) -> None:
    """Another result is another order: whoever confirms or approves it must be able to tell that it was changed."""
    before = list(order.products.order_by("sequence").values(*PRODUCT_FACTS))
    _write_products(order, products)
    if list(order.products.order_by("sequence").values(*PRODUCT_FACTS)) != before:
        common.note("products", order, actor, names=[row["name"] for row in products])


def _write_products(order: Order, products: Iterable[Mapping[str, Any]]) -> None:
    order.products.all().delete()
    rows = [OrderProduct(order=order, sequence=number, **row) for number, row in enumerate(products, start=1)]
    for row in rows:
        check_row(row, exclude=["order"], unique=False)
    OrderProduct.objects.bulk_create(rows)
