"""Code patterns: written, read, refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.codes import Code, CodePattern, fits_address


@pytest.mark.parametrize(
    ("pattern", "number", "code"),
    [
        ("DX.{year}.{number:04d}", 1, "DX.2026.0001"),
        ("DX.{year}.{number:04d}", 12345, "DX.2026.12345"),
        ("ĐT.{year}.{number:03d}", 7, "ĐT.2026.007"),
        ("{number}-{year}", 7, "7-2026"),
        ("HD{number:02d}", 7, "HD07"),
    ],
)
def test_a_code_is_written_and_read(pattern, number, code):
    codes = CodePattern(pattern)
    assert codes.write(number, 2026) == code
    assert codes.read(f" {code.lower()} ") == Code(2026 if codes.has_year else None, number)


@pytest.mark.parametrize(
    "text", ["", "DX.2026.1", "DX.2026.00001", "DX.0026.0001", "DX.2026.0000", "DXX2026.0001", "HD.2026.0001"]
)
def test_other_texts_are_no_codes(text):
    assert CodePattern("DX.{year}.{number:04d}").read(text) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "DX",
        "DX.{year}",
        "{number}{number}",
        "{year}.{year}.{number}",
        "DX/{number}",
        "DX {number}",
        "{number:d}",
        "{number:,}",
        "{number!r}",
        "{kind}.{number}",
        "{}.{number}",
        "{year}{number:04d}",
        "{year}.1{number:04d}",
    ],
)
def test_a_pattern_that_could_mislead_is_refused(pattern):
    with pytest.raises(ValueError, match="Not a code pattern"):
        CodePattern(pattern)


@pytest.mark.parametrize("pattern", ["{number", "}{number}"])
def test_a_broken_pattern_is_refused(pattern):
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own sentence
        CodePattern(pattern)


@pytest.mark.parametrize(("number", "year"), [(0, 2026), (-1, 2026), (1, 26), (1, 10000)])
def test_impossible_numbers_and_years_are_refused(number, year):
    with pytest.raises(ValueError, match="No code"):
        CodePattern("DX.{year}.{number:04d}").write(number, year)


@given(
    st.integers(1, 10**9),
    st.integers(1000, 9999),
    st.integers(1, 9),
    st.sampled_from(["DX.{year}.%s", "%s_{year}", "HD-%s"]),
)
@settings(deadline=None)
def test_what_is_written_is_read_back(number, year, width, shape):
    codes = CodePattern(shape % f"{{number:0{width}d}}")
    assert codes.read(codes.write(number, year)) == Code(year if codes.has_year else None, number)


@pytest.mark.parametrize("code", ["DX.2026.0001", "ĐT-2019_7", "7", "12KHCN-2019"])
def test_a_code_with_a_digit_and_no_sign_of_an_address_has_a_page(code):
    assert fits_address(code)


@pytest.mark.parametrize(
    "code",
    ["", "12/KHCN-2019", "..", ".", ".1", "x?y#1", "a%2Fb", "<1>", "new", "enter", "1 2", "1\n", "a\u202e1", "1\\2"],
)
def test_other_codes_have_no_page(code):
    assert not fits_address(code)
