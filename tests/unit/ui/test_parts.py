"""Due dates in working days, money lines, slots of panels."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from core import clock
from core.money import VND
from core.ui.parts import Action, Due, MoneyLine, Panel, panels_by_slot

# A Monday of a week without public holidays.
MONDAY = datetime(2026, 6, 15, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_monday():
    with clock.moved_to(MONDAY), override("en"):
        yield


@pytest.mark.parametrize(
    ("due_on", "state", "days", "sentence"),
    [
        (date(2026, 6, 12), "overdue", 1, "1 working day late"),
        (date(2026, 6, 8), "overdue", 5, "5 working days late"),
        (date(2026, 6, 15), "soon", 0, "due today"),
        (date(2026, 6, 18), "soon", 3, "3 working days left"),
        (date(2026, 6, 19), "ok", 4, "4 working days left"),
    ],
)
def test_deadline_in_working_days(due_on, state, days, sentence):
    due = Due("X", due_on=due_on)
    assert (due.state, due.days, due.sentence) == (state, days, sentence)


@pytest.mark.parametrize(
    ("due_on", "is_estimate"), [(None, False), (date(2026, 12, 31), False), (date(2027, 1, 4), True)]
)
def test_a_deadline_in_a_year_whose_days_off_are_not_known_is_an_estimate(due_on, is_estimate):
    due = Due("X", due_on=due_on)
    assert due.is_estimate == is_estimate
    words = "An estimate: the exchanged days off of 2027 are not known yet."
    assert (words in " ".join(render_to_string("components/due.html", {"due": due}).split())) == is_estimate
    assert ("estimated" in render_to_string("components/due.html", {"due": due, "compact": True})) == is_estimate


def test_what_fell_due_on_the_last_working_day_is_late_since_that_day():
    """On Saturday no working day is lost yet: nought days late says nothing."""
    with clock.moved_to(datetime(2026, 6, 13, 3, tzinfo=UTC)):
        assert Due("X", due_on=date(2026, 6, 12)).sentence == "overdue since 12/06"


def test_the_weekend_does_not_count_against_the_holder():
    assert Due("X", since=date(2026, 6, 12)).held_days == 1
    assert Due("X").held_days == 0


def test_no_deadline():
    assert (Due("X").state, Due("X").days) == ("none", 0)


@pytest.mark.parametrize(
    ("amount", "whole", "percent", "bar"),
    [(50, 200, 25, 25), (300, 200, 150, 100), (1, 3, 33, 33), (2, 3, 67, 67), (5, 0, 0, 0)],
)
def test_share_of_money_is_rounded_to_whole_per_cent(amount, whole, percent, bar):
    line = MoneyLine("x", VND(amount), VND(whole))
    assert (line.percent, line.bar) == (percent, bar)


@pytest.mark.parametrize(
    ("amount", "whole", "text"), [(0, 1000, "0"), (1, 1000, "<1"), (15, 1000, "2"), (999, 1000, ">99"), (5, 5, "100")]
)
def test_a_small_part_is_not_nothing_and_nearly_all_is_not_all(amount, whole, text):
    assert MoneyLine("x", VND(amount), VND(whole)).percent_text == text


def test_panels_keep_their_order_in_each_slot():
    first, second, third = (
        Panel(name, "t", {}, slot) for name, slot in (("a", "facts"), ("b", "money"), ("c", "facts"))
    )
    assert panels_by_slot([first, second, third]) == {"facts": [first, third], "money": [second]}


@pytest.mark.parametrize(
    ("action", "style"),
    [
        (Action("x", "/", primary=True), "btn-primary"),
        (Action("x", "/"), "btn-outline-primary"),
        (Action("x", "/", primary=True, danger=True), "btn-outline-danger"),
    ],
)
def test_style_of_a_button(action, style):
    assert action.style == style
