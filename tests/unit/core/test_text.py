"""Folding, sorting, cleaning, shortening Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import MAX_WORDS, SORT_KEY_LENGTH, clean, fold, sort_key, words

texts = st.text(max_size=60)
quick = settings(deadline=None)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đề tài", "de tai"),
        ("ĐẶT HÀNG NHIỆM VỤ", "dat hang nhiem vu"),
        ("Nguyễn Thị Hường", "nguyen thi huong"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "nguyen thi huong"),
        ("قَرَار", "قرار"),
        ("", ""),
        ("ＵＮＣ ０３３５ ﬁ", "unc 0335 fi"),
        ("de\u200b\u00ad tai\u2060", "de tai"),
        ("Nuôi t\u043em", "nuoi tom"),
        ("\u0410\u0412\u0415 \u0391\u039f", "abe ao"),
        # A Greek capital nu, a Cyrillic palochka, a dotless i, a Greek eta.
        ("\u039dguyễn Văn \u04c0nh, L\u0131\u03b7h", "nguyen van inh, linh"),
        ("\u0130STANBUL \U0001d400", "istanbul a"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(texts)
@quick
def test_folding_twice_changes_nothing_and_forgets_composition(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TONES = ["ba", "bà", "bả", "bã", "bá", "bạ"]


def test_letters_come_in_the_vietnamese_order():
    assert sorted(set(LETTERS), key=sort_key) == LETTERS


def test_tones_come_in_the_vietnamese_order():
    assert sorted(set(TONES), key=sort_key) == TONES


@pytest.mark.parametrize(
    "in_order",
    [
        ["An", "Ân Thi", "Bắc Ninh", "Bình An", "Cao Bằng", "Dĩ An", "Đà Nẵng", "Đồng Nai", "Ê Đê", "Gia Lai"],
        ["ba má", "bà", "ban", "bàn", "bán"],  # letters of a syllable before its tone
        ["ba bì", "bà ba"],  # the first syllable decides before the second
        ["thuế", "thuể hiện"][::-1],  # hỏi before sắc
        ["Tập 1", "Tập 2", "Tập a"],
        ["Hoà", "Hoà Bình"],
    ],
)
def test_words_come_in_dictionary_order(in_order):
    assert sorted(set(in_order), key=sort_key) == in_order


def test_a_key_of_a_long_title_is_cut_and_keeps_its_place():
    title = "Nghiên cứu " * 40
    assert len(sort_key(title)) == SORT_KEY_LENGTH
    assert sort_key("Nghiên cứa") < sort_key(title) < sort_key("Nghiên cứv")


def test_capitals_composition_and_punctuation_do_not_count():
    assert sort_key("ĐỒNG NAI") == sort_key("Đồng-Nai,") == sort_key(unicodedata.normalize("NFD", "đồng nai"))
    assert sort_key("  ") == sort_key("") == ""


@given(texts)
@quick
def test_a_key_is_digits_of_bounded_length(text):
    key = sort_key(text)
    assert key == "".join(sign for sign in key if sign in "0123456789")
    assert len(key) <= SORT_KEY_LENGTH


@given(
    st.lists(st.sampled_from([*LETTERS, *TONES, " "]), max_size=30).map("".join),
    st.text(alphabet=LETTERS, min_size=1, max_size=5),
)
@quick
def test_a_longer_name_never_comes_before_its_beginning(text, more):
    assert sort_key(text) < sort_key(f"{text} {more}")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Đề tài\r\nmới\r ", "Đề tài\nmới"),
        ("a\x07b\x1b[31mc", "ab[31mc"),
        ("tab\tkept", "tab\tkept"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\ufeffDữ liệu", "Dữ liệu"),
        (unicodedata.normalize("NFD", "tiếng Việt"), "tiếng Việt"),
        ("UNC-2611\u200b-03\u00ad35\u2060", "UNC-2611-0335"),
        ("Đỗ\u200b Hải\u3164 Giang\U000e0041\u180e\ufe0f", "Đỗ Hải Giang"),
        ("hai\u00a0khoảng\u2003trắng\u3000\u2028dòng", "hai khoảng trắng \ndòng"),
        ("قَرَار\u200f رقم\u061c", "قَرَار رقم"),  # the page gives each text its direction
        ("\ud800x", "x"),
    ],
)
def test_cleaning(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["\0", "a\0b"])
def test_null_characters_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is translated
        clean(text)


@given(st.text(st.characters(exclude_characters="\0")))
@quick
def test_cleaning_twice_changes_nothing_and_leaves_what_a_database_stores(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned


def test_a_search_asks_for_few_words_each_once():
    assert words("  Đề  tài đề TÀI Sóc Trăng ") == ["de", "tai", "soc", "trang"]
    assert words("a " * 1500) == ["a"]
    assert words(" ".join(str(number) for number in range(1500))) == [str(number) for number in range(MAX_WORDS)]
    assert words(" \n") == []
