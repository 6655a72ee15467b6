"""Build the province, set its histories going, play them all in one queue."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import translation

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.documents.issuer import rendered_when_opened
from core.jobs.statistics import renew_statistics
from core.notifications.service import of_the_past
from demo.world import build_world

from .days import Days
from .hurry import hurry
from .player import Player
from .programme import programme
from .stage import Stage

# Notices of the last days are still unread, so that the bell has something to ring for.
UNREAD_DAYS, KEPT_DAYS = 4, 45
FOUNDED = 260
# In a small province, for tests: still enough for a council of nine with two who must sit.
SMALL_EXPERTS, SMALL_TEAM = 12, 2


@dataclass(frozen=True, slots=True)
class Loading:
    """What the loading did and how long it took."""

    seconds: float
    events: int
    instants: int
    by_step: Counter[str]
    seconds_by_step: dict[str, float]

    def lines(self, most: int = 12) -> list[str]:
        """The report: milliseconds per step, the dearest kinds first."""
        steps = sum(self.by_step.values())
        text = f"{self.seconds:.1f} s, {self.instants} instants, {self.events} events, {steps} steps, "
        first = text + f"{1000 * sum(self.seconds_by_step.values()) / max(steps, 1):.1f} ms per step"
        return [first] + [
            f"  {seconds:6.2f} s  {self.by_step[name]:5d} x {1000 * seconds / self.by_step[name]:6.1f} ms  {name}"
            for name, seconds in sorted(self.seconds_by_step.items(), key=lambda item: -item[1])[:most]
        ]


def load(today: date, *, scale: int = 1) -> Loading:
    """Load the demo as of the morning of ``today``, all or nothing. ``scale`` divides the numbers, for tests."""
    begun = time.perf_counter()
    days = Days(today)
    with hurry(), transaction.atomic(), rendered_when_opened(), translation.override("vi"):
        with clock.moved_to(days.at(FOUNDED, 8)):
            world = build_world() if scale == 1 else build_world(SMALL_EXPERTS, SMALL_TEAM)
        player = Player(days.end)
        stage = Stage(world, days, player, scale=scale)
        for history in programme(stage):
            player.add(history)
        player.play(partial(_day, days))
    renew_statistics()
    return Loading(time.perf_counter() - begun, Event.objects.count(), player.played, stage.calls, stage.seconds)


@contextmanager
def _day(days: Days, day: date) -> Iterator[None]:
    """A while of a day is one transaction of the chain. Notices of long ago are gone, later ones read, the last not."""
    age = (days.today - day).days
    with audit.transaction(), of_the_past(kept=age <= KEPT_DAYS, read=age > UNREAD_DAYS):
        yield
