"""Pages that belong to no room: the language switch, what browsers report, and the style guide."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from core.ui import styleguide as guide
from core.ui.listing import PARTIAL, TARGET
from core.ui.screens import PageKind, Screen

logger = logging.getLogger(__name__)
REPORT_BYTES = 2048
View = Callable[..., HttpResponseBase]


def _public(action: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        vars(view)["screen"] = Screen(action, public=True, declared=PageKind.OTHER)
        return view

    return decorate


@_public("ui.language")
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the chosen language and go back to the page it was chosen on."""
    return set_language(request)


@_public("ui.csp_report")
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Write down what a browser refused to load or run on a page of ours. Only of people who are signed in."""
    if request.user.is_authenticated:
        refused = request.read(REPORT_BYTES).decode("utf-8", "replace")
        logger.warning("Content security policy: %s", " ".join(refused.split()))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@_public("ui.styleguide")
@require_GET
def styleguide(request: HttpRequest, page: str = "components") -> HttpResponseBase:
    """Every component in every state, with invented data; only where the demo's sign-in is on."""
    if not settings.DEMO_SIGN_IN or page not in guide.PAGES:
        raise Http404
    template, context = guide.PAGES[page]
    values: dict[str, Any] = context(request)
    is_part = page == "list" and request.headers.get("HX-Target") == TARGET
    return render(request, PARTIAL if is_part else template, values)
