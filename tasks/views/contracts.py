"""Writing the contract."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.people.screens import screen
from tasks import services
from tasks.forms.contracts import ContractForm, InstalmentSet, instalment_initial
from tasks.models import Task
from tasks.selectors.contracts import contract_of

from .answers import Page, acting, crumbs_of, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@screen("edit_contract", Task)
@FORM
def contract_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Parties, value, time and the plan of payments."""
    contract, data = contract_of(task), request.POST or None
    form = ContractForm(data, task=task, contract=contract)
    plan = InstalmentSet(data, initial=instalment_initial(task, contract))

    def act() -> None:
        rows = None if form.cleaned_data["default_plan"] else plan.plan()
        if rows is not None:
            _check(form, plan)
        services.save_contract(task, actor=acting(request), facts=form.facts(), instalments=rows)

    page = Page(
        title=_("Contract"),
        lead=task.title,
        done=_("The contract is saved."),
        back=task.get_absolute_url(),
        formset_label=_("Instalment"),
        crumbs=crumbs_of(task),
    )
    return form_page(request, form, act, page, formset=plan)


def _check(form: ContractForm, plan: InstalmentSet) -> None:
    """The sum is refused beside the value it must make."""
    try:
        plan.check_sum(form.cleaned_data["state_value_vnd"])
    except ValidationError as error:
        raise ValidationError({"state_value_vnd": error.messages}) from error
