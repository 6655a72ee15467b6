"""Every letter says what it said before, in a file that an archive takes, whatever somebody typed into the facts."""

import io

import pikepdf
import pytest

from core.documents.checks import letters
from core.documents.kinds import KINDS
from core.documents.render import page_count
from core.documents.schemas import check_facts
from tests.golden.documents.rendering import TEXTS, asked, rendered, rendered_with, text_of
from tests.golden.documents.samples import SAMPLES

NAMES = sorted(SAMPLES)
pytestmark = pytest.mark.usefixtures("pdftotext")


def test_every_kind_has_a_sample_and_every_letter_is_used():
    used = {KINDS[sample.kind].letter.format(variant=sample.facts.get("variant", "")) for sample in SAMPLES.values()}
    assert {f"letters/{name}.html" for name in used} == set(letters())
    assert {sample.kind for sample in SAMPLES.values()} == set(KINDS) - {"dossier_receipt"}


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_fulfils_its_schema(name):
    check_facts(SAMPLES[name].kind, SAMPLES[name].facts)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_letter_says_what_it_said(name):
    assert text_of(rendered(name)) == (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded(name):
    table = asked(rendered(name), "pdffonts").splitlines()
    embedded = table[0].index("emb")
    assert {line[embedded : embedded + 3] for line in table[2:]} == {"yes"}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_pdf_a_3b(name):
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="pip install 'pikepdf[pdfa]'", exc_type=ImportError)
    with pikepdf.open(io.BytesIO(rendered(name))) as pdf:
        assert list(pdfa.check(pdf, "3b").findings) == []


@pytest.mark.parametrize("name", ["approval_decision", "identification_minutes", "contract"])
def test_the_same_paper_has_the_same_bytes(name):
    assert rendered_with(name) == rendered(name)


def test_the_number_line_stands_at_its_reserved_place():
    """20 mm margin and 20 mm below it, in points, on every frame: short names, long names, a council."""
    tops = set()
    for name in ("approval_decision", "disbursement_decision", "identification_minutes", "contract", "refusal_letter"):
        boxes = asked(rendered(name), "pdftotext", "-bbox", "-l", "1")
        line = next(line for line in boxes.splitlines() if ">Số:</word>" in line)
        tops.add(line.split('yMin="')[1].split(".")[0])
    assert len(tops) == 1


def test_a_long_matter_pushes_the_addressee_down():
    """The line that says what a letter is about stands left of nothing and above the addressee, however long it is."""
    about = " ".join(["mời xây dựng hồ sơ nhiệm vụ"] * 12)
    boxes = asked(rendered_with("invitation_letter", facts={"about": about}), "pdftotext", "-bbox", "-l", "1")
    words = [line for line in boxes.splitlines() if "<word" in line]
    first = next(number for number, line in enumerate(words) if ">Kính</word>" in line)
    matter = [line for line in words[:first] if ">vụ</word>" in line]
    assert len(matter) == 12
    lowest = max(float(line.split('yMax="')[1].split('"')[0]) for line in matter)
    assert lowest <= float(words[first].split('yMin="')[1].split('"')[0])


def test_a_draft_is_marked_and_has_room_for_the_number():
    draft = rendered_with("approval_decision", header={"draft": True, "symbol": "", "signer_name": ""})
    lines = text_of(draft).splitlines()
    assert "DỰ THẢO" in lines
    assert [line for line in lines if line.startswith("Số:")] == ["Số: /QĐ-UBND Bình An, ngày 05 tháng 02 năm 2026"]
    assert "(Đã ký)" not in text_of(draft)


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<link rel="stylesheet" href="http://169.254.169.254/latest/">',
    '<a href="javascript:alert(1)">x</a>',
    "{{ facts }} {% include 'letters/base.html' %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_facts_are_printed_as_text(text):
    pdf = rendered_with("cancellation_decision", facts={"reason": text, "about": text, "recipients": [text]})
    shown = text_of(pdf).replace("\n", " ")
    assert "".join(text.split()) in "".join(shown.split())
    assert b"/URI" not in pdf
    assert b"/JavaScript" not in pdf
    assert page_count(pdf) <= 2


def test_an_appraisal_without_a_secretary_is_signed_by_all_who_were_there():
    text = text_of(rendered_with("appraisal_minutes", facts={"secretary": ""}))
    signatures = text[text.index("CÁC THÀNH VIÊN TỔ TRƯỞNG") :]
    others = ["TS. Bùi Quang Huy", "TS. Đặng Thùy Dương", "ThS. Phan Văn Lực", "ThS. Ngô Thị Yến"]
    assert [name for name in ["PGS.TS. Hoàng Thị Mai", *others] if signatures.count(name) != 1] == []
    assert (signatures.count("GS.TS. Trần Đức Minh"), "THƯ KÝ" in text) == (1, False)
