"""The fund at one glance."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import VND, percent_of, split
from core.people.policy import may
from core.people.roles import Payer
from core.people.screens import PageKind, screen
from core.ui.charts import Bars, LineChart, Series, Slice, running_sums
from core.ui.formatting import BILLION, MILLION, short_vnd
from core.ui.parts import Action, Figure, MoneyLine, Panel, Tone
from funds.choices import LEDGER_PAYERS, Bucket
from funds.lifecycle import DisbursementState
from funds.selectors import overview as asked
from funds.selectors.overview import AGES, Advance

from . import tables
from .common import require_GET, table_panel, tabs

HUNDRED, MONTHS, SHOWN = 100, range(1, 13), 10
# From here on the axis counts in billions.
MANY = 20 * BILLION
WHERE = (
    (Bucket.SOURCE, Tone.SUCCESS),
    (Bucket.FRAMEWORK, Tone.NEUTRAL),
    (Bucket.COMMITTED_FUTURE, Tone.NEUTRAL),
    (Bucket.ALLOCATED, Tone.INFO),
    (Bucket.COMMITTED, Tone.INFO),
    (Bucket.ADVANCED, Tone.WARNING),
    (Bucket.SETTLED, Tone.SUCCESS),
    (Bucket.RECOVERABLE, Tone.DANGER),
)


@screen("funds.overview", kind=PageKind.DASHBOARD)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Plan and payments of the year, where the money lies, what waits, advances by age."""
    payer, year = _payer(request), clock.today().year
    buckets = asked.buckets_of(payer)
    paid = asked.paid_by_month(year, payer)
    advances = asked.open_advances(payer, clock.today())
    context = {
        "title": _("Fund and money"),
        "lead": Payer(payer).label,
        "tabs": tabs(request, "overview"),
        "actions": _actions(request, payer),
        "figures": _cards(year, payer, buckets, sum(paid)),
        "panels": [
            _chart(year, paid, asked.planned_payments(year, payer)),
            _where(buckets),
            _waiting(payer),
            _ages(advances),
            table_panel(tables.ADVANCES.caption, tables.ADVANCES, advances[:SHOWN], wide=True, icon="clock"),
        ],
    }
    return render(request, "generic/dashboard.html", context)


def _payer(request: HttpRequest) -> str:
    wanted = request.GET.get("payer")
    return wanted if wanted in LEDGER_PAYERS else Payer.FUND


def _actions(request: HttpRequest, payer: str) -> list[Action]:
    here = reverse("funds:overview")
    found = [Action(Payer(one).label, f"{here}?payer={one}") for one in LEDGER_PAYERS if one != payer]
    if may(request.user, "funds.plan"):
        found.append(Action(_("Enter a year plan"), reverse("funds:plan-create"), primary=True, icon="plus"))
    return found


def _cards(year: int, payer: str, buckets: dict[str, VND], paid: int) -> list[Figure]:
    granted, earlier = asked.granted_of(year, payer)
    mine = f"payer={payer}"
    plans, estimates = f"{reverse('funds:plan-list')}?{mine}", f"{reverse('funds:estimate-list')}?{mine}&year={year}"
    payments = f"{reverse('funds:disbursement-list')}?{mine}&state={DisbursementState.PAID}"
    settlements, advanced = f"{reverse('funds:settlement-list')}?{mine}", buckets.get(Bucket.ADVANCED, VND(0))
    free = gettext("free in all plans: %(amount)s") % {"amount": short_vnd(buckets.get(Bucket.SOURCE, VND(0)))}
    of_granted = gettext("%(percent)s%% of what is granted") % {"percent": percent_of(paid, granted)}
    of_before = _from_before(year, earlier) if earlier else ""
    words = {"year": str(year)}
    return [
        Figure(gettext("Plan of %(year)s") % words, short_vnd(asked.plan_of(year, payer)), free, Tone.INFO, plans),
        Figure(gettext("Granted for %(year)s") % words, short_vnd(granted), of_before, Tone.INFO, estimates),
        Figure(gettext("Paid in %(year)s") % words, short_vnd(paid), of_granted, Tone.SUCCESS, payments),
        Figure(_("Advances not settled"), short_vnd(advanced), "", Tone.WARNING, settlements),
    ]


def _from_before(year: int, earlier: int) -> str:
    text = gettext("of it for tasks approved before %(year)s, from earlier plans: %(amount)s")
    return text % {"year": str(year), "amount": short_vnd(earlier)}


def _chart(year: int, paid: Iterable[int], planned: Iterable[int]) -> Panel:
    paid, planned, month = list(paid), list(planned), clock.today().month
    in_billions = max(sum(paid), sum(planned)) >= MANY
    unit, words = (BILLION, _("billion đồng")) if in_billions else (MILLION, _("million đồng"))
    title = gettext("Payments of %(year)s, cumulative (%(unit)s)") % {"year": year, "unit": words}
    done: list[int | None] = [*running_sums(paid, unit)[:month], *[None] * (len(MONTHS) - month)]
    lines = [
        Series(_("Paid"), done, Tone.INFO),
        Series(_("Planned by the contracts"), running_sums(planned, unit), Tone.NEUTRAL, planned=True),
    ]
    chart = LineChart(title, [str(number) for number in MONTHS], lines, words)
    return Panel(title, "components/line_chart.html", {"chart": chart}, icon="chart")


def _where(buckets: dict[str, VND]) -> Panel:
    """Every đồng that came in lies in exactly one bucket."""
    whole = VND(-buckets.get(Bucket.WORLD, 0))
    parts = [(bucket, tone, buckets[bucket]) for bucket, tone in WHERE if buckets.get(bucket)]
    shares = split(HUNDRED, [amount for _bucket, _tone, amount in parts]) if parts else []
    lines = [
        MoneyLine(bucket.label, amount, whole or None, tone, share=share)
        for (bucket, tone, amount), share in zip(parts, shares, strict=True)
    ]
    context: dict[str, Any] = {"lines": lines}
    return Panel(_("Where the money lies"), "components/money.html", context, icon="money")


def _waiting(payer: str) -> Panel:
    found = asked.waiting_payments(payer)
    here = reverse("funds:disbursement-list")
    slices = [
        Slice(state.label, found[state][0], url=f"{here}?payer={payer}&state={state}", text=short_vnd(found[state][1]))
        for state in DisbursementState
        if state in found
    ]
    title = _("Requests to pay that wait")
    if not slices:
        return Panel(title, "components/empty.html", {"title": _("No request waits.")}, icon="inbox")
    return Panel(title, "components/bars.html", {"chart": Bars(title, slices)}, icon="inbox")


def _ages(advances: Iterable[Advance]) -> Panel:
    """How old the advances are that are not settled, in million đồng."""
    first, *others = AGES
    labels = [
        gettext("up to %(days)s days") % {"days": first},
        *(
            gettext("%(from)s to %(to)s days") % {"from": low + 1, "to": high}
            for low, high in zip(AGES, others, strict=False)
        ),
        gettext("over %(days)s days") % {"days": AGES[-1]},
    ]
    tones = (Tone.SUCCESS, Tone.INFO, Tone.WARNING, Tone.DANGER)
    sums = asked.by_age(advances)
    slices = [
        Slice(label, total // MILLION, tone, text=short_vnd(total))
        for label, total, tone in zip(labels, sums, tones, strict=True)
    ]
    title = _("Advances not settled, by age")
    return Panel(title, "components/bars.html", {"chart": Bars(title, slices)}, icon="clock")
