"""Look into Word, Excel and PowerPoint files: their parts, what the parts are said to be, what they lead to."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from .models import ContentType

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 4000
MAX_UNPACKED = 400 * MEGABYTE
# Lists of parts and relationships, all together.
MAX_LISTS = 20 * MEGABYTE
MAX_INNER = 50 * MEGABYTE
# A sheet behind a chart holds no further files.
MAX_DEPTH = 1
_TYPES = "[content_types].xml"
# The one part that each kind of office file must hold.
_MAIN = {
    "word/document.xml": ContentType.DOCX,
    "xl/workbook.xml": ContentType.XLSX,
    "ppt/presentation.xml": ContentType.PPTX,
}
_ACTIVE_PARTS = ("vbaproject", "/activex/", "macrosheets/", "oleobject")
_ACTIVE_TYPES = ("vbaproject", "macroenabled", "activex", "oleobject", "msdownload")
# Programmes, and the old container that holds macros and embedded objects, whatever the part is called.
_ACTIVE_HEADS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_INNER = {ContentType.DOCX: ".docx", ContentType.XLSX: ".xlsx", ContentType.PPTX: ".pptx"}

DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, expat.ExpatError)


class Unknown(ValueError):
    """The package is no office file."""


class Active(ValueError):
    """The file does something of its own, holds another file or fetches one."""


class TooMuch(ValueError):
    """The file unpacks to more than may be."""


def kind_of(file: IO[bytes], depth: int = 0) -> ContentType:
    """Which office file it is. Raises Unknown, Active, TooMuch, or one of DAMAGED."""
    with zipfile.ZipFile(file) as package:
        members = package.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise TooMuch
        names = [member.filename.lower() for member in members]
        if len(set(names)) < len(names):
            raise Active  # programmes disagree which of two parts of one name counts
        found = [kind for part, kind in _MAIN.items() if part in names]
        if len(found) != 1 or _TYPES not in names:
            raise Unknown
        _check_parts(package, members, depth)
        _check_lists(package, members)
    return found[0]


def _check_parts(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], depth: int) -> None:
    for member in members:
        name = member.filename.lower()
        if any(part in name for part in _ACTIVE_PARTS):
            raise Active
        with package.open(member) as part:
            if part.read(4).startswith(_ACTIVE_HEADS):
                raise Active
        if "embeddings/" in name and not member.is_dir():
            _check_inner(package, member, depth)


def _check_inner(package: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    """A sheet behind a chart may be there; anything else may not."""
    suffix = PurePosixPath(member.filename.lower()).suffix
    if suffix not in _INNER.values() or depth >= MAX_DEPTH:
        raise Active
    if member.file_size > MAX_INNER:
        raise TooMuch
    try:
        kind = kind_of(io.BytesIO(package.read(member)), depth + 1)
    except Unknown as unknown:
        raise Active from unknown
    if _INNER[kind] != suffix:
        raise Active


def _check_lists(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """What the parts are said to be, and what they lead to outside the file: nothing but links to click."""
    lists = [member for member in members if member.filename.lower().endswith((".rels", _TYPES))]
    if sum(member.file_size for member in lists) > MAX_LISTS:
        raise TooMuch
    for member in lists:
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartElementHandler = _look_at
        reader.StartDoctypeDeclHandler = _no_doctype
        reader.Parse(package.read(member), True)  # noqa: FBT003


def _look_at(_name: str, facts: dict[str, Any]) -> None:
    if any(part in str(facts.get("ContentType", "")).lower() for part in _ACTIVE_TYPES):
        raise Active
    leads_to = str(facts.get("Type", "")).lower()
    if any(part in leads_to for part in _ACTIVE_TYPES):
        raise Active
    if str(facts.get("TargetMode", "")).strip().lower() == "external" and not leads_to.endswith("/hyperlink"):
        raise Active


def _no_doctype(*_facts: object) -> None:
    raise Active
