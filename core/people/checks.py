"""Start-up check: every screen names an action that some policy declares."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 # the framework's name
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from .policy import is_declared
from .screens import screen_of


def screens_are_declared(**_kwargs: Any) -> list[CheckMessage]:
    """A screen whose action nobody declared would refuse everybody, which nobody would notice."""
    return [
        Error(f"{name} asks for {screen.action!r}, which no policy declares.", id="people.E001")
        for name, callback in url_callbacks(get_resolver().url_patterns)
        if (screen := screen_of(callback)) and not _is_known(screen.action, screen.model, public=screen.public)
    ]


def a_proxy_stands_in_front(**_kwargs: Any) -> list[CheckMessage]:
    """A warning for a server that visitors reach directly: their slow bodies wait in its threads."""
    if getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0):
        return []
    text = "No proxy in front (TRUSTED_PROXY_COUNT is 0): slow senders hold the threads that read forms."
    hint = "Put one that buffers whole requests, with a time limit, before it: docs/deployment.md."
    return [Warning(text, hint=hint, id="people.W001")]


def url_callbacks(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every URL of the site as (route, callback)."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from url_callbacks(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _is_known(action: str, model: type[Model] | None, *, public: bool) -> bool:
    return is_declared(action, model) or (public and model is None)
