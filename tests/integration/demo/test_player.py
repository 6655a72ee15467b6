"""One time-ordered queue for all histories."""

from datetime import UTC, date, datetime, timedelta

from core import clock
from demo.loader.days import Days
from demo.loader.player import MOMENT, Player

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def telling(told, name, *hours):
    """A history that tells its name and the clock's instant whenever it goes on."""
    for hour in hours:
        yield NOON + hour * HOUR
        told.append((name, clock.now()))


def test_histories_take_turns_by_time():
    told = []
    player = Player(NOON + 9 * HOUR)
    player.add(telling(told, "a", 1, 4))
    player.add(telling(told, "b", 2, 3))
    player.play()
    assert told == [("a", NOON + HOUR), ("b", NOON + 2 * HOUR), ("b", NOON + 3 * HOUR), ("a", NOON + 4 * HOUR)]


def test_at_the_same_instant_who_came_first_goes_first():
    told = []
    player = Player(NOON + HOUR)
    for name in "abc":
        player.add(telling(told, name, 1))
    player.play()
    assert [name for name, _instant in told] == ["a", "b", "c"]


def test_what_lies_after_the_end_does_not_happen():
    told = []
    player = Player(NOON + HOUR)
    player.add(telling(told, "a", 1, 2))
    player.play()
    assert told == [("a", NOON + HOUR)]
    assert player.played == 1


def test_a_history_never_goes_back():
    told = []
    player = Player(NOON + 9 * HOUR)
    player.add(telling(told, "a", 3, 1))
    player.play()
    assert told == [("a", NOON + 3 * HOUR), ("a", NOON + 3 * HOUR + MOMENT)]


def test_a_history_may_begin_another():
    told = []
    player = Player(NOON + 9 * HOUR)

    def parent():
        yield NOON + HOUR
        player.add(telling(told, "child", 2))
        yield player.later(minutes=30)
        told.append(("parent", clock.now()))

    player.add(parent())
    player.play()
    assert told == [("parent", NOON + 1.5 * HOUR), ("child", NOON + 2 * HOUR)]


def test_days_of_the_past_are_working_days_before_and_of_the_future_after():
    days = Days(date(2026, 3, 9))  # a Monday
    assert days.working(1) == date(2026, 3, 6)
    assert days.working(3) == date(2026, 3, 6)
    assert days.working(-5) == date(2026, 3, 16)
    assert days.end == datetime(2026, 3, 8, 23, tzinfo=UTC)
