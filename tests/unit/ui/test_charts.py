"""Charts: whole numbers, round axes, mirrored on right-to-left pages."""

import pytest
from django.utils.translation import override

from core.ui.charts import Bars, Donut, LineChart, Series, Slice


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_slices_go_round_the_circle():
    arcs = Donut("x", [Slice("a", 50), Slice("b", 25), Slice("c", 25)]).arcs
    assert [(arc.dash, arc.offset, arc.percent) for arc in arcs] == [
        ("494 506", "0", 50),
        ("244 756", "-500", 25),
        ("244 756", "-750", 25),
    ]


def test_an_empty_donut_is_drawn():
    donut = Donut("x", [Slice("a", 0)])
    assert (donut.total, donut.arcs[0].dash) == (0, "0 1000")


def test_bars_are_measured_by_the_longest():
    assert [bar.width for bar in Bars("x", [Slice("a", 40), Slice("b", 10)]).bars] == ["100", "25"]
    assert [bar.width for bar in Bars("x", [Slice("a", 0)]).bars] == ["0"]
    assert Bars("x", []).bars == []


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (98, 25), (100, 25), (101, 50), (200, 50), (201, 100), (9_000, 2_500)]
)
def test_the_axis_counts_in_round_steps(highest, step):
    assert LineChart("x", ["1"], [Series("a", [highest])]).step == step


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["0", "2.500", "5.000", "7.500", "10.000"]),
        ("en", ["0", "2,500", "5,000", "7,500", "10,000"]),
    ],
)
def test_the_numbers_of_the_axis_are_grouped_as_the_language_writes_them(language, words):
    with override(language):
        assert [mark.text for mark in LineChart("x", ["1"], [Series("a", [9_000])]).grid] == words


def test_a_line_stops_where_the_values_stop():
    chart = LineChart("x", ["1", "2", "3"], [Series("a", [0, 4, None])])
    assert chart.lines[0].points == "64,212 344,16"
    assert chart.lines[0].last == ("344", "16")
    assert chart.rows == [("1", [0]), ("2", [4]), ("3", [None])]


def test_time_runs_to_the_left_in_arabic():
    chart = LineChart("x", ["1", "2"], [Series("a", [0, 4])])
    assert [mark.x for mark in chart.axis] == ["64", "624"]
    with override("ar"):
        assert [mark.x for mark in chart.axis] == ["576", "16"]
        assert chart.edges == ("16", "576")
        assert chart.grid[0].x == "586"


def test_a_chart_without_values():
    chart = LineChart("x", [], [Series("a", [])])
    assert (chart.lines[0].points, chart.lines[0].last, chart.rows) == ("", None, [])
