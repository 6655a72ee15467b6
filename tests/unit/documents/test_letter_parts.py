"""Pieces of letters that print only what is known."""

import pytest
from django.template.loader import render_to_string

from core.documents.letter import with_whole_codes


@pytest.mark.parametrize(("address", "printed"), [("", False), ("Số 12 đường Hòa Bình", True)])
def test_a_party_without_an_address_has_no_empty_line(address, printed):
    party = {"name": "Trường Đại học Bình An", "address": address, "representative": "Lê An", "position": "Hiệu trưởng"}
    assert ("Địa chỉ" in render_to_string("letters/_party.html", {"letter": "BÊN B", "party": party})) is printed


def test_a_code_inside_a_sentence_stays_on_one_line():
    """As in the name of a council; what a letter marked already keeps one mark, and the head of the page none."""
    whole = '<span class="code">DH.2026.002</span>'
    page = "<html><head><title>DH.2026.002</title></head><body><p>Hội đồng của DH.2026.002, {}.</p></body></html>"
    assert with_whole_codes(page.format(whole)) == page.replace("DH.2026.002,", f"{whole},").format(whole)
    for kept in ("TS. Lê An", "24/QĐ-SKHCN", "1.285.500.000"):
        assert with_whole_codes(f"</head><p>{kept}</p>") == f"</head><p>{kept}</p>"
    part = "NV.2026.053.BC01"
    assert with_whole_codes(f"</head><p>{part}.</p>") == f'</head><p><span class="code">{part}</span>.</p>'
