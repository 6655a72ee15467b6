"""Instants counted from the demo's day, so that the same things lie equally far back whenever one loads."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import clock


@dataclass(frozen=True, slots=True)
class Days:
    """The demo's day and what lies before it."""

    today: date

    def day(self, before: int) -> date:
        """The day so many days before the demo's day; negative numbers lie after it."""
        return self.today - timedelta(days=before)

    def working(self, before: int) -> date:
        """The same, or the nearest working day away from the demo's day: nobody works at weekends and on holidays."""
        day = self.day(before)
        if before <= 0:
            return clock.next_working_day(day)
        while not clock.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def at(self, before: int, hour: int = 9, minute: int = 0) -> datetime:
        """The instant on that working day, at that time in Vietnam."""
        return clock.instant(self.working(before), time(hour, minute))

    @property
    def end(self) -> datetime:
        """Nothing that the demo tells happened after this: the morning of its day has not begun."""
        return clock.instant(self.today, time(6))
