"""Fields of Word that start programmes or fetch files are refused, however they are written down."""

import io

import pytest

from core.files.checks import UploadRefused, check_upload
from core.files.models import ContentType
from tests.factories.documents import office_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
DELETED = "<w:del><w:r><w:delInstrText>X</w:delInstrText></w:r></w:del>"
EVIL = r"DDEAUTO c:\\windows\\system32\\cmd.exe"


def code(*pieces):
    """An instruction, cut into these runs."""
    return "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)


def plain(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def told(*pieces):
    """A field that has its instruction in these runs, and a result."""
    return BEGIN + code(*pieces) + SEPARATE + plain("1") + END


def simple(instruction):
    return f'<w:fldSimple w:instr="{instruction}">{plain("1")}</w:fldSimple>'


def document(body, root="document"):
    return f"<w:{root} {W} {W14} {MC}><w:p>{body}</w:p></w:{root}>"


def checked(body, part="word/document.xml"):
    content = office_bytes("docx", {part: document(body)})
    return check_upload(io.BytesIO(content), len(content))


FETCHING = {
    "a programme": told(f" {EVIL} "),
    "a programme, in small letters": told(" ddeauto cmd "),
    "a programme, by hand": told("DDE excel x"),
    "in many runs": told(" D", "DEA", "UTO", " cmd"),
    "in one piece": simple(EVIL),
    "a picture": simple(r"INCLUDEPICTURE \\\\evil.example\\x.png \d"),
    "a text": told(" INCLUDETEXT ", r"c:\\secret.txt "),
    "an object": told(" LINK Excel.Sheet.8 x.xls "),
    "a table": told(r" DATABASE \d x.mdb"),
    "never separated": BEGIN + code(EVIL) + END,
    "never ended": BEGIN + code(EVIL),
    "of no field": code(EVIL),
    "after its result": BEGIN + code(" PAGE ") + SEPARATE + code(EVIL) + END,
    "as a text between the marks": BEGIN + plain(EVIL) + SEPARATE + END,
    "in the result of another": BEGIN + code(" IF 1 = 1 ") + SEPARATE + told(EVIL) + END,
    "in the instruction of another": BEGIN + code(" IF ") + told(EVIL) + code(" = 1 ") + END,
    "worked out by another": BEGIN + told(" QUOTE 68 68 69 ") + code(" cmd x") + SEPARATE + END,
    "begun by another": BEGIN + code(" DD") + simple("QUOTE 69") + code(" cmd x") + SEPARATE + END,
    "with something deleted": BEGIN + code("DD") + DELETED + code("E cmd") + SEPARATE + END,
    "with something for other readers": BEGIN
    + code("D")
    + f'<mc:AlternateContent><mc:Choice Requires="x">{code("X")}</mc:Choice></mc:AlternateContent>'
    + code("DE cmd")
    + END,
    "in many others": (BEGIN + code(" IF ")) * 200 + END * 200,
}
LEADING = {
    "a share": told(r' HYPERLINK "\\\\evil.example\\x" '),
    "a share, bare": told(r" HYPERLINK \\\\evil.example\\x "),
    "a file": simple("HYPERLINK &quot;file:///C:/x.exe&quot;"),
    "a script": told(' HYPERLINK "java', 'script:alert(1)" '),
    "after its place and tip": told(r' HYPERLINK \l "x" \o "tip" "file:///C:/x.exe" '),
    "worked out by another": BEGIN + code(' HYPERLINK "') + told(" MERGEFIELD x ") + code('" ') + SEPARATE + END,
}
ORDINARY = {
    "a page number": told(" PAGE "),
    "a page number in one piece": simple(r" PAGE \* MERGEFORMAT "),
    "contents": BEGIN + code(r' TOC \o "1-3" \h ') + SEPARATE + told(r" HYPERLINK \l ", '"_Toc1" ') + END,
    "a page of the web": told(r' HYPERLINK "https://vanban.chinhphu.vn/" \t "_blank" \o "LINK" '),
    "a letter": told(' HYPERLINK "mailto:a@binhan.example" '),
    "a sum": BEGIN + code(" = ") + told(" PAGE ") + code(" - 1 ") + SEPARATE + END,
    "a choice": BEGIN + code(" IF ") + told(" PAGE ") + code(' = 1 "link" "dde" ') + SEPARATE + END,
    "a source": told(' ADDIN ZOTERO_ITEM CSL_CITATION {"link": "dde"} '),
    "a deleted field": f"<w:del>{BEGIN}<w:r><w:delInstrText> PAGE </w:delInstrText></w:r>{SEPARATE}{END}</w:del>",
    "a font's feature": BEGIN
    + f'<w:r><w:rPr><w14:ligatures w14:val="none"/></w:rPr><w:instrText>PAGE</w:instrText></w:r>{SEPARATE}{END}',
    "words about it": plain(f"DDE, LINK, {EVIL}"),
}


@pytest.mark.parametrize("case", FETCHING)
def test_a_field_that_fetches_is_refused(case):
    with pytest.raises(UploadRefused):
        checked(FETCHING[case])


@pytest.mark.parametrize("case", LEADING)
def test_a_link_of_a_field_to_anything_but_the_web_or_a_letter_is_refused(case):
    with pytest.raises(UploadRefused, match="liên kết"):
        checked(LEADING[case])


@pytest.mark.parametrize("case", ORDINARY)
def test_an_ordinary_field_is_taken(case):
    assert checked(ORDINARY[case]) == ContentType.DOCX


@pytest.mark.parametrize(
    "part", ["header1", "footer2", "footnotes", "endnotes", "comments", "glossary/document", "x/anything"]
)
def test_fields_are_found_in_every_part(part):
    assert checked(ORDINARY["contents"], f"word/{part}.xml") == ContentType.DOCX
    with pytest.raises(UploadRefused, match="macro"):
        checked(FETCHING["in many runs"], f"word/{part}.xml")


def test_fields_are_found_in_other_encodings():
    content = office_bytes("docx", {"word/document.xml": document(FETCHING["in many runs"]).encode("utf-16")})
    with pytest.raises(UploadRefused, match="macro"):
        check_upload(io.BytesIO(content), len(content))


def test_an_instruction_without_end_is_given_up():
    piece = code("x" * 100_000)
    with pytest.raises(UploadRefused, match="quá"):
        checked(BEGIN + piece * 11)
