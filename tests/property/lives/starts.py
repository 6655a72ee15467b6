"""Where a life begins: with nothing, or with a house that has worked for a while. Each is built once for many lives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import clock
from core.money import VND
from core.people.roles import Payer
from funds.models import Disbursement
from proposals.lifecycle import DossierState
from proposals.models import Dossier, Order
from proposals.services import answer_remarks
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import items_of
from reviews.services import Granted, appraise
from tasks.models import Cause, Task
from tests.factories import funds, proposals, reviews, tasks

from . import after
from .people import Troupe

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Start:
    """``share`` of a hundred lives begin here, last so many rules, and wish for rows of these tables, or these rows.

    ``after`` names the start on which this one builds.
    """

    build: Callable[[Troupe, Callable[[Any], None]], None]
    share: int
    rules: int
    wishes: tuple[str, ...]
    after: str = ""


def nothing(people: Troupe, move: Callable[[Any], None]) -> None:
    """An empty house: the officer drafts a call."""
    proposals.draft_call(people)


def screened(people: Troupe, move: Callable[[Any], None]) -> None:
    """An open call, a proposal of each host in another state."""
    call = proposals.open_call(people)
    proposals.screened_proposal(people, call)
    proposals.screened_proposal(people, call, title="Nghiên cứu quy trình trồng nấm")
    proposals.draft_proposal(people, call, title="Nghiên cứu giống lúa chịu mặn")


def recommended(people: Troupe, move: Callable[[Any], None]) -> None:
    """An identification council has recommended two proposals."""
    call = proposals.open_call(people)
    items = [proposals.screened_proposal(people, call, title=f"Nghiên cứu giống lúa số {n}") for n in (1, 2)]
    reviews.concluded(people, CouncilKind.IDENTIFICATION, items, users=people.experts)


def invited(people: Troupe, move: Callable[[Any], None]) -> None:
    """Two orders: one for a named host, one in an open selection call."""
    call = proposals.open_call(people)
    proposals.invited_order(people, call)
    proposals.called_order(people, call)


def opened(people: Troupe, move: Callable[[Any], None]) -> None:
    """The dossiers of two rivals, opened."""
    order = proposals.called_order(people, proposals.open_call(people))
    for host in people.hosts()[:2]:
        proposals.submitted_dossier(host, order)
    move(clock.now() + timedelta(days=61))
    reviews.opened(people, order)


def selected(people: Troupe, move: Callable[[Any], None]) -> None:
    """The council has recommended one of two, the other is in reserve."""
    order = Order.objects.get()
    reviews.concluded(people, CouncilKind.SELECTION, [order], users=people.experts, ballot=_for_the_university(people))


def _for_the_university(people: Troupe) -> Callable[[Any, Any], Any]:
    return lambda item, _seat: reviews.even_scores(item, 12 if item.dossier.host == people.university else 20)


def awarded(people: Troupe, move: Callable[[Any], None]) -> None:
    """The task is approved and has no contract yet; the other dossier is still in reserve."""
    order = Order.objects.get()
    dossier = Dossier.objects.get(state=DossierState.SELECTED)
    answer_remarks(dossier, actor=people.applicant, answer="Đã bổ sung mục 3")
    proposals.step(dossier, "revise", people.signer)
    team = reviews.sitting(people, CouncilKind.APPRAISAL, [dossier], users=people.experts)
    appraise(items_of(team)[0], all_of_it(dossier), actor=people.secretary)
    proposals.step(team, "conclude_appraisal", people.experts[0])
    order.refresh_from_db()
    funds.plan(5_000 * MILLION, payer=order.payer, actor=people.house.accountant)
    proposals.paper(order, "approve_task", people, people.chair)


def all_of_it(dossier: Dossier) -> dict[int, Granted]:
    """Every line of the estimate as it was asked for."""
    return {
        line.sequence: Granted(state_vnd=line.requested_state_vnd, other_vnd=line.requested_other_vnd)
        for line in dossier.budget_lines.all()
    }


def paying(people: Troupe, move: Callable[[Any], None]) -> None:
    """A running task whose first payment is verified."""
    funds.verified(people.house, funds.running(people.house))


def running(people: Troupe, move: Callable[[Any], None]) -> None:
    """The first instalment is paid."""
    first = Disbursement.objects.get()
    funds.fund_paper(people.house, first, "approve")
    funds.entered(people.house, first)
    tasks.step(first, "pay", people.house.accountant)


def accepting(people: Troupe, move: Callable[[Any], None]) -> None:
    """The acceptance dossier of a task with an advance is in."""
    task = Task.objects.get()
    tasks.drop_reports(people, task)
    tasks.dossier_written(people, task)
    tasks.step(task, "file_acceptance", people.signer)


def recognised(people: Troupe, move: Callable[[Any], None]) -> None:
    """The results are recognised; the advance still has to be settled."""
    funds.recognised(people.house, Task.objects.get())


def terminated(people: Troupe, move: Callable[[Any], None]) -> None:
    """The contract was ended by the host's fault; money has to come back."""
    spent, accepted = VND(300 * MILLION), VND(250 * MILLION)
    funds.terminated(people.house, Task.objects.get(), spent=spent, accepted=accepted, cause=Cause.SUBJECTIVE)


