"""Pages: any number gives a page, no row is shown twice."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator

from core.ui.paging import in_fixed_order, page_of, window


@pytest.fixture
def rows(db):
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(ContentType(app_label="same", model=f"m{number:02}") for number in range(60))
    return ContentType.objects.order_by("app_label")


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("3", 3), ("99", 3), ("0", 3), ("-1", 3), ("x", 1), ("1e9", 1), ("٢", 2)]
)
def test_any_page_number_gives_a_page(rf, rows, asked, number):
    assert page_of(rf.get("/", {"page": asked}), rows).number == number


def test_no_row_on_two_pages(rf, rows):
    seen = [row.pk for number in (1, 2, 3) for row in page_of(rf.get("/", {"page": number}), rows)]
    assert len(seen) == 60
    assert len(set(seen)) == 60


def test_two_queries_whatever_the_number_of_rows(rf, rows, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(page_of(rf.get("/"), rows))


def test_the_order_ends_with_the_key():
    objects = ContentType.objects
    assert in_fixed_order(objects.order_by("model")).query.order_by == ("model", "pk")
    assert in_fixed_order(objects.order_by("-pk")).query.order_by == ("-pk",)
    assert in_fixed_order(objects.all()).query.order_by == ("pk",)


def test_the_order_of_the_model_is_kept(monkeypatch):
    monkeypatch.setattr(ContentType._meta, "ordering", ["model"])
    assert in_fixed_order(ContentType.objects.all()).query.order_by == ("model", "pk")


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (9, 9, [1, None, 7, 8, 9]),
    ],
)
def test_page_numbers_shown(number, pages, shown):
    assert window(Paginator(range(pages), 1).page(number)) == shown
