"""The chain of events: what is written stays, and a change behind its back is seen."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core.audit import service, triggers
from core.audit.checks import triggers_are_present
from core.audit.models import ChainHead, Event
from core.audit.verify import faults

pytestmark = pytest.mark.django_db


def write(count=3):
    for number in range(count):
        service.record("note", actor=None, subject_type="call", subject_code=f"C{number}", payload={"number": number})


def write_and_fail():
    with service.transaction():
        service.record("first", actor=None)
        raise RuntimeError


def test_events_are_numbered_and_linked():
    write()
    events = list(Event.objects.all())
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.previous_hash for event in events] == ["0" * 64, events[0].hash, events[1].hash]
    assert list(faults()) == []


def test_a_transaction_writes_its_events_once_at_the_end():
    with service.transaction():
        service.record("first", actor=None)
        with service.transaction():
            service.record("second", actor=None)
        assert Event.objects.count() == 0
    assert [event.kind for event in Event.objects.all()] == ["first", "second"]


def test_a_rolled_back_transaction_writes_nothing():
    with pytest.raises(RuntimeError):
        write_and_fail()
    service.record("after", actor=None)
    assert [event.kind for event in Event.objects.all()] == ["after"]


def test_a_null_character_is_refused():
    with pytest.raises(service.NullCharacterRefused):
        service.record("note", actor=None, payload={"text": "a\x00b"})
    assert Event.objects.count() == 0


def test_a_float_is_refused_by_name():
    with pytest.raises(TypeError, match="object does not belong in an event"):
        service.record("note", actor=None, payload={"thing": object()})


@pytest.mark.parametrize("act", ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_change_and_deletion(act):
    write(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert Event.objects.count() == 1


@pytest.mark.postgres
def test_the_database_refuses_truncate():
    write(1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event CASCADE")


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("UPDATE audit_event SET payload = '{}' WHERE sequence = 2", "the payload of event 2 was changed"),
        ("UPDATE audit_event SET reason = 'x' WHERE sequence = 2", "column reason of event 2 differs from its payload"),
        ("DELETE FROM audit_event WHERE sequence = 2", "events 2 to 2 are missing"),
        ("DELETE FROM audit_event WHERE sequence = 3", "the chain ends at event 2, but its head says otherwise"),
        (
            "UPDATE audit_event SET previous_hash = 'x' WHERE sequence = 3",
            "event 3 does not follow the event before it",
        ),
    ],
)
def test_a_change_behind_the_triggers_is_found(tampering, sentence):
    write()
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(tampering)
    assert sentence in list(faults())
    with pytest.raises(CommandError, match="faults"):
        call_command("audit", "verify")


def test_verify_says_how_many_events_hold(capsys):
    write()
    call_command("audit", "verify")
    head = f"3:{Event.objects.get(sequence=3).hash}"
    assert capsys.readouterr().out == f"audit: 3 events, chain whole\naudit: head {head}\n"


def test_a_missing_trigger_fails_the_check():
    assert triggers_are_present(databases=["default"]) == []
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON audit_event"
        cursor.execute(f"DROP TRIGGER keep_audit_event_update{on}")
    found = [message.msg for message in triggers_are_present(databases=["default"])]
    assert found == ["Trigger keep_audit_event_update is missing from the database."]
    triggers.install()
    assert triggers_are_present(databases=["default"]) == []


def test_the_check_is_silent_without_a_database():
    assert triggers_are_present(databases=None) == []


def test_an_event_may_be_collected_without_an_open_transaction():
    event = service.collect(service.PendingEvent(kind="alone", key=uuid.uuid4()))
    assert Event.objects.get().uuid == event.uuid
    assert ChainHead.objects.get().sequence == 1


def test_events_and_head_read_as_words():
    write(1)
    assert str(Event.objects.get()) == "1 note C0"
    assert str(ChainHead.objects.get()) == "1"


def verify(*options):
    out, said = io.StringIO(), io.StringIO()
    try:
        call_command("audit", "verify", *options, stdout=out, stderr=said)
    except CommandError as failed:
        return f"{said.getvalue()}{failed}"
    return out.getvalue()


def noted():
    """The head as a person copies it from what verify printed."""
    return verify().split("head ")[1].strip()


def cut(sequence):
    """Take away the tail of the chain after an event, as somebody does who owns the database."""
    with triggers.lifted():
        Event.objects.filter(sequence__gt=sequence).delete()
    last = Event.objects.order_by("sequence").last()
    ChainHead.objects.update(sequence=last.sequence if last else 0, hash=last.hash if last else "0" * 64)


def test_a_head_kept_outside_shows_a_tail_that_was_cut():
    assert "faults" not in verify("--head", noted())
    write(5)
    kept = noted()
    assert kept == f"5:{Event.objects.get(sequence=5).hash}"
    write(1)
    assert "chain whole" in verify("--head", kept)
    cut(3)
    assert "chain whole" in verify()
    assert "event 5, once the head, is missing" in verify("--head", kept)
    write(4)
    assert "event 5, once the head, was another one" in verify("--head", kept)


def test_a_head_is_read_as_it_was_printed():
    for wrong in ("5", "5:abc", "x:" + "0" * 64):
        with pytest.raises(CommandError, match="head"):
            call_command("audit", "verify", "--head", wrong)
