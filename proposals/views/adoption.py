"""Entering proposals and orders from before this system: an officer enters, the head of division confirms later."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.screens import screen
from core.workflow.models import Stepped
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.forms.adoption import AdoptOrderForm, AdoptProposalForm

from .answers import FORM, acting, record_form


@screen("proposals.adopt")
@FORM
def proposal_adopt(request: HttpRequest) -> HttpResponse:
    user = acting(request)
    form = AdoptProposalForm(request.POST or None, request.FILES or None, user=user)

    def act() -> Stepped:
        return services.adopt_proposal(
            organisation=form.cleaned_data["organisation"],
            facts=form.proposal_facts(),
            state=form.cleaned_data["state"],
            adoption=form.adoption(user),
            code=form.cleaned_data["code"],
            key=form.acting_key,
        )

    return record_form(
        request,
        form,
        lambda: _in_words(act),
        title=_("Enter a proposal from before"),
        submit_label=_("Enter the proposal"),
        done=_("The proposal is entered. The head of division confirms it next."),
        back=reverse("proposals:proposal-list"),
    )


@screen("orders.adopt")
@FORM
def order_adopt(request: HttpRequest) -> HttpResponse:
    user = acting(request)
    form = AdoptOrderForm(request.POST or None, request.FILES or None)

    def act() -> Stepped:
        return services.adopt_order(
            facts=form.order_facts(),
            state=form.cleaned_data["state"],
            adoption=form.adoption(user),
            code=form.cleaned_data["code"],
            key=form.acting_key,
        )

    return record_form(
        request,
        form,
        lambda: _in_words(act),
        title=_("Enter an order from before"),
        submit_label=_("Enter the order"),
        done=_("The order is entered. The head of division confirms it next."),
        back=reverse("proposals:order-list"),
    )


def _in_words(act: Callable[[], Stepped]) -> Stepped:
    """A refusal stands above the form, like any other error of it."""
    try:
        return act()
    except StepRefused as refused:
        raise refused.for_a_form() from refused
