"""Pieces of letters that print only what is known."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(("address", "printed"), [("", False), ("Số 12 đường Hòa Bình", True)])
def test_a_party_without_an_address_has_no_empty_line(address, printed):
    party = {"name": "Trường Đại học Bình An", "address": address, "representative": "Lê An", "position": "Hiệu trưởng"}
    assert ("Địa chỉ" in render_to_string("letters/_party.html", {"letter": "BÊN B", "party": party})) is printed
