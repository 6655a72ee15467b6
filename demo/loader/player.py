"""All histories in one time-ordered queue, each played with the clock at its instant."""

import heapq
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta

from core import clock

History = Generator[datetime, None, None]
"""A history yields the instant at which it wants to go on."""

MOMENT = timedelta(seconds=20)


class Player:
    """Resumes histories in the order of their instants; what would happen after ``end`` does not happen.

    >>> player = Player(end)
    >>> player.add(history())
    >>> player.play()
    """

    def __init__(self, end: datetime) -> None:
        self.end = end
        self.now: datetime | None = None
        self.played = 0
        self._added = 0
        self._queue: list[tuple[datetime, int, History]] = []

    def add(self, history: History) -> None:
        """Let a history begin: it runs to its first instant and waits there."""
        self._resume(history, self.now)

    def play(self, within: Callable[[date], AbstractContextManager[None]] = lambda _day: nullcontext()) -> None:
        """Play everything until ``end``, ``within`` what the caller opens for a while of a day.

        A while ends before a history goes on for the second time: it may read what it wrote the first time.
        """
        while self._queue and self._queue[0][0] <= self.end:
            day = clock.local(self._queue[0][0]).date()
            with within(day):
                self._play_for_a_while(day)
        for _instant, _number, history in self._queue:
            history.close()
        self._queue.clear()

    def _play_for_a_while(self, day: date) -> None:
        played: set[int] = set()
        while self._queue:
            instant, _number, history = self._queue[0]
            if instant > self.end or id(history) in played or clock.local(instant).date() != day:
                return
            heapq.heappop(self._queue)
            played.add(id(history))
            self.now = instant
            with clock.moved_to(instant):
                self._resume(history, instant)
            self.played += 1

    def later(self, minutes: int) -> datetime:
        """So many minutes after the instant that is being played."""
        assert self.now is not None  # noqa: S101  # asked from inside a history
        return self.now + timedelta(minutes=minutes)

    def _resume(self, history: History, since: datetime | None) -> None:
        """Run to the next instant. One that is not later than the present is moved just behind it."""
        wanted = next(history, None)
        if wanted is None:
            return
        if since is not None:
            wanted = max(wanted, since + MOMENT)
        self._added += 1
        heapq.heappush(self._queue, (wanted, self._added, history))
