"""What a page may ask of the database, by its kind, and that thirty rows ask no more than three.

Lists 12, details 20, dashboards 15 queries. A form opens its record and asks what speaks against the step as the detail
does: 20. What is left (files, help, pages without a record) is held to the budget of a list, so no page has none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import resolve

from core import clock
from core.people.models import User
from core.people.policy import can, visible_to
from core.people.roles import Role
from core.people.screens import PageKind, Screen
from core.people.selectors import users_with_role
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.rights import deciders
from core.workflow.selectors import awaiting
from demo.pages import addresses
from tests.gates.growing import FEW, MANY, children, grow

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
BACKEND = "django.contrib.auth.backends.ModelBackend"
BUDGETS = {
    PageKind.LIST: 12,
    PageKind.DETAIL: 20,
    PageKind.DASHBOARD: 15,
    PageKind.FORM: 20,
    PageKind.OTHER: 12,
}
SAMPLES = 4
OUTSIDERS = ("nghiencuu011@binhan.example", "thutruong01@binhan.example")
# Lists that stay short for people from outside: a copied person works nowhere, they see one organisation, and the
# demo's debtors are others.
SHORT = {"people:person-list", "people:organisation-list", "funds:repayment-list"}

# Lists that open with a part of their rows, which may be none for somebody on that day: all are asked for.
ALL_ROWS = {"tasks:report-list": "?show=all"}


def screens() -> dict[str, Screen]:
    """What each address of the site declares."""
    return _screens(settings.ROOT_URLCONF)


@cache
def _screens(_urls: str) -> dict[str, Screen]:
    return {address.name: address.screen for address in addresses() if address.screen is not None}


def budget_of(visit: dict) -> int:
    return BUDGETS[screens()[visit["name"]].kind]


def of_kind(visits: list[dict], kind: PageKind) -> list[dict]:
    """Pages of a kind that are shown to somebody who has signed in."""
    known = screens()
    return [one for one in visits if one["email"] and one["kind"] == "page" and known[one["name"]].kind is kind]


# Pages that somebody has opened in this process: what is remembered for all was asked then.
warm: set[tuple[str, str]] = set()


def opened(visit: dict):
    """The answer of a page, and how many queries it cost."""
    client = Client()
    if visit["email"]:
        client.force_login(User.objects.get(email=visit["email"]), backend=BACKEND)
    warm.add(_kind(visit))
    with CaptureQueriesContext(connection) as queries:
        answer = _closed(client.get(visit["path"]))
    assert answer.status_code == 200, visit
    return answer, len(queries)


def asked(visit: dict):
    """The same once such a page was opened before."""
    if _kind(visit) not in warm:
        opened(visit)
    return opened(visit)


def _kind(visit: dict) -> tuple[str, str]:
    return resolve(urlsplit(visit["path"]).path).view_name, visit["email"]


def _closed(answer):
    # The file that was served; closing the answer itself would close the database of the test too.
    for close in answer._resource_closers:
        close()
    return answer


def count(visit: dict) -> int:
    return asked(visit)[1]


def beyond(visit: dict, budget: int) -> int:
    """The queries of a page that asks more than its budget, else 0.

    One of a kind that was not opened before may have another try: what is remembered for all was asked then.
    """
    is_first = _kind(visit) not in warm
    found = opened(visit)[1]
    if is_first and found > budget:
        found = opened(visit)[1]
    return found if found > budget else 0


def over(visits: list[dict]) -> list[tuple[str, str, int]]:
    """(path, person, queries) of each page and file that asks more than its budget."""
    shown = [visit for visit in visits if visit["kind"] in {"page", "file"}]
    return [(one["path"], one["email"], found) for one in shown if (found := beyond(one, budget_of(one)))]


# ── Three rows and thirty ───────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written in here is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def record_of(visit: dict) -> Model:
    """The record that a detail shows: the one of its address, else whoever looks at himself."""
    model = screens()[visit["name"]].model
    found = resolve(visit["path"]).kwargs
    return model._default_manager.get(code=found["code"]) if model else User.objects.get(email=visit["email"])


# The most children that a record was given: (column of the child, its table) -> rows.
grown: dict[tuple[str, str], int] = {}
# Of these no record gets thirty: the demo has none to copy, one is current at a time, or there are not so many pairs.
SCARCE = {
    ("AgendaItem", "dossier"),
    ("AgendaItem", "order"),
    ("AgendaItem", "proposal"),
    ("AgendaItem", "task"),
    ("Authority", "delegated_from"),
    ("DocumentFile", "document"),
    ("EarlierPaper", "task"),
    ("OrganisationName", "organisation"),
    ("Partner", "dossier"),
    ("Partner", "organisation"),
    ("Phasing", "amendment"),
    ("RecoveryClosing", "task"),
    ("Seat", "user"),
    ("Succession", "predecessor"),
    ("Succession", "successor"),
    ("TaskPartner", "organisation"),
    ("TaskPartner", "task"),
    ("UserObjectPermission", "user"),
    ("VoidRequest", "document"),
}


def with_children(visit: dict) -> tuple[int, int]:
    """Queries of a detail whose record has three children of each kind, and thirty."""
    record, found = record_of(visit), []
    for number in (FEW, MANY):
        for rows, fixed in children(record):
            key = rows.model.__name__, ", ".join(fixed)
            grown[key] = max(grow(rows, number, fixed), grown.get(key, 0))
        found.append(count(visit))
    return found[0], found[1]


def with_work(visit: dict) -> tuple[int, int]:
    """Queries of a dashboard with three more records of each kind that wait for the person, and thirty more."""
    user, found = User.objects.get(email=visit["email"]), []
    for number in (FEW, MANY - FEW):
        for model in subjects.values():
            mine = awaiting(user, model)
            rows: QuerySet = mine if mine.exists() else visible_to(user, model)
            grow(rows, rows.count() + number, {}, only_own=True)
        found.append(count(visit))
    return found[0], found[1]


def with_rows(visit: dict) -> tuple[int, int]:
    """Queries of a list that shows three rows, and thirty. Raises AssertionError when it cannot be made to."""
    visit = {**visit, "path": visit["path"] + ALL_ROWS.get(visit["name"], "")}
    rows = asked(visit)[0].context["page"].paginator.object_list
    found = []
    for number in (FEW, MANY):
        grow(rows, number, {}, only_own=True)
        with override_settings(ROWS_PER_PAGE=number):
            answer, queries = asked(visit)
        stays_short = visit["name"] in SHORT and visit["email"] in OUTSIDERS
        assert len(answer.context["page"]) == number or stays_short, visit
        found.append(queries)
    return found[0], found[1]


MORE = {PageKind.LIST: with_rows, PageKind.DETAIL: with_children, PageKind.DASHBOARD: with_work}


def uneven(visits: list[dict]) -> dict[tuple[str, str], tuple[int, int]]:
    """Pages that ask otherwise with thirty rows than with three: (path, person) -> queries."""
    found = {}
    for visit in visits:
        with taken_back():
            few, many = MORE[screens()[visit["name"]].kind](visit)
        if few != many:
            found[visit["path"], visit["email"]] = few, many
    return found


def spread(visits: list[dict]) -> list[dict]:
    """Of each address a few visits: records in different states."""
    by_name: dict[str, list[dict]] = {}
    for visit in visits:
        by_name.setdefault(visit["name"], []).append(visit)
    return [one for found in by_name.values() for one in found[:: -(-len(found) // SAMPLES)]]


def test_no_page_asks_more_than_its_budget(visits):
    assert over(visits) == []


def with_a_part(record: Stepped) -> set[str]:
    """The addresses of those who decide a step of the record now, one for each, and of the heads of division."""
    rows = [row for row in record.rows() if row.is_for_people]
    found = {user for row in rows for user in deciders(record, row, clock.today())[:1]}
    found |= set(users_with_role(Role.HEAD_OF_DIVISION))
    return {user.email for user in found if can(user, "view", record)}


def test_a_record_in_any_state_stays_within_the_budget_for_whoever_decides_it():
    over_budget, met = {}, set()
    for name, model in sorted(subjects.items()):
        for record in model._default_manager.order_by("-pk"):
            key = name, record.state, record.variant, record.regulation
            if key in met:
                continue
            met.add(key)
            visits = [{"path": record.get_absolute_url(), "email": email} for email in with_a_part(record)]
            most = max((beyond(visit, BUDGETS[PageKind.DETAIL]) for visit in visits), default=0)
            if most:
                over_budget[key] = most
    assert over_budget == {}


def test_a_list_asks_the_same_with_3_rows_and_with_30(visits):
    assert uneven(of_kind(visits, PageKind.LIST)) == {}


def test_a_detail_asks_the_same_with_3_children_of_each_kind_and_with_30(visits):
    assert uneven(spread(of_kind(visits, PageKind.DETAIL))) == {}
    assert {key for key, number in grown.items() if number < MANY} == SCARCE


def test_a_dashboard_asks_the_same_with_3_more_records_and_with_30(visits):
    assert uneven(of_kind(visits, PageKind.DASHBOARD)) == {}
