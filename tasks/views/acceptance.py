"""The acceptance dossier and the grassroots result."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.people.screens import screen
from tasks import services
from tasks.forms.acceptance import AcceptanceForm, DeliveredSet, GrassrootsForm, delivered_initial
from tasks.models import AcceptanceFile, Task
from tasks.selectors import current_file

from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM


@screen("edit_acceptance", Task)
@FORM
def acceptance_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Words, products and files; filing the dossier is a step of its own."""
    dossier = current_file(task) or AcceptanceFile(task=task, attempt=task.acceptance_attempt)
    data, files = request.POST or None, request.FILES or None
    form = AcceptanceForm(data, files, task=task, instance=dossier)
    products = DeliveredSet(data, initial=delivered_initial(task))

    def act() -> None:
        services.save_acceptance_file(
            task, actor=acting(request), facts=form.facts(), delivered=products.kept(), files=form.handed_in()
        )

    page = Page(
        title=_("Acceptance dossier"),
        lead=task.title,
        done=_("The dossier is saved. File it when it is complete."),
        back=task.get_absolute_url(),
        formset_label=_("Product"),
        crumbs=crumbs_of(task),
    )
    return form_page(request, form, act, page, formset=products)


@screen("edit_grassroots", Task)
@FORM
def grassroots_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """What the host's own council concluded."""
    form = GrassrootsForm(request.POST or None, instance=current_file(task))

    def act() -> None:
        if form.instance.pk is None:
            raise ValidationError(_("The acceptance dossier has not been filed yet."))
        services.save_grassroots_result(task, actor=acting(request), facts=form.facts())

    page = Page(
        title=_("Grassroots result"),
        lead=task.title,
        done=_("The result is recorded."),
        back=task.get_absolute_url(),
        crumbs=crumbs_of(task),
    )
    return form_page(request, form, act, page)
