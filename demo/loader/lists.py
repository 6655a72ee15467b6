"""Two lists of orders: one approved, whose orders go their own ways, and one that waits for the chair."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.people.roles import Role
from proposals import services
from proposals.choices import ProductKind
from proposals.lifecycle import OrderMode
from proposals.models import Order, OrderList, Proposal

from .fates import DIRECT, FATES, Fate
from .orders import fate_of, selection_calls
from .plan_proposals import ProposalPlan, Story
from .player import History
from .stage import Stage

APPROVED = 84
MERGED = 3
PRODUCTS = (
    ("Quy trình kỹ thuật", ProductKind.SCIENTIFIC, "quy trình", 1),
    ("Mô hình trình diễn", ProductKind.MEASURABLE, "mô hình", 2),
    ("Bài báo khoa học trong nước", ProductKind.PUBLICATION, "bài", 1),
    ("Lớp tập huấn chuyển giao", ProductKind.TRAINING, "lớp", 3),
)


def products(stage: Stage, number: int) -> list[dict[str, Any]]:
    """The first ``number`` of the usual results."""
    return [
        {"name": name, "kind": kind, "unit": unit, "quantity": quantity, "quality": stage.say("products", "quality")}
        for name, kind, unit, quantity in PRODUCTS[:number]
    ]


def lists(stage: Stage, plans: dict[int, ProposalPlan]) -> Iterator[History]:
    """The approved list of the first round, and the draft of the second."""
    listed = [key for key, plan in plans.items() if plan.story is Story.LISTED]
    recommended = [key for key, plan in plans.items() if plan.story is Story.RECOMMENDED]
    if listed:
        yield _approved_list(stage, listed)
    # In a small province nobody may be left for the second list.
    if drafted := recommended[: len(recommended) * 20 // 38]:
        yield _draft_list(stage, drafted)


def _approved_list(stage: Stage, keys: Sequence[int]) -> History:
    yield stage.days.at(APPROVED + 5, 8)
    order_list = _new_list(stage, 1)
    groups = _groups(_proposals(stage, keys), MERGED if stage.scale == 1 else 0)
    orders = []
    for group, fate in zip(groups, _fates(len(groups)), strict=True):
        orders.append((_order(stage, order_list, group, fate), fate))
        yield stage.player.later(minutes=10)
    yield stage.days.at(APPROVED, 10)
    stage.paper(order_list, "approve_list", stage.staff(Role.PPC_CHAIR))
    for order, fate in orders:
        order.refresh_from_db()
        stage.player.add(fate_of(stage, order, fate))
    for call in selection_calls(stage, orders):
        stage.player.add(call)


def _draft_list(stage: Stage, keys: Sequence[int]) -> History:
    """The next list: its decision is drafted and waits for the chair."""
    yield stage.days.at(9, 9)
    order_list = _new_list(stage, 2)
    for group in _groups(_proposals(stage, keys), 2 if stage.scale == 1 else 0):
        _order(stage, order_list, group, Fate.LISTED)
        yield stage.player.later(minutes=10)
    yield stage.days.at(3, 15)
    stage.draft(order_list, "approve_list")


def _new_list(stage: Stage, number: int) -> OrderList:
    title = f"Danh mục nhiệm vụ khoa học và công nghệ đặt hàng năm {stage.plan_year}, đợt {number}"
    facts = {"title": title, "plan_year": stage.plan_year, "level": "provincial", "payer": "fund"}
    return services.create_order_list(actor=stage.staff(Role.OFFICER), facts=facts, key=stage.key())


def _proposals(stage: Stage, keys: Sequence[int]) -> list[Proposal]:
    rows = Proposal.objects.filter(pk__in=[stage.proposals[key].pk for key in keys])
    return list(rows.select_related("proposer_organisation", "author").order_by("field", "code"))


def _groups(proposals: list[Proposal], merged: int) -> list[list[Proposal]]:
    """One order for each proposal, but the last ``merged`` orders take two neighbours in science together."""
    single = len(proposals) - 2 * merged
    return [[one] for one in proposals[:single]] + [
        proposals[start : start + 2] for start in range(single, len(proposals), 2)
    ]


def _fates(number: int) -> list[Fate]:
    return [*FATES, *[Fate.LISTED] * number][:number]


def _order(stage: Stage, order_list: OrderList, group: list[Proposal], fate: Fate) -> Order:
    host = group[0].proposer_organisation
    direct = {"mode": OrderMode.DIRECT, "direct_host": host} if fate in DIRECT else {}
    facts = direct or {"mode": OrderMode.CALL, "direct_host": None}
    officer = stage.staff(Role.OFFICER)
    order = services.merge_into_order(order_list, actor=officer, proposals=group, facts=facts, key=stage.key())
    wanted = products(stage, 2 + stage.random.randrange(3))
    return services.edit_order(order, actor=officer, facts={}, products=wanted)
