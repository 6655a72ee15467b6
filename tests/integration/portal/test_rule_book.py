"""The rule book as a page: every number of the law, where it is written, whether it still has to be confirmed."""

import pytest
from django.urls import reverse

from tests.factories import reviews as make

pytestmark = pytest.mark.django_db
OVERLAY = """
[[parameter]]
regulation = "r2_2025"
key = "proposal.screening_days"
value = 20
document = "Quyết định 7/2026/QĐ-UBND"
article = "Điều 4"
status = "confirmed"
valid_from = 2026-01-01
"""


@pytest.fixture
def page(morning, client_for):
    client = client_for(make.cast().officer)
    return lambda name, *args: client.get(reverse(f"portal:{name}", args=args))


def test_the_rules_in_force_are_those_of_the_day(page):
    answer = page("rules-in-force")
    assert (answer.status_code, answer.url) == (302, "/rules/r2_2025/")


def test_a_rule_says_its_value_its_source_and_whether_it_is_confirmed(page):
    text = page("rule-book", "r1_2013").content.decode()
    assert "Thời hạn rà soát đề xuất" in text
    assert "Thông tư 33/2014/TT-BKHCN, Điều 12" in text
    assert "Cần xác nhận" in text
    assert "Phải có người đọc toàn văn: Thông tư 09/2024/TT-BKHCN, quy định của tỉnh" in text


def test_what_the_province_decided_stands_before_the_general_rule(page, settings, tmp_path):
    overlay = tmp_path / "province.toml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    settings.RULE_BOOK_OVERLAY = str(overlay)
    text = page("rule-book", "r2_2025").content.decode()
    assert "20 ngày làm việc" in text
    assert "Quyết định 7/2026/QĐ-UBND, Điều 4" in text
    assert "Tỉnh đã quyết định như vậy; quy định chung: 15 ngày làm việc" in text


def test_an_unknown_version_is_not_there(page):
    assert page("rule-book", "r9_2099").status_code == 404
