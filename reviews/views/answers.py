"""How the forms of this room are answered."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from core.people.views.answers import acting, answered
from core.ui.parts import Crumb, Panel
from reviews.models import Council

__all__ = ["FORM", "acting", "answer", "crumbs"]

FORM = require_http_methods(["GET", "HEAD", "POST"])


def answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: StrOrPromise,
    submit_label: StrOrPromise,
    done: StrOrPromise,
    back: str,
    lead: StrOrPromise = "",
    panels: Sequence[Panel] = (),
    crumbs: Sequence[Crumb] = (),
    notes: Sequence[dict[str, Any]] = (),
    danger: bool = False,
    template: str = "reviews/form.html",
) -> HttpResponse:
    """Show the form; when it is valid ``act`` writes and the next page follows: the address it returns, or ``back``.

    What the service refuses is shown as ``answered`` shows it. Nothing typed is lost.
    """
    if (
        request.method == "POST"
        and form.is_valid()
        and (following := answered(request, form, act, done=done, back=back))
    ):
        return following
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "submit_label": submit_label,
        "cancel_url": back,
        "panels": panels,
        "crumbs": crumbs,
        "notes": notes,
        "danger": danger,
    }
    return render(request, template, context)


def crumbs(council: Council | None = None) -> list[Crumb]:
    """The way back: the list, and the council."""
    way = [Crumb(_("Councils"), reverse("reviews:council-list"))]
    return [*way, Crumb(council.code, council.get_absolute_url())] if council else way
