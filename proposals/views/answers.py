"""How the forms of this room are answered, also those with lists of rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from core.people.policy import visible_to
from core.people.views.answers import acting, answered
from core.ui.fields import name_rows
from core.ui.parts import Crumb, Panel
from core.workflow.models import Stepped
from proposals.forms.fields import FactsForm, FormSet, rows_of
from proposals.models.common import Created

__all__ = ["FORM", "Part", "acting", "made_before", "record_form", "rows_of"]

Made = TypeVar("Made", bound=Created)
FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Part:
    """A list of rows on a form page."""

    label: StrOrPromise
    row_label: StrOrPromise
    forms: FormSet


def made_before(request: HttpRequest, model: type[Made], *parts: str) -> Made | None:
    """What this very form made when it was sent first: its choices are taken since, so that it is valid no more.

    ``parts``: names under which the form makes several records with one key.
    """
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    keys = [key, *(uuid5(key, part) for part in parts)]
    return visible_to(request.user, model).filter(created_key__in=keys).order_by("pk").first()


def record_form(
    request: HttpRequest,
    form: FactsForm,
    act: Callable[[], Stepped],
    *,
    title: StrOrPromise,
    submit_label: StrOrPromise,
    done: StrOrPromise,
    back: str,
    parts: Sequence[Part] = (),
    notes: Sequence[dict[str, Any]] = (),
    panels: Sequence[Panel] = (),
    crumbs: Sequence[Crumb] = (),
) -> HttpResponse:
    """Show the form; when all of it is valid, ``act`` writes and gives the record whose page comes next.

    What the service refuses is shown as ``answered`` shows it. Nothing typed is lost.
    """
    if (
        request.method == "POST"
        and all([form.is_valid(), *[part.forms.is_valid() for part in parts]])
        and (answer := answered(request, form, lambda: act().get_absolute_url(), done=done, back=back))
    ):
        return answer
    for part in parts:
        name_rows(part.forms, part.row_label)
    context = {
        "title": title,
        "form": form,
        "parts": parts,
        "everything": [part.forms for part in parts],
        "submit_label": submit_label,
        "cancel_url": back,
        "notes": notes,
        "panels": panels,
        "crumbs": crumbs,
    }
    return render(request, "proposals/form.html", context)
