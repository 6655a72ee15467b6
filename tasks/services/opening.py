"""A task comes into being: by the approval decision, or by adoption from before this system."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock, text
from core.audit import service as audit
from core.money import VND
from core.numbers.services import draw_free_code
from core.people.models import Organisation, User
from core.regulations import regulation_for
from core.rows import check_row
from core.workflow.adoption import Adoption, adopt
from core.workflow.ruling import Refusal, StepRefused
from proposals.models import Dossier, Order
from proposals.models.common import title_columns
from proposals.services import texts
from tasks.lifecycle import TASK, TaskState
from tasks.models import Contract, Task, TaskBudgetLine, TaskMember, TaskPartner, TaskProduct
from tasks.selectors.acceptance import acceptance_deadline
from tasks.selectors.contracts import InstalmentPlan
from tasks.selectors.reports import REPORTING_STATES
from tasks.selectors.texts import text_of

from . import common
from .contracts import OLD_FACTS, instalment_rows
from .earlier import EarlierPapers, check_papers, write_papers
from .reports import schedule_reports

# Overridden by the setting CODE_PATTERNS, {subject type: pattern}.
PATTERN = "NV.{year}.{number:03d}"
TASK_FACTS = (
    "title",
    "former_code",
    "goals",
    "field",
    "research_type",
    "level",
    "management",
    "managing_body",
    "payer",
    "host",
    "principal_investigator",
    "approved_state_vnd",
    "approved_other_vnd",
    "months",
    "approved_on",
    "lump_sum",
    "receiver",
    "state_keeps_ownership",
    "plan_year",
    "starts_on",
    "ends_on",
    "opening_percent",
    "extensions_before",
    "repeats_before",
    "grade",
    "accepted_on",
    "ended_on",
    "end_note",
    "synthetic",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskParts:
    """What belongs to an adopted task: products and members as mappings of their columns, contract, earlier papers."""

    products: Iterable[Mapping[str, Any]] = ()
    members: Iterable[Mapping[str, Any]] = ()
    contract: Mapping[str, Any] | None = None
    papers: EarlierPapers = field(default_factory=dict)
    instalments: Iterable[InstalmentPlan] = ()


def next_code() -> str:
    """The next free code of a task; codes of adopted tasks are passed over."""
    pattern = {"task": PATTERN, **getattr(settings, "CODE_PATTERNS", {})}["task"]
    return draw_free_code(pattern, "codes", TASK.name, clock.today(), rows=Task.objects.all())


def open_task(order: Order, dossier: Dossier, *, managing_body: Organisation, on: date, actor: User | None) -> Task:
    """The task that the approval of a dossier makes. Its regulation is that of the approval day, for life.

    Raises StepRefused when the dossier has no appraised budget.
    """
    if dossier.appraised_state_vnd is None:
        raise StepRefused([Refusal(_("The budget of dossier %(code)s is not appraised.") % {"code": dossier.code})])
    task = Task(
        **title_columns(order.title),
        order=order,
        dossier=dossier,
        goals=order.objectives,
        field=order.field,
        research_type=order.research_type,
        level=order.level,
        managing_body=managing_body,
        payer=order.payer,
        host=dossier.host,
        principal_investigator=dossier.principal_investigator,
        approved_state_vnd=dossier.appraised_state_vnd,
        approved_other_vnd=dossier.appraised_other_vnd or VND(0),
        months=dossier.months or order.months,
        approved_on=on,
        lump_sum=dossier.lump_sum,
        receiver=order.receiver,
        state_keeps_ownership=order.state_keeps_ownership,
        plan_year=order.plan_year,
        regulation=regulation_for(on),
    )
    task.due_on = contract_deadline(task)
    return _enter(task, actor, lambda: _copy_parts(task, order, dossier))


def contract_deadline(task: Task) -> date:
    """The last day to sign the contract, counted from the approval; no row of the lifecycle leads to that state."""
    rule = task.rule("contract.signing_days")
    return clock.deadline(task.approved_on, rule.value, clock.Unit(rule.unit))


def _enter(task: Task, actor: User | None, parts: Any) -> Task:
    task.code, task.state_since = next_code(), clock.now()
    task.save()
    parts()
    common.note("create", task, actor, order=task.order.code if task.order else "", approved_on=str(task.approved_on))
    return task


def _copy_parts(task: Task, order: Order, dossier: Dossier) -> None:
    """Products of the order; people, partners and appraised budget of the dossier."""
    names = ("sequence", "name", "kind", "unit", "quantity", "quality")
    TaskProduct.objects.bulk_create(TaskProduct(task=task, **row) for row in order.products.values(*names))
    members = dossier.members.select_related("organisation")
    TaskMember.objects.bulk_create(
        TaskMember(
            task=task,
            sequence=one.sequence,
            user_id=one.user_id,
            name=one.name,
            organisation=one.organisation.name if one.organisation else "",
            position=one.position,
            months=one.months,
            from_on=task.approved_on,
        )
        for one in members
    )
    TaskPartner.objects.bulk_create(
        TaskPartner(task=task, organisation_id=one.organisation_id) for one in dossier.partners.all()
    )
    TaskBudgetLine.objects.bulk_create(
        TaskBudgetLine(
            task=task,
            sequence=line.sequence,
            item=line.get_item_display(),
            state_vnd=line.requested_state_vnd if line.approved_state_vnd is None else line.approved_state_vnd,
            other_vnd=line.requested_other_vnd if line.approved_other_vnd is None else line.approved_other_vnd,
        )
        for line in dossier.budget_lines.all()
    )


def second_deadline(task: Task, allowed_on: date) -> date:
    """The last day for the dossier of a second attempt, counted from the day it was allowed."""
    rule = task.rule("acceptance.repeat_months")
    return clock.deadline(allowed_on, rule.value, clock.Unit(rule.unit))


def adopt_task(
    *,
    facts: Mapping[str, Any],
    state: str,
    adoption: Adoption,
    code: str = "",
    parts: TaskParts | None = None,
    key: UUID | None = None,
) -> Task:
    """Let a task of before enter in ``state``: an officer enters it, the head of division confirms.

    Without ``code`` the next one is drawn. Entered by both persons at once, the decision and the contract of a managed
    task come with number and day, for its papers to cite, and reports due after the adoption are scheduled. What is
    confirmed later is completed on its page until then. The same ``key`` again gives the first task. Raises
    StepRefused, ValidationError.
    """
    first = Task.objects.filter(created_key=key).first() if key else None
    if first is not None:
        return first
    with audit.transaction():
        task = Task(created_key=key, state_since=clock.now(), code=code or next_code())
        set_facts(task, facts)
        check_row(task, exclude=["code"], unique=False)
        brought = parts or TaskParts()
        if state == TaskState.APPROVED and not task.is_followed:
            task.due_on = contract_deadline(task)
        adopt(task, state, adoption)
        if not task.unconfirmed:
            check_papers(task, state, brought.papers, brought.contract)
        write_parts(task, brought)
        if not task.unconfirmed:
            schedule_first_reports(task, adoption.effective_on)
        if task.order_id is None:
            texts.remember(text_of(task))
        common.note("create", task, adoption.actor, adopted=True)
    return task


def set_facts(task: Task, facts: Mapping[str, Any]) -> None:
    """Put the facts into the columns of a task from before, with what follows from them. Raises TypeError."""
    unknown = set(facts) - set(TASK_FACTS)
    if unknown:
        message = f"not facts of a task: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    for name, value in facts.items():
        setattr(task, name, common.clean(value) if isinstance(value, str) else value)
    for name, value in title_columns(text.clean(task.title)).items():
        setattr(task, name, value)
    task.regulation = regulation_for(task.approved_on)
    task.acceptance_due_on = None
    if task.ends_on:
        task.acceptance_due_on = acceptance_deadline(task.ends_on, task.regulation, task.approved_on)


def write_parts(task: Task, parts: TaskParts) -> None:
    """The products, the people, the papers and the contract of a task from before."""
    write_products(task, parts.products)
    write_members(task, parts.members)
    write_papers(task, parts.papers)
    if parts.contract is not None:
        _write_contract(task, parts.contract, parts.instalments)


def write_products(task: Task, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace the promised results. Raises ValidationError."""
    made = [TaskProduct(task=task, sequence=number, **row) for number, row in enumerate(rows, start=1)]
    common.rewrite(made, task.products)


def write_members(task: Task, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace the people who work on it. Raises ValidationError."""
    made = [TaskMember(task=task, sequence=number, **row) for number, row in enumerate(rows, start=1)]
    common.rewrite(made, task.members)


def schedule_first_reports(task: Task, after: date) -> None:
    """The reports that a task from before owes since a day. Another body's task reports to that body."""
    if task.state in REPORTING_STATES and not task.is_followed:
        schedule_reports(task, after=after)


def _write_contract(task: Task, facts: Mapping[str, Any], instalments: Iterable[InstalmentPlan]) -> None:
    contract = common.write(Contract(task=task), facts, OLD_FACTS)
    for instalment in instalment_rows(contract, instalments):
        instalment.save()
