"""Money, dates, codes: isolated from the direction of the text, grouped per language."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.ui import formatting


def render(source, **values):
    return Template(source).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("language", "text"),
    [("vi", "1.285.500.000"), ("en", "1,285,500,000"), ("ar", "1,285,500,000")],
)
def test_money_is_grouped_per_language(language, text):
    with override(language):
        assert render("{{ amount|vnd }}", amount=1_285_500_000) == f'<bdi class="money">{text}</bdi>'


def test_money_with_its_word():
    with override("en"):
        assert render('{{ amount|vnd:"unit" }}', amount=5_000) == '<bdi class="money">5,000 đồng</bdi>'


def test_no_money_is_a_dash():
    assert render("{{ amount|vnd }}", amount=None) == formatting.EMPTY


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (999_999, "999,999 đồng"),
        (1_000_000, "1.0 million đồng"),
        (1_999_999_999, "1.9 billion đồng"),
        (-2_500_000_000, "-2.5 billion đồng"),
        (1_234_567_000_000, "1,234.5 billion đồng"),
    ],
)
def test_headline_money_is_cut_never_rounded_up(amount, text):
    with override("en"):
        assert formatting.short_vnd(amount) == text


def test_vietnamese_decimal_mark():
    with override("vi"):
        assert formatting.one_decimal(2_250_000_000, formatting.BILLION) == "2,2"


def test_a_day_reads_left_to_right():
    assert (
        render("{{ day|vndate }}", day=date(2026, 11, 2)) == '<time dir="ltr" datetime="2026-11-02">02/11/2026</time>'
    )


def test_an_instant_is_shown_in_vietnamese_time():
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert render("{{ at|vndate }}", at=late) == '<time dir="ltr" datetime="2026-11-23">23/11/2026</time>'
    assert (
        render("{{ at|vndatetime }}", at=late)
        == '<time dir="ltr" datetime="2026-11-23T00:30:00+07:00">23/11/2026 00:30</time>'
    )


@pytest.mark.parametrize("name", ["vndate", "vndatetime", "code"])
def test_nothing_is_a_dash(name):
    assert render("{{ value|" + name + " }}", value=None) == formatting.EMPTY


def test_a_code_is_isolated_and_escaped():
    assert render("{{ value|code }}", value="ĐT.<1>") == '<bdi dir="ltr" class="code">ĐT.&lt;1&gt;</bdi>'


def test_working_days_in_words():
    with override("en"):
        assert [formatting.working_days(days) for days in (1, 2)] == ["1 working day", "2 working days"]
