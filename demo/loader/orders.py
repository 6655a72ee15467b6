"""Each order of the approved list on its own way: called, invited, opened, judged, awarded, or ended early."""

from collections.abc import Generator, Iterator, Sequence
from datetime import datetime, timedelta

from core import clock
from core.people.roles import Role
from proposals import services
from proposals.choices import Field
from proposals.lifecycle import CallKind, OrderMode
from proposals.models import Call, Order

from . import awards, dossiers
from .calls import call_facts, close
from .fates import FIRST_CALL, SECOND_CALL, Fate
from .player import History
from .stage import Stage

FIRST_OPENS, FIRST_CLOSES = 81, 46
SECOND_OPENS, SECOND_CLOSES = 20, -14
Fated = Sequence[tuple[Order, Fate]]


def fate_of(stage: Stage, order: Order, fate: Fate) -> History:
    """What happens to an order of which nothing is called."""
    days = stage.days
    match fate:
        case Fate.AWARDED_AND_SIGNED | Fate.AWARDED | Fate.REVOKED | Fate.OPENED:
            yield from _invited(stage, order, days.at(82, 9), days=40)
            dossier = yield from dossiers.from_invited(stage, order, days.at(66, 10), days.at(63, 14))
            if fate is not Fate.OPENED:
                yield from awards.award(stage, order, [dossier], fate)
        case Fate.INVITED:
            yield from _invited(stage, order, days.at(15, 9), days=45)
            yield from dossiers.in_preparation(stage, order, days.at(4, 10))
        case Fate.INVITATION_DRAFTED:
            yield days.at(2, 10)
            _name_answer_day(stage, order, 45)
            stage.draft(order, "invite")
        case Fate.AMENDED:
            yield from _amended(stage, order)
        case Fate.CANCELLED:
            yield from _cancelled(stage, order)


def selection_calls(stage: Stage, orders: Fated) -> Iterator[History]:
    """The call that has closed and the one that is open, each for its orders."""
    first = [(order, fate) for order, fate in orders if fate in FIRST_CALL]
    second = [(order, fate) for order, fate in orders if fate in SECOND_CALL]
    if first:
        yield _selection_call(stage, 1, first, FIRST_OPENS, FIRST_CLOSES)
    if second:
        yield _selection_call(stage, 2, second, SECOND_OPENS, SECOND_CLOSES)


def _selection_call(stage: Stage, number: int, orders: Fated, opens: int, closes: int) -> History:
    yield stage.days.at(opens, 9)
    title = f"Tuyển chọn tổ chức chủ trì nhiệm vụ năm {stage.plan_year}, đợt {number}"
    facts = call_facts(stage, title, stage.days.working(opens), stage.days.day(closes))
    officer = stage.staff(Role.OFFICER)
    call = services.create_call(actor=officer, kind=CallKind.SELECTION, facts=facts, key=stage.key())
    services.put_orders_on_call(call, actor=officer, orders=[order for order, _fate in orders])
    stage.paper(call, "announce_selection", stage.staff(Role.DEPARTMENT_DIRECTOR))
    for order, fate in orders:
        order.refresh_from_db()
        stage.player.add(_called(stage, order, fate, call))
    yield from close(stage, call)


def _called(stage: Stage, order: Order, fate: Fate, call: Call) -> History:
    """Dossiers come in, the last hours before the closing most of all; then they are opened and judged."""
    days = stage.days
    assert call.closes_at is not None  # noqa: S101  # an announced call closes
    if fate is Fate.CALL_OPEN:
        yield from dossiers.sealed(stage, order, days.at(3, 10), number=order.pk % 3)
        return
    if fate is Fate.NO_WINNER:
        yield days.at(FIRST_CLOSES - 4, 10)
        stage.step(
            order, "find_no_dossier", stage.staff(Role.OFFICER), reason="Hết thời hạn, không có tổ chức nào nộp hồ sơ."
        )
        return
    number = 3 if fate is Fate.APPRAISED_AFTER_CALL else 2
    made = yield from dossiers.sealed(stage, order, call.closes_at - timedelta(hours=6), number=number)
    yield days.at(FIRST_CLOSES - 3, 9)
    dossiers.open_all(stage, order)
    if fate is not Fate.OPENED_AFTER_CALL:
        yield from awards.award(stage, order, made, fate)


def _invited(stage: Stage, order: Order, when: datetime, *, days: int) -> Generator[datetime, None, None]:
    yield when
    _name_answer_day(stage, order, days)
    stage.paper(order, "invite", stage.staff(Role.DEPARTMENT_DIRECTOR))


def _name_answer_day(stage: Stage, order: Order, days: int) -> None:
    day = clock.today() + timedelta(days=days)
    services.name_answer_day(order, actor=stage.staff(Role.OFFICER), day=day)
    order.refresh_from_db()


def _amended(stage: Stage, order: Order) -> History:
    yield stage.days.at(30, 10)
    host = stage.host_for(Field(order.field))
    services.record_order_change(
        order,
        actor=stage.staff(Role.OFFICER),
        facts={"months": min(order.months + 6, 36), "mode": OrderMode.DIRECT, "direct_host": host},
        ground="Đơn vị đề xuất làm rõ khối lượng công việc; chỉ có một đơn vị đủ năng lực.",
    )
    stage.paper(order, "amend", stage.staff(Role.PPC_CHAIR))


def _cancelled(stage: Stage, order: Order) -> History:
    yield stage.days.at(28, 10)
    ground = "Nội dung đã được bố trí trong chương trình cấp quốc gia."
    services.write_ground(order, actor=stage.staff(Role.OFFICER), ground=ground)
    order.refresh_from_db()
    stage.paper(order, "cancel", stage.staff(Role.PPC_CHAIR))
