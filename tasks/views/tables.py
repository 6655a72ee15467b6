"""The tables of this room. A cell never queries: lists fetch what the columns read."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import format_vnd
from core.ui import badges
from core.ui.cells import Kind
from core.ui.formatting import MILLION
from core.ui.parts import Badge, Due, Tone
from core.ui.tables import Column, Table, with_day_key
from tasks.models import Precondition
from tasks.selectors.lists import Standing
from tasks.selectors.reports import WAITED_FOR

STANDING_TONES = {
    Standing.ON_TIME: Tone.SUCCESS,
    Standing.AT_RISK: Tone.WARNING,
    Standing.OVERDUE: Tone.DANGER,
    Standing.WAITING: Tone.INFO,
}
HUNDRED = 100


def by_next_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with ``next_key``: what is overdue comes first, what waits for no day last."""
    return with_day_key(rows, "next_due", "next_key")


def page_of(row: Any) -> str:
    """The record's own page."""
    url: str = row.get_absolute_url()
    return url


def page_of_task(row: Any) -> str:
    """The page of the row's task, without a query."""
    return reverse("tasks:task-detail", args=[row.task.code])


def standing_badge(row: Any) -> Badge:
    """How the task stands, in its colour."""
    standing = Standing(row.standing)
    return Badge(standing.label, STANDING_TONES[standing])


def paid_percent(row: Any) -> int | None:
    """Which share of the contract's state money is paid; None without one."""
    value = _contracted(row)
    return row.paid_vnd * HUNDRED // value if value else None


