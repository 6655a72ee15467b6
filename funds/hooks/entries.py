"""The money of tasks from before: what a second person confirms, what is missing, and that his word opens the books."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.models import User
from core.ui.parts import Action, Fact, Panel
from core.workflow.entries import Confirmation, entered, facts_of, lacking, on_confirmation
from core.workflow.registry import panel
from core.workflow.ruling import Refusal
from funds import services
from funds.models import OpeningBalance
from funds.policy import permits
from funds.selectors.openings import has_books, missing_in_opening, opening_of
from tasks.lifecycle import TaskState
from tasks.models import Task


@entered("task")
def opening_facts(task: Task) -> Iterator[Fact]:
    """Granted by year, paid by instalment, settled and given back: what will be booked."""
    opening = opening_of(task) if has_books(task) else None
    if opening is not None:
        yield from _facts(opening)


def _facts(opening: OpeningBalance) -> Iterator[Fact]:
    for grant in opening.grants.all():
        yield Fact(_("Granted for %(year)s") % {"year": str(grant.year)}, grant.amount_vnd, "money")
    for payment in opening.payments.all():
        words = {"number": payment.sequence, "reference": payment.bank_reference}
        yield Fact(_("Instalment %(number)s paid (%(reference)s)") % words, payment.paid_on, "date")
    yield from facts_of(opening, "settled_vnd", "returned_vnd", "settled_on", "decision")


@lacking("task")
def opening_lacks(task: Task) -> Iterator[Refusal]:
    """What was paid before needs an opening balance that fits the contract, and plans that paid for it."""
    yield from map(Refusal, missing_in_opening(task))


@on_confirmation("task")
def open_the_books(word: Confirmation) -> None:
    """The second person's word books the money too."""
    services.open_books(word)


@panel("task", 41)
def opening_panel(request: HttpRequest, task: Task) -> Panel | None:
    """The opening balance of a task that waits to be confirmed, and the way to its form."""
    if not task.unconfirmed or task.state == TaskState.APPROVED or not has_books(task):
        return None
    opening = opening_of(task)
    facts = list(_facts(opening)) if opening else [Fact(_("Opening balance"), _("Not written yet"))]
    user, address = request.user, reverse("funds:opening-edit", args=[task.code])
    may_write = isinstance(user, User) and permits(user, "open_books", task)
    actions = [Action(_("Write the opening balance"), address, primary=opening is None)] if may_write else []
    return Panel(
        _("Opening balance"), "components/facts.html", {"facts": facts}, slot="money", icon="money", actions=actions
    )
