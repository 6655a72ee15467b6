"""What ordinary programmes write is taken: the names and types are those of real files, the content is empty."""

import io
from functools import partial

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from core.files.checks import check_upload
from core.files.models import ContentType
from tests.factories.documents import office_bytes, zip_bytes

V = "application/vnd."
OFFICE = f"{V}openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = zip_bytes("[Content_Types].xml", "xl/workbook.xml")
DEFAULTS = {
    "rels": f"{V}openxmlformats-package.relationships+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpg",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "wdp": "image/vnd.ms-photo",
    "tmp": "image/png",
    "vml": f"{OFFICE}vmlDrawing",
    "odttf": f"{OFFICE}obfuscatedFont",
    "fntdata": "application/x-fontdata",
    "ttf": "application/x-font-ttf",
    "sigs": f"{V}openxmlformats-package.digital-signature-origin",
    "psmdcp": f"{V}openxmlformats-package.core-properties+xml",
    "psdsor": f"{V}openxmlformats-package.digital-signature-origin",
    "psdsxs": f"{V}openxmlformats-package.digital-signature-xmlsignature+xml",
    "cer": f"{V}openxmlformats-package.digital-signature-certificate",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    # Writers name these without holding any.
    "mpg": "video/mpg",
    "doc": "application/msword",
}
WORD = {
    "word/styles.xml": f"{OFFICE}wordprocessingml.styles+xml",
    "word/stylesWithEffects.xml": f"{V}ms-word.stylesWithEffects+xml",
    "word/commentsExtended.xml": f"{OFFICE}wordprocessingml.commentsExtended+xml",
    "word/printerSettings/printerSettings1.bin": f"{OFFICE}wordprocessingml.printerSettings",
    "word/fonts/font1.odttf": "",
    "word/media/image1.tmp": "",
    "word/media/image2.EMF": "",
    "word/media/image3.svg": "",
    "word/media/hdphoto1.wdp": "",
    "word/ink/ink1.xml": "application/inkml+xml",
    "word/theme/theme1.xml": f"{OFFICE}theme+xml",
    "customXml/item1.xml": "",
    "customXml/itemProps1.xml": f"{OFFICE}customXmlProperties+xml",
    "docProps/core.xml": f"{V}openxmlformats-package.core-properties+xml",
    "docProps/thumbnail.jpeg": "",
    "_xmlsignatures/origin.sigs": "",
    "_xmlsignatures/sig1.xml": f"{V}openxmlformats-package.digital-signature-xmlsignature+xml",
    "word/": "",
}
EXCEL = {
    "xl/worksheets/sheet1.xml": f"{OFFICE}spreadsheetml.worksheet+xml",
    "xl/printerSettings/printerSettings1.bin": f"{OFFICE}spreadsheetml.printerSettings",
    "xl/customProperty1.bin": f"{OFFICE}spreadsheetml.customProperty",
    "xl/drawings/vmlDrawing1.vml": "",
    "xl/cellimages.xml": f"{V}wps-officedocument.cellimage+xml",
    "xl/threadedComments/threadedComment1.xml": f"{V}ms-excel.threadedcomments+xml",
    "xl/pivotCache/pivotCacheDefinition1.xml": f"{OFFICE}spreadsheetml.pivotCacheDefinition+xml",
    "xl/metadata": "application/binary",
    "package/services/metadata/core-properties/1f.psmdcp": "",
    "package/services/digital-signature/origin.psdsor": "",
    "package/services/digital-signature/xml-signature/2a.psdsxs": "",
    "package/services/digital-signature/certificate/3b.cer": "",
}
SLIDES = {
    "ppt/slides/slide1.xml": f"{OFFICE}presentationml.slide+xml",
    "ppt/fonts/Lato-regular.fntdata": "",
    "ppt/printerSettings/printerSettings1.bin": f"{OFFICE}presentationml.printerSettings",
    "ppt/media/media1.mp4": "video/mp4",
    "ppt/media/audio1.wav": "audio/x-wav",
    "ppt/charts/style1.xml": f"{V}ms-office.chartstyle+xml",
    "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": "",
    "ppt/metadata": "application/binary",
}


def content_of(name):
    if name.endswith(".xlsx"):
        return SHEET
    # Excel leaves the lines of a drawing open, as in a page of the web.
    return "<xml><br></xml>" if name.endswith(".vml") else "<x/>"


def package(kind, parts):
    """An office file with these parts and a few relations, and the list of types that belongs to them."""
    types = "".join(f'<Default Extension="{suffix}" ContentType="{said}"/>' for suffix, said in DEFAULTS.items())
    types += "".join(f'<Override PartName="/{name}" ContentType="{said}"/>' for name, said in parts.items() if said)
    kinds = ("officeDocument", "image", "package", "audio", "video", "ctrlProp", "printerSettings", "customXml")
    relations = "".join(f'<Relationship Id="{one}" Type="{RELATIONS}/{one}" Target="/x/y.xml"/>' for one in kinds)
    held = {name: content_of(name) for name in parts} | {"_rels/.rels": f"<Relationships>{relations}</Relationships>"}
    return office_bytes(kind, held, types)


def scanned():
    """A sheet as a scanner writes it: one picture."""
    out = io.BytesIO()
    Image.new("L", (90, 120)).save(out, "PDF")
    return out.getvalue()


def printed():
    """A tagged paper with links, a table of contents and a field."""
    page = (
        "<h1 id=a>Thuyết minh</h1><p><a href='https://vanban.chinhphu.vn/'>x</a>"
        "<a href='mailto:a@binhan.example'>y</a><a href='#a'>z</a><form><input name=x></form></p>"
    )
    written = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)
    assert written
    return written


def oddly_named():
    """Names that other files are told by, given to a font, a kind of paragraph and a figure."""
    name, facts, out = pikepdf.Name, pikepdf.Dictionary, io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        font = pdf.make_indirect(facts(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica))
        pdf.pages[0].Resources = facts(Font=facts(F=font, FS=font, Mac=font, UF=font))
        part = pdf.make_indirect(facts(Type=name.StructElem, S=name.P))
        part.Ref = pikepdf.Array([part])
        roles = facts(Ref=name.P, Sound=name.P, Movie=name.P)
        pdf.Root.StructTreeRoot = pdf.make_indirect(facts(Type=name.StructTreeRoot, K=part, RoleMap=roles))
        shown = facts(Type=name.Annot, Subtype=name.Highlight, F=4, T="x", Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(shown)])
        pdf.pages[0].VP = pikepdf.Array([facts(Measure=facts(X=[facts(Type=name.NumberFormat, U="m", C=1, F=name.D)]))])
        pdf.save(out)
    return out.getvalue()


FILES = {
    "Word": (partial(package, "docx", WORD), ContentType.DOCX),
    "Excel": (partial(package, "xlsx", EXCEL), ContentType.XLSX),
    "PowerPoint": (partial(package, "pptx", SLIDES), ContentType.PPTX),
    "a scan": (scanned, ContentType.PDF),
    "a paper": (printed, ContentType.PDF),
    "odd names": (oddly_named, ContentType.PDF),
}


@pytest.mark.parametrize("case", FILES)
def test_an_ordinary_file_is_taken(case):
    write, kind = FILES[case]
    content = write()
    assert check_upload(io.BytesIO(content), len(content)) == kind
