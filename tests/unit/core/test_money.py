"""Amounts: read, shown, put into words, shared out."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import MAX_VND, VNDField, VNDFormField, format_vnd, in_words, parse_vnd, split, vnd_check

amounts = st.integers(0, MAX_VND)
english = pytest.mark.parametrize("language", ["en"], indirect=True)


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("1.285.500.000", "vi", 1_285_500_000),
        ("1285500000", "vi", 1_285_500_000),
        (" 1.000 ", "vi", 1000),
        ("\u00a01.000", "vi", 1000),
        ("0", "vi", 0),
        ("1,285,500,000", "en", 1_285_500_000),
        ("1,285,500,000", "en-gb", 1_285_500_000),
        ("1,285,500,000", "ar", 1_285_500_000),
        ("١٬٢٨٥٬٥٠٠٬٠٠٠", "ar", 1_285_500_000),
        ("١٢٨٥٥٠٠٠٠٠", "ar", 1_285_500_000),
        ("۱٬۲۸۵", "ar", 1285),
        ("\u200f1,285\u200e", "ar", 1285),
        ("1.000.000.000.000.000", "vi", MAX_VND),
    ],
)
def test_an_amount_is_read_as_its_language_groups_it(text, language, amount):
    assert parse_vnd(text, language) == amount


@english
@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", "vi", "Enter an amount in đồng."),
        ("   ", "vi", "Enter an amount in đồng."),
        ("-5", "vi", "Enter the amount without a sign: it cannot be negative."),
        ("−5", "ar", "Enter the amount without a sign: it cannot be negative."),
        ("(5)", "en", "Enter the amount without a sign: it cannot be negative."),
        ("+5", "en", "Enter the amount without a sign: it cannot be negative."),
        ("12,5", "vi", "Enter whole đồng, without decimals."),
        ("1.285,50", "vi", "Enter whole đồng, without decimals."),
        ("12.5", "en", "Enter whole đồng, without decimals."),
        ("١٢٫٥", "ar", "Enter whole đồng, without decimals."),
        ("1.5", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("1.285.50", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("1285.500", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("1,285,500", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("1,285٬500", "ar", "Write the amount as 1,285,500,000 or without separators."),
        ("007", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("1 000", "vi", "Write the amount as 1.285.500.000 or without separators."),
        ("mười", "vi", "Enter digits only, for example 1.285.500.000."),
        ("1e9", "en", "Enter digits only, for example 1,285,500,000."),
        ("½", "en", "Enter digits only, for example 1,285,500,000."),
        ("1.000.000.000.000.001", "vi", "The amount must not exceed 1.000.000.000.000.000 đồng."),
        ("9" * 5000, "vi", "The amount must not exceed 1.000.000.000.000.000 đồng."),
    ],
)
def test_a_text_that_is_no_amount_is_refused_with_its_reason(text, code, sentence, language):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared below
        parse_vnd(text, code)
    assert str(refusal.value) == sentence


@english
def test_zero_is_refused_where_an_amount_is_wanted(language):
    assert parse_vnd("0", "vi") == 0
    with pytest.raises(ValueError, match=r"^The amount must be greater than zero\.$"):
        parse_vnd("0", "vi", positive=True)


def test_the_active_language_is_the_default(language):
    assert (format_vnd(1000), parse_vnd("1.000")) == ("1.000", 1000)


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.285.500"), ("en", "1,285,500"), ("ar", "1,285,500")])
def test_an_amount_is_shown_in_latin_digits_grouped_per_language(language, shown):
    assert format_vnd(1_285_500, language) == shown


@given(amount=amounts, language=st.sampled_from(["vi", "en", "ar"]))
@settings(deadline=None)
def test_what_is_shown_is_read_back(amount, language):
    assert parse_vnd(format_vnd(amount, language), language) == amount


@given(text=st.text(max_size=30), language=st.sampled_from(["vi", "en", "ar"]))
@settings(deadline=None)
def test_any_text_is_an_amount_in_range_or_a_value_error(text, language):
    try:
        amount = parse_vnd(text, language)
    except ValueError:
        return
    assert 0 <= amount <= MAX_VND


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (104, "Một trăm linh bốn đồng"),
        (111, "Một trăm mười một đồng"),
        (555, "Năm trăm năm mươi lăm đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (50_000_000, "Năm mươi triệu đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_285_500_000, "Một tỷ hai trăm tám mươi lăm triệu năm trăm nghìn đồng"),
        (18_425_000_000, "Mười tám tỷ bốn trăm hai mươi lăm triệu đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (21_000_000_000, "Hai mươi mốt tỷ đồng"),
        (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
        (MAX_VND, "Một triệu tỷ đồng"),
    ],
)
def test_amounts_in_vietnamese_words(amount, words):
    assert in_words(amount) == words


@pytest.mark.parametrize("amount", [-1, MAX_VND + 1])
def test_no_words_outside_the_range(amount):
    with pytest.raises(ValueError, match="No words"):
        in_words(amount)


DIGITS = dict(zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True))
SPOKEN = DIGITS | {"mốt": 1, "tư": 4, "lăm": 5}


def read_aloud(words):
    """A second way: the number that a listener writes down."""
    total = group = unit = 0
    for word in words.lower().removesuffix(" đồng").split():
        match word:
            case "linh":
                pass
            case "mười":
                group, unit = group + 10, 0
            case "mươi":
                group, unit = group + 9 * unit, 0
            case "trăm":
                group, unit = group + 99 * unit, 0
            case "nghìn" | "triệu":
                total, group, unit = total + group * {"nghìn": 1000, "triệu": 10**6}[word], 0, 0
            case "tỷ":
                total, group, unit = (total + group) * 10**9, 0, 0
            case _:
                unit = SPOKEN[word]
                group += unit
    return total + group


@given(amounts)
@settings(deadline=None, max_examples=500)
def test_a_listener_writes_the_same_amount(amount):
    assert read_aloud(in_words(amount)) == amount


def test_the_parts_of_a_split_lose_nothing():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [50, 30, 20]) == [5, 3, 2]
    assert split(1, [1, 2]) == [0, 1]
    assert split(7, [0, 1]) == [0, 7]
    assert split(0, [1, 1]) == [0, 0]


@given(total=amounts, weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
@settings(deadline=None)
def test_a_split_is_exact_and_fair(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_an_impossible_split_is_refused(total, weights):
    with pytest.raises(ValueError, match="Cannot split"):
        split(total, weights)


class PaymentForm(forms.Form):
    amount = VNDFormField(minimum=1)
    other = VNDFormField(required=False)


def test_a_form_reads_amounts_in_the_language_of_the_page(language):
    form = PaymentForm({"amount": "1.285.500.000"})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": 1_285_500_000, "other": None}


@english
def test_a_form_keeps_what_was_typed_and_says_why(language):
    form = PaymentForm({"amount": "0", "other": "1.5"}, initial={"amount": 5})
    assert form.errors == {
        "amount": ["The amount must be greater than zero."],
        "other": ["Enter whole đồng, without decimals."],
    }
    assert 'value="1.5"' in str(form["other"])
    assert form.changed_data == ["amount", "other"]


def test_a_form_shows_a_stored_amount_grouped_and_knows_it_again(language):
    assert 'value="1.000"' in str(PaymentForm(initial={"amount": 1000})["amount"])
    assert PaymentForm({"amount": "1000"}, initial={"amount": 1000}).changed_data == []


@pytest.mark.parametrize("amount", [0, MAX_VND + 1])
def test_a_model_field_validates_its_range(amount):
    with pytest.raises(ValidationError):
        VNDField(minimum=1).run_validators(amount)


def test_a_model_field_offers_the_form_field_and_migrates_under_one_path():
    field = VNDField(minimum=1, null=True)
    offered = field.formfield()
    assert isinstance(offered, VNDFormField)
    assert offered.minimum == 1
    assert field.deconstruct()[1:] == ("core.money.VNDField", [], {"minimum": 1, "null": True})
    assert VNDField().deconstruct()[1:] == ("core.money.VNDField", [], {})


def test_the_constraint_holds_the_range():
    constraint = vnd_check("amount_vnd", "positive_amount", minimum=1)
    assert constraint.name == "positive_amount"
    assert constraint.condition == models.Q(amount_vnd__gte=1, amount_vnd__lte=MAX_VND)
