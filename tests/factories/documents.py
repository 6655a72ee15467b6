"""Papers in every status, and files as people hand them in."""

import io
import zipfile
from uuid import uuid4

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import clock
from core.documents.services import ask_void, endorse_document, issue_document, prepare_document, void_document
from tests.factories.proposals import draft_call


def pdf_bytes(**root):
    """A PDF of one empty page; ``root`` adds entries to its catalogue."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, value in root.items():
            pdf.Root[f"/{name}"] = pdf.make_indirect(value)
        pdf.save(out, static_id=True)
    return out.getvalue()


def image_bytes(kind="PNG", size=(2, 2), mode="RGB"):
    """A black picture."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def zip_bytes(*names):
    """A ZIP with an empty member for each name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, b"<xml/>")
    return out.getvalue()


OFFICE_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def office_bytes(kind, parts=(), types=""):
    """An office file (docx, xlsx, pptx) with these parts, by their names, and these lines in its list of types."""
    listed = '<Default Extension="xml" ContentType="application/xml"/>' + types
    held = {"[Content_Types].xml": f"<Types>{listed}</Types>", OFFICE_MAIN[kind]: "<main/>"} | dict(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in held.items():
            package.writestr(name, content)
    return out.getvalue()


def scan(name="Bản ký.pdf"):
    """The scan of a signed paper."""
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")


def call_draft(people, **facts):
    """The draft announcement of a new call."""
    return prepare_document(draft_call(people, **facts), "announce", actor=people.officer)


def endorsed_draft(people, **facts):
    return endorse_document(call_draft(people, **facts), actor=people.director)


def issued(people, document, **more):
    """The paper numbered today by the clerk, for the director."""
    given = {"signer": people.director, "signed_on": clock.today(), "key": uuid4(), **more}
    return issue_document(document, actor=people.clerk, **given)


def issued_call(people, **facts):
    return issued(people, endorsed_draft(people, **facts))


def void_call(people):
    return voided(people, issued_call(people), reason="Sai tên đợt đề xuất")


def voided(people, document, *, reason="Nhầm"):
    """The clerk asks, the head of division grants."""
    ask_void(document, actor=people.clerk, reason=reason)
    return void_document(document, actor=people.head)
