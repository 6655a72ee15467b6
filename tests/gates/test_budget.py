"""Lists 12, details 20, dashboards 15 queries: the same with 3 rows and with 30."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.people.models import User

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST, DETAIL, DASHBOARD = 12, 20, 15


def budget_of(name: str) -> int | None:
    """The budget of an address by its name; forms and acts have none."""
    if name.endswith(("-list", ":list")):
        return LIST
    if name.endswith("-detail"):
        return DETAIL
    if name.endswith((":home", "-overview", "-monitoring", "-dashboard")):
        return DASHBOARD
    return None


def count(visit: dict) -> int:
    client = Client()
    client.force_login(User.objects.get(email=visit["email"]), backend=BACKEND)
    client.get(visit["path"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(visit["path"]).status_code == 200
    return len(queries)


def measured(visits: list[dict]) -> list[tuple[dict, int]]:
    return [(visit, budget) for visit in visits if visit["email"] and (budget := budget_of(visit["name"])) is not None]


def over(visits: list[dict]) -> list[tuple[str, str, int]]:
    """(path, person, queries) of each page that asks more than its budget."""
    return [
        (visit["path"], visit["email"], found) for visit, budget in measured(visits) if (found := count(visit)) > budget
    ]


def uneven(visits: list[dict], settings) -> dict[str, tuple[int, int]]:
    """Lists and dashboards that ask otherwise with 3 rows than with 30: path -> queries."""
    lists = [visit for visit, budget in measured(visits) if budget != DETAIL]
    settings.ROWS_PER_PAGE = 3
    few = {(visit["path"], visit["email"]): count(visit) for visit in lists}
    settings.ROWS_PER_PAGE = 30
    many = {(visit["path"], visit["email"]): count(visit) for visit in lists}
    return {one[0]: (few[one], many[one]) for one in few if few[one] != many[one]}


def test_no_page_asks_more_than_its_budget(visits):
    assert over(visits) == []


def test_a_list_asks_the_same_with_3_rows_and_with_30(visits, settings):
    assert uneven(visits, settings) == {}
