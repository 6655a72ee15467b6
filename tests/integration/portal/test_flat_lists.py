"""Lists stay as fast as they were: what they ask is answered by an index, however much there is.

Times stand in benchmarks/lists.py. Here the database says how it would look for the rows.
"""

from datetime import date

import pytest
from django.db import connection

from core.documents.models import Document
from core.documents.selectors import documents_awaiting, register_of
from core.people.policy import visible_to
from core.people.roles import STAFF_ROLES, Payer, Role
from core.workflow.selectors import confirmations_waiting
from funds.choices import Bucket
from funds.models import Account
from tests.factories import reviews as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
# What PostgreSQL and SQLite call the reading of a whole table.
WHOLE = {"postgresql": "Seq Scan on {table}", "sqlite": "SCAN {table}"}


def plan(rows):
    """How the database would look for the rows, if the tables were large."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def reads_all(rows):
    """Whether every row of the table would be looked at."""
    whole = WHOLE[connection.vendor].format(table=rows.model._meta.db_table)
    return any(line.endswith(whole) or f"{whole} " in line for line in plan(rows).splitlines())


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_the_administration_sees_every_paper_without_a_condition_for_each_kind_of_record(role):
    assert "WHERE" not in str(visible_to(user_with(role), Document).query)


def test_somebody_from_outside_sees_papers_by_their_records():
    assert 'subject_type" = ' in str(visible_to(make.cast().signer, Document).query)


def test_the_papers_that_wait_are_sought_among_the_drafts():
    people = make.cast()
    waiting = {user: documents_awaiting(user) for user in (people.officer, people.head, people.director, people.clerk)}
    assert [user for user, rows in waiting.items() if reads_all(rows)] == []
    assert reads_all(Document.objects.filter(reason="x"))


@pytest.mark.parametrize("incoming", [False, True])
def test_a_month_of_the_register_is_sought_by_its_days(incoming):
    rows = register_of(user_with(Role.CLERK), 2026, 3, incoming=incoming)
    assert is_sought_by("document_register", rows)


def test_a_month_of_the_register_has_its_first_day_and_its_last():
    sql = str(register_of(user_with(Role.CLERK), 2026, 12).query)
    assert [day for day in (date(2026, 12, 1), date(2027, 1, 1)) if str(day) not in sql] == []


def is_sought_by(index, rows):
    """Whether the index answers. PostgreSQL chooses by statistics of tables, empty here: there it is at hand."""
    if connection.vendor == "sqlite":
        return index in plan(rows)
    with connection.cursor() as cursor:
        return index in connection.introspection.get_constraints(cursor, rows.model._meta.db_table)


def test_the_entries_that_wait_for_a_second_person_are_sought_among_the_entries():
    assert is_sought_by("event_adopted", confirmations_waiting())


def test_the_accounts_of_a_payer_are_sought_by_bucket():
    rows = Account.objects.filter(bucket=Bucket.ADVANCED, source=Payer.FUND)
    assert is_sought_by("account_bucket_source", rows)
