"""Entering proposals and orders from before this system: an officer enters, the head of division confirms later."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.screens import PageKind, screen
from core.workflow.models import Stepped
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.forms.adoption import AdoptionForm, AdoptOrderForm, AdoptProposalForm

from .answers import FORM, acting, record_form


@screen("proposals.adopt", kind=PageKind.FORM)
@FORM
def proposal_adopt(request: HttpRequest) -> HttpResponse:
    form = AdoptProposalForm(request.POST or None, request.FILES or None, user=acting(request))
    return _entry(
        request,
        form,
        services.adopt_proposal,
        title=_("Enter a proposal from before"),
        submit_label=_("Enter the proposal"),
        done=_("The proposal is entered. The head of division confirms it next."),
        back=reverse("proposals:proposal-list"),
    )


@screen("orders.adopt", kind=PageKind.FORM)
@FORM
def order_adopt(request: HttpRequest) -> HttpResponse:
    return _entry(
        request,
        AdoptOrderForm(request.POST or None, request.FILES or None),
        services.adopt_order,
        title=_("Enter an order from before"),
        submit_label=_("Enter the order"),
        done=_("The order is entered. The head of division confirms it next."),
        back=reverse("proposals:order-list"),
    )


def _entry(request: HttpRequest, form: AdoptionForm, adopt: Callable[..., Stepped], **words: Any) -> HttpResponse:
    """The page of one old record. A refusal stands above the form, like any other error of it."""

    def act() -> Stepped:
        data = form.cleaned_data
        adoption, key = form.adoption(acting(request)), form.acting_key
        try:
            return adopt(facts=form.record_facts(), state=data["state"], adoption=adoption, code=data["code"], key=key)
        except StepRefused as refused:
            raise refused.for_a_form() from refused

    return record_form(request, form, act, **words)
