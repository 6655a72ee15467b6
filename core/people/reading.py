"""One page reads, and changes nothing: what several of its parts ask for is asked of the database once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")
_page: ContextVar[dict[Hashable, Any] | None] = ContextVar("page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Inside, ``once`` remembers. Only round what reads: a step that writes asks anew each time."""
    token = _page.set({})
    try:
        yield
    finally:
        _page.reset(token)


def once(key: Hashable, ask: Callable[[], Found]) -> Found:
    """What ``ask`` answers; inside a page the first answer for ``key``. Nobody changes the answer."""
    known = _page.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    found: Found = known[key]
    return found
