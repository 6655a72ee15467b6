"""Tables: columns by declaration, sorting from the address, no query per row."""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.template import Context, Template
from django.utils.translation import override

from core.ui.cells import Kind, draw
from core.ui.parts import Badge, Due
from core.ui.tables import Column, Table

TABLE = Table(
    caption="Rows",
    empty="No row.",
    default_sort="-model",
    columns=[
        Column("app_label", "App", Kind.CODE, url=lambda row: f"/{row.app_label}/", sort=("app_label", "-model")),
        Column("model", "Model", sort=("model",)),
        Column("pk", "Key", on_phone=False),
    ],
)


def drawn(kind, value):
    with override("en"):
        return draw(Column("value", "x", kind), SimpleNamespace(value=value))


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ("-model",)),
        ("sort=model", ("model",)),
        ("sort=app_label", ("app_label", "-model")),
        ("sort=-app_label", ("-app_label", "model")),
        ("sort=pk", ()),
        ("sort=password", ()),
        ("sort=--model", ()),
    ],
)
def test_only_declared_columns_sort(query, order):
    assert TABLE.ordered(ContentType.objects.order_by(), QueryDict(query)).query.order_by == order


def test_headers_turn_the_order_and_leave_the_page():
    heads = TABLE.bind([], QueryDict("q=x&sort=model&page=4")).headers
    assert [(head.direction, head.sort_query) for head in heads] == [
        ("", "?q=x&sort=app_label"),
        ("ascending", "?q=x&sort=-model"),
        ("", ""),
    ]
    assert TABLE.bind([], QueryDict("sort=-model")).headers[1].direction == "descending"


def test_a_table_without_address_has_no_sort_links():
    assert {head.sort_query for head in TABLE.bind([]).headers} == {""}


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (SimpleNamespace(host=SimpleNamespace(name="A")), "A"),
        (SimpleNamespace(host=None), None),
        (SimpleNamespace(), None),
        ({"host": {"name": "B"}}, "B"),
    ],
)
def test_a_column_reads_a_path(row, value):
    assert Column("host.name", "x").read(row) == value


def test_link_and_note_go_round_the_value():
    column = Column("t", "x", Kind.TITLE, url=lambda _row: "/a?b=1&c=2", note=lambda _row: "<i>")
    assert draw(column, SimpleNamespace(t="T")) == (
        '<a href="/a?b=1&amp;c=2"><strong class="cell-title" dir="auto">T</strong></a>'
        '<small class="cell-note" dir="auto">&lt;i&gt;</small>'
    )


@pytest.mark.parametrize(
    ("kind", "value", "html"),
    [
        (Kind.TEXT, "<b>", '<span dir="auto">&lt;b&gt;</span>'),
        (Kind.NAME, "Viện", '<span dir="auto">Viện</span>'),
        (Kind.MONEY, 1000, '<bdi class="money">1,000</bdi>'),
        (Kind.NUMBER, 0, '<bdi class="money">0</bdi>'),
        (Kind.NUMBER, None, '<span class="empty-value">–</span>'),
        (Kind.PROGRESS, None, '<span class="empty-value">–</span>'),
        (
            Kind.PROGRESS,
            130,
            (
                '<span class="progress-line"><progress max="100" value="100" aria-label="Progress"></progress>'
                '<bdi class="money">130%</bdi></span>'
            ),
        ),
    ],
)
def test_cells_by_kind(kind, value, html):
    assert drawn(kind, value) == html


def test_badge_and_deadline_cells():
    assert "tone-neutral" in drawn(Kind.BADGE, Badge("Draft"))
    assert "due-none" in drawn(Kind.DEADLINE, Due())


def test_a_list_costs_one_query_however_long(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        TABLE.bind(ContentType.objects.all())


def test_an_empty_table_says_so():
    source = '{% component "table" table=table %}'
    assert "No row." in Template(source).render(Context({"table": TABLE.bind([])}))


def test_cells_carry_their_label_for_the_phone():
    html = Template('{% component "table" table=table %}').render(
        Context({"table": TABLE.bind([ContentType(app_label="a", model="b")], QueryDict(""))})
    )
    assert [html.count(f'data-label="{name}"') for name in ("App", "Model", "Key")] == [1, 1, 1]
    assert 'aria-sort="descending"' in html