def several(people: Troupe, move: Callable[[Any], None]) -> None:
    """Tasks that came in from before: paid by the department, by the host itself, and a followed one."""
    after.adopt(people, "approved", Payer.DEPARTMENT_BUDGET)
    after.adopt(people, "approved", Payer.HOST)
    after.adopt(people, "followed")


def _adopted(entry: str) -> Callable[[Troupe, Callable[[Any], None]], None]:
    def build(people: Troupe, move: Callable[[Any], None]) -> None:
        after.adopt(people, entry)

    return build


BEFORE: dict[str, Start] = {
    "nothing": Start(nothing, 5, 60, ("call", "proposal", "council", "order_list", "order", "dossier")),
    "screened": Start(screened, 9, 30, ("proposal", "council", "call")),
    "recommended": Start(recommended, 8, 30, ("order_list", "order", "proposal", "call")),
    "invited": Start(invited, 9, 30, ("dossier", "order", "call")),
    "opened": Start(opened, 7, 30, ("council", "dossier", "order")),
    "selected": Start(selected, 7, 30, ("dossier", "council", "order"), after="opened"),
    "awarded": Start(awarded, 7, 20, ("order.revoke", "order.replace_host", "task.sign_contract"), after="selected"),
}
UNDER_CONTRACT: dict[str, Start] = {
    "approved": Start(_adopted("approved"), 6, 30, ("task", "report", "inspection", "amendment")),
    "paying": Start(paying, 10, 30, ("disbursement", "task.terminate", "task.suspend")),
    "running": Start(running, 12, 30, ("task", "report", "inspection", "amendment", "settlement"), after="paying"),
    "accepting": Start(accepting, 8, 30, ("task", "council"), after="running"),
    "recognised": Start(recognised, 4, 24, ("settlement", "task"), after="running"),
    "terminated": Start(terminated, 6, 30, ("task", "repayment", "settlement"), after="running"),
    "running under the old rules": Start(_adopted("running under the old rules"), 4, 30, ("task", "report")),
    "others": Start(several, 4, 30, ("task", "amendment", "report")),
}
STARTS = BEFORE | UNDER_CONTRACT
HALVES = {"before the contract": BEFORE, "under contract": UNDER_CONTRACT}


def tables(starts: Mapping[str, Start]) -> frozenset[str]:
    """The tables whose rows a half ought to come through: one council of acceptance does not stand for all councils."""
    wished = {wish for start in starts.values() for wish in start.wishes if "." not in wish}
    return frozenset(wished - ({"council"} if starts is UNDER_CONTRACT else set()))
