"""Dates and numbers as each language writes them."""

from datetime import date

import pytest
from django.utils.formats import date_format, localize, sanitize_separators


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("vi", "24/11/2026", "1.285.500.000"),
        ("en", "24 Nov 2026", "1,285,500,000"),
        ("ar", "24/11/2026", "1,285,500,000"),
    ],
    indirect=["language"],
)
def test_dates_and_grouped_numbers(language, day, number, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert date_format(date(2026, 11, 24), "SHORT_DATE_FORMAT") == day
    assert date_format(date(2026, 11, 24)) == day
    assert localize(1_285_500_000) == number
    assert sanitize_separators(number) == "1285500000"
