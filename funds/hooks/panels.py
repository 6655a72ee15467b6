"""The money of a task on its own page: where it lies, the instalments with their state, what one may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import VND
from core.people.models import User
from core.ui import badges
from core.ui.parts import Action, Badge, MoneyLine, Panel, Tone
from core.workflow.registry import panel
from funds.choices import Bucket
from funds.lifecycle import DisbursementState
from funds.models import Disbursement
from funds.postings import Edge
from funds.selectors.books import Books, books_of, is_in_ledger
from funds.selectors.panel import disbursements_under, money_actions
from tasks.models import Contract, Instalment, Precondition, Task
from tasks.selectors import instalment_obstacle

DRAFT = DisbursementState.DRAFT


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """An instalment and the request to pay it, if there is one."""

    instalment: Instalment
    paper: Disbursement | None

    @property
    def condition(self) -> str:
        """What the contract asks before this payment."""
        return str(Precondition(self.instalment.precondition).label)

    @property
    def status(self) -> Badge:
        """The state of the payment."""
        return badges.of(self.paper) if self.paper else Badge(_("Not requested"), Tone.NEUTRAL)


@panel("task", 40)
def money_panel(request: HttpRequest, task: Task) -> Panel | None:
    """Bars of what is paid and settled, each instalment with its state, buttons for what the reader may do."""
    if not is_in_ledger(task) or task.unconfirmed or not isinstance(request.user, User):
        return None
    allowed = money_actions(request.user, task)
    books = books_of(task) if "see_money" in allowed else None
    if books is None or not books.is_open:
        return None
    contract: Contract | None = getattr(task, "contract", None)
    plan = list(contract.instalments.all()) if contract is not None and contract.signed_on else []
    papers = disbursements_under(contract) if contract is not None and plan else []
    shown = {one.instalment_id: one for one in papers if "see_drafts" in allowed or one.state != DRAFT}
    context = {
        "lines": list(money_lines(books, sum(one.amount_vnd for one in plan))),
        "rows": [InstalmentRow(one, shown.get(one.pk)) for one in plan],
        "actions": list(_actions(task, books, allowed, open_instalment(plan, papers))),
    }
    return Panel(_("Money"), "funds/_task_money.html", context, slot="money", icon="money")


def money_lines(books: Books, contracted: int) -> Iterator[MoneyLine]:
    """Paid of the contract, settled of the paid; what waits, what is owed."""
    if framework := books.lies_in(Bucket.FRAMEWORK):
        yield MoneyLine(_("Approved, not contracted"), framework)
    if contracted:
        yield MoneyLine(_("Paid"), books.paid_vnd, VND(contracted))
    if books.paid_vnd:
        yield MoneyLine(_("Settled"), books.flowed(Edge.SETTLE), books.paid_vnd, Tone.SUCCESS)
    granted = VND(books.lies_in(Bucket.ALLOCATED) + books.lies_in(Bucket.COMMITTED))
    for label, amount, tone in (
        (_("Granted, not paid"), granted, Tone.INFO),
        (_("Advances not settled"), books.lies_in(Bucket.ADVANCED), Tone.WARNING),
        (_("To be recovered"), books.lies_in(Bucket.RECOVERABLE), Tone.DANGER),
    ):
        if amount:
            yield MoneyLine(label, amount, tone=tone)


def open_instalment(plan: list[Instalment], papers: list[Disbursement]) -> Instalment | None:
    """The next instalment that nobody has asked for."""
    asked = {one.instalment_id for one in papers}
    return next((one for one in plan if one.pk not in asked), None)


def _actions(task: Task, books: Books, allowed: set[str], following: Instalment | None) -> Iterator[Action]:
    if "request_money" in allowed and following is not None:
        address = f"{reverse('funds:disbursement-create', args=[task.code])}?instalment={following.sequence}"
        label = gettext("Request instalment %(number)s") % {"number": following.sequence}
        obstacle = instalment_obstacle(following)
        yield Action(label, address, primary=not obstacle, refusal=obstacle)
    lies_in = books.lies_in
    offers: tuple[tuple[str, Any, str, object], ...] = (
        ("settle_money", _("Write a settlement"), "settlement-create", lies_in(Bucket.ADVANCED)),
        ("grant_money", _("Grant a year"), "estimate-create", lies_in(Bucket.COMMITTED_FUTURE)),
        ("repay_money", _("Record a repayment"), "repayment-create", lies_in(Bucket.RECOVERABLE)),
        ("close_debt", _("Record a ground for closing"), "closing-create", lies_in(Bucket.RECOVERABLE)),
        ("see_ledger", _("Ledger"), "ledger-detail", True),
    )
    for action, label, name, sense in offers:
        if action in allowed and sense:
            yield Action(label, reverse(f"funds:{name}", args=[task.code]))
