"""From the opened dossiers to the approval: selection council, revision, budget appraisal, decision."""

from functools import partial
from typing import Any

from core.money import VND
from core.people.models import User
from core.people.roles import Role
from proposals import services
from proposals.models import BudgetLine, Dossier, Order
from reviews import services as reviews
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Position, Seat
from reviews.selectors.seats import seats_of
from reviews.services.contents import criteria_of

from . import contracts
from .councils import Sitting, council, found, open_sitting, send_papers
from .fates import Fate
from .player import History
from .stage import Stage

# When the councils of an order sit, and when what follows happens: days before the demo's day.
DIRECT = {"selection": 46, "revised": 38, "appraisal": 26, "approved": 16}
CALLED = {"selection": 29, "revised": 24, "appraisal": 14, "approved": 3}
MEANS = (86, 77, 61)
REMARKS = "Làm rõ phương pháp bố trí thử nghiệm.\nBổ sung phương án nhân rộng sau khi kết thúc."
ANSWER = "Đã làm rõ tại mục 3 của thuyết minh.\nĐã bổ sung phương án nhân rộng tại mục 5."


def award(stage: Stage, order: Order, dossiers: list[Dossier], fate: Fate) -> History:
    """As far as the fate goes."""
    when = CALLED if fate in {Fate.APPRAISED_AFTER_CALL, Fate.AT_COUNCIL} else DIRECT
    waits = fate is Fate.AT_COUNCIL
    chosen = _Selection(stage, order, dossiers)
    yield from council(stage, chosen.sitting(-6 if waits else when["selection"], "convene" if waits else ""))
    if waits:
        return
    yield stage.days.at(when["revised"], 10)
    dossier = dossiers[0]
    dossier.refresh_from_db()
    services.answer_remarks(dossier, actor=stage.known(dossier.principal_investigator), answer=ANSWER)
    stage.step(dossier, "revise", stage.signer(dossier.host))
    yield from _appraise(stage, order, dossier, when["appraisal"])
    yield stage.days.at(when["approved"], 10)
    yield from _decide(stage, order, fate)


class _Selection:
    """The council on one order: the first dossier wins, the second waits in reserve, the third fails."""

    def __init__(self, stage: Stage, order: Order, dossiers: list[Dossier]) -> None:
        self.stage, self.order = stage, order
        self.means = {dossier.pk: mean for dossier, mean in zip(dossiers, MEANS, strict=False)}

    def sitting(self, sits: int, until: str) -> Sitting:
        return Sitting(
            kind=CouncilKind.SELECTION,
            title=f"Hội đồng tư vấn tuyển chọn, giao trực tiếp nhiệm vụ {self.order.code}",
            items=lambda: [Order.objects.get(pk=self.order.pk)],
            sits=sits,
            size=7,
            first=lambda: self.stage.world.experts[:1],
            ballot=self.ballot,
            words=lambda _item: {"conclusion": "Đề nghị giao cho tổ chức có điểm cao nhất.", "remarks": REMARKS},
            until=until,
            hour=8,
        )

    def ballot(self, item: AgendaItem, seat: Seat) -> reviews.Scores:
        """Points round the mean of the dossier, a little more or less for each member."""
        percent = self.means[item.dossier_id or 0] + seat.pk % 5 - 2
        return reviews.Scores(points={one.code: one.maximum * percent // 100 for one in criteria_of(item)})


def _appraise(stage: Stage, order: Order, dossier: Dossier, sits: int) -> History:
    """The budget team: two of its members sat in the selection council; two lines are cut a little."""
    secretary = stage.staff(Role.ADMINISTRATIVE_SECRETARY)
    sitting = Sitting(
        kind=CouncilKind.APPRAISAL,
        title=f"Tổ thẩm định kinh phí nhiệm vụ {order.code}",
        items=lambda: [Dossier.objects.get(pk=dossier.pk)],
        sits=sits,
        first=partial(_leaders, order),
    )
    yield stage.days.at(sits + 9, 8)
    made = found(stage, sitting)
    yield stage.days.at(sits + 8, 14)
    stage.paper(made, "establish", stage.staff(Role.DEPARTMENT_DIRECTOR))
    yield stage.days.at(sits + 7, 9)
    send_papers(stage, made, secretary)
    yield stage.days.at(sits, 14)
    open_sitting(stage, sitting, made, secretary)
    reviews.appraise(made.items.get(), _granted(dossier), actor=secretary)
    chair = next(seat.user for seat in seats_of(made) if seat.position == Position.CHAIR)
    stage.step(made, "conclude_appraisal", stage.known(chair))


def _leaders(order: Order) -> list[User]:
    rows = Seat.objects.filter(council__items__order=order, council__state="concluded", position="reviewer")
    return [seat.user for seat in rows.select_related("user").order_by("pk")]


def _granted(dossier: Dossier) -> dict[int, Any]:
    return {line.sequence: _of_line(line) for line in dossier.budget_lines.all()}


def _of_line(line: BudgetLine) -> reviews.Granted:
    if line.sequence % 3:
        return reviews.Granted(state_vnd=line.requested_state_vnd, other_vnd=line.requested_other_vnd)
    state = VND(line.requested_state_vnd * 9 // 10)
    return reviews.Granted(state_vnd=state, other_vnd=line.requested_other_vnd, reason="Vượt định mức chi.")


def _decide(stage: Stage, order: Order, fate: Fate) -> History:
    order.refresh_from_db()
    if fate is Fate.APPRAISED_AFTER_CALL:
        stage.draft(order, "approve_task")
        return
    chair = stage.staff(Role.PPC_CHAIR)
    stage.paper(order, "approve_task", chair, reason="Đã xem xét năng lực của tổ chức chủ trì và chủ nhiệm.")
    if fate is Fate.AWARDED_AND_SIGNED:
        yield from contracts.sign(stage, order.tasks.get(), stage.days.at(7, 9))
    elif fate is Fate.REVOKED:
        yield stage.days.at(6, 10)
        ground = "Tổ chức chủ trì có văn bản xin không thực hiện nhiệm vụ."
        services.write_ground(order, actor=stage.staff(Role.OFFICER), ground=ground)
        order.refresh_from_db()
        stage.paper(order, "revoke", chair)
