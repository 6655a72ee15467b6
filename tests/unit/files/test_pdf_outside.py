"""A PDF that names other files, plays something or leads elsewhere than to the web or a letter is refused."""

import io

import pikepdf
import pytest

from core.files.checks import UploadRefused, check_upload
from core.files.models import ContentType

NAME, FACTS, TEXT = pikepdf.Name, pikepdf.Dictionary, pikepdf.String
SHARE = "\\\\evil.example\\share\\x"


def checked(change):
    """What becomes of a PDF of one page after ``change(pdf)``."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
    return check_upload(io.BytesIO(out.getvalue()), len(out.getvalue()))


def note(**facts):
    """A change that puts a note with these facts on the page."""

    def change(pdf):
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(FACTS(Type=NAME.Annot, Rect=[0, 0, 9, 9], **facts))])

    return change


def link(kind, **facts):
    return note(Subtype=NAME.Link, A=FACTS(S=NAME(f"/{kind}"), **facts))


def stream(**facts):
    def change(pdf):
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"", **facts)

    return change


def form(**facts):
    """A change that shows a form with these facts on the page."""

    def change(pdf):
        shown = pikepdf.Stream(pdf, b"", Type=NAME.XObject, Subtype=NAME.Form, BBox=[0, 0, 1, 1], **facts)
        pdf.pages[0].Resources = FACTS(XObject=FACTS(X=shown))

    return change


def apart(pdf):
    """The name of another file in an object of its own."""
    pdf.Root.Odd = FACTS(F=pdf.make_indirect(TEXT(SHARE)))


def base(address):
    def change(pdf):
        pdf.Root.URI = FACTS(Base=TEXT(address))

    return change


MEDIA = FACTS(S=NAME.MR, C=FACTS(S=NAME.MCD, D=FACTS(Type=NAME.Filespec, FS=NAME.URL, F="http://evil.example/x.mp4")))
OUTSIDE = {
    "a stream in another file": stream(F=TEXT(SHARE)),
    "a stream in another file, told at length": stream(F=FACTS(Type=NAME.Filespec)),
    "the page of another file": form(Ref=FACTS(Page=0)),
    "an article of another file": link("Thread", F=TEXT(SHARE), D=0),
    "a film by action": link("Rendition", OP=0, R=MEDIA),
    "an old film by action": link("Movie", T="x"),
    "a sound by action": link("Sound"),
    "a film": note(Subtype=NAME.Movie, Movie=FACTS()),
    "a sound": note(Subtype=NAME.Sound),
    "a file pinned to the page": note(Subtype=NAME.FileAttachment),
    "a file on the web": note(Subtype=NAME.Link, FS=NAME.URL),
    "the name of a file": note(Subtype=NAME.Link, Odd=FACTS(UF=TEXT("x.doc"))),
    "the old name of a file": note(Subtype=NAME.Link, Odd=[FACTS(DOS=TEXT("x.doc"))]),
    "the name of a file apart": apart,
}
ELSEWHERE = ["file:///C:/Windows/System32/calc.exe", "javascript:alert(1)", "smb://evil.example/x", SHARE, "x.pdf"]
ELSEWHERE += ["//evil.example/x", "www.x/../../calc.exe", "www.x\\..\\calc.exe", "www.x:y", "", "tel:113"]
LINKS = ["https://vanban.chinhphu.vn/", " HTTP://a.example", "mailto:a@a.example", "www.most.gov.vn/a?b", "#page=2"]


@pytest.mark.parametrize("case", OUTSIDE)
def test_a_pdf_that_needs_other_files_is_refused(case):
    with pytest.raises(UploadRefused, match="tham chiếu tệp khác"):
        checked(OUTSIDE[case])


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_link_to_anything_but_the_web_or_a_letter_is_refused(address):
    with pytest.raises(UploadRefused, match="liên kết"):
        checked(link("URI", URI=TEXT(address)))


@pytest.mark.parametrize("address", ["file:///C:/", SHARE])
def test_links_may_not_start_from_a_disk_or_a_share(address):
    with pytest.raises(UploadRefused, match="liên kết"):
        checked(base(address))


@pytest.mark.parametrize("address", LINKS)
def test_a_link_to_the_web_or_a_letter_is_taken(address):
    assert checked(link("URI", URI=TEXT(address))) == ContentType.PDF


def test_a_script_of_a_model_is_refused():
    with pytest.raises(UploadRefused, match="mã lệnh"):
        checked(note(Subtype=NAME("/3D"), Odd=FACTS(OnInstantiate="x")))
