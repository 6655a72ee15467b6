"""The present instant and its day in Vietnam. Nobody else asks the machine's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


class ImmovableClockError(RuntimeError):
    """Somebody tried to move the clock of a real installation."""


def local(moment: datetime) -> datetime:
    """The instant as a Vietnamese clock on the wall shows it. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        message = f"{moment} has no time zone"
        raise ValueError(message)
    return moment.astimezone(ZONE)


def instant(day: date, at: time = time(0)) -> datetime:
    """The UTC instant of a day and time of day in Vietnam, such as a call's closing at 17:00."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def now() -> datetime:
    """The present instant in UTC; the moved one inside `moved_to` or when the demo's clock file says so."""
    moved = _moved.get()
    if moved is not None:
        return moved
    present = datetime.now(UTC)  # noqa: TID251 - the one place that reads the machine's clock
    return _by_file(present) if settings.CLOCK_MOVABLE else present


def today() -> date:
    """The present day in Vietnam."""
    return local(now()).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Stop the clock at an instant for this thread: the demo's loader and the tests play histories with it.

    Threads started inside keep the real time. Raises ImmovableClockError unless settings.CLOCK_MOVABLE,
    ValueError for a time without a zone.
    """
    if not settings.CLOCK_MOVABLE:
        message = "The clock moves only under demo and test settings"
        raise ImmovableClockError(message)
    token = _moved.set(local(moment).astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def _by_file(present: datetime) -> datetime:
    """The demo's instant: settings.CLOCK_FILE holds a day (time of day runs on) or an instant (the clock stands)."""
    path = Path(settings.CLOCK_FILE)
    try:
        status = path.stat()
    except OSError:
        return present
    written = _written(path, status.st_mtime_ns, status.st_size)
    if isinstance(written, datetime):
        return written
    return instant(written, local(present).time())


@lru_cache(maxsize=4)
def _written(path: Path, _changed: int, _size: int) -> date | datetime:
    """What the clock file says, read again only when it changed. Raises ValueError when it is no ISO day or instant."""
    text = path.read_text(encoding="utf-8").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
