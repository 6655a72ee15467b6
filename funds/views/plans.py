"""Plans of a year, and what the tasks are granted of it."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.policy import may, visible_to
from core.people.screens import PageKind, screen
from core.ui.formatting import short_vnd, vnd_html
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Figure, Tab, Tone
from funds import services
from funds.forms.filters import EstimateFilter, PlanFilter
from funds.forms.plans import EstimateForm, GrantAllForm, PlanForm, ReasonForm
from funds.models import YearEstimate, YearPlan
from funds.models.plans import FIRST_YEAR, LAST_YEAR
from funds.selectors.books import books_of
from funds.selectors.grants import with_rights
from funds.selectors.lists import tasks_of_year
from tasks.models import Task

from . import tables
from .common import FORM, Page, acting, crumbs_to, form_page, require_GET, tabs


@screen("funds.plans", kind=PageKind.LIST)
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan, also those that wait for a second person and those withdrawn."""
    user = acting(request)
    may_plan = bool(may(request.user, "funds.plan"))
    actions = [Action(_("Enter a year plan"), reverse("funds:plan-create"), primary=True, icon="plus")]
    return listing(
        request,
        with_rights(visible_to(user, YearPlan), user),
        PlanFilter,
        tables.PLANS,
        title=_("Year plans"),
        tabs=tabs(request, "plan-list"),
        actions=actions if may_plan else [],
    )


@screen("funds.plan", kind=PageKind.FORM)
@FORM
def plan_create(request: HttpRequest) -> HttpResponse:
    """Money that comes in for a year."""
    form = PlanForm(request.POST or None, request.FILES or None)

    def act() -> None:
        decision = form.decision_of()
        services.set_year_plan(**form.facts(), decision=decision, actor=acting(request), key=form.acting_key)

    plans = reverse("funds:plan-list")
    page = Page(
        title=_("Year plan"),
        lead=_("Several plans of one year add up. A plan is withdrawn, never changed."),
        done=_("The plan is entered. It counts once a second person has confirmed it."),
        back=plans,
        crumbs=(Crumb(_("Year plans"), plans),),
    )
    return form_page(request, form, act, page)


@screen("withdraw", YearPlan, related=("transfer",))
@FORM
def plan_withdraw(request: HttpRequest, plan: YearPlan) -> HttpResponse:
    """Take a plan back while its money is free."""
    plans = reverse("funds:plan-list")
    page = Page(
        title=gettext("Withdraw plan %(code)s") % {"code": plan.code},
        lead=_("A second person confirms the withdrawal. Only free money goes back."),
        done=_("The withdrawal is entered. It counts once a second person has confirmed it."),
        back=plans,
        submit_label=_("Withdraw"),
        crumbs=(Crumb(_("Year plans"), plans),),
    )
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.withdraw_year_plan(plan, actor=acting(request), **_reason(form))

    return form_page(request, form, act, page)


def _reason(form: ReasonForm) -> dict[str, str]:
    return {"reason": form.cleaned_data["reason"]}


@screen("funds.estimates", kind=PageKind.LIST)
@require_GET
def estimate_list(request: HttpRequest) -> HttpResponse:
    """Tasks with money bound for a budget year: what waits, what is granted, what is paid."""
    year = _year(request)
    here, user = reverse("funds:estimate-list"), acting(request)
    tasks = tasks_of_year(user, year)
    may_grant = bool(may(user, "funds.grant"))
    address = f"{reverse('funds:estimate-create-all')}?year={year}"
    actions = [Action(_("Grant the year to all"), address, primary=True, icon="check")]
    return listing(
        request,
        tasks,
        EstimateFilter,
        tables.tasks_of_year(user, year, may_grant=may_grant),
        template="funds/estimate_list.html",
        title=gettext("Year estimates of %(year)s") % {"year": year},
        tabs=tabs(request, "estimate-list"),
        figures=_totals(EstimateFilter(request.GET, queryset=tasks).qs),
        years=[Tab(str(one), f"{here}?year={one}", current=one == year) for one in range(year - 2, year + 3)],
        actions=actions if may_grant else [],
    )


def _totals(tasks: QuerySet[Any]) -> list[Figure]:
    """The sums of the columns, over all pages of the list as it is filtered. One query."""
    names = ("waiting_vnd", "granted_vnd", "paid_vnd")
    sums = tasks.aggregate(**{f"all_{name}": Sum(name) for name in names})
    labels = ((_("Not granted"), Tone.WARNING), (_("Granted, not paid"), Tone.INFO), (_("Paid"), Tone.SUCCESS))
    amounts = [sums[f"all_{name}"] or 0 for name in names]
    return [
        Figure(label, short_vnd(amount), note=vnd_html(amount, unit=True), tone=tone)
        for amount, (label, tone) in zip(amounts, labels, strict=True)
    ]


def _year(request: HttpRequest) -> int:
    """The year asked for, else this one; nonsense is this one too."""
    words = request.GET.get("year", "")
    year = int(words) if words.isascii() and words.isdigit() and len(words) == len(str(LAST_YEAR)) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else clock.today().year


@screen("grant_money", Task, related=("host",))
@FORM
def estimate_create(request: HttpRequest, task: Task) -> HttpResponse:
    """Grant a task a budget year."""
    form = EstimateForm(request.POST or None, request.FILES or None, books=books_of(task), year=_year(request))

    def act() -> None:
        facts = {**form.facts(), "decision": form.decision_of()}
        services.grant_year_estimate(task, **facts, actor=acting(request), key=form.acting_key)

    page = Page(
        title=_("Grant a budget year"),
        lead=task.title,
        done=_("The estimate is entered. It counts once a second person has confirmed it."),
        back=task.get_absolute_url(),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page)


@screen("funds.grant", kind=PageKind.FORM)
@FORM
def estimate_create_all(request: HttpRequest) -> HttpResponse:
    """Grant a budget year to every contracted task of a payer."""
    year = _year(request)
    form = GrantAllForm(request.POST or None, request.FILES or None, initial={"year": year})

    def act() -> str:
        facts = {name: form.cleaned_data[name] for name in ("year", "payer")}
        services.grant_year_estimates(**facts, decision=form.decision_of(), actor=acting(request), key=form.acting_key)
        return f"{reverse('funds:estimate-list')}?year={facts['year']}"

    back = f"{reverse('funds:estimate-list')}?year={year}"
    page = Page(
        title=_("Grant the year to all contracted tasks"),
        lead=_("Every contract is granted all that it plans for the year and does not have yet."),
        done=_("The estimates are entered. They count once a second person has confirmed them."),
        back=back,
        submit_label=_("Grant"),
        crumbs=(Crumb(_("Year estimates"), back),),
    )
    return form_page(request, form, act, page)


@screen("withdraw", YearEstimate, related=("task", "transfer"))
@FORM
def estimate_withdraw(request: HttpRequest, estimate: YearEstimate) -> HttpResponse:
    """Take an estimate back while nothing of it is used."""
    task = estimate.task
    page = Page(
        title=gettext("Withdraw estimate %(code)s") % {"code": estimate.code},
        lead=_("A second person confirms the withdrawal. Only free money goes back."),
        done=_("The withdrawal is entered. It counts once a second person has confirmed it."),
        back=task.get_absolute_url(),
        submit_label=_("Withdraw"),
        crumbs=crumbs_to(task),
    )
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.withdraw_year_estimate(estimate, actor=acting(request), **_reason(form))

    return form_page(request, form, act, page)
