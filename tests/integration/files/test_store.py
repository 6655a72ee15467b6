"""Files are taken in by their bytes, kept once, and never changed."""

import hashlib
import io
import resource
import sys
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from core.audit.models import Event
from core.files import checks, services
from core.files.checks import UploadRefused, check_upload, clean_name
from core.files.forms import UploadField
from core.files.models import ContentType, StoredFile
from core.files.services import store_upload
from proposals.models import Call
from tests.factories.documents import image_bytes, pdf_bytes, zip_bytes
from tests.factories.proposals import cast, draft_call


def script():
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def checked(content):
    return check_upload(io.BytesIO(content), len(content))


TYPES = "[Content_Types].xml"
TAKEN = [
    (pdf_bytes(), ContentType.PDF),
    (zip_bytes(TYPES, "word/document.xml"), ContentType.DOCX),
    (zip_bytes(TYPES, "xl/workbook.xml"), ContentType.XLSX),
    (zip_bytes(TYPES, "ppt/presentation.xml"), ContentType.PPTX),
    (image_bytes("PNG"), ContentType.PNG),
    (image_bytes("JPEG"), ContentType.JPEG),
]
REFUSED = [
    b"",
    b"MZ\x90\x00 programme",
    b"<html><script>alert(1)</script></html>",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"%PDF-1.7 but nothing else",
    b"\x89PNG\r\n\x1a\n but nothing else",
    b"\xff\xd8\xff but nothing else",
    # A few kilobytes that unpack to four hundred million pixels.
    image_bytes("PNG", (20_000, 20_000), "1"),
    b"PK\x03\x04 but nothing else",
    zip_bytes("readme.txt"),
    zip_bytes("word/document.xml"),
    zip_bytes(TYPES, "word/document.xml", "word/vbaProject.bin"),
    zip_bytes(TYPES, "xl/workbook.xml", "xl/activeX/activeX1.bin"),
    zip_bytes(TYPES, "xl/workbook.xml", "word/document.xml"),
    pdf_bytes(OpenAction=script()),
    pdf_bytes(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script()])))),
    pdf_bytes(AA=pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))),
]


@pytest.mark.parametrize(("content", "kind"), TAKEN)
def test_allowed_files_are_known_by_their_bytes(content, kind):
    assert checked(content) == kind


@pytest.mark.parametrize("content", REFUSED)
def test_anything_else_is_refused(content):
    with pytest.raises(UploadRefused):
        checked(content)


def test_a_locked_pdf_is_refused():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UploadRefused, match=r"password|mật khẩu"):
        checked(out.getvalue())


def test_a_file_that_is_too_large_is_refused_unread(settings):
    settings.UPLOAD_MAX_MEGABYTES = 1
    with pytest.raises(UploadRefused):
        check_upload(io.BytesIO(pdf_bytes()), 1024 * 1024 + 1)


def bomb(megabytes, streams=1):
    """A PDF of packed object streams that unpack to so many megabytes of blanks each."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"5 0 ".ljust(8) + b"<< /A 1 >>")
    packed += b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(megabytes)) + packer.flush()
    out, places = io.BytesIO(b"%PDF-1.5\n"), {}
    out.seek(0, io.SEEK_END)

    def add(number, body):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def row(kind, place, index):
        return bytes([kind]) + place.to_bytes(4, "big") + bytes([index])

    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    add(2, b"<< /Type /Pages /Kids [] /Count 0 >>")
    head = b"<< /Type /ObjStm /N 1 /First 8 /Filter /FlateDecode /Length %d >>" % len(packed)
    packs = range(6, 6 + streams)
    for number in packs:
        add(number, head + b"\nstream\n" + packed + b"\nendstream")
    rows = [row(0, 0, 255), row(1, places[1], 0), row(1, places[2], 0), row(0, 0, 0), row(0, 0, 0), row(2, 6, 0)]
    rows += [row(1, places[number], 0) for number in packs]
    rows += [row(1, out.tell(), 0)]
    table, start = b"".join(rows), out.tell()
    facts = (6 + streams, 7 + streams, len(table), table, start)
    form = b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%b\nendstream\nendobj\n"
    out.write((form + b"startxref\n%d\n%%%%EOF") % facts)
    return out.getvalue()


def test_a_small_pdf_that_would_grow_is_refused_before_it_does():
    content = bomb(300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UploadRefused, match="quá"):
        checked(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    assert checked(bomb(1)) == ContentType.PDF


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(checks, "LOOK_SECONDS", 0.001)
    with pytest.raises(UploadRefused, match="quá"):
        checked(pdf_bytes(Slow=pikepdf.Dictionary()))


def test_the_same_bytes_are_looked_into_once(monkeypatch):
    content = pdf_bytes(Once=pikepdf.Dictionary())
    assert checked(content) == ContentType.PDF
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert checked(content) == ContentType.PDF


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Thuyết minh.pdf", "Thuyết minh.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\An\\Báo cáo.PDF", "Báo cáo.pdf"),
        ("virus.exe", "virus.exe.pdf"),
        ("a\u202egpj.exe", "agpj.exe.pdf"),
        ('x"<script>.pdf', "xscript.pdf"),
        ("\0", "file.pdf"),
        ("...", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert clean_name(given, ContentType.PDF) == kept


@pytest.fixture
def stored(db, morning):
    people = cast()
    content = pdf_bytes()
    upload = SimpleUploadedFile("Biên bản.pdf", content)
    return content, store_upload(upload, actor=people.officer, subject=draft_call(people), purpose="evidence")


def test_the_bytes_are_kept_under_a_name_of_our_own(stored):
    content, file = stored
    assert file.place.read_bytes() == content
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (file.name, file.content_type) == ("Biên bản.pdf", "application/pdf")
    assert file.subject_code == Call.objects.get().code
    assert "Biên" not in file.path
    assert Event.objects.filter(kind="file.stored").count() == 1


def test_a_stored_file_never_changes(stored):
    for change in ({"name": "x"}, {"sha256": "0"}, {"is_internal": True}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            StoredFile.objects.filter(pk=stored[1].pk).update(**change)


def test_the_form_field_says_why_a_file_is_refused():
    field = UploadField()
    with pytest.raises(Exception, match="PDF"):
        field.clean(SimpleUploadedFile("x.exe", b"MZ programme"))
    assert field.clean(SimpleUploadedFile("x.pdf", pdf_bytes())).name == "x.pdf"


def test_only_a_few_files_are_looked_into_at_one_time(monkeypatch):
    monkeypatch.setattr(checks, "WAIT_SECONDS", 0)
    for _ in range(checks.LOOKS_AT_ONCE):
        checks._looks.acquire()
    try:
        with pytest.raises(UploadRefused, match=r"bận|busy"):
            checked(pdf_bytes(PageMode=pikepdf.Name.UseNone))
    finally:
        checks._looks.release(checks.LOOKS_AT_ONCE)
    assert checked(pdf_bytes(PageMode=pikepdf.Name.UseNone)) == ContentType.PDF


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "value", "taken"), [("MAX_FILES", 2, 2), ("MAX_TOTAL", 1, 1)])
def test_a_record_takes_no_number_of_files_without_end(monkeypatch, most, value, taken):
    people = cast()
    call = draft_call(people)
    monkeypatch.setattr(services, most, value)

    def store():
        file = SimpleUploadedFile("a.pdf", pdf_bytes(), content_type="application/pdf")
        store_upload(file, actor=people.officer, subject=call, purpose="attachment")

    for _ in range(taken):
        store()
    with pytest.raises(UploadRefused):
        store()
