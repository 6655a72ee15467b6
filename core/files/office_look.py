"""Look into Word, Excel and PowerPoint files: their parts, what the parts are said to be, what they lead to.

Runs in a process of its own (``confined``), never imported by a server: reads the file from standard input and answers
with one word on standard output. No answer means that the file asked for more than it may.
"""

import io
import sys
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from core.files.links import is_ordinary, leaves_the_file
from core.files.office_parts import holds_words, is_active_relation, may_be_called, may_be_said
from core.files.office_words import check_words, refuse_doctype
from core.files.verdicts import Active, Leads, TooMuch, Unknown

MEGABYTE = 1024 * 1024
MAX_UNPACKED = 400 * MEGABYTE
# One budget for the file and every file inside it, whatever it is cut into: 20 KB can name a hundred lists of 20 MB.
MAX_MEMBERS = 4000
MAX_LISTS = 2 * MEGABYTE
# What can be read in the time that ``confined`` gives: a sheet of seven million cells.
MAX_WORDS = 300 * MEGABYTE
MAX_INNER_FILES = 20
MAX_INNER = 50 * MEGABYTE
# A sheet behind a chart holds no further files.
MAX_DEPTH = 1
_TYPES = "[content_types].xml"
# The one part that each kind of office file must hold.
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_ACTIVE_PARTS = ("vbaproject", "/activex/", "macrosheets/", "externallinks/", "oleobject")
# Programmes, the old container that holds macros and embedded objects, short cuts, old documents and packages, whatever
# the part is called.
_ACTIVE_HEADS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"L\0\0\0", b"{\\rt", b"%PDF")
_PACKAGE_HEAD = b"PK\x03\x04"

DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, expat.ExpatError)


class Budget:
    """What may still be looked at, in the file and in all files inside it together."""

    def __init__(self) -> None:
        self.left = {"members": MAX_MEMBERS, "lists": MAX_LISTS, "words": MAX_WORDS}
        self.left |= {"inner": MAX_INNER, "files": MAX_INNER_FILES}

    def spend(self, what: str, amount: int) -> None:
        """Raises TooMuch when nothing is left of it."""
        self.left[what] -= amount
        if self.left[what] < 0:
            raise TooMuch


def answer(content: bytes) -> str:
    """``docx``, ``xlsx``, ``pptx``, or ``active``, ``link``, ``large``, ``unknown``, ``damaged``."""
    try:
        return kind_of(io.BytesIO(content), Budget())
    except Active:
        return "active"
    except Leads:
        return "link"
    except TooMuch:
        return "large"
    except Unknown:
        return "unknown"
    except DAMAGED:
        return "damaged"


def kind_of(file: IO[bytes], budget: Budget, depth: int = 0) -> str:
    """Which office file it is. Raises Unknown, Active, Leads, TooMuch, or one of DAMAGED."""
    with zipfile.ZipFile(file) as package:
        members = package.infolist()
        budget.spend("members", len(members))
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise TooMuch
        names = [member.filename.lower() for member in members]
        if len(set(names)) < len(names):
            raise Active  # programmes disagree which of two parts of one name counts
        found = [kind for part, kind in _MAIN.items() if part in names]
        if len(found) != 1 or _TYPES not in names:
            raise Unknown
        _check_parts(package, members, budget, depth)
        _check_lists(package, members, budget)
    return found[0]


def _check_parts(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], budget: Budget, depth: int) -> None:
    for member in members:
        if member.is_dir():
            continue
        name = member.filename.lower()
        if any(part in name for part in _ACTIVE_PARTS) or not may_be_called(name):
            raise Active
        _check_content(package, member, budget)
        if "embeddings/" in name:
            _check_inner(package, member, budget, depth)


def _check_content(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> None:
    """Raises Active for a programme or another file under this name, and all that ``check_words`` raises."""
    name = member.filename.lower()
    with package.open(member) as part:
        head = part.read(4)
    if head.startswith(_ACTIVE_HEADS) or (head == _PACKAGE_HEAD and "embeddings/" not in name):
        raise Active
    if holds_words(name):
        budget.spend("words", member.file_size)
        with package.open(member) as part:
            check_words(part)


def _check_inner(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, depth: int) -> None:
    """A sheet behind a chart may be there; anything else may not."""
    kind = PurePosixPath(member.filename.lower()).suffix.removeprefix(".")
    if kind not in _MAIN.values() or depth >= MAX_DEPTH:
        raise Active
    budget.spend("files", 1)
    budget.spend("inner", member.file_size)
    try:
        found = kind_of(io.BytesIO(package.read(member)), budget, depth + 1)
    except Unknown as unknown:
        raise Active from unknown
    if found != kind:
        raise Active


def _check_lists(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], budget: Budget) -> None:
    """What the parts are said to be, and what they lead to outside the file: nothing but links to click."""
    for member in members:
        name = member.filename.lower()
        if not name.endswith((".rels", _TYPES)):
            continue
        budget.spend("lists", member.file_size)
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartElementHandler = _look_at
        reader.StartDoctypeDeclHandler = refuse_doctype
        reader.Parse(package.read(member), True)  # noqa: FBT003


def _look_at(_name: str, facts: dict[str, Any]) -> None:
    if "ContentType" in facts:
        called = facts.get("PartName") or f".{facts.get('Extension', '')}"
        if not may_be_said(called, facts["ContentType"]):
            raise Active
    kind = facts.get("Type", "").lower()
    if is_active_relation(kind):
        raise Active
    _check_target(kind, facts.get("Target", ""), facts.get("TargetMode", "").strip().lower())


def _check_target(kind: str, target: str, mode: str) -> None:
    """Raises Active for what is fetched from outside, Leads for a link to a file or a share."""
    if mode != "external" and not leaves_the_file(target):
        return
    if not kind.endswith("/hyperlink"):
        raise Active
    if not is_ordinary(target):
        raise Leads


if __name__ == "__main__":
    sys.stdout.write(answer(sys.stdin.buffer.read()))
