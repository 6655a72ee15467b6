"""The lists of money. Everything a column reads was fetched with the rows."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.people.models import User
from core.ui.cells import Kind
from core.ui.parts import Badge, Due, Tone
from core.ui.tables import Column, Table
from funds.choices import Bucket
from funds.models import Transfer, YearPlan
from funds.models.plans import Standing
from funds.policy import permits

STANDINGS = {
    Standing.ENTERED: Tone.WARNING,
    Standing.IN_FORCE: Tone.SUCCESS,
    Standing.WITHDRAWAL_ASKED: Tone.WARNING,
    Standing.WITHDRAWN: Tone.NEUTRAL,
    Standing.STRUCK: Tone.NEUTRAL,
}
EDGES = {
    "fund_the_year": _("Year plan"),
    "approve": pgettext_lazy("event of the ledger", "Approval of the task"),
    "sign": _("Contract signed"),
    "return_uncontracted": _("Approved beyond the contract, freed"),
    "grant": _("Year estimate granted"),
    "ungrant": _("Year estimate taken back by an amendment"),
    "rephase": _("Moved to another budget year"),
    "commit": _("Payment approved"),
    "uncommit": _("Approval of a payment annulled"),
    "pay": _("Paid"),
    "settle": _("Settled"),
    "give_back": _("Given back unspent"),
    "recover": _("Recovery ordered"),
    "recover_settled": _("Recovery ordered on settled money"),
    "repay": _("Repaid"),
    "write_off": _("Written off"),
    "release_year": _("Granted and not paid, freed"),
    "release_future": _("Contracted and not granted, freed"),
}


def _url(row: Any) -> str:
    return str(row.get_absolute_url())


def _due(row: Any) -> Due:
    return Due(due_on=row.due_on)


def _budget_year(row: Any) -> str:
    return gettext("Budget year %(year)s") % {"year": row.budget_year}


def _acts(row: Any) -> Any:
    """What the reader may do with an amount that a decision gives."""
    kind = "plan" if isinstance(row, YearPlan) else "estimate"
    links = []
    if row.may_answer:
        links.append((reverse(f"funds:{kind}-answer", args=[row.code]), _("Answer")))
    if row.may_withdraw:
        links.append((reverse(f"funds:{kind}-withdraw", args=[row.code]), _("Withdraw")))
    return format_html_join(" · ", '<a href="{}">{}</a>', links)


def _scan(row: Any) -> str:
    """The decision's number, which opens its scan."""
    return reverse("documents:file-download", args=[row.scan.code]) if row.scan else ""


def _hand(row: Any) -> Any:
    """Who has seen it last."""
    return row.confirmed_by or row.entered_by


def _standing(row: Any) -> Badge:
    return Badge(row.standing.label, STANDINGS[row.standing])


def _side(account: Any) -> str:
    year = f" {account.budget_year}" if account.budget_year else ""
    return f"{Bucket(account.bucket).label}{year}"


def _edge(transfer: Transfer) -> Any:
    if transfer.reverses_id:
        return _("Taken back: %(what)s") % {"what": EDGES[transfer.edge]}
    return EDGES[transfer.edge]


PAYER = Column("payer", _("Payer"), value=lambda row: row.task.get_payer_display(), on_phone=False)
DISBURSEMENTS = Table(
    caption=_("Disbursements"),
    empty=_("No disbursement matches the filter."),
    default_sort="-since",
    columns=[
        Column("code", _("Code"), Kind.CODE, url=_url, sort=("code",)),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.task.host.name, sort=("task__sort_key",)),
        PAYER,
        Column("instalment.sequence", _("Instalment"), Kind.NUMBER),
        Column("amount_vnd", _("Amount (đồng)"), Kind.MONEY, note=_budget_year, sort=("amount_vnd",)),
        Column("state", _("Status"), Kind.BADGE, value=lambda row: row, sort=("state",)),
        Column("since", _("Since"), Kind.DATE, value=lambda row: row.state_since, sort=("state_since", "pk")),
        Column("due", _("Due"), Kind.DEADLINE, value=_due, sort=("due_on",)),
    ],
)
SETTLEMENTS = Table(
    caption=_("Settlements"),
    empty=_("No settlement matches the filter."),
    default_sort="-since",
    columns=[
        Column("code", _("Code"), Kind.CODE, url=_url, sort=("code",)),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.task.host.name, sort=("task__sort_key",)),
        PAYER,
        Column("spent_vnd", _("Spent (đồng)"), Kind.MONEY, sort=("spent_vnd",)),
        Column("returned_vnd", _("Given back (đồng)"), Kind.MONEY, sort=("returned_vnd",)),
        Column("state", _("Status"), Kind.BADGE, value=lambda row: row, sort=("state",)),
        Column("since", _("Since"), Kind.DATE, value=lambda row: row.state_since, sort=("state_since", "pk")),
        Column("due", _("Due"), Kind.DEADLINE, value=_due, sort=("due_on",)),
    ],
)
REPAYMENTS = Table(
    caption=_("Repayments"),
    empty=_("No repayment matches the filter."),
    default_sort="-received_on",
    columns=[
        Column("code", _("Code"), Kind.CODE, url=_url, sort=("code",)),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.task.host.name, sort=("task__sort_key",)),
        PAYER,
        Column("amount_vnd", _("Amount (đồng)"), Kind.MONEY, sort=("amount_vnd",)),
        Column("received_on", _("Received on"), Kind.DATE, sort=("received_on", "pk")),
        Column("bank_reference", _("Bank reference"), Kind.CODE),
        Column("state", _("Status"), Kind.BADGE, value=lambda row: row, sort=("state",)),
    ],
)


