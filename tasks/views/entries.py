"""What belongs to a task from before, written on its page until a second person confirms or refuses it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.screens import screen
from tasks import services
from tasks.forms.adoption import EnteredProducts, EntryForm, Members, PartsForm
from tasks.forms.base import initial_rows
from tasks.models import Task

from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM

PRODUCT = ("name", "kind", "unit", "quantity", "quality", "delivered", "delivered_note")
MEMBER = ("name", "organisation", "position", "months")
DONE = _("Saved. The head of division confirms the whole record when nothing is missing.")


def _page(task: Task, title: StrOrPromise, row: StrOrPromise = "") -> Page:
    return Page(
        title=title,
        lead=task.title,
        done=DONE,
        back=task.get_absolute_url(),
        formset_label=row,
        crumbs=crumbs_of(task),
    )


@screen("edit_entry", Task)
@FORM
def entry_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """The facts of the task itself, as far as its state has them."""
    user = acting(request)
    form = EntryForm(request.POST or None, user=user, instance=task)

    def act() -> None:
        services.save_entry(task, actor=user, facts=form.facts(), papers=form.papers())

    return form_page(request, form, act, _page(task, _("Facts of the entry")))


@screen("edit_entry", Task)
@FORM
def products_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """What was promised, and what of it was delivered already."""
    rows = EnteredProducts(request.POST or None, initial=initial_rows(task.products.all(), *PRODUCT))
    return _rows(request, task, rows, services.save_products, _page(task, _("Products"), _("Product")))


@screen("edit_entry", Task)
@FORM
def members_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Who works on it besides the principal investigator."""
    rows = Members(request.POST or None, initial=initial_rows(task.members.all(), *MEMBER))
    return _rows(request, task, rows, services.save_members, _page(task, _("People"), _("Member")))


def _rows(request: HttpRequest, task: Task, rows: Any, record: Callable[..., object], page: Page) -> HttpResponse:
    def act() -> None:
        record(task, actor=acting(request), rows=rows.kept())

    return form_page(request, PartsForm(request.POST or None), act, page, formset=rows)
