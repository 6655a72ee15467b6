"""The suite runs on the database that the caller promised."""

import os

import pytest
from django.db import connection

from tests.conftest import wrong_vendor


@pytest.mark.django_db
def test_the_run_uses_the_promised_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.vendor == os.environ.get("EXPECT_VENDOR", connection.vendor)


def test_a_wrong_promise_is_found():
    assert wrong_vendor("sqlite", "sqlite") == wrong_vendor("", "sqlite") == ""
    assert wrong_vendor("postgresql", "sqlite").startswith("EXPECT_VENDOR is postgresql, but the tests would run on")
