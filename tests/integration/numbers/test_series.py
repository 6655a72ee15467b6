"""Drawing numbers: in order, without a gap, one by one even when eight ask at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core import clock
from core.audit.models import Event
from core.numbers.models import NumberSeries, Source
from core.numbers.services import NumberRefused, begin_series, draw, draw_code, open_series, register_external
from tests.factories.people import department

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _late_november():
    with clock.moved_to(datetime(2026, 11, 22, 9, tzinfo=clock.ZONE)):
        yield


def series(year=2026, name="outgoing"):
    return NumberSeries.objects.get(body_code="SKHCN", year=year, name=name)


def test_numbers_begin_at_one_and_follow_each_other():
    assert [draw("SKHCN", "outgoing", date(2026, 3, day)) for day in (2, 2, 5)] == [1, 2, 3]
    assert (series().last_number, series().last_date, series().source) == (3, date(2026, 3, 5), Source.OWN)


def test_each_body_series_and_year_counts_for_itself():
    assert draw("SKHCN", "outgoing", date(2025, 12, 31)) == 1
    assert draw("SKHCN", "outgoing", date(2025, 12, 31)) == 2
    assert draw("SKHCN", "outgoing", date(2026, 1, 1)) == 1
    assert draw("SKHCN", "incoming", date(2026, 1, 1)) == 1
    assert draw("UBND", "outgoing", date(2026, 1, 1)) == 1


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_later_number_never_bears_an_earlier_date(language):
    draw("SKHCN", "outgoing", date(2026, 3, 5))
    with pytest.raises(NumberRefused) as refusal:
        draw("SKHCN", "outgoing", date(2026, 3, 4))
    assert str(refusal.value) == (
        "Number 1 of this series was given on 05 Mar 2026: a later number cannot bear an earlier date."
    )
    assert draw("SKHCN", "outgoing", date(2026, 3, 5)) == 2


def test_no_number_for_tomorrow():
    with pytest.raises(NumberRefused):
        draw("SKHCN", "outgoing", date(2026, 11, 23))
    assert NumberSeries.objects.count() == 0


def test_a_number_is_not_lost_when_its_paper_fails():
    draw("SKHCN", "outgoing", date(2026, 3, 2))

    def fail():
        with transaction.atomic():
            draw("SKHCN", "outgoing", date(2026, 3, 2))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert draw("SKHCN", "outgoing", date(2026, 3, 2)) == 2


def test_codes_are_drawn_by_their_pattern():
    assert draw_code("DX.{year}.{number:04d}", "SKHCN", "proposals", date(2026, 3, 2)) == "DX.2026.0001"
    assert draw_code("DX.{year}.{number:04d}", "SKHCN", "proposals", date(2026, 3, 2)) == "DX.2026.0002"


def test_a_pattern_without_a_year_would_repeat_and_is_refused():
    with pytest.raises(ValueError, match="does not name the year"):
        draw_code("DX.{number:04d}", "SKHCN", "proposals", date(2026, 3, 2))
    assert NumberSeries.objects.count() == 0


def test_the_numbers_of_another_register_are_noted_with_gaps_and_in_any_order():
    register_external("UBND", "outgoing", 220, date(2026, 2, 14))
    register_external("UBND", "outgoing", 187, date(2026, 2, 9))
    kept = NumberSeries.objects.get(body_code="UBND")
    assert (kept.source, kept.last_number, kept.last_date) == (Source.EXTERNAL, 220, date(2026, 2, 14))


def test_a_number_of_another_register_begins_at_one():
    with pytest.raises(NumberRefused):
        register_external("UBND", "outgoing", 0, date(2026, 2, 14))


def test_one_series_has_one_source():
    open_series("UBND", 2026, "outgoing", source=Source.EXTERNAL)
    assert open_series("UBND", 2026, "outgoing", source=Source.OWN).source == Source.EXTERNAL
    with pytest.raises(NumberRefused):
        draw("UBND", "outgoing", date(2026, 2, 14))
    draw("SKHCN", "outgoing", date(2026, 2, 14))
    with pytest.raises(NumberRefused):
        register_external("SKHCN", "outgoing", 5, date(2026, 2, 14))


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 26},
        {"source": "guessed"},
        {"last_number": 5},
        {"last_date": date(2026, 1, 1)},
        {"body_code": ""},
        {"name": ""},
    ],
)
def test_the_database_refuses_an_impossible_series(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.create(**({"body_code": "SKHCN", "year": 2026, "name": "outgoing"} | wrong))


def test_the_database_refuses_a_second_series_of_the_same_name():
    open_series("SKHCN", 2026, "outgoing", source=Source.OWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.create(body_code="SKHCN", year=2026, name="outgoing")


def test_a_series_says_what_it_is():
    assert str(open_series("SKHCN", 2026, "outgoing", source=Source.OWN)) == "SKHCN outgoing 2026"


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_no_gap_and_no_double():
    """The series does not exist yet, so they also race to make it."""

    def take_ten(_worker):
        try:
            return [draw("SKHCN", "outgoing", date(2026, 3, 2)) for _turn in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        drawn = [number for numbers in pool.map(take_ten, range(8)) for number in numbers]
    assert sorted(drawn) == list(range(1, 81))
    assert series().last_number == 80


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_number_given_back_is_drawn_by_the_one_who_waits():
    """Half of the papers fail after drawing: the others still get a sequence without a gap."""

    def take(worker):
        try:
            with transaction.atomic():
                number = draw("SKHCN", "outgoing", date(2026, 3, 2))
                if worker % 2:
                    raise ZeroDivisionError  # noqa: TRY301 - the paper fails here
                return number
        except ZeroDivisionError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        kept = sorted(number for number in pool.map(take, range(40)) if number)
    assert kept == list(range(1, 21))


FACTS = {"source": Source.OWN, "decision": "Công văn 12/SKHCN-VP"}


def test_a_register_kept_on_paper_goes_on_in_the_middle_of_the_year():
    begin_series("SKHCN", 2026, "outgoing", last_number=357, last_date=date(2026, 11, 20), **FACTS)
    with pytest.raises(NumberRefused):
        draw("SKHCN", "outgoing", date(2026, 11, 19))
    assert draw("SKHCN", "outgoing", date(2026, 11, 20)) == 358
    event = Event.objects.get(kind="numbers.begin")
    assert (event.subject_code, event.reason) == ("SKHCN/outgoing/2026", "Công văn 12/SKHCN-VP")
    assert json.loads(event.payload)["facts"] == {"source": "own", "last_number": 357, "last_date": "2026-11-20"}


def test_a_register_that_the_document_system_of_the_body_keeps_takes_its_numbers_from_there():
    begin_series("SKHCN", 2026, "outgoing", **{**FACTS, "source": Source.EXTERNAL})
    with pytest.raises(NumberRefused):
        draw("SKHCN", "outgoing", date(2026, 11, 20))
    assert register_external("SKHCN", "outgoing", 12, date(2026, 11, 20)).last_number == 12


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_number": 5},
        {"last_date": date(2026, 11, 20)},
        {"last_number": -1},
        {"last_number": 5, "last_date": date(2025, 11, 20)},
        {"last_number": 5, "last_date": date(2026, 11, 23)},
    ],
)
def test_where_a_register_stands_is_a_number_with_its_day_of_the_year(wrong):
    with pytest.raises(NumberRefused):
        begin_series("SKHCN", 2026, "outgoing", **FACTS, **wrong)
    assert not NumberSeries.objects.exists()


def test_a_register_that_has_begun_here_is_never_set_anew():
    assert draw("SKHCN", "outgoing", date(2026, 11, 20)) == 1
    with pytest.raises(NumberRefused):
        begin_series("SKHCN", 2026, "outgoing", last_number=357, last_date=date(2026, 11, 20), **FACTS)
    assert draw("SKHCN", "outgoing", date(2026, 11, 20)) == 2


def test_the_command_line_begins_a_register_of_a_body(capsys):
    body = department()
    words = ["--last-number", "357", "--last-date", "2026-11-20", "--decision", "Công văn 12/SKHCN-VP"]
    call_command("register", body.code, "outgoing", *words)
    assert capsys.readouterr().out == f"{body} · outgoing 2026: the next number is 358\n"
    call_command("register", body.code, "incoming", "--kept", "elsewhere", "--decision", "Công văn 12/SKHCN-VP")
    assert capsys.readouterr().out == f"{body} · incoming 2026: numbers are entered\n"
    draw(body.code, "outgoing", date(2026, 11, 20))
    for again in ([body.code, "outgoing", *words], ["XXX", "outgoing", *words]):
        with pytest.raises(CommandError):
            call_command("register", *again)
