"""Every page states what it lets people do; the same refusal hides what is missing and what is forbidden."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from core.ui.screens import PageKind, Screen

from .policy import can, may, read_with_rights, visible_to
from .reading import one_page
from .standing import Visitor

__all__ = ["PageKind", "Screen", "record_of", "screen", "screen_of", "to_sign_in"]

RECORD = "_record_of_the_screen"
View = Callable[..., HttpResponseBase]


def screen(
    action: str,
    model: type[Model] | None = None,
    *,
    public: bool = False,
    kind: PageKind | None = None,
    related: Sequence[str] = (),
    asks: Sequence[str] = (),
) -> Callable[[View], View]:
    """Guard a function view by the policy table.

    With a model the view is called as ``view(request, row, **rest)``: the row is looked up by the URL's ``code``
    among those the user may see, then asked for ``action``. ``related`` names what to load with it, ``asks`` what a
    page that only reads will ask ``allowed`` about it. Without a model the action itself is asked for; a public screen
    without a model asks nothing. Whoever has not signed in is sent to the sign-in page; any other refusal is the same
    404 as for a row that does not exist. ``kind`` says what page it is (see ``Screen``): without a model it has to be
    given.
    """
    declared = Screen(action, model, public, kind)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not public and not request.user.is_authenticated:
                return to_sign_in(request)
            reads = request.method in {"GET", "HEAD"}
            with one_page() if reads else nullcontext():
                if model is not None:
                    rows = visible_to(request.user, model).select_related(*related).filter(code=kwargs.pop("code"))
                    vars(request)[RECORD] = row = _row(request.user, rows, action, asks if reads else ())
                    return view(request, row, *args, **kwargs)
                if not public and not may(request.user, action):
                    raise Http404
                return view(request, *args, **kwargs)

        vars(guarded)["screen"] = declared
        return guarded

    return decorate


def screen_of(callback: Callable[..., Any]) -> Screen | None:
    """What a URL's callback declared, or None."""
    found = getattr(callback, "screen", None)
    return found if isinstance(found, Screen) else None


def record_of(request: HttpRequest) -> Model | None:
    """The record that the page asked for is about, where it is about one."""
    return vars(request).get(RECORD)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send a visitor to the sign-in page and back again; a part of a page sends the whole page there."""
    htmx: Any = getattr(request, "htmx", False)
    if htmx:
        back = htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
        return HttpResponseClientRedirect(redirect_to_login(back).url)
    is_page = request.method in {"GET", "HEAD"}
    return redirect_to_login(request.get_full_path() if is_page else resolve_url(settings.LOGIN_REDIRECT_URL))


def _row(user: Visitor, rows: QuerySet[Model], action: str, asks: Sequence[str]) -> Model:
    row = read_with_rights(user, rows, asks)
    if row is None or (action != "view" and not can(user, action, row)):
        raise Http404
    return row
