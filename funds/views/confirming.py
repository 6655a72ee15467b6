"""The second person's answer to plans and estimates: what was entered, by whom, on which decision."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.money import VND
from core.people.screens import screen
from core.ui.parts import Crumb, Fact
from funds import services
from funds.forms.plans import AnswerForm
from funds.models import YearEstimate, YearPlan
from funds.models.plans import Granted, Standing
from funds.selectors.grants import PAPER, answer_digest, batch_of

from .common import FORM, Page, acting, crumbs_to, form_page

RELATED = ("transfer__reversed_by", "scan", "entered_by", "withdrawal_by")


@screen("answer", YearPlan, related=RELATED)
@FORM
def plan_answer(request: HttpRequest, plan: YearPlan) -> HttpResponse:
    """Agree to a plan, or to its withdrawal."""
    form, plans = _form(request, [plan]), reverse("funds:plan-list")

    def act() -> None:
        services.answer_year_plan(plan, actor=acting(request), **form.facts())

    facts = (Fact(_("Payer"), plan.get_payer_display()), Fact(_("Amount"), plan.amount_vnd, "money"), *_paper(plan))
    crumbs = (Crumb(_("Year plans"), plans),)
    return form_page(request, form, act, _page(plan, gettext("Year plan"), plans, crumbs, facts))


@screen("answer", YearEstimate, related=("task", *RELATED))
@FORM
def estimate_answer(request: HttpRequest, estimate: YearEstimate) -> HttpResponse:
    """Agree to all that one form granted, or to the withdrawal of one estimate."""
    rows = batch_of(estimate)
    form = _form(request, rows)
    back = f"{reverse('funds:estimate-list')}?year={estimate.year}"

    def act() -> None:
        services.answer_year_estimates(estimate, actor=acting(request), **form.facts())

    facts = (*_amounts(rows), *chain.from_iterable(map(_paper, _papers(rows))))
    page = _page(estimate, gettext("Year estimate"), back, crumbs_to(estimate.task), facts)
    return form_page(request, form, act, page)


def _form(request: HttpRequest, rows: Iterable[Granted]) -> AnswerForm:
    return AnswerForm(request.POST or None, initial={"shown": answer_digest(rows)})


def _page(row: Granted, kind: str, back: str, crumbs: tuple[Crumb, ...], facts: tuple[Fact, ...]) -> Page:
    entered = row.standing == Standing.ENTERED
    title = gettext("Confirm: %(kind)s") if entered else gettext("Confirm the withdrawal: %(kind)s")
    return Page(
        title=title % {"kind": kind},
        lead=_("Compare the amount with the decision before you agree."),
        done=_("Your answer is kept."),
        back=back,
        crumbs=crumbs,
        facts=facts,
    )


def _amounts(rows: Sequence[YearEstimate]) -> Iterator[Fact]:
    """One estimate, or each of those that one form entered, with its year and its decision, and their sum."""
    for row in rows:
        label = (row.task.code, str(row.year), row.number, row.decision)
        yield Fact(" · ".join(filter(None, label)), row.amount_vnd, "money")
    if len(rows) > 1:
        words = ngettext("Sum of %(number)s estimate", "Sum of %(number)s estimates", len(rows))
        yield Fact(words % {"number": len(rows)}, VND(sum(row.amount_vnd for row in rows)), "money")


def _papers(rows: Iterable[YearEstimate]) -> Iterable[YearEstimate]:
    """One row for each paper that is confirmed: usually one, and never one that stays unseen."""
    return {attrgetter(*PAPER)(row): row for row in rows}.values()


def _paper(row: Granted) -> Iterator[Fact]:
    yield Fact(_("Budget year"), str(row.year))
    yield Fact(_("Decision"), row.decision)
    yield Fact(_("Number and symbol"), row.number, "code")
    yield Fact(_("Decided on"), row.decided_on, "date")
    if row.scan:
        address = reverse("documents:file-download", args=[row.scan.code])
        yield Fact(_("Scan of the signed decision"), row.scan.name, "link", address)
    yield Fact(_("Entered by"), str(row.entered_by))
    if row.withdrawal_by:
        yield Fact(_("Withdrawal asked by"), str(row.withdrawal_by))
        yield Fact(_("Reason"), row.withdrawal_reason, "long")
