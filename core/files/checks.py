"""What a file may be: by its bytes, never by its name. Own allowlist, because guessers see no macro."""

import io
import zipfile
from pathlib import PurePosixPath
from typing import IO

import pikepdf
from django.conf import settings
from django.utils.translation import gettext as _

from core import text

from .models import ContentType

MEGABYTE = 1024 * 1024
NAME_LENGTH = 120
MAX_MEMBERS = 4000
MAX_UNPACKED = 400 * MEGABYTE
_SUFFIX = {ContentType.PDF: ".pdf", ContentType.DOCX: ".docx", ContentType.XLSX: ".xlsx", ContentType.PPTX: ".pptx"}
_SUFFIX |= {ContentType.PNG: ".png", ContentType.JPEG: ".jpg"}
# The one part that each kind of office file must hold.
_OFFICE = {
    "word/document.xml": ContentType.DOCX,
    "xl/workbook.xml": ContentType.XLSX,
    "ppt/presentation.xml": ContentType.PPTX,
}
_ACTIVE_PARTS = ("vbaproject", "/activex/", "macrosheets/", "oleobject")
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/Launch", "/RichMedia")
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData")


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
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return _check_pdf(file)
    if head.startswith(b"PK\x03\x04"):
        return _check_office(file)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ContentType.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return ContentType.JPEG
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
    try:
        with pikepdf.open(io.BytesIO(file.read())) as pdf:
            if any(_is_active(thing) for thing in pdf.objects):
                raise UploadRefused(_("The PDF holds a script or starts a programme: save it without them."))
    except pikepdf.PasswordError as locked:
        raise UploadRefused(_("The PDF is locked by a password: save it without one.")) from locked
    except (pikepdf.PdfError, RecursionError) as broken:
        raise UploadRefused(_("The PDF is damaged and cannot be opened.")) from broken
    return ContentType.PDF


def _is_active(thing: object) -> bool:
    """Whether an object of a PDF does something when the file is opened or clicked."""
    if isinstance(thing, pikepdf.Array):
        return any(_is_active(inner) for inner in thing if not getattr(inner, "is_indirect", False))
    if isinstance(thing, pikepdf.Stream):
        return _is_active(thing.stream_dict)
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    if any(key in thing for key in _ACTIVE_KEYS) or str(thing.get("/S", "")) in _ACTIVE_ACTIONS:
        return True
    return any(_is_active(inner) for _key, inner in thing.items() if not getattr(inner, "is_indirect", False))


def _check_office(file: IO[bytes]) -> ContentType:
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as broken:
        raise UploadRefused(_("The file is damaged and cannot be opened.")) from broken
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UploadRefused(_("The file unpacks to too much."))
    names = {member.filename for member in members}
    if any(part in name.lower() for name in names for part in _ACTIVE_PARTS):
        raise UploadRefused(_("The file holds a macro or an embedded programme: save it without them."))
    found = [kind for part, kind in _OFFICE.items() if part in names and "[Content_Types].xml" in names]
    if len(found) != 1:
        raise UploadRefused(_("Only PDF, Word, Excel, PowerPoint (without macros), PNG and JPEG files are taken."))
    return found[0]
