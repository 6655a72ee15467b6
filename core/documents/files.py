"""The PDF of a paper: rendered once from the snapshot, kept under the private root, streamed to who may see it."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction

from .frame import header_of
from .letter import letter_html
from .models import Document, DocumentFile, FileState
from .render import page_count, render_pdf
from .selectors import subject_of


def ensure_rendered(document: Document) -> DocumentFile:
    """The file of the numbered paper, rendered now when nobody did before. Safe to repeat and to race.

    Raises ValueError for a draft, ImportError or OSError when the PDF libraries of the system are missing.
    """
    if not document.is_issued:
        message = f"{document.code} has no number yet"
        raise ValueError(message)
    made = document.files.filter(state=FileState.NUMBERED).first()
    return made or _store(document, render_numbered(document))


def render_numbered(document: Document) -> bytes:
    """The bytes of a numbered paper: the same for the same snapshot."""
    html = letter_html(document.kind, document.header, document.facts, document.context["bases"])
    return render_pdf(html, identifier=document.code)


def render_draft(document: Document) -> bytes:
    """The draft as it would look, marked as one, with room for number and date. Stored nowhere."""
    header = header_of(document, subject_of(document), signer=document.endorsed_by)
    html = letter_html(document.kind, header, document.facts, document.context["bases"])
    return drawn_draft(html, document.code)


@lru_cache(maxsize=32)
def drawn_draft(html: str, code: str) -> bytes:
    """A draft opened again with the same words is not drawn again."""
    return render_pdf(html, identifier=code)


def bytes_of(file: DocumentFile) -> Path:
    """Where the file lies."""
    return Path(default_storage.path(file.path))


def _store(document: Document, pdf: bytes) -> DocumentFile:
    """Bytes first, row second: a row never names a file that is not there."""
    assert document.year is not None  # noqa: S101  # numbered papers have a year
    path = default_storage.save(f"documents/{document.year}/{document.code}.pdf", ContentFile(pdf))
    try:
        with transaction.atomic():
            return DocumentFile.objects.create(
                document=document,
                state=FileState.NUMBERED,
                path=path,
                sha256=hashlib.sha256(pdf).hexdigest(),
                size=len(pdf),
                pages=page_count(pdf),
                template_version=document.template_version,
            )
    except DatabaseError as failed:
        default_storage.delete(path)
        if not isinstance(failed, IntegrityError):
            raise
        # Somebody rendered it at the same moment; both copies have the same bytes.
        return document.files.get(state=FileState.NUMBERED)
