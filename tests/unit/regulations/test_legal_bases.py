"""What papers cite: in force on their day, highest rank first, never dead law."""

from datetime import date, timedelta

import pytest

from core.documents.kinds import DocumentKind
from core.regulations import RuleBookError, UnknownRuleError, legal_bases
from core.regulations.legal import load_library

KINDS = sorted(load_library().kinds)


def codes(kind, on, version=None):
    return [basis.code for basis in legal_bases(kind, on, version)]


def test_every_kind_of_paper_has_its_citations():
    assert sorted(DocumentKind.values) == KINDS


def test_an_approval_of_today_cites_the_law_of_today():
    assert codes("approval_decision", date(2026, 11, 22)) == [
        "law-72-2025",
        "law-93-2025",
        "law-89-2025",
        "nd-267-2025",
        "nd-265-2025",
        "tt-10-2025",
        "tt-36-2025",
        "tt-39-2025",
    ]


def test_an_approval_of_2020_cites_the_law_of_2020():
    assert codes("approval_decision", date(2020, 3, 5)) == [
        "law-77-2015",
        "law-29-2013",
        "law-83-2015",
        "nd-08-2014",
        "nd-95-2014",
        "ttlt-55-2015",
        "ttlt-27-2015",
        "tt-08-2017",
    ]


def test_a_task_of_the_old_law_is_recognised_today_under_its_own_circular():
    assert codes("recognition_decision", date(2026, 11, 22), "r1_2013") == [
        "law-72-2025",
        "law-93-2025",
        "tt-10-2025",
        "tt-09-2024",
    ]
    assert codes("recognition_decision", date(2026, 11, 22), "r2_2025") == [
        "law-72-2025",
        "law-93-2025",
        "nd-267-2025",
        "tt-10-2025",
        "tt-36-2025",
    ]


def test_a_repealed_circular_is_not_cited_from_the_day_of_its_repeal():
    assert "tt-08-2017" in codes("selection_call", date(2023, 11, 26))
    assert "tt-08-2017" not in codes("selection_call", date(2023, 11, 27))
    assert "tt-20-2023" in codes("selection_call", date(2023, 11, 27))


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_of_any_month_cites_dead_law_or_nothing(kind):
    for month in range(96):
        day = date(2019, 1, 15) + timedelta(days=30 * month)
        for version in (None, "r1_2013"):
            bases = legal_bases(kind, day, version)
            assert all(basis.valid_from <= day <= (basis.valid_to or day) for basis in bases)
            assert [basis.rank for basis in bases] == sorted(basis.rank for basis in bases)
            assert bases or (kind.endswith("_receipt") and day < date(2020, 3, 5))


@pytest.mark.parametrize(
    ("code", "citation"),
    [
        ("law-93-2025", "Luật Khoa học, công nghệ và đổi mới sáng tạo ngày 27 tháng 6 năm 2025"),
        ("law-91-2015", "Bộ luật Dân sự ngày 24 tháng 11 năm 2015"),
        ("law-65-2025", "Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025"),
        (
            "nd-30-2020",
            "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
        ),
    ],
)
def test_citations_are_written_as_decree_30_wants(code, citation):
    basis = load_library().documents[code]
    assert (basis.citation, str(basis)) == (citation, citation)


def test_an_unknown_paper_is_refused():
    with pytest.raises(UnknownRuleError, match="love_letter"):
        legal_bases("love_letter", date(2026, 1, 1))


OVERLAY = """
[legal_basis.qd-01-2026]
type = "Quyết định"
number = "01/2026/QĐ-UBND"
issued_on = 2026-05-20
issuer = "Ủy ban nhân dân tỉnh Bình An"
title = "ban hành Quy định quản lý nhiệm vụ khoa học, công nghệ và đổi mới sáng tạo"
valid_from = 2026-06-05
rank = 7
status = "confirmed"

[citations]
approval_decision = ["qd-01-2026"]
"""


@pytest.fixture
def overlay(settings, tmp_path):
    def lay(text):
        path = tmp_path / f"overlay-{hash(text)}.toml"
        path.write_text(text, encoding="utf-8")
        settings.RULE_BOOK_OVERLAY = str(path)
        return str(path)

    return lay


def test_a_province_adds_its_own_regulation(overlay):
    overlay(OVERLAY)
    assert codes("approval_decision", date(2026, 6, 5))[-1] == "qd-01-2026"
    assert "qd-01-2026" not in codes("approval_decision", date(2026, 6, 4))
    assert "qd-01-2026" not in codes("recognition_decision", date(2026, 6, 5))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ('[citations]\napproval_decision = ["qd-99"]', "qd-99"),
        ("[citations]\nlove_letter = []", "love_letter"),
        (OVERLAY.replace('status = "confirmed"', 'status = "maybe"'), "maybe"),
        (OVERLAY.replace('status = "confirmed"', ""), "status"),
        (OVERLAY.replace("rank = 7", "rang = 7"), "rang"),
        (OVERLAY.replace("rank = 7", "rank = 7\nvalid_to = 2026-01-01"), "impossible"),
        (OVERLAY.replace("rank = 7", 'rank = 7\nregulations = ["r3"]'), "impossible"),
    ],
)
def test_a_faulty_overlay_is_refused(overlay, wrong, complaint):
    with pytest.raises(RuleBookError, match=complaint):
        load_library(overlay(wrong))
