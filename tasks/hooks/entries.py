"""Tasks from before: what a second person confirms of them, what their states need, what his word begins."""

from collections.abc import Iterator

from django.db.models import F, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.parts import Fact
from core.workflow.chronicle import entered_on
from core.workflow.entries import Confirmation, entered, facts_of, lacking, on_confirmation, on_refusal, read_with
from core.workflow.ruling import Refusal
from proposals.services import texts
from tasks.lifecycle import TaskState
from tasks.models import Contract, Task, Termination
from tasks.selectors.contracts import contract_of
from tasks.selectors.entries import missing_in_entry
from tasks.selectors.reports import REPORTING_STATES
from tasks.selectors.schedule import days_of_task
from tasks.services.contracts import OLD_FACTS
from tasks.services.ending import TERMINATION_FACTS
from tasks.services.opening import TASK_FACTS, schedule_first_reports
from tasks.services.results import RECOGNITION_FACTS, REGISTRATION_FACTS

from .effects import start_by_the_clock

# What the service that writes it names, so that nothing is confirmed unseen; dates are told one by one.
CONTRACT = tuple(name for name in OLD_FACTS if name != "report_dates")
ENDS = (("registration", REGISTRATION_FACTS), ("recognition", RECOGNITION_FACTS), ("termination", TERMINATION_FACTS))

read_with["task"] = (
    "managing_body",
    "host",
    "principal_investigator",
    "receiver",
    "contract__paying_body",
    "registration",
    "recognition",
    "termination",
)


@entered("task")
def task_facts(task: Task) -> Iterator[Fact]:
    """Its state and columns, products, people, the contract with its payments, the reports to come, how it ended."""
    yield Fact(_("Status"), task.state_label)
    yield from facts_of(task, *[name for name in TASK_FACTS if name != "synthetic"])
    for product in task.products.all():
        yield Fact(_("Product"), f"{product.name}: {product.quantity} {product.unit}. {product.quality}".strip(" ."))
        if product.delivered is not None:
            yield Fact(_("Delivered"), f"{product.delivered} {product.unit}. {product.delivered_note}".strip(" ."))
    for member in task.members.all():
        words = (member.name, member.organisation, _months(member.months))
        yield Fact(member.get_position_display(), " · ".join(filter(None, words)))
    for paper in task.earlier_papers.all():
        yield Fact(paper.get_kind_display(), f"{paper.symbol} ({paper.signed_on:%d/%m/%Y}), {paper.issuer}")
    contract = contract_of(task)
    if contract is not None:
        yield from _contract_facts(contract)
    yield from _report_facts(task)
    for name, columns in ENDS:
        if row := getattr(task, name, None):
            yield from facts_of(row, *columns)


def _months(number: int) -> str:
    text = ngettext("%(number)s month", "%(number)s months", number)
    return text % {"number": number}


def _contract_facts(contract: Contract) -> Iterator[Fact]:
    yield from facts_of(contract, *CONTRACT)
    yield from (Fact(_("Additional report dates"), day, "date") for day in contract.additional_report_days)
    for one in contract.instalments.all():
        words = {"number": one.sequence, "year": str(one.budget_year)}
        yield Fact(_("Instalment %(number)s (%(year)s)") % words, one.amount_vnd, "money")
        yield Fact(one.get_precondition_display(), one.planned_on, "date")


def _report_facts(task: Task) -> Iterator[Fact]:
    since = entered_on(task)
    if since is not None and task.state in REPORTING_STATES and not task.is_followed:
        yield from (Fact(_("Report due on"), day, "date") for day in days_of_task(task) if day > since)


@lacking("task")
def task_lacks(task: Task) -> Iterator[Refusal]:
    """What its state needs."""
    # Read once for what is lacking and for what is shown.
    prefetch_related_objects([task], "products", "members", "earlier_papers", "contract__instalments")
    yield from map(Refusal, missing_in_entry(task))


@on_confirmation("task")
def begin(word: Confirmation) -> None:
    """From now on it reports, and starts by the clock; a termination of before counts from its own day."""
    task: Task = word.subject
    schedule_first_reports(task, word.effective_on)
    if task.state == TaskState.CONTRACTED:
        start_by_the_clock(task)
    Termination.objects.filter(task=task, terminated_on=None).update(terminated_on=F("terminated_from"))


@on_refusal("task")
def forget_the_text(task: Task) -> None:
    """Nothing is compared with a wrong entry."""
    texts.forget(task.lifecycle.name, task.code)
