"""The one list page: search, filter, sort, pages, count. Rooms give rows, filters and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from core.ui.paging import page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django_filters import FilterSet

    from core.ui.tables import Table

TARGET = "listing"
PARTIAL = "generic/_list.html"


def listing(
    request: HttpRequest,
    queryset: QuerySet[Any, Any],
    filterset_class: type[FilterSet] | None,
    table: Table,
    template: str = "generic/list.html",
    **context: Any,
) -> HttpResponse:
    """Answer with the page of `queryset` (already cut by `visible_to`) that the address asks for.

    Context worth giving: `title`, `actions`, `crumbs`, `tabs`, `figures`, `lead`. htmx gets the rows only.
    """
    filters = filterset_class(request.GET, queryset=queryset, request=request) if filterset_class else None
    page = page_of(request, table.ordered(filters.qs if filters else queryset, request.GET))
    shown = PARTIAL if request.headers.get("HX-Target") == TARGET else template
    values = {"filters": filters, "page": page, "table": table.bind(page.object_list, request.GET), **context}
    response = render(request, shown, values)
    patch_vary_headers(response, ["HX-Target"])
    return response
