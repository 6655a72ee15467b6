"""What a file may be: by its bytes, never by its name. Own allowlist, because guessers see no macro."""

import hashlib
import subprocess
import sys
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from core import text

from . import confined, image_look, office_look, pdf_look
from .models import ContentType

MEGABYTE = 1024 * 1024
NAME_LENGTH = 120
LOOK_SECONDS = 60
LOOKS_AT_ONCE, WAIT_SECONDS = 2, 20
MAX_REMEMBERED = 1000
_SUFFIX = {ContentType.PDF: ".pdf", ContentType.DOCX: ".docx", ContentType.XLSX: ".xlsx", ContentType.PPTX: ".pptx"}
_SUFFIX |= {ContentType.PNG: ".png", ContentType.JPEG: ".jpg"}
_IMAGES = {"png": ContentType.PNG, "jpeg": ContentType.JPEG}
_OFFICE = {"docx": ContentType.DOCX, "xlsx": ContentType.XLSX, "pptx": ContentType.PPTX}
# What was taken lately, by its digest: a form, a service and a repeated form ask about the same bytes.
_known: dict[str, ContentType] = {}
_looks = BoundedSemaphore(LOOKS_AT_ONCE)


class UploadRefused(ValueError):
    """A file may not come in; the text says why, in the active language."""


def max_bytes() -> int:
    """The largest file taken, in bytes (setting UPLOAD_MAX_MEGABYTES, 50 without it)."""
    return int(getattr(settings, "UPLOAD_MAX_MEGABYTES", 50)) * MEGABYTE


def check_upload(file: IO[bytes], size: int) -> ContentType:
    """What the file is. Raises UploadRefused for an empty, too large, unknown, broken, locked or active file."""
    if size <= 0:
        raise UploadRefused(_("The file is empty."))
    if size > max_bytes():
        raise UploadRefused(_("The file is larger than %(size)s MB.") % {"size": max_bytes() // MEGABYTE})
    seen = digest(file)
    kind = _known.get(seen) or _kind_of(file)
    if len(_known) >= MAX_REMEMBERED:
        _known.clear()
    _known[seen] = kind
    return kind


def digest(file: IO[bytes]) -> str:
    """The SHA-256 of the whole file, in hexadecimal."""
    file.seek(0)
    made = hashlib.sha256()
    while chunk := file.read(MEGABYTE):
        made.update(chunk)
    file.seek(0)
    return made.hexdigest()


def _kind_of(file: IO[bytes]) -> ContentType:
    head = file.read(8)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return _check_pdf(file)
    if head.startswith(b"PK\x03\x04"):
        return _check_office(file)
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _check_image(file)
    raise UploadRefused(_("Only PDF, Word, Excel, PowerPoint (without macros), PNG and JPEG files are taken."))


def clean_name(name: str, kind: ContentType) -> str:
    """The name for people: no folder, no control sign, the suffix of what the file is."""
    bare = PurePosixPath(text.clean(name.replace("\0", "")).replace("\\", "/")).name
    stem = "".join(sign for sign in bare if sign not in '<>:"|?*\n\t').strip(". ")
    known = PurePosixPath(stem).suffix.lower()
    if known in {*_SUFFIX.values(), ".jpeg"}:
        stem = stem[: -len(known)]
    return f"{stem[:NAME_LENGTH].strip() or 'file'}{_SUFFIX[kind]}"


def _check_pdf(file: IO[bytes]) -> ContentType:
    found = _look_into(file.read(), pdf_look.__file__)
    if found == "active":
        raise UploadRefused(_("The PDF holds a script or starts a programme: save it without them."))
    if found == "outside":
        raise UploadRefused(
            _("The PDF names another file, or plays a sound or a film: save it without them, for instance by printing.")
        )
    if found == "link":
        raise _leads()
    if found == "locked":
        raise UploadRefused(_("The PDF is locked by a password: save it without one."))
    if found == "damaged":
        raise UploadRefused(_("The PDF is damaged and cannot be opened."))
    if found != "clean":
        raise UploadRefused(_("The file unpacks to too much."))
    return ContentType.PDF


def _leads() -> UploadRefused:
    return UploadRefused(
        _("A link in the file leads to something other than a web page or an e-mail address: remove the link.")
    )


def _check_image(file: IO[bytes]) -> ContentType:
    found = _look_into(file.read(), image_look.__file__)
    if found in _IMAGES:
        return _IMAGES[found]
    if found == "damaged":
        raise UploadRefused(_("The file is damaged and cannot be opened."))
    raise UploadRefused(_("The file unpacks to too much."))


def _look_into(content: bytes, look: str) -> str:
    """The answer of the process that opens the file in our place; empty when it ran out of memory or time.

    Each may take ``confined.MAX_MEMORY``, so only a few look at one time. Raises UploadRefused when none is free.
    """
    if not _looks.acquire(timeout=WAIT_SECONDS):
        raise UploadRefused(_("The server is busy. Please send it again in a moment."))
    try:
        return _answer([sys.executable, "-I", confined.__file__, look], content)
    finally:
        _looks.release()


def _answer(command: list[str], content: bytes) -> str:
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=LOOK_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode() if done.returncode == 0 else ""


def _check_office(file: IO[bytes]) -> ContentType:
    found = _look_into(file.read(), office_look.__file__)
    if found in _OFFICE:
        return _OFFICE[found]
    if found == "active":
        raise UploadRefused(
            _("The file holds a macro, a programme or another file, or fetches something: save it without them.")
        )
    if found == "link":
        raise _leads()
    if found == "unknown":
        raise UploadRefused(_("Only PDF, Word, Excel, PowerPoint (without macros), PNG and JPEG files are taken."))
    if found == "damaged":
        raise UploadRefused(_("The file is damaged and cannot be opened."))
    raise UploadRefused(_("The file unpacks to too much."))
