"""The clock and the Vietnamese calendar, on days that really were."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest
import time_machine
from holidays import country_holidays
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from core import clock

days = st.dates(date(2019, 1, 1), date(2027, 11, 30))


def day(text):
    return date.fromisoformat(text)


@pytest.fixture(autouse=True)
def _calm(settings, tmp_path):
    settings.CLOCK_MOVABLE = True
    settings.CLOCK_FILE = tmp_path / "clock"
    settings.HOLIDAYS_OVERRIDE = ""


@time_machine.travel(datetime(2026, 3, 1, 18, 30, tzinfo=UTC), tick=False)
def test_the_day_begins_in_vietnam_seven_hours_before_utc():
    assert clock.now() == datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    assert clock.today() == day("2026-03-02")
    assert clock.local(clock.now()).isoformat() == "2026-03-02T01:30:00+07:00"


def test_a_closing_at_five_in_vietnam_is_ten_in_utc():
    assert clock.instant(day("2026-04-20"), time(17)) == datetime(2026, 4, 20, 10, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        clock.local(datetime(2026, 3, 1))  # noqa: DTZ001 - that is the point


def test_the_clock_stands_where_it_was_moved_and_goes_on_afterwards():
    moment = datetime(2019, 5, 6, 9, tzinfo=clock.ZONE)
    before = clock.now()
    with clock.moved_to(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        with clock.moved_to(moment + timedelta(days=1)):
            assert clock.today() == day("2019-05-07")
        assert clock.today() == day("2019-05-06")
    assert clock.now() >= before


def test_another_thread_keeps_its_own_time():
    seen = []
    with clock.moved_to(datetime(2019, 5, 6, tzinfo=UTC)):
        thread = threading.Thread(target=lambda: seen.append(clock.today().year))
        thread.start()
        thread.join()
    assert seen != [2019]


def test_a_real_installation_does_not_move_its_clock(settings):
    settings.CLOCK_MOVABLE = False
    settings.CLOCK_FILE.write_text("2019-05-06")
    with pytest.raises(clock.ImmovableClockError), clock.moved_to(datetime(2019, 5, 6, tzinfo=UTC)):
        pass
    assert clock.today().year > 2019


@time_machine.travel(datetime(2026, 3, 1, 18, 30, tzinfo=UTC), tick=False)
def test_the_clock_file_moves_the_day_and_the_time_of_day_runs_on(settings):
    settings.CLOCK_FILE.write_text("2024-02-29\n")
    assert clock.local(clock.now()).isoformat() == "2024-02-29T01:30:00+07:00"


@pytest.mark.parametrize("text", ["2024-02-29T10:00:00", "2024-02-29T10:00:00+07:00", "2024-02-29T03:00:00Z"])
def test_the_clock_file_stops_the_clock_at_an_instant(settings, text):
    settings.CLOCK_FILE.write_text(text)
    assert clock.now() == datetime(2024, 2, 29, 3, tzinfo=UTC)


def test_the_clock_file_is_read_again_when_it_changes_and_forgotten_when_it_goes(settings):
    settings.CLOCK_FILE.write_text("2024-02-29")
    assert clock.today() == day("2024-02-29")
    settings.CLOCK_FILE.write_text("2024-03-01T08:00")
    assert clock.today() == day("2024-03-01")
    settings.CLOCK_FILE.unlink()
    assert clock.today() > day("2024-03-01")


def test_a_faulty_clock_file_is_refused(settings):
    settings.CLOCK_FILE.write_text("tomorrow")
    with pytest.raises(ValueError, match="tomorrow"):
        clock.now()


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-02-13", True),  # the Friday before Tết
        ("2026-02-16", False),  # the eve of Tết Bính Ngọ
        ("2026-02-20", False),  # the fourth day of Tết
        ("2026-02-23", True),  # the Monday after
        ("2025-04-26", True),  # a Saturday worked
        ("2025-05-02", False),  # in exchange for this Friday
        ("2026-04-27", False),  # Hùng Kings' day fell on Sunday
        ("2026-08-22", True),  # a Saturday worked
        ("2026-08-31", False),  # in exchange for this Monday
        ("2026-09-02", False),  # National Day
        ("2026-11-24", False),  # Vietnam Culture Day
        ("2026-11-25", True),
        ("2026-11-21", False),  # a common Saturday
    ],
)
def test_working_days_that_were_announced(text, works):
    assert clock.is_working_day(day(text)) is works


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-02-13", 1, "2026-02-23"),  # over Tết: the day of the event does not count
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-11-20", 3, "2026-11-26"),  # over 24 November
        ("2026-08-21", 1, "2026-08-22"),  # the worked Saturday counts
        ("2026-08-28", 1, "2026-09-03"),
        ("2025-04-25", 1, "2025-04-26"),
        ("2025-04-29", 2, "2025-05-06"),
        ("2026-03-07", 0, "2026-03-07"),
        ("2026-03-09", -3, "2026-03-04"),  # papers three working days before a council
        ("2026-02-24", -2, "2026-02-13"),
    ],
)
def test_adding_working_days(start, number, end):
    assert clock.add_working_days(day(start), number) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2026-02-13", "2026-02-23", 1),
        ("2026-02-23", "2026-02-13", -1),
        ("2026-03-02", "2026-03-06", 4),
        ("2026-03-02", "2026-03-02", 0),
        ("2026-08-21", "2026-08-22", 1),
    ],
)
def test_counting_working_days(start, end, number):
    assert clock.working_days_between(day(start), day(end)) == number


def test_a_span_of_centuries_is_estimated_at_once():
    today = day("2026-03-02")
    estimated, started = clock.working_days_between(day("0001-01-01"), today), process_time()
    assert abs(estimated - (today - date.min).days * 5 / 7) < 31 * 15
    assert clock.working_days_between(today, date.min) == -estimated
    assert process_time() - started < 0.5


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2026-11-30", 3, "months", "2027-02-28"),
        ("2026-03-31", -1, "months", "2026-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2026-03-02", 30, "days", "2026-04-01"),
        ("2026-03-02", -30, clock.Unit.DAYS, "2026-01-31"),
        ("2026-11-20", 3, clock.Unit.WORKING_DAYS, "2026-11-26"),
    ],
)
def test_adding_in_any_unit(start, number, unit, end):
    assert clock.add_days(day(start), number, unit) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-10-01", "2027-06-30", 9),
        ("2026-10-01", "2027-07-01", 9),
        ("2026-10-01", "2027-07-02", 10),
        ("2026-10-15", "2027-07-14", 9),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-01-31", 0),
    ],
)
def test_months_within_which_a_time_fits(start, end, months):
    assert clock.months_between(day(start), day(end)) == months


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="weeks"):
        clock.add_days(day("2026-01-31"), 1, "weeks")


@pytest.mark.parametrize(
    ("event", "number", "unit", "end"),
    [
        ("2026-01-17", 30, "days", "2026-02-23"),  # ends on the eve of Tết: moves past it
        ("2026-03-02", 30, "days", "2026-04-01"),  # ends on a working day: stays
        ("2026-10-24", 1, "months", "2026-11-25"),  # ends on Culture Day
        ("2026-08-02", 20, "days", "2026-08-22"),  # ends on a Saturday that is worked: stays
        ("2026-03-02", 3, "working_days", "2026-03-05"),
    ],
)
def test_a_time_limit_never_ends_on_a_day_off(event, number, unit, end):
    assert clock.deadline(day(event), number, unit) == day(end)


def test_the_override_file_adds_what_was_announced_later(settings, tmp_path):
    path = tmp_path / "holidays.toml"
    path.write_text("off = [2026-01-02]\nwork = [2026-01-10]\n")
    assert clock.add_working_days(day("2025-12-31"), 1) == day("2026-01-02")
    settings.HOLIDAYS_OVERRIDE = str(path)
    assert clock.add_working_days(day("2025-12-31"), 1) == day("2026-01-05")
    assert clock.is_working_day(day("2026-01-10"))
    path.write_text("work = [2026-02-16]")
    assert clock.is_working_day(day("2026-02-16"))


@pytest.mark.parametrize(
    "content",
    [
        "off = ['2026-01-02']",
        "off = [2026-01-02]\nwork = [2026-01-02]",
        "of = [2026-01-02]",
        "off = [2026-01-02T10:00:00]",
        "years = ['2027']",
        "years = [2027-01-01]",
    ],
)
def test_a_faulty_override_file_is_refused(settings, tmp_path, content):
    path = tmp_path / "holidays.toml"
    path.write_text(content)
    settings.HOLIDAYS_OVERRIDE = str(path)
    with pytest.raises(ValueError, match=r"holidays\.toml"):
        clock.is_working_day(day("2026-03-02"))


def test_the_table_is_sure_up_to_the_last_year_whose_announcement_the_package_cites():
    cited = max(country_holidays("VN").special_public_holidays)
    assert [clock.is_known_year(year) for year in (2018, 2019, cited, cited + 1)] == [False, True, True, False]


def test_the_override_file_says_of_which_years_nothing_is_missing(settings, tmp_path):
    path = tmp_path / "holidays.toml"
    path.write_text("off = [2027-01-04]\nwork = [2027-01-09]\n")
    settings.HOLIDAYS_OVERRIDE = str(path)
    assert not clock.is_known_year(2027)
    path.write_text("off = [2027-01-04]\nwork = [2027-01-09]\nyears = [2027]\n")
    assert (clock.is_known_year(2027), clock.is_known_year(2028)) == (True, False)


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-09-30", []), ("2026-10-01", [2027]), ("2027-01-04", [2027]), ("2027-10-01", [2027, 2028])],
)
def test_a_year_is_missing_when_it_has_come_and_from_the_october_before(today, missing):
    assert clock.missing_years(day(today)) == missing


def test_beyond_the_table_the_fixed_days_and_the_new_year_are_still_known():
    assert not clock.is_working_day(day("2035-09-03"))
    assert not clock.is_working_day(day("2035-02-08"))  # the first day of Tết Ất Mão


@given(start=days, number=st.integers(1, 60))
@profile(deadline=None)
def test_adding_and_counting_agree(start, number):
    end = clock.add_working_days(start, number)
    assert clock.is_working_day(end)
    assert clock.working_days_between(start, end) == number
    assert clock.working_days_between(end, start) == -number


@given(event=days, number=st.integers(0, 24), unit=st.sampled_from(list(clock.Unit)))
@profile(deadline=None)
def test_a_deadline_is_the_first_working_day_from_the_plain_date(event, number, unit):
    plain, end = clock.add_days(event, number, unit), clock.deadline(event, number, unit)
    assert clock.is_working_day(end)
    assert not any(clock.is_working_day(plain + timedelta(days=offset)) for offset in range((end - plain).days))
