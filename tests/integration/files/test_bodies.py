"""What a request brings along is measured before it is read, and slow senders never hold every thread."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.urls import reverse

from core.files.checks import MEGABYTE
from core.files.middleware import VISITOR_BYTES, BodyMiddleware, Quota, allowed_bytes
from core.people.roles import Role
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    """A body that nobody may touch."""

    def read(self, *_size):
        raise AssertionError

    readline = read


@pytest.fixture
def temporary(settings, tmp_path):
    """Where Django puts what it reads; small files too."""
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(tmp_path), 0
    return tmp_path


def sent(client, length, content_type="multipart/form-data; boundary=x", body=None):
    address = reverse("account_login")
    facts = {"CONTENT_LENGTH": str(length), "wsgi.input": body or Unread()}
    return client.generic("POST", address, b"", content_type, **facts).status_code


@pytest.mark.parametrize("length", [VISITOR_BYTES + 1, 262_000_000, "-1", "abc", "9" * 30])
def test_what_a_visitor_sends_too_much_of_is_refused_unread(client, length):
    assert sent(client, length) == 413


def test_a_form_of_a_visitor_is_taken_up_to_its_limit(client):
    body = b"login=" + b"a" * (VISITOR_BYTES - 6)
    answer = client.generic("POST", reverse("account_login"), body, "application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_a_file_of_a_visitor_reaches_no_disk(client, temporary):
    answer = client.post(reverse("account_login"), {"login": "x", "f": SimpleUploadedFile("a.pdf", b"a" * 90_000)})
    assert (answer.status_code, answer.wsgi_request.FILES, list(temporary.iterdir())) == (200, {}, [])


def test_people_send_a_file_and_the_form_round_it(client_for, settings):
    settings.UPLOAD_MAX_MEGABYTES = 1
    client = client_for(user_with(Role.OFFICER))
    assert allowed_bytes(signed_in=True) == 2 * MEGABYTE
    assert sent(client, 2 * MEGABYTE + 1) == 413
    answer = client.post(reverse("people:profile-edit"), {"f": SimpleUploadedFile("a.pdf", b"a" * MEGABYTE)})
    assert (answer.status_code, list(answer.wsgi_request.FILES)) == (200, ["f"])


def test_all_files_of_one_request_are_counted_together(settings):
    settings.UPLOAD_MAX_MEGABYTES = 1
    quota = Quota()
    assert quota.receive_data_chunk(b"a" * 2 * MEGABYTE, 0) == b"a" * 2 * MEGABYTE
    with pytest.raises(StopUpload):
        quota.receive_data_chunk(b"a", 0)


def test_when_every_reader_waits_pages_are_answered_and_bodies_are_asked_again(client, rf, settings):
    settings.BODIES_AT_ONCE = 1
    inner = []

    def page(request):
        inner.append(request.method)
        return client.get(reverse("account_login"))

    gate = BodyMiddleware(page)
    slow = rf.post("/", {"a": "1"})
    slow.session = client.session
    with gate.readers:
        refused = gate(slow)
        reading = rf.get("/")
        reading.session = client.session
        assert gate(reading).status_code == 200
    assert (refused.status_code, refused["Retry-After"], inner) == (503, "5", ["GET"])
    assert gate(slow).status_code == 200
