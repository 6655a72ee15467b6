"""How papers write dates, amounts, lists and grounds."""

import pytest

from core.documents.letter import grounds
from core.documents.templatetags import letters

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
        ("2026-01-31", "ngày 31 tháng 01 năm 2026"),
        ("2026-03-09", "ngày 09 tháng 3 năm 2026"),
        ("2026-11-22", "ngày 22 tháng 11 năm 2026"),
        ("", "ngày … tháng … năm …"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(iso, written):
    assert letters.long_date(iso).replace(SPACE, " ") == written


def test_instants_name_hour_and_minute():
    assert letters.instant("2026-04-20T17:00").replace(SPACE, " ") == "17 giờ 00 phút, ngày 20 tháng 4 năm 2026"


def test_amounts_are_grouped_by_dots_in_every_language_of_the_screen(language):
    assert letters.dong(1_285_500_000) == "1.285.500.000"
    assert letters.words(1_285_500_000) == "Một tỷ hai trăm tám mươi lăm triệu năm trăm nghìn đồng"


def test_an_earlier_paper_is_cited_with_number_day_and_issuer():
    paper = {"name": "Quyết định", "symbol": "24/QĐ-SKHCN", "date": "2026-02-05", "issuer": "Sở Khoa học và Công nghệ"}
    cited = letters.cite(paper).replace(SPACE, " ")
    assert cited == "Quyết định số 24/QĐ-SKHCN ngày 05 tháng 02 năm 2026 của Sở Khoa học và Công nghệ"


def test_in_a_letter_the_symbol_of_a_cited_paper_stays_on_one_line_and_is_only_text():
    paper = {"name": "Quyết định", "symbol": "1<b>/QĐ", "date": "2026-12-10", "issuer": ""}
    assert letters.reference(paper).replace(SPACE, " ") == (
        'Quyết định số <span class="code">1&lt;b&gt;/QĐ</span> ngày 10 tháng 12 năm 2026'
    )


def test_each_ground_ends_with_a_semicolon_and_the_last_with_a_full_stop():
    lines = grounds(["Căn cứ Luật A;", "Căn cứ Nghị định B."], {"bases": ["Căn cứ C"], "proposed_by": "Trưởng phòng D"})
    assert lines == ["Căn cứ Luật A;", "Căn cứ Nghị định B;", "Căn cứ C;", "Theo đề nghị của Trưởng phòng D."]


def test_without_a_proposer_the_last_ground_closes_the_list():
    assert grounds(["Căn cứ Luật A"], {}) == ["Căn cứ Luật A."]
    assert grounds([], {}) == []
