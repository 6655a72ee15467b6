"""What browsers report of our content security policy is written down, in little room, for people who are signed in."""

import logging

import pytest
from django.test import Client

from tests.factories import proposals as make

REPORT = b'{"csp-report": {"blocked-uri": "inline",\n "document-uri": "/tasks/"}}'

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(morning, client_for):
    return client_for(make.cast().officer)


def send(client, body=REPORT):
    return client.post("/csp-report/", body, content_type="application/csp-report").status_code


def written(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "core.ui.views"]


def test_a_report_is_one_line_of_the_log(client, caplog):
    caplog.set_level(logging.WARNING)
    assert send(client) == 204
    assert written(caplog) == [
        'Content security policy: {"csp-report": {"blocked-uri": "inline", "document-uri": "/tasks/"}}'
    ]


def test_a_long_report_is_cut(client, caplog):
    assert send(client, b"x" * 100_000) == 204
    assert len(written(caplog)[0]) < 2100


def test_a_stranger_cannot_fill_the_log(caplog):
    assert send(Client()) == 204
    assert written(caplog) == []
    assert Client().get("/csp-report/").status_code == 405
