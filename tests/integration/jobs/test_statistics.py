"""After a mass of rows the database counts its tables anew."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories.people import department

pytestmark = pytest.mark.django_db
# How many rows the database believes there are, of tables that were never counted none.
COUNTED = {
    "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'people_organisation'",
    "sqlite": "SELECT stat FROM sqlite_stat1 WHERE tbl = 'people_organisation'",
}


def test_the_database_counts_its_tables():
    department()
    call_command("renew_statistics")
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor])
        believed = str(cursor.fetchone()[0]).split()[0]
    assert float(believed) >= 1
