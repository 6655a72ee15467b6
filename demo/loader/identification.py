"""Councils that judge which proposals become orders."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from proposals.models import Proposal
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Position, Seat

from .councils import Sitting, council
from .plan_proposals import ProposalPlan, Story
from .player import History
from .proposals import put_off
from .stage import Stage

NAMES = (
    "Hội đồng tư vấn xác định nhiệm vụ lĩnh vực nông nghiệp",
    "Hội đồng tư vấn xác định nhiệm vụ lĩnh vực kỹ thuật và công nghệ",
    "Hội đồng tư vấn xác định nhiệm vụ lĩnh vực y dược và khoa học tự nhiên",
    "Hội đồng tư vấn xác định nhiệm vụ lĩnh vực xã hội, nhân văn và công nghệ chiến lược",
)
COUNTED = 3
WAITING = "Hội đồng tư vấn xác định nhiệm vụ liên ngành, phiên thứ {number}"
Numbered = dict[int, ProposalPlan]


def councils(stage: Stage, plans: Numbered) -> Iterator[History]:
    """Those that concluded, one that has counted, one that is voting now, one that will sit in a few days."""
    judged = sorted({plan.council for plan in plans.values() if plan.council is not None})
    for place, number in enumerate(judged):
        mine = {key: plan for key, plan in plans.items() if plan.council == number}
        yield council(
            stage,
            Sitting(
                kind=CouncilKind.IDENTIFICATION,
                title=NAMES[number],
                items=partial(_proposals, stage, mine),
                sits=113 - 4 * place,
                size=7 if place == 0 else 5,
                absent=1 if place == 0 else 0,
                ballot=_Ballots(stage, mine).ballot,
                words=partial(_words, stage),
            ),
        )
    waiting = {key: plan for key, plan in plans.items() if plan.story is Story.AT_COUNCIL}
    yield from _waiting(stage, waiting)
    for key, plan in plans.items():
        if plan.story is Story.PUT_OFF:
            yield _put_off(stage, key)


def _waiting(stage: Stage, waiting: Numbered) -> Iterator[History]:
    keys = sorted(waiting)
    half = len(keys) * 18 // 34
    agree = services.Vote(agrees=True)
    groups = [(keys[:half], -8, "convene"), (keys[half + COUNTED :], 1, "vote"), (keys[half:][:COUNTED], 2, "count")]
    for number, (mine, sits, until) in enumerate(groups, start=1):
        if mine:
            yield council(
                stage,
                Sitting(
                    kind=CouncilKind.IDENTIFICATION,
                    title=WAITING.format(number=number),
                    items=partial(_proposals, stage, {key: waiting[key] for key in mine}),
                    sits=sits,
                    first=lambda: stage.world.experts[:1],
                    ballot=lambda _item, _seat: agree,
                    until=until,
                    votes=99 if until == "count" else 3,
                ),
            )


def _proposals(stage: Stage, plans: Numbered) -> list[Proposal]:
    """As they are now: their own histories went on with other instances."""
    keys = [stage.proposals[number].pk for number in sorted(plans)]
    return list(Proposal.objects.filter(pk__in=keys).order_by("code"))


class _Ballots:
    """How the members vote: as the plan says, with a voice or two against."""

    def __init__(self, stage: Stage, plans: Numbered) -> None:
        self.stage = stage
        self.plans = plans
        self._rejected: dict[int, bool] = {}

    def ballot(self, item: AgendaItem, seat: Seat) -> services.Vote:
        if self._is_rejected(item):
            leads = seat.position in {Position.CHAIR, Position.VICE_CHAIR}
            return services.Vote(agrees=leads, comment="Chưa rõ địa chỉ ứng dụng.")
        return services.Vote(agrees=item.sequence % 4 != 0 or seat.position != Position.SECRETARY)

    def _is_rejected(self, item: AgendaItem) -> bool:
        if not self._rejected:
            rows = self.plans.items()
            self._rejected = {self.stage.proposals[key].pk: plan.story is Story.REJECTED for key, plan in rows}
        return self._rejected[item.proposal_id or 0]


def _words(stage: Stage, item: AgendaItem) -> dict[str, Any]:
    """Every ninth passed proposal gets a better title; a rejected one its reason."""
    assert item.proposal is not None  # noqa: S101  # an identification council judges proposals
    if not item.passed:
        return {"conclusion": "Không đề nghị thực hiện: chưa rõ tính mới và địa chỉ ứng dụng."}
    title = item.proposal.title
    better = f"{title} đến năm {stage.plan_year + 3}" if item.sequence % 9 == 0 and item.proposal.synthetic else ""
    return {"conclusion": "Đề nghị thực hiện.", "title": better}


def _put_off(stage: Stage, number: int) -> History:
    """Recommended, but there is no money in the year."""
    yield stage.days.at(96, 10)
    made = stage.proposals[number]
    made.refresh_from_db()
    put_off(stage, made)
