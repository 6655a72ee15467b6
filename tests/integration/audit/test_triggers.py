"""The registry of tables that keep their rows: what it asks of a database, also before the tables are there."""

import pytest
from django.db import DatabaseError, connection, models, transaction

from core.audit import service, triggers
from core.audit.apps import AuditConfig
from core.audit.models import Event

pytestmark = pytest.mark.django_db


def test_a_table_that_is_not_there_yet_is_passed_over(monkeypatch):
    class Later(models.Model):  # noqa: DJ008  # never stored
        class Meta:
            app_label = "audit_later"
            managed = False

    before = triggers.expected_triggers()
    monkeypatch.setattr(triggers, "_protections", dict(triggers._protections))
    triggers.append_only(Later)
    assert triggers.expected_triggers() == before
    triggers.install()
    with triggers.lifted():
        assert triggers.present_triggers() & before == set()
    assert triggers.present_triggers() >= before


def test_the_triggers_come_back_with_every_migration():
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON audit_event"
        cursor.execute(f"DROP TRIGGER keep_audit_event_delete{on}")
    triggers.install_after_migrate(sender=AuditConfig)
    service.record("note", actor=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all()._raw_delete(using="default")  # past Django's own collector


def test_a_failure_inside_still_puts_the_triggers_back():
    with pytest.raises(RuntimeError), triggers.lifted():
        raise RuntimeError
    assert triggers.present_triggers() >= triggers.expected_triggers()


def test_postgres_guards_against_emptying_too():
    names = {name for name in triggers.expected_triggers() if name.startswith("keep_audit_event_")}
    kept = {"delete", "update"} | ({"truncate"} if connection.vendor == "postgresql" else set())
    assert names == {f"keep_audit_event_{act}" for act in kept}
