"""The bytes on disk and the rows that name them: neither without the other."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from core.audit import service as audit
from core.files.models import StoredFile
from core.files.services import store_upload
from tests.factories.documents import scan
from tests.factories.proposals import cast, draft_call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def uploads():
    root = Path(default_storage.path("uploads"))
    return {place for place in root.rglob("*") if place.is_file()}


@pytest.fixture
def store():
    people = cast()
    call = draft_call(people)
    return lambda: store_upload(scan(), actor=people.officer, subject=call, purpose="evidence")


def files(action):
    out, said = io.StringIO(), io.StringIO()
    try:
        call_command("files", action, stdout=out, stderr=said)
    except CommandError as failed:
        return f"{said.getvalue()}{failed}"
    return out.getvalue()


def store_and_fail(store):
    with audit.transaction():
        store()
        raise LookupError


def test_a_refused_step_leaves_no_bytes_behind(store):
    before = uploads()
    with pytest.raises(LookupError):
        store_and_fail(store)
    assert uploads() == before
    assert not StoredFile.objects.exists()


def test_what_was_stored_before_a_later_failure_stays(store):
    kept = store()
    with pytest.raises(LookupError):
        store_and_fail(store)
    assert kept.place.is_file()


def test_only_a_transaction_can_be_undone():
    with pytest.raises(RuntimeError):
        audit.on_failure(print)


def test_changed_and_missing_bytes_are_named(store):
    changed, gone, whole = store(), store(), store()
    assert "3 files" in files("verify")
    changed.place.chmod(0o600)
    changed.place.write_bytes(b"%PDF-other")
    gone.place.unlink()
    said = files("verify")
    assert f"bytes of {changed.path} differ" in said
    assert f"{gone.path} is missing" in said
    assert "2 faults" in said
    assert whole.path not in said


def test_the_sweep_takes_old_bytes_that_no_row_names(store):
    kept = store()
    fresh, old = (default_storage.save(f"uploads/{name}", ContentFile(b"x")) for name in "ab")
    yesterday = time.time() - 2 * 24 * 3600
    for path in (kept.path, old):
        os.utime(default_storage.path(path), (yesterday, yesterday))
    assert old in files("sweep")
    assert kept.place.is_file()
    assert default_storage.exists(fresh)
    assert not default_storage.exists(old)
    default_storage.delete(fresh)
