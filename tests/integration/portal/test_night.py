"""The nightly question: nobody is bothered while all agrees, and every administrator hears of a fault."""

import logging

import pytest
from django.core import mail
from django.db import connection

from core.jobs.registry import handlers, nightly
from core.people.roles import Role
from portal.jobs import SHOWN
from tests.factories import tasks as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def behind_the_door():
    """Somebody with a hand on the database suspends every task."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_task SET state = 'suspended'")


@pytest.fixture
def administrators():
    return {user_with(Role.SYSTEM_ADMINISTRATOR).email for _ in range(2)}


def test_it_is_asked_every_night_and_says_nothing_while_all_agrees(administrators):
    make.running(make.cast())
    mail.outbox.clear()
    assert sorted(nightly) == ["documents.look_at_all_drafts", "portal.verify"]
    handlers["portal.verify"]({})
    assert mail.outbox == []


def test_a_state_that_was_written_behind_the_door_is_told_to_every_administrator(administrators, caplog):
    task = make.running(make.cast())
    behind_the_door()
    mail.outbox.clear()
    with caplog.at_level(logging.ERROR):
        handlers["portal.verify"]({})
    fault = f"lifecycle --check: task {task.code} is suspended, its last event says running"
    assert caplog.messages == [fault]
    assert {one.to[0] for one in mail.outbox} == administrators
    assert all(fault in one.body for one in mail.outbox)


def test_a_mail_names_the_first_faults_and_their_number(administrators):
    people = make.cast()
    for _ in range(SHOWN + 1):
        make.adopted(people, "running")
    behind_the_door()
    mail.outbox.clear()
    handlers["portal.verify"]({})
    message = mail.outbox[0]
    assert f" {SHOWN + 1} " in message.subject
    assert message.body.count("lifecycle --check: ") == SHOWN
