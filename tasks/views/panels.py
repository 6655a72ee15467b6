"""The panels of a task's page. Everything they read was fetched with the task."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.files.models import StoredFile
from core.people.models import User
from core.people.policy import visible_to
from core.regulations.pages import rules_fact
from core.ui.parts import Action, Badge, Fact, Panel, Person, Tone
from core.workflow.chronicle import files_of as files_of_record
from core.workflow.models import Stepped
from tasks.models import AcceptanceFile, Amendment, Contract, Task
from tasks.selectors import current_file, money
from tasks.selectors.acceptance import file_label

from . import tables

FACTS, TABLE, PEOPLE = "components/facts.html", "components/table.html", "components/people.html"
NOT_REQUESTED = Badge(_("Not requested"), Tone.NEUTRAL)


def table_panel(title: Any, table: Any, rows: Any, **more: Any) -> Panel:
    """A table in a box."""
    return Panel(title, TABLE, {"table": table.bind(rows)}, flush=True, **more)


def facts_panel(title: Any, facts: Any, **more: Any) -> Panel:
    """Labels and values in a box."""
    return Panel(title, FACTS, {"facts": list(facts)}, **more)


def task_panels(task: Task) -> list[Panel]:
    """What there is to say about the task, in the order of its life."""
    return [
        facts_panel(_("Facts"), _facts(task), slot="main", icon="info"),
        *_contract_panels(task),
        table_panel(_("Products"), tables.PRODUCTS, task.products.all(), slot="main", icon="flag"),
        *(entry_panels(task) if task.unconfirmed else [_reports_panel(task)]),
        *_ending_panels(task),
    ]


def _reports_panel(task: Task) -> Panel:
    return table_panel(_("Progress reports"), tables.OWN_REPORTS, task.reports.all(), slot="main", icon="file")


def entry_panels(task: Task) -> list[Panel]:
    """The rest of what a second person confirms: elsewhere it stands with the course of the work. No report is due."""
    people = Panel(_("People"), PEOPLE, {"people": list(_people(task))}, slot="people", icon="users")
    return [*_instalment_panels(task), people]


def course_panels(task: Task, amendments: Sequence[Amendment]) -> list[Panel]:
    """How the work goes: payments, reports, inspections, amendments, and who does it."""
    return [
        *_instalment_panels(task),
        _reports_panel(task),
        table_panel(_("Inspections"), tables.OWN_INSPECTIONS, task.inspections.all(), slot="main", icon="search"),
        table_panel(_("Amendments"), tables.OWN_AMENDMENTS, amendments, slot="main", icon="pencil"),
        Panel(_("People"), PEOPLE, {"people": list(_people(task))}, slot="people", icon="users"),
    ]


def _facts(task: Task) -> Iterator[Fact]:
    yield Fact(_("Title"), task.title, "long")
    yield Fact(_("Level"), task.get_level_display())
    yield Fact(_("Management"), task.get_management_display())
    yield Fact(_("Managing body"), task.managing_body.name)
    yield Fact(_("Host organisation"), task.host.name)
    yield Fact(_("Principal investigator"), str(task.principal_investigator))
    yield Fact(_("Receiving body"), task.receiver.name if task.receiver else "")
    yield Fact(_("Field"), task.get_field_display())
    yield Fact(_("Type of research"), task.get_research_type_display())
    yield Fact(_("Approved from the state budget"), task.approved_state_vnd, "money")
    yield Fact(_("Approved from other sources"), task.approved_other_vnd, "money")
    yield Fact(_("Payer"), task.get_payer_display())
    yield Fact(_("Lump sum"), task.get_lump_sum_display())
    yield Fact(_("Approved on"), task.approved_on, "date")
    yield rules_fact(task.regulation)
    yield Fact(_("Months"), str(task.months))
    yield Fact(_("Starts on"), task.starts_on, "date")
    yield Fact(_("Ends on"), task.ends_on, "date")
    yield Fact(_("Acceptance dossier due on"), task.acceptance_due_on, "date")
    yield from _sparse_facts(task)


def _sparse_facts(task: Task) -> Iterator[Fact]:
    """Facts that only some tasks have."""
    if task.order is not None:
        yield Fact(_("Order"), task.order.code, "code", url=task.order.get_absolute_url())
    elif task.unconfirmed or getattr(task, "contract", None) is None:
        # Typed with a record from before; whoever confirms it compares them with the old file.
        for paper in task.earlier_papers.all():
            words = f"{paper.symbol} ({paper.signed_on:%d/%m/%Y}), {paper.issuer}"
            yield Fact(paper.get_kind_display(), words)
    if task.former_code:
        yield Fact(_("Former code"), task.former_code, "code")
    if task.grade:
        yield Fact(_("Grade"), task.get_grade_display())
        yield Fact(_("Graded on"), task.accepted_on, "date")
    if task.ended_on:
        yield Fact(_("Ended on"), task.ended_on, "date")
        yield Fact(_("How it ended"), task.end_note)
    if task.goals:
        yield Fact(_("Objectives"), task.goals, "long")


def _contract_panels(task: Task) -> Iterator[Panel]:
    contract: Contract | None = getattr(task, "contract", None)
    if contract is None:
        return
    facts = [
        Fact(_("Party A"), contract.paying_body.name),
        Fact(_("Signs for party A"), contract.payer_signer),
        Fact(_("Signs for party B"), contract.host_signer),
        Fact(_("Contract value from the state budget"), contract.state_value_vnd, "money"),
        Fact(_("Contract value from other sources"), contract.other_value_vnd, "money"),
        Fact(_("Signed on"), contract.signed_on, "date"),
        *([Fact(_("Contract number"), contract.number, "code")] if contract.number else []),
    ]
    yield facts_panel(_("Contract"), facts, slot="money", icon="stamp")


def _instalment_panels(task: Task) -> Iterator[Panel]:
    contract: Contract | None = getattr(task, "contract", None)
    if contract is None:
        return
    badges = money.source().instalment_badges(contract)
    rows = list(contract.instalments.all())
    for row in rows:
        row.payment_badge = badges.get(row.pk, NOT_REQUESTED)  # type: ignore[attr-defined]  # read by the table
    yield table_panel(_("Instalments"), tables.INSTALMENTS, rows, slot="main", icon="money")


def _ending_panels(task: Task) -> Iterator[Panel]:
    dossier = current_file(task)
    if dossier is not None:
        yield facts_panel(_("Acceptance dossier"), _acceptance_facts(dossier), slot="main", icon="inbox")
    if hasattr(task, "termination"):
        yield facts_panel(_("Termination"), _termination_facts(task), slot="main", icon="cross")
        if orders := list(task.recovery_orders.all()):
            yield facts_panel(_("Recovery"), _recovery_facts(orders[-1]), slot="main", icon="bank")
    if hasattr(task, "registration"):
        yield facts_panel(_("Registration of results"), _registration_facts(task), slot="main", icon="book")
    if hasattr(task, "recognition"):
        yield facts_panel(_("Recognition"), _recognition_facts(task), slot="main", icon="check")


def _acceptance_facts(dossier: AcceptanceFile) -> Iterator[Fact]:
    yield Fact(_("Attempt"), str(dossier.attempt))
    yield Fact(_("Date of the final report"), dossier.final_report_on, "date")
    yield Fact(_("Own grade"), dossier.get_self_grade_display())
    yield Fact(_("Filed on"), dossier.filed_on, "date")
    if dossier.filed_on is not None:
        yield Fact(_("Days late"), str(dossier.late_days))
    yield Fact(_("Spent from the state budget"), dossier.spent_vnd, "money")
    yield Fact(_("Summary of the results"), dossier.summary, "long")
    yield Fact(_("Self-assessment"), dossier.self_assessment, "long")
    if dossier.grassroots_on:
        yield Fact(_("Grassroots acceptance on"), dossier.grassroots_on, "date")
        yield Fact(_("Minutes or decision of the grassroots council"), dossier.grassroots_decision)
    if dossier.grassroots_note:
        yield Fact(_("Conclusion of the grassroots council"), dossier.grassroots_note, "long")


def _termination_facts(task: Task) -> Iterator[Fact]:
    row = task.termination
    yield Fact(_("Ground"), row.get_ground_display())
    yield Fact(_("Cause"), row.get_cause_display())
    yield Fact(_("Terminated from"), row.terminated_from, "date")
    yield Fact(_("Spent from the state budget"), row.spent_vnd, "money")
    yield Fact(_("Spending accepted as proper"), row.accepted_vnd, "money")
    if row.returned_percent is not None:
        yield Fact(_("Share of proper spending to give back (%)"), str(row.returned_percent))
        yield Fact(_("Why this share"), row.percent_reason, "long")
    yield Fact(_("What happened"), row.explanation, "long")
    if row.compliance_note:
        yield Fact(_("Assessment of compliance"), row.compliance_note, "long")


def _recovery_facts(order: Any) -> Iterator[Fact]:
    yield Fact(_("Computed from the termination"), order.computed_vnd, "money")
    yield Fact(_("Amount to recover"), order.amount_vnd, "money")
    if order.difference_reason:
        yield Fact(_("Why the amount differs"), order.difference_reason, "long")
    if order.cited_number:
        yield Fact(_("Number of the paper that ended the contract"), order.cited_number)
        yield Fact(_("Day of that paper"), order.cited_on, "date")
    yield Fact(_("To be paid by"), order.due_on, "date")
    yield Fact(_("Ordered on"), order.ordered_on, "date")


def _registration_facts(task: Task) -> Iterator[Fact]:
    row = task.registration
    yield Fact(_("Request received on"), row.requested_on, "date")
    if row.filing_on:
        yield Fact(_("Application for intellectual property filed on"), row.filing_on, "date")
    yield Fact(_("Where the copies are kept"), row.storage)
    yield Fact(_("Authors of the results"), "\n".join(one["name"] for one in row.members), "long")
    yield Fact(_("Abstract for the national database"), row.abstract, "long")


def _recognition_facts(task: Task) -> Iterator[Fact]:
    row = task.recognition
    yield Fact(_("Results recognised"), row.results, "long")
    yield Fact(_("Ownership of the results"), row.ownership, "long")
    if row.receivers:
        yield Fact(_("Who receives the results"), row.receivers, "long")


def _people(task: Task) -> Iterator[Person]:
    yield Person(str(task.principal_investigator), _("Principal investigator"), task.host.name)
    for member in task.members.all():
        yield Person(member.name, member.get_position_display(), member.organisation)


def files_of(subject: Stepped, user: User) -> list[StoredFile]:
    """The uploaded files that the user may open, the newest first."""
    return list(files_of_record(subject).filter(pk__in=visible_to(user, StoredFile).values("pk")))


def files_panel(files: Sequence[StoredFile]) -> list[Panel]:
    """Links to the files, by what they are."""
    facts = [
        Fact(file_label(one.purpose), one.name, "link", reverse("documents:file-download", args=[one.code]))
        for one in files
    ]
    return [facts_panel(_("Files"), facts, slot="documents", icon="files")] if facts else []


def task_actions(task: Task, user: User) -> list[Action]:
    """The pages for facts that this user may fill in now."""
    pages = [
        ("edit_entry", _("Facts of the entry"), "tasks:entry-edit"),
        ("edit_entry", _("Products"), "tasks:products-edit"),
        ("edit_entry", _("People"), "tasks:members-edit"),
        ("edit_contract", _("Write the contract"), "tasks:contract-edit"),
        ("edit_acceptance", _("Acceptance dossier"), "tasks:acceptance-edit"),
        ("edit_grassroots", _("Grassroots result"), "tasks:grassroots-edit"),
        ("edit_registration", _("Facts of the registration"), "tasks:registration-edit"),
        ("edit_recognition", _("Text of the recognition"), "tasks:recognition-edit"),
        ("edit_liquidation", _("Facts of the liquidation"), "tasks:liquidation-edit"),
        ("edit_resumption", _("Facts of the resumption"), "tasks:resumption-edit"),
        ("edit_recovery", _("Amount to recover"), "tasks:recovery-edit"),
        ("edit_following", _("Time or end of the followed task"), "tasks:following-edit"),
        ("plan_inspection", _("Plan an inspection"), "tasks:inspection-create"),
        ("request_amendment", _("Request an amendment"), "tasks:amendment-create"),
        ("edit_suspension", _("Facts of a suspension"), "tasks:suspension-edit"),
        ("edit_termination", _("Facts of a termination"), "tasks:termination-edit"),
    ]
    allowed = allowed_actions(user, task, [name for name, _label, _url in pages])
    return [Action(label, reverse(url, args=[task.code])) for name, label, url in pages if name in allowed]


def allowed_actions(user: User, task: Task, names: list[str]) -> set[str]:
    """Which of the actions the user may do with the task: one query for all."""
    asked = {name: visible_to(user, Task, name) for name in names}
    tests = {name: Exists(rows.filter(pk=OuterRef("pk"))) for name, rows in asked.items() if not rows.query.is_empty()}
    if not tests:
        return set()
    answers = Task.objects.filter(pk=task.pk).annotate(**tests).values(*tests).get()
    return {name for name, answer in answers.items() if answer}
