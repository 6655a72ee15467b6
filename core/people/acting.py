"""Who is acting in the present request, for what runs far away from it (log lines, not decisions)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .models import User

_acting: ContextVar[User | None] = ContextVar("acting_user", default=None)


def acting_user() -> User | None:
    """The signed-in user of this request or thread of work; None in commands and for visitors."""
    return _acting.get()


@contextmanager
def acting_as(user: User | None) -> Iterator[None]:
    """Name the acting user for as long as the block runs."""
    token = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(token)
