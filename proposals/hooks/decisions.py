"""What the decisions of this room say: the list, the approval, and what undoes or changes them."""

from typing import Any

from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.documents.schemas.parts import Budget, Change
from core.documents.selectors import deciding_body
from core.money import format_vnd
from core.people.authorities import AuthorityMissing
from core.people.models import Organisation
from core.people.roles import Act, Payer
from proposals.choices import LumpSum
from proposals.lifecycle import OrderMode, OrderState
from proposals.models import Order, OrderList
from proposals.models.narratives import lines
from proposals.selectors import dossiers

from .paper_parts import (
    CHANGED,
    LUMP_SUMS,
    MODES,
    PAYERS,
    Facts,
    basis,
    cited,
    department,
    drafted_by,
    in_vietnamese,
    list_reference,
    official,
    ordered,
    task_facts,
)


@facts(("order_list", Kind.LIST_DECISION))
@in_vietnamese
def list_decision(order_list: OrderList) -> Facts:
    """Decision approving the list."""
    own = department()
    orders = order_list.orders.exclude(state=OrderState.CANCELLED).select_related("direct_host").order_by("code")
    return drafted_by(
        own,
        f"phê duyệt Danh mục nhiệm vụ khoa học và công nghệ cấp tỉnh đặt hàng thực hiện từ năm {order_list.plan_year}",
        deciding_body(order_list, Act.LIST_APPROVER),
        plan_year=order_list.plan_year,
        items=[ordered(order) for order in orders.prefetch_related("products")],
        department=own.name,
        implementers=[own.name],
    )


@facts(("order", Kind.APPROVAL_DECISION))
@in_vietnamese
def approval_decision(order: Order) -> Facts:
    """Decision approving the task: host, leader, money by source as appraised."""
    dossier = dossiers.recommended_dossier(order) or dossiers.approved_dossier(order)
    assert dossier is not None  # noqa: S101  # the guard asked for it
    state = dossier.appraised_state_vnd or 0
    other = dossier.appraised_other_vnd if dossier.appraised_other_vnd is not None else dossier.other_requested_vnd
    budget: Budget = {
        "total": state + other,
        "state": state,
        "other": other,
        "lump_sum": LUMP_SUMS[LumpSum(dossier.lump_sum)],
    }
    listed, manager, contractor = list_reference(order), department().name, _contractor(order)
    return official(
        f"phê duyệt nhiệm vụ khoa học và công nghệ “{order.title}”",
        deciding_body(order, Act.TASK_APPROVER),
        bases=basis(listed, "phê duyệt Danh mục nhiệm vụ đặt hàng"),
        task=task_facts(order, dossier),
        goals=order.objectives,
        contents=lines(dossier.narrative, "contents"),
        products=[
            {"name": one.name, "quantity": f"{one.quantity} {one.unit}", "indicator": one.quality}
            for one in order.products.all()
        ],
        budget=budget,
        payer=PAYERS[Payer(order.payer)],
        manager=manager,
        contractor=contractor,
        implementers=list(dict.fromkeys([manager, contractor, dossier.host.name])),
    )


def _contractor(order: Order) -> str:
    """Who will sign the contract for whoever pays, as the table of authorities says today."""
    try:
        return deciding_body(order, Act.CONTRACT_SIGNER).name
    except AuthorityMissing:
        return department().name


@facts(("order", Kind.CANCELLATION_DECISION))
@in_vietnamese
def cancellation(order: Order) -> Facts:
    """Decision cancelling an order of the list."""
    return official(
        f"hủy bỏ nhiệm vụ đặt hàng “{order.title}”",
        deciding_body(order, Act.LIST_APPROVER),
        item={"code": order.code, "title": order.title},
        cancelled=list_reference(order),
        reason=order.decision_ground,
    )


@facts(("order", Kind.REVOCATION_DECISION))
@in_vietnamese
def revocation(order: Order) -> Facts:
    """Decision revoking an approval before the contract."""
    dossier = dossiers.approved_dossier(order)
    return official(
        f"bãi bỏ quyết định phê duyệt nhiệm vụ “{order.title}”",
        deciding_body(order, Act.TASK_APPROVER),
        task=task_facts(order, dossier),
        act="Bãi bỏ",
        revoked=cited(order, Kind.APPROVAL_DECISION, "Quyết định"),
        decided="phê duyệt nhiệm vụ",
        reason=order.decision_ground,
        consequences=[
            "Không ký hợp đồng thực hiện nhiệm vụ với tổ chức chủ trì nêu tại Điều 1",
            "Kinh phí đã bố trí cho nhiệm vụ được hoàn trả nguồn kế hoạch",
        ],
    )


@facts(("order", Kind.AMENDMENT_DECISION))
@in_vietnamese
def amendment(order: Order) -> Facts:
    """Decision amending an order of the list: what changes, before and after."""
    change = order.changes.filter(applied_on=None).first() or order.changes.order_by("-applied_on").first()
    assert change is not None  # noqa: S101  # the guard asked for it
    earlier = order.changes.filter(applied_on__isnull=False).exclude(pk=change.pk).count()
    return official(
        f"điều chỉnh nhiệm vụ đặt hàng “{change.before.get('title', order.title)}”",
        deciding_body(order, Act.LIST_APPROVER),
        task=task_facts(order, None) | {"title": change.before.get("title", order.title)},
        amended=list_reference(order),
        ordinal=earlier + 1,
        changes=[_changed(name, change.before.get(name), after) for name, after in sorted(change.after.items())],
        reason=change.ground,
    )


def _changed(name: str, before: Any, after: Any) -> Change:
    return {"item": CHANGED[name], "before": _words(name, before), "after": _words(name, after)}


def _words(name: str, value: Any) -> str:
    if name.endswith("_vnd"):
        return format_vnd(value or 0, "vi")
    if name in {"direct_host", "receiver"}:
        found = Organisation.objects.filter(code=value).first()
        return found.name if found else "–"
    if name == "mode":
        return MODES[OrderMode(value)]
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return str(value)
