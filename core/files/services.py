"""Take a file in."""

import uuid
from functools import partial
from pathlib import PurePosixPath
from typing import Any, ClassVar, Protocol

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit

from .checks import MEGABYTE, UploadRefused, check_upload, clean_name, digest
from .models import StoredFile

# Of one purpose on one record.
MAX_FILES, MAX_TOTAL = 100, 500 * MEGABYTE
# The kind of the event that a file leaves.
STORED = "file.stored"


class Subject(Protocol):
    """What a file belongs to: a record with a life."""

    code: str
    lifecycle: ClassVar[Any]


def store_upload(
    file: "UploadedFile[bytes]", *, actor: Any, subject: Subject, purpose: str, internal: bool = False
) -> StoredFile:
    """Check the file, store its bytes under the private root and note who brought it, for which subject, why.

    The bytes go when the transaction around it fails. ``internal``: only the administration sees it.
    Raises UploadRefused with the reason in words.
    """
    _check_room(subject, purpose)
    kind = check_upload(file, file.size or 0)
    sha256, path = digest(file), f"uploads/{clock.today():%Y/%m}/{uuid.uuid4()}"
    with audit.transaction():
        path = default_storage.save(path, file)
        audit.on_failure(partial(default_storage.delete, path))
        stored = StoredFile.objects.create(
            name=clean_name(PurePosixPath(file.name or "").name, kind),
            content_type=kind,
            size=file.size or 0,
            sha256=sha256,
            path=path,
            purpose=purpose,
            is_internal=internal,
            subject_type=subject.lifecycle.name,
            subject_code=subject.code,
            uploaded_by=actor,
        )
        audit.record(
            STORED,
            actor=actor,
            subject_type=stored.subject_type,
            subject_code=stored.subject_code,
            payload={"file": stored.code, "name": stored.name, "sha256": sha256, "purpose": purpose},
        )
    return stored


def _check_room(subject: Subject, purpose: str) -> None:
    """A record keeps every file it was ever given, so it is not given any number of them."""
    held = StoredFile.objects.filter(
        subject_type=subject.lifecycle.name, subject_code=subject.code, purpose=purpose
    ).aggregate(number=Count("pk"), size=Sum("size"))
    if held["number"] >= MAX_FILES or (held["size"] or 0) >= MAX_TOTAL:
        raise UploadRefused(_("This record holds so many files already that it takes no more of this kind."))
