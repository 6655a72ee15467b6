"""Entering a task from before this system."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.people.screens import PageKind, screen
from core.workflow.ruling import StepRefused
from tasks import services
from tasks.forms.adoption import AdoptionForm
from tasks.models import Task

from .answers import Page, acting, form_page
from .contracts import FORM


@screen("tasks.adopt", kind=PageKind.FORM)
@FORM
def task_adopt(request: HttpRequest) -> HttpResponse:
    """An officer enters it; no step is taken before the head of division has confirmed it."""
    user = acting(request)
    form = AdoptionForm(request.POST or None, request.FILES or None, user=user, instance=Task())

    def act() -> str:
        try:
            task = services.adopt_task(
                facts=form.facts(),
                state=form.cleaned_data["state"],
                adoption=form.adoption(user),
                code=form.cleaned_data["code"],
                parts=services.TaskParts(papers=form.papers()),
                key=form.acting_key,
            )
        except StepRefused as refused:
            raise refused.for_a_form() from refused
        return task.get_absolute_url()

    page = Page(
        title=_("Enter a task from before"),
        done=_("The task is entered. The head of division confirms it next."),
        back=reverse("tasks:task-list"),
        submit_label=_("Enter the task"),
    )
    return form_page(request, form, act, page)
