"""The opening balance of a task from before."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.people.screens import screen
from funds import services
from funds.forms.openings import OpeningForm, OpeningPayments, payments_initial, payments_of
from funds.models import OpeningBalance
from funds.selectors.openings import opening_of
from tasks.models import Task
from tasks.selectors.contracts import contract_of

from .common import FORM, Page, acting, crumbs_to, form_page


@screen("open_books", Task, related=("contract",))
@FORM
def opening_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """What was granted, paid and settled before; booked when the head of division confirms the task."""
    contract, opening, data = contract_of(task), opening_of(task), request.POST or None
    form = OpeningForm(data, instance=opening or OpeningBalance(task=task), contract=contract)
    payments = OpeningPayments(data, initial=payments_initial(contract, opening))

    def act() -> None:
        services.save_opening(
            task, actor=acting(request), facts=form.facts(), granted=form.granted(), payments=payments_of(payments)
        )

    page = Page(
        title=_("Opening balance"),
        lead=task.title,
        done=_("Saved. It is booked when the head of division confirms the task."),
        back=task.get_absolute_url(),
        formset_label=_("Instalment"),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page, formset=payments)
