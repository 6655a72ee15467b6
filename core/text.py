"""Vietnamese text: folded for search, keyed for sorting, cleaned at the door, shortened at a word."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

SORT_KEY_LENGTH = 255
LAST_PADDED_MONTH = 2
# Each word of a search is a condition on every row: more than these are not asked.
MAX_WORDS = 8

_KEPT_CONTROLS = "\n\t"
# Beside the category of formats (joiners, marks of direction, soft hyphens, tags): letters and marks without a shape.
# They can make a name or a number another one that reads the same. Vietnamese, English and Arabic need none of them.
_SHAPELESS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_NO_TEXT = {"Cc", "Cf", "Cs"}

# Cyrillic and Greek letters that read as Latin ones: no copied title and no namesake hides in them. Capitals first: Ν
# reads n, but its small ν reads v.
_CAPITALS = str.maketrans("АВЕКМНОРСТУХІЈЅҺԀԚԜҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abekmhopctyxijshdqwyiabezhikmnoptyx")
_SMALL = str.maketrans("авекмнорстухіјѕһԁԛԝүѵӏαβγεηικμνορςτυχıɡɑđ", "abekmhopctyxijshdqwyvlabyenikuvopctuxigad")

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = {letter: f"{code:02d}" for code, letter in enumerate(_ALPHABET, start=10)}
_OTHER_LETTER = "99"
_END_OF_SYLLABLE = "00"
_LETTER_MARKS = "\u0306\u0302\u031b"
# ngang has no mark; huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def fold(text: str) -> str:
    """The text without marks and capitals, so that "de tai" finds "Đề tài". Store it, index it, search it.

    Wide, narrow and joined forms of a sign are that sign, and a letter of another alphabet is the Latin one that it
    looks like. Both databases' own folding misses đ, hence here.
    """
    bare = unicodedata.normalize("NFKD", text)
    return as_read("".join(sign for sign in bare if unicodedata.category(sign) not in {"Mn", "Cf"}))


def as_read(bare: str) -> str:
    """Letters without marks as small Latin ones, those of other alphabets by their shape."""
    return bare.translate(_CAPITALS).lower().translate(_SMALL)


def official_day(day: date) -> str:
    """ngày 05 tháng 02 năm 2026, as Vietnamese papers write it in every language of the screen.

    Days have two digits below ten; of the months only January and February (Decree 30/2020/NĐ-CP, Appendix I).
    """
    month = f"{day.month:02d}" if day.month <= LAST_PADDED_MONTH else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def words(typed: str) -> list[str]:
    """The words to search for, folded, each once: the first MAX_WORDS of what was typed."""
    return list(dict.fromkeys(fold(typed).split()))[:MAX_WORDS]


def _letters_and_tones(syllable: str) -> tuple[list[str], list[str]]:
    """The codes of a syllable's letters, and one tone for each of them."""
    codes: list[str] = []
    tones: list[str] = []
    for cluster in re.findall("[^\u0300-\u036f][\u0300-\u036f]*", unicodedata.normalize("NFD", syllable)):
        base, marks = cluster[0], cluster[1:]
        letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _LETTER_MARKS))
        known = _LETTER_CODES.get(letter) or _LETTER_CODES.get(base)
        codes.append(known or f"{_OTHER_LETTER}{ord(base):07d}")
        tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), "0"))
    return codes, tones


def sort_key(text: str) -> str:
    """A key of digits that sorts as a Vietnamese dictionary does: syllable by syllable, letters before tones.

    a ă â b c d đ e ê …; ngang, huyền, hỏi, ngã, sắc, nặng. Only digits, so that every database collation agrees.
    At most SORT_KEY_LENGTH long. Capitals and punctuation do not count.
    """
    key = ""
    for syllable in re.findall("(?:[^\\W_]|[\u0300-\u036f])+", unicodedata.normalize("NFC", text).lower()):
        codes, tones = _letters_and_tones(syllable)
        key += "".join(codes) + _END_OF_SYLLABLE + "".join(tones)
        if len(key) >= SORT_KEY_LENGTH:
            break
    return key[:SORT_KEY_LENGTH]


def clean(text: str) -> str:
    """The text as it may be stored: composed (NFC), Unix line ends, plain spaces, nothing that has no shape, no edges.

    Raises ValueError for a null character: no person types one, and PostgreSQL stores none.
    """
    if "\0" in text:
        raise ValueError(_("The text holds a null character."))
    lines = _SHAPELESS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(map(_stored, lines))).strip()


def _stored(sign: str) -> str:
    """A sign as it is stored: itself, a plain space for one of another width, a line end, or nothing."""
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return " "
    if kind in {"Zl", "Zp"}:
        return "\n"
    return sign if sign in _KEPT_CONTROLS or kind not in _NO_TEXT else ""
