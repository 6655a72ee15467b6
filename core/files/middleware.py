"""What a request may bring along: looked at before anything of it is read, because visitors may send anything.

A thread reads the body of a request; it waits as long as the sender likes. So only some of the threads may read bodies
at one time, and those that answer pages go on.
"""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from .checks import max_bytes

KILOBYTE = 1024
# The forms of visitors are a sign-in and a new password; a browser's report on the security policy is shorter still.
VISITOR_BYTES = 256 * KILOBYTE
# The other fields of a form beside its file.
BESIDE_A_FILE = 1024 * KILOBYTE
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
SECONDS_TO_WAIT = "5"


class NoFiles(FileUploadHandler):
    """Visitors send no files: what they send is dropped as it comes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class Quota(FileUploadHandler):
    """All files of one request together: what a wrong or missing length does not say is counted."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.left = allowed_bytes(signed_in=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.left -= len(raw_data)
        if self.left < 0:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def allowed_bytes(*, signed_in: bool) -> int:
    """The largest body taken, in bytes: for people the largest file and a form round it."""
    return max_bytes() + BESIDE_A_FILE if signed_in else VISITOR_BYTES


class BodyMiddleware:
    """Refuses a body that is too large unread, and reads the others while a reader is free."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.readers = BoundedSemaphore(settings.BODIES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = SESSION_KEY in request.session
        length = _length(request)
        if length is None or length > allowed_bytes(signed_in=signed_in):
            return _refusal(413, _("What you sent is too large."))
        handlers: list[Any] = [Quota(request), *request.upload_handlers] if signed_in else [NoFiles(request)]
        request.upload_handlers = handlers
        return self._read(request) if length else self.get_response(request)

    def _read(self, request: HttpRequest) -> HttpResponse:
        """The body first, then the page: while it comes in, this thread is one of the readers."""
        if not self.readers.acquire(blocking=False):
            busy = _refusal(503, _("The server is busy. Please send it again in a moment."))
            busy["Retry-After"] = SECONDS_TO_WAIT
            return busy
        try:
            # Asked for, they are read.
            request.POST if request.content_type in FORMS else request.body  # noqa: B018
        except UnreadablePostError:
            return _refusal(400, "")
        finally:
            self.readers.release()
        return self.get_response(request)


def _length(request: HttpRequest) -> int | None:
    """The length that the body has by its header; None for one that cannot be."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None  # noqa: PLR2004


def _refusal(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
