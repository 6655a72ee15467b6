"""Pages of a list: any number in the address gives a page, and two pages never share a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

Row = TypeVar("Row", bound="Model")
PARAMETER = "page"


def page_of(request: HttpRequest, queryset: QuerySet[Row], per_page: int | None = None) -> Page[Row]:
    """The page the address asks for: the first for words, the last for numbers too high. Costs two queries.

    ``per_page`` rows, or as many as settings.ROWS_PER_PAGE says.
    """
    paginator: Paginator[Row] = Paginator(in_fixed_order(queryset), per_page or settings.ROWS_PER_PAGE)
    return paginator.get_page(request.GET.get(PARAMETER))


def in_fixed_order(queryset: QuerySet[Row]) -> QuerySet[Row]:
    """The same order with the primary key last, so that equal rows keep their places from page to page."""
    order: list[Any] = list(queryset.query.order_by)
    if not order and queryset.query.default_ordering:
        order = list(queryset.model._meta.ordering or [])
    if {"pk", "-pk", "id", "-id"} & {item for item in order if isinstance(item, str)}:
        return queryset.order_by(*order)
    return queryset.order_by(*order, "pk")


def window(page: Page[Any], around: int = 2) -> list[int | None]:
    """The page numbers to show: first, last, those near the current one; None stands for a gap."""
    last = page.paginator.num_pages
    near = {number for number in range(page.number - around, page.number + around + 1) if 1 <= number <= last}
    shown = sorted(near | {1, last})
    numbers: list[int | None] = []
    for previous, number in zip([0, *shown], shown, strict=False):
        if number - previous > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
