"""How a form of this room is answered: a service acts, or the form comes back with every error in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.views.answers import acting, answered, put_errors
from core.ui.fields import name_rows
from core.ui.parts import Crumb, Fact, RefusalLine
from core.workflow.models import Stepped
from tasks.models import Task

__all__ = ["Page", "acting", "crumbs_of", "form_page"]

SAVE = _("Save")
# The code of a refusal that no field of the form can mend.
OBSTACLE = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The words round a form, and where it leads."""

    title: StrOrPromise
    done: StrOrPromise
    back: str
    submit_label: StrOrPromise = SAVE
    lead: StrOrPromise = ""
    formset_label: StrOrPromise = ""
    crumbs: tuple[Crumb, ...] = ()
    # What the reader has to see before he answers.
    facts: tuple[Fact, ...] = ()


def form_page(
    request: HttpRequest, form: Any, act: Callable[[], object], page: Page, *, formset: Any = None
) -> HttpResponse:
    """Show ``form`` and ``formset``; a valid POST runs ``act`` and leads to ``page.back``, or where ``act`` points."""
    if (
        request.method == "POST"
        and _valid(form, formset)
        and (answer := answered(request, form, act, done=page.done, back=page.back, put=_put))
    ):
        return answer
    if formset is not None:
        name_rows(formset, page.formset_label)
    context = {
        "title": page.title,
        "lead": page.lead,
        "form": form,
        "formset": formset,
        "submit_label": page.submit_label,
        "cancel_url": page.back,
        "crumbs": page.crumbs,
        "facts": page.facts,
    }
    return render(request, "generic/form.html", context)


def _valid(form: forms.BaseForm, formset: Any) -> bool:
    """Both are asked, so that every error is shown at once."""
    return all([form.is_valid(), formset is None or formset.is_valid()])


def _put(form: Any, error: ValidationError) -> None:
    """What no field can mend stands where the refusals of a step stand."""
    if getattr(error, "code", None) == OBSTACLE:
        form.refused = [RefusalLine(message) for message in error.messages]
    else:
        put_errors(form, error)


def crumbs_of(subject: Stepped) -> tuple[Crumb, ...]:
    """The way from the list of tasks to a record of a task."""
    tasks = Crumb(_("Tasks"), reverse("tasks:task-list"))
    if isinstance(subject, Task):
        return (tasks, Crumb(subject.code, subject.get_absolute_url()))
    task: Task = getattr(subject, "task")  # noqa: B009  # every other record of the room has one
    return (tasks, Crumb(task.code, task.get_absolute_url()), Crumb(subject.code, subject.get_absolute_url()))