def paid_words(row: Any) -> str:
    """Paid of contracted, in whole millions."""
    value = _contracted(row)
    if not value:
        return ""
    words = {"paid": format_vnd(row.paid_vnd // MILLION), "value": format_vnd(value // MILLION)}
    return gettext("%(paid)s / %(value)s million đồng") % words


def _contracted(row: Any) -> int:
    contract = getattr(row, "contract", None)
    return contract.state_value_vnd if contract else 0


def who(row: Any) -> str:
    """Field and investigator, under the title."""
    return f"{row.get_field_display()} · {row.principal_investigator}"


def of_task(row: Any) -> str:
    """Investigator and host, under the title of a part's task."""
    return f"{row.task.principal_investigator} · {row.task.host}"


CODE = Column("code", _("Code"), Kind.CODE, url=page_of, sort=("code",))
TITLE = Column("title", _("Task"), Kind.TITLE, note=who, sort=("sort_key",))
HOST = Column("host.name", _("Host organisation"), Kind.NAME, sort=("host__sort_key",))
HOST_AND_LEVEL = Column(
    "host.name", _("Host organisation"), Kind.NAME, note=lambda row: row.get_level_display(), sort=("host__sort_key",)
)
STATE = Column("state", _("Status"), Kind.BADGE, value=lambda row: row)
PROGRESS = Column("percent", _("Progress"), Kind.PROGRESS, sort=("percent",))
NEXT = Column(
    "next_due",
    _("Next deadline"),
    Kind.DEADLINE,
    value=lambda row: Due(due_on=row.next_due),
    sort=("next_key", "code"),
)

MONITORED = Table(
    caption=_("Running tasks"),
    empty=_("No running task matches the filter."),
    default_sort="next_due",
    columns=[
        CODE,
        TITLE,
        HOST,
        Column("standing", _("Standing"), Kind.BADGE, value=standing_badge, sort=("standing",)),
        PROGRESS,
        Column("paid", _("Paid"), Kind.PROGRESS, value=paid_percent, note=paid_words, sort=("paid_vnd",)),
        NEXT,
    ],
)
TASKS = Table(
    caption=_("Tasks"),
    empty=_("No task matches the filter."),
    default_sort="-code",
    columns=[
        CODE,
        TITLE,
        HOST_AND_LEVEL,
        STATE,
        Column("ends_on", _("Ends on"), Kind.DATE, sort=("ends_on",)),
        NEXT,
    ],
)
PART_TITLE = Column("task.title", _("Task"), Kind.TITLE, url=page_of_task, note=of_task, sort=("task__sort_key",))


def report_due(row: Any) -> Due:
    """While it is waited for, the day of the schedule; afterwards that of the review."""
    return Due(due_on=row.due_date if row.state in WAITED_FOR else row.due_on)


def report_badge(row: Any) -> Badge:
    """The state; a report whose day has passed is called overdue."""
    late = row.state in WAITED_FOR and row.due_date < clock.today()
    return Badge(Standing.OVERDUE.label, Tone.DANGER) if late else badges.of(row)


REPORTS = Table(
    caption=_("Progress reports"),
    empty=_("No report is due."),
    default_sort="due_date",
    columns=[
        CODE,
        PART_TITLE,
        Column("due_date", _("Due on"), Kind.DATE, sort=("due_date",)),
        Column("deadline", _("Deadline"), Kind.DEADLINE, value=report_due),
        Column("percent", _("Completed"), Kind.PROGRESS),
        STATE,
    ],
)
INSPECTIONS = Table(
    caption=_("Inspections"),
    empty=_("No inspection matches the filter."),
    default_sort="-planned_on",
    columns=[
        CODE,
        PART_TITLE,
        Column("planned_on", _("Planned on"), Kind.DATE, sort=("planned_on",)),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("verdict", _("Verdict"), value=lambda row: row.get_verdict_display() if row.verdict else ""),
        STATE,
    ],
)
AMENDMENTS = Table(
    caption=_("Amendments"),
    empty=_("No amendment matches the filter."),
    default_sort="-code",
    columns=[
        CODE,
        PART_TITLE,
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("requested_on", _("Requested on"), Kind.DATE, sort=("requested_on",)),
        Column("due", _("Due"), Kind.DEADLINE, value=lambda row: Due(due_on=row.due_on)),
        STATE,
    ],
)

# ── On the page of one task ────────────────────────────────────────────────────────────────────────────────────────
INSTALMENTS = Table(
    caption=_("Instalments"),
    empty=_("No instalments."),
    columns=[
        Column("sequence", _("No."), Kind.NUMBER),
        Column("amount_vnd", _("Amount (đồng)"), Kind.MONEY),
        Column("precondition", _("Precondition"), value=lambda row: Precondition(row.precondition).label),
        Column("planned_on", _("Planned on"), Kind.DATE),
        Column("budget_year", _("Budget year"), value=lambda row: str(row.budget_year)),
        Column("payment", _("Payment"), Kind.BADGE, value=lambda row: row.payment_badge),
    ],
)
PRODUCTS = Table(
    caption=_("Products"),
    empty=_("No products are recorded."),
    columns=[
        Column("name", _("Product"), Kind.TITLE, note=lambda row: row.quality),
        Column("quantity", _("Ordered"), value=lambda row: f"{row.quantity} {row.unit}"),
        Column("delivered", _("Delivered"), Kind.NUMBER, note=lambda row: row.delivered_note),
    ],
)
OWN_REPORTS = Table(
    caption=_("Progress reports"),
    empty=_("No report is scheduled."),
    columns=[
        Column("code", _("Code"), Kind.CODE, url=page_of),
        Column("due_date", _("Due on"), Kind.DATE),
        Column("percent", _("Completed"), Kind.PROGRESS),
        Column("state", _("Status"), Kind.BADGE, value=report_badge),
    ],
)
OWN_INSPECTIONS = Table(
    caption=_("Inspections"),
    empty=_("No inspection is planned."),
    columns=[
        Column("code", _("Code"), Kind.CODE, url=page_of),
        Column("planned_on", _("Planned on"), Kind.DATE),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("verdict", _("Verdict"), value=lambda row: row.get_verdict_display() if row.verdict else ""),
        STATE,
    ],
)
OWN_AMENDMENTS = Table(
    caption=_("Amendments"),
    empty=_("No amendment was requested."),
    columns=[
        Column("code", _("Code"), Kind.CODE, url=page_of),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("requested_on", _("Requested on"), Kind.DATE),
        Column("decided_on", _("Decided on"), Kind.DATE),
        STATE,
    ],
)
SPENDING = Table(
    caption=_("Spending by budget line"),
    empty=_("No spending is recorded."),
    columns=[
        Column("item", _("Item"), Kind.TITLE),
        Column("planned_vnd", _("Approved (đồng)"), Kind.MONEY),
        Column("state_vnd", _("Spent from the state budget (đồng)"), Kind.MONEY),
        Column("other_vnd", _("Spent from other sources (đồng)"), Kind.MONEY),
    ],
)
FINDINGS = Table(
    caption=_("Points inspected"),
    empty=_("Nothing is recorded yet."),
    columns=[
        Column("content", _("Content"), Kind.TITLE),
        Column("planned", _("Planned")),
        Column("done", _("Done")),
    ],
)
CHANGES = Table(
    caption=_("Amended points"),
    empty=_("No change is described yet."),
    columns=[
        Column("item", _("What changes"), Kind.TITLE),
        Column("before", _("Before")),
        Column("after", _("After")),
    ],
)
