"""How a form of this room is answered: a service acts, or the form comes back with every error in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.files.checks import UploadRefused
from core.people.models import User
from core.ui.parts import Crumb, Fact, RefusalLine
from core.workflow.models import Stepped
from tasks.forms.base import put_errors
from tasks.models import Task

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
    if request.method == "POST" and _valid(form, formset) and (answer := _acted(request, form, act, page)):
        return answer
    context = {
        "title": page.title,
        "lead": page.lead,
        "form": form,
        "formset": formset,
        "formset_label": page.formset_label,
        "submit_label": page.submit_label,
        "cancel_url": page.back,
        "crumbs": page.crumbs,
        "facts": page.facts,
    }
    return render(request, "generic/form.html", context)


def _valid(form: forms.BaseForm, formset: Any) -> bool:
    """Both are asked, so that every error is shown at once."""
    return all([form.is_valid(), formset is None or formset.is_valid()])


def _acted(request: HttpRequest, form: Any, act: Callable[[], object], page: Page) -> HttpResponse | None:
    try:
        found = act()
    except ValidationError as error:
        if getattr(error, "code", None) == OBSTACLE:
            form.refused = [RefusalLine(message) for message in error.messages]
        else:
            put_errors(form, error)
        return None
    except UploadRefused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, str(page.done))
    return redirect(found if isinstance(found, str) else page.back)


def acting(request: HttpRequest) -> User:
    """The signed-in user; a screen has made sure that there is one."""
    user = request.user
    if not isinstance(user, User):
        message = "this page needs a signed-in user"
        raise TypeError(message)
    return user


def crumbs_of(subject: Stepped) -> tuple[Crumb, ...]:
    """The way from the list of tasks to a record of a task."""
    tasks = Crumb(_("Tasks"), reverse("tasks:task-list"))
    if isinstance(subject, Task):
        return (tasks, Crumb(subject.code, subject.get_absolute_url()))
    task: Task = getattr(subject, "task")  # noqa: B009  # every other record of the room has one
    return (tasks, Crumb(task.code, task.get_absolute_url()), Crumb(subject.code, subject.get_absolute_url()))