def _decided(*more: Column) -> list[Column]:
    """The columns of an amount that a decision gives for a year."""
    return [
        Column("code", _("Code"), Kind.CODE),
        Column("year", _("Budget year"), value=lambda row: str(row.year), sort=("year", "pk")),
        *more,
        Column("amount_vnd", _("Amount (đồng)"), Kind.MONEY, sort=("amount_vnd",)),
        Column("decision", _("Decision")),
        Column("number", _("Number and symbol"), Kind.CODE, url=_scan),
        Column("decided_on", _("Decided on"), Kind.DATE, sort=("decided_on", "pk")),
        Column("standing", _("Status"), Kind.BADGE, value=_standing, note=_hand),
        Column("acts", _("Actions"), value=_acts),
    ]


PLANS = Table(
    caption=_("Year plans"),
    empty=_("No year plan is entered."),
    default_sort="-year",
    columns=_decided(Column("payer", _("Payer"), value=lambda row: row.get_payer_display())),
)
ESTIMATES = Table(caption=_("Year estimates"), empty=_("Nothing is granted yet."), columns=_decided())


def _grant(row: Any, user: User, year: int) -> str:
    """A link where the contract waits for the year and the reader may grant it."""
    if not row.waiting_vnd or not permits(user, "grant_money", row):
        return ""
    address = f"{reverse('funds:estimate-create', args=[row.code])}?year={year}"
    return format_html('<a href="{}">{}</a>', address, _("Grant"))


def tasks_of_year(user: User, year: int, *, may_grant: bool) -> Table:
    """What each task waits for, has and was paid of a year."""
    columns = [
        Column("code", _("Code"), Kind.CODE, url=_url, sort=("code",)),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.host.name, sort=("sort_key",)),
        Column("payer", _("Payer"), value=lambda row: row.get_payer_display(), on_phone=False),
        Column("waiting_vnd", _("Not granted (đồng)"), Kind.MONEY, sort=("waiting_vnd",)),
        Column("granted_vnd", _("Granted, not paid (đồng)"), Kind.MONEY, sort=("granted_vnd",)),
        Column("paid_vnd", _("Paid (đồng)"), Kind.MONEY, sort=("paid_vnd",)),
    ]
    if may_grant:
        columns.append(Column("grant", _("Grant"), value=lambda row: _grant(row, user, year)))
    return Table(
        caption=_("Tasks with money in this budget year"),
        empty=_("No task matches the filter."),
        default_sort="code",
        columns=columns,
    )


TRANSFERS = Table(
    caption=_("Transfers"),
    empty=_("Nothing was posted yet."),
    columns=[
        Column("effective_on", _("Effective on"), Kind.DATE, note=lambda row: row.memo),
        Column("edge", _("What happened"), Kind.TITLE, value=_edge),
        Column("debit", pgettext_lazy("account", "From"), value=lambda row: _side(row.debit)),
        Column("credit", pgettext_lazy("account", "To"), value=lambda row: _side(row.credit)),
        Column("amount_vnd", _("Amount (đồng)"), Kind.MONEY),
        Column("posted_at", _("Posted at"), Kind.DATETIME),
    ],
)
ADVANCES = Table(
    caption=_("Advances that wait longest to be settled"),
    empty=_("Every advance is settled."),
    columns=[
        Column("code", _("Code"), Kind.CODE, url=lambda row: reverse("tasks:task-detail", args=[row.code])),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.host),
        Column("amount_vnd", _("Not settled (đồng)"), Kind.MONEY),
        Column("since", _("Paid on"), Kind.DATE),
        Column("days", _("Days"), Kind.NUMBER),
    ],
)
LINES = Table(
    caption=_("Items"),
    empty=_("Settled as one lump sum."),
    columns=[
        Column("item", _("Item"), Kind.TITLE),
        Column("approved_vnd", _("Approved (đồng)"), Kind.MONEY),
        Column("spent_vnd", _("Spent (đồng)"), Kind.MONEY),
    ],
)
