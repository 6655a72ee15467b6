"""Where a life begins: with nothing, or with a house that has worked for a while. Each is built once for many lives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import clock
from core.money import VND
from core.people.roles import Payer
from proposals.models import Order
from reviews.lifecycle import CouncilKind
from tasks.models import Cause, Task
from tests.factories import funds, proposals, reviews, tasks

from . import after
from .people import Troupe

MILLION = 1_000_000
BEFORE = ("call", "proposal", "council", "order_list", "order", "dossier")
AFTER = ("task", "council", "report", "inspection", "amendment", "disbursement", "settlement", "repayment")


@dataclass(frozen=True, slots=True)
class Start:
    """``share`` of a hundred lives begin here; they may last so many rules and wish for rows of these tables.

    ``after`` names the start on which this one builds.
    """

    build: Callable[[Troupe, Callable[[Any], None]], None]
    share: int
    rules: int
    kinds: tuple[str, ...]
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
    """Two orders: one for a named host, one in an open selection call with a rival's dossier."""
    call = proposals.open_call(people)
    proposals.invited_order(people, call)
    order = proposals.called_order(people, call)
    proposals.submitted_dossier(people.rivals[0], order)


def opened(people: Troupe, move: Callable[[Any], None]) -> None:
    """Three dossiers of a selection, opened."""
    order = proposals.called_order(people, proposals.open_call(people))
    for host in people.hosts():
        proposals.submitted_dossier(host, order)
    move(clock.now() + timedelta(days=61))
    reviews.opened(people, order)


def selected(people: Troupe, move: Callable[[Any], None]) -> None:
    """The council has recommended one of two, the other is in reserve."""
    order = Order.objects.get()
    reviews.concluded(people, CouncilKind.SELECTION, [order], users=people.experts, ballot=_for_the_university(people))


def _for_the_university(people: Troupe) -> Callable[[Any, Any], Any]:
    return lambda item, _seat: reviews.even_scores(item, 12 if item.dossier.host == people.university else 20)


def running(people: Troupe, move: Callable[[Any], None]) -> None:
    """A running task whose first instalment is paid."""
    house = people.house
    task = funds.running(house)
    funds.paid(house, task)


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


STARTS: dict[str, Start] = {
    "nothing": Start(nothing, 8, 70, BEFORE),
    "screened": Start(screened, 12, 32, BEFORE),
    "recommended": Start(recommended, 10, 32, BEFORE),
    "invited": Start(invited, 12, 32, BEFORE),
    "opened": Start(opened, 10, 32, BEFORE),
    "selected": Start(selected, 12, 32, (*BEFORE, "task"), after="opened"),
    "approved": Start(_adopted("approved"), 6, 32, AFTER),
    "running": Start(running, 12, 32, AFTER),
    "accepting": Start(accepting, 8, 32, AFTER, after="running"),
    "recognised": Start(recognised, 4, 24, AFTER, after="running"),
    "terminated": Start(terminated, 8, 32, AFTER, after="running"),
    "running under the old rules": Start(_adopted("running under the old rules"), 6, 32, AFTER),
    "others": Start(several, 4, 32, AFTER),
}
