"""Do the private files agree with the rows that name them?"""

import hashlib
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.core.files.storage import default_storage

from core.files.models import StoredFile

from .models import DocumentFile

ROOTS = ("uploads", "documents")
# A file of a transaction that is still open has no row yet.
OPEN_SECONDS = 24 * 3600


def faults() -> Iterator[str]:
    """One sentence for each file that is missing or whose bytes are not those that were stored."""
    for name, path, sha256 in _named():
        place = Path(default_storage.path(path))
        if not place.is_file():
            yield f"{name}: {path} is missing"
            continue
        with place.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield f"{name}: the bytes of {path} differ from what was stored"


def count() -> int:
    """How many files the rows name."""
    return StoredFile.objects.count() + DocumentFile.objects.count()


def leftovers() -> list[str]:
    """Files older than a day that no row names: left by a process that died between bytes and row."""
    named = {path for _name, path, _sha256 in _named()}
    before = time.time() - OPEN_SECONDS
    root = Path(default_storage.path(""))
    found = chain.from_iterable((root / folder).rglob("*") for folder in ROOTS)
    old = (place for place in found if place.is_file() and place.stat().st_mtime < before)
    return sorted(path for place in old if (path := place.relative_to(root).as_posix()) not in named)


def _named() -> Iterator[tuple[str, str, str]]:
    for code, path, sha256 in StoredFile.objects.values_list("code", "path", "sha256").iterator():
        yield f"file {code}", path, sha256
    papers = DocumentFile.objects.values_list("document__code", "path", "sha256")
    for code, path, sha256 in papers.iterator():
        yield f"paper {code}", path, sha256
