"""Requests to pay: list, page, form, the bank's answer, the ground of an annulment."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.models import User
from core.people.policy import allowed
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Fact
from core.workflow.pages import detail
from funds import services
from funds.forms.filters import DisbursementFilter
from funds.forms.money import DisbursementForm, GroundForm, PaymentForm
from funds.models import Disbursement
from funds.models.papers import GONE
from funds.selectors.books import books_of
from funds.selectors.lists import disbursements_of
from tasks.models import Contract, Instalment, Precondition, Task

from . import tables
from .common import (
    FORM,
    Page,
    acting,
    books_panel,
    crumbs_to,
    edit_link,
    facts_panel,
    form_page,
    require_GET,
    tabs,
    task_facts,
)

RELATED = ("task__host", "task__principal_investigator", "instalment__contract__task", "paid_entered_by")


@screen("funds.disbursements", kind=PageKind.LIST)
@require_GET
def disbursement_list(request: HttpRequest) -> HttpResponse:
    """The requests that the reader may see."""
    return listing(
        request,
        disbursements_of(acting(request)),
        DisbursementFilter,
        tables.DISBURSEMENTS,
        title=_("Disbursements"),
        tabs=tabs(request, "disbursement-list"),
    )


@screen("view", Disbursement, related=RELATED)
@require_GET
def disbursement_detail(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """One payment from the request to the bank's confirmation."""
    task = disbursement.task
    contracted = disbursement.instalment.contract.state_value_vnd
    actions, asides = _actions(disbursement, acting(request))
    return detail(
        request,
        disbursement,
        title=gettext("Payment of instalment %(number)s") % {"number": disbursement.instalment.sequence},
        lead=task.title,
        panels=[
            facts_panel(_("Payment"), _facts(disbursement), slot="main", icon="money"),
            facts_panel(_("Task"), task_facts(task), slot="main", icon="tasks"),
            books_panel(contracted, books_of(task)),
        ],
        actions=actions,
        asides=asides,
        crumbs=crumbs_to(task),
    )


def _facts(disbursement: Disbursement) -> Iterator[Fact]:
    instalment = disbursement.instalment
    yield Fact(_("Amount"), disbursement.amount_vnd, "money")
    yield Fact(_("Instalment"), str(instalment.sequence))
    yield Fact(_("Precondition"), Precondition(instalment.precondition).label)
    yield Fact(_("Budget year"), str(disbursement.budget_year))
    yield Fact(_("Account of the host"), disbursement.account, "code")
    yield Fact(_("Bank or treasury of the host"), disbursement.bank)
    yield Fact(_("Account in the contract"), instalment.contract.host_account, "code")
    yield Fact(_("Bank or treasury in the contract"), instalment.contract.host_bank)
    if disbursement.purpose:
        yield Fact(_("What the money is for"), disbursement.purpose, "long")
    if disbursement.paid_on:
        yield Fact(_("Bank reference"), disbursement.bank_reference, "code")
        yield Fact(_("Paid on"), disbursement.paid_on, "date")
        yield Fact(_("Payment entered by"), str(disbursement.paid_entered_by or ""))
    if disbursement.annulment_ground:
        yield Fact(_("Ground of the annulment"), disbursement.annulment_ground, "long")


PAGES = (
    ("edit", _("Change the request"), "disbursement-edit"),
    ("enter_payment", _("Enter the bank's answer"), "payment-enter"),
)
# What leads off the usual way.
ASIDES = (("write_ground", _("Write the ground of an annulment"), "ground-write"),)


def _actions(disbursement: Disbursement, user: User) -> tuple[list[Action], list[Action]]:
    """What leads on, and what is written for a step off the usual way."""
    mine = allowed(user, disbursement, *(action for action, _label, _name in (*PAGES, *ASIDES)))
    found, asides = (
        [edit_link(label, name, disbursement.code) for action, label, name in pages if action in mine]
        for pages in (PAGES, ASIDES)
    )
    return found, asides


@screen("request_money", Task, related=("contract", "host"))
@FORM
def disbursement_create(request: HttpRequest, task: Task) -> HttpResponse:
    """Ask for an instalment that was not asked for yet."""
    contract: Contract | None = getattr(task, "contract", None)
    offered = list(_offered(request, contract)) if contract is not None else []
    initial = {"instalment": request.GET.get("instalment", "")}
    if contract is not None:
        initial |= {"account": contract.host_account, "bank": contract.host_bank}
    form = DisbursementForm(request.POST or None, instalments=offered, initial=initial)

    def act() -> str:
        number = int(form.cleaned_data["instalment"])
        wanted = next(one for one in offered if one.sequence == number)
        made = services.create_disbursement(wanted, actor=acting(request), **form.facts(), key=form.acting_key)
        return made.get_absolute_url()

    page = Page(
        title=_("Request a payment"),
        lead=task.title,
        done=_("The request is saved. It goes out when the signer takes the step."),
        back=task.get_absolute_url(),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page)


def _offered(request: HttpRequest, contract: Contract) -> QuerySet[Instalment]:
    """What may still be asked for. A form that is sent twice finds the instalment of its own request again."""
    asked = Disbursement.objects.filter(task=contract.task).exclude(state__in=GONE)
    with suppress(ValueError):
        asked = asked.exclude(created_key=UUID(request.POST.get("key", "")))
    return contract.instalments.exclude(pk__in=asked.values("instalment"))


@screen("edit", Disbursement, related=("task",))
@FORM
def disbursement_edit(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """Change a draft."""
    form = DisbursementForm(request.POST or None, instance=disbursement)

    def act() -> None:
        services.edit_disbursement(disbursement, actor=acting(request), facts=form.facts())

    return form_page(request, form, act, _page(disbursement, _("Request a payment"), _("The request is saved.")))


@screen("enter_payment", Disbursement, related=("task",))
@FORM
def payment_enter(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """The bank's reference and day; another person confirms it."""
    form = PaymentForm(request.POST or None, instance=disbursement)

    def act() -> None:
        services.enter_payment(disbursement, actor=acting(request), **form.facts())

    done = _("The bank's answer is entered. The chief accountant confirms the payment.")
    return form_page(request, form, act, _page(disbursement, _("The bank's answer"), done))


@screen("write_ground", Disbursement, related=("task",))
@FORM
def ground_write(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """Why an approved payment shall be annulled."""
    form = GroundForm(request.POST or None, instance=disbursement)

    def act() -> None:
        ground = form.cleaned_data["annulment_ground"]
        services.write_annulment_ground(disbursement, actor=acting(request), ground=ground)

    return form_page(request, form, act, _page(disbursement, _("Ground of the annulment"), _("The ground is saved.")))


def _page(disbursement: Disbursement, title: StrOrPromise, done: StrOrPromise) -> Page:
    return Page(
        title=title,
        lead=disbursement.title,
        done=done,
        back=disbursement.get_absolute_url(),
        crumbs=crumbs_to(disbursement.task, disbursement),
    )
