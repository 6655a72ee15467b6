"""The lists of this room: columns, and the order in which rows stand."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.people.policy import may
from core.ui.cells import Kind
from core.ui.parts import Due, Tab
from core.ui.tables import Column, Table, with_day_key


def by_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with ``due_key``: what has no deadline comes last on both databases."""
    return with_day_key(rows, "due_on", "due_key")


def counted(rows: QuerySet[Any], **related: str) -> QuerySet[Any]:
    """Rows with the numbers of their related rows."""
    with_numbers: QuerySet[Any] = rows.annotate(**{name: Count(path, distinct=True) for name, path in related.items()})
    return with_numbers


def _url(record: Any) -> str:
    return str(record.get_absolute_url())


def _code(**more: Any) -> Column:
    return Column("code", _("Code"), Kind.CODE, sort=("code",), **more)


STATE = Column("state", _("Status"), Kind.BADGE, value=lambda record: record, sort=("state", "code"))
DUE = Column("due", _("Due"), Kind.DEADLINE, value=lambda record: Due(due_on=record.due_on), sort=("due_key", "code"))
STATE_MONEY = Column("state_budget_vnd", _("State budget (đồng)"), Kind.MONEY, sort=("state_budget_vnd",))


def _title(note: Any) -> Column:
    return Column("title", _("Title"), Kind.TITLE, url=_url, note=note, sort=("sort_key",))


CALLS = Table(
    caption=_("Calls"),
    empty=_("No call matches the filter."),
    default_sort="-closes_at",
    columns=[
        _code(),
        _title(lambda call: call.get_kind_display()),
        Column("plan_year", _("Plan year"), sort=("plan_year",), value=lambda call: str(call.plan_year)),
        Column("opens_at", _("Opens at"), Kind.DATETIME, sort=("opens_at",)),
        Column("closes_at", _("Closes at"), Kind.DATETIME, sort=("closes_at",)),
        STATE,
    ],
)
PROPOSALS = Table(
    caption=_("Proposals"),
    empty=_("No proposal matches the filter."),
    default_sort="due",
    columns=[
        _code(),
        _title(lambda one: one.get_field_display()),
        Column(
            "proposer_organisation",
            _("Proposing organisation"),
            value=lambda one: one.proposer_organisation.name,
            sort=("proposer_organisation__sort_key",),
        ),
        STATE_MONEY,
        Column("received_on", _("Received on"), Kind.DATE, sort=("received_on",), on_phone=False),
        STATE,
        DUE,
    ],
)
ORDER_LISTS = Table(
    caption=_("Lists of orders"),
    empty=_("No list matches the filter."),
    default_sort="-code",
    columns=[
        _code(),
        _title(lambda one: one.get_level_display()),
        Column("plan_year", _("Plan year"), sort=("plan_year",), value=lambda one: str(one.plan_year)),
        Column("payer", _("Payer"), value=lambda one: one.get_payer_display()),
        Column("order_count", _("Orders"), Kind.NUMBER),
        STATE,
    ],
)
ORDERS = Table(
    caption=_("Orders"),
    empty=_("No order matches the filter."),
    default_sort="due",
    columns=[
        _code(),
        _title(lambda one: one.get_field_display()),
        Column("mode", _("How the host is found"), value=lambda one: one.get_mode_display(), sort=("mode",)),
        STATE_MONEY,
        Column("months", _("Months"), Kind.NUMBER, on_phone=False),
        STATE,
        DUE,
    ],
)
DOSSIERS = Table(
    caption=_("Dossiers"),
    empty=_("No dossier matches the filter."),
    default_sort="due",
    columns=[
        _code(),
        Column(
            "title",
            _("Title"),
            Kind.TITLE,
            url=_url,
            note=lambda one: f"{one.order.code} · {one.principal_investigator.full_name}",
            sort=("order__sort_key",),
        ),
        Column("host", _("Host organisation"), Kind.NAME, value=lambda one: one.host.name, sort=("host__sort_key",)),
        STATE,
        DUE,
    ],
)

TABS = (
    ("proposals:proposal-list", "proposals.list", _("Proposals")),
    ("proposals:call-list", "calls.list", _("Calls")),
    ("proposals:order_list-list", "order_lists.list", _("Lists of orders")),
    ("proposals:order-list", "orders.list", _("Orders")),
    ("proposals:dossier-list", "dossiers.list", _("Dossiers")),
)


def tabs(request: HttpRequest) -> list[Tab]:
    """The lists of this room that the reader may open."""
    return [
        Tab(label, reverse(url), current=request.path == reverse(url))
        for url, action, label in TABS
        if may(request.user, action)
    ]
