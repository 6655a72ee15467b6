"""The main navigation: rooms register their entries in hooks.py, base.html shows those the user may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

Visible = Callable[[Any], bool]
Count = Callable[[Any], int]


@dataclass(frozen=True)
class Entry:
    """A registered entry. `place` is `main` (navigation) or `user` (menu of the signed-in user)."""

    label: StrOrPromise
    url_name: str
    order: int
    visible: Visible
    place: str = "main"
    count: Count | None = None
    icon: str = ""


@dataclass(frozen=True)
class Link:
    """An entry as one user sees it on one page."""

    label: StrOrPromise
    url: str
    current: bool
    count: int = 0
    icon: str = ""


def is_signed_in(user: Any) -> bool:
    """The default: every signed-in user sees the entry."""
    return bool(user.is_authenticated)


_entries: dict[str, Entry] = {}
_describe: list[Callable[[Any], str]] = []


def register(
    label: StrOrPromise,
    url_name: str,
    order: int,
    visible: Visible = is_signed_in,
    *,
    place: str = "main",
    count: Count | None = None,
    icon: str = "",
) -> None:
    """Add an entry; the same url name twice replaces the first. `count` is a number shown beside the label."""
    _entries[url_name] = Entry(label, url_name, order, visible, place, count, icon)


def describe_user(function: Callable[[Any], str]) -> Callable[[Any], str]:
    """Decorator: the function that says in one line as what the user is signed in (roles, organisation)."""
    _describe[:] = [function]
    return function


def role_line(user: Any) -> str:
    """The line under the user's name, empty when nobody registered one."""
    return _describe[0](user) if _describe and user.is_authenticated else ""


def links_for(request: HttpRequest, place: str = "main") -> list[Link]:
    """The entries the user may see, in order. An entry whose URL is not installed is left out."""
    user = request.user
    entries = sorted((entry for entry in _entries.values() if entry.place == place), key=lambda entry: entry.order)
    shown = [(entry, _url(entry)) for entry in entries if entry.visible(user)]
    current = _best_match(request.path, [url for _, url in shown if url])
    return [
        Link(entry.label, url, url == current, entry.count(user) if entry.count else 0, entry.icon)
        for entry, url in shown
        if url
    ]


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _best_match(path: str, urls: list[str]) -> str:
    """The longest registered URL the path lies under; the root only matches itself."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
