"""The context of every page: owner, languages, navigation, layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_bidi, get_language_info

from core.ui import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest

DIALOG = "dialog-body"
Provider = Callable[["HttpRequest"], Any]
_providers: dict[str, Provider] = {}


def provide(name: str) -> Callable[[Provider], Provider]:
    """Decorator: what templates get under `name` on every page. Lazy: nothing runs where the name is not used.

    core.people provides `demo_users`, which only the sign-in page reads.
    """

    def keep(function: Provider) -> Provider:
        _providers[name] = function
        return function

    return keep


def site(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs. Lazy: a fragment without header asks for no navigation and costs no query."""
    return {
        **{name: _later(function, request) for name, function in _providers.items()},
        "site_owner": settings.SITE_OWNER,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [get_language_info(code) for code, _ in settings.LANGUAGES],
        "demo_sign_in": settings.DEMO_SIGN_IN,
        "layout": "dialog.html" if is_dialog(request) else "base.html",
        "main_navigation": _later(_main_links, request),
        "user_navigation": _later(_user_links, request),
        "role_line": _later(_role_line, request),
    }


def is_dialog(request: HttpRequest) -> bool:
    """Whether the page was asked for by a dialog of the page that is open."""
    return request.headers.get("HX-Target") == DIALOG


def _later(function: Provider, request: HttpRequest) -> SimpleLazyObject[Any]:
    return SimpleLazyObject(partial(function, request))


def _main_links(request: HttpRequest) -> list[navigation.Link]:
    return navigation.links_for(request, "main") if hasattr(request, "user") else []


def _user_links(request: HttpRequest) -> list[navigation.Link]:
    return navigation.links_for(request, "user") if hasattr(request, "user") else []


def _role_line(request: HttpRequest) -> str:
    return navigation.role_line(request.user)
