"""Amounts in đồng: read from a form, shown on a page, shared out without a remainder."""

import re
from collections.abc import Sequence
from typing import NewType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

VND = NewType("VND", int)
MAX_VND = VND(10**15)

# language -> (what it writes, what it accepts, its decimal signs)
_SEPARATORS = {"vi": (".", ".", ","), "en": (",", ",", "."), "ar": (",", ",٬", ".٫")}
_EXAMPLE = VND(1_285_500_000)
# Arabic-Indic and Persian digits, and the two dashes people paste for minus.
_PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹−–", "01234567890123456789--")
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u2066-\u2069\ufeff]")


def _base(language: str | None) -> str:
    """The language of an amount: "en-gb" is "en", an unknown one is Vietnamese."""
    code = (language or get_language() or "vi").split("-")[0]
    return code if code in _SEPARATORS else "vi"


def format_vnd(amount: int, language: str | None = None) -> str:
    """The amount grouped as the language writes it, in Latin digits, without a unit: 1.285.500.000 in Vietnamese.

    Without a language, the active one.
    """
    return f"{amount:,}".replace(",", _SEPARATORS[_base(language)][0])


def _refusal(text: str, language: str) -> str:
    """Why a text that is no amount was refused, in the words of the active language."""
    _shown, grouping, decimal = _SEPARATORS[language]
    if not text:
        return _("Enter an amount in đồng.")
    if re.fullmatch(r"\(.*\)|[+-].*|.*-", text):
        return _("Enter the amount without a sign: it cannot be negative.")
    if re.fullmatch(rf"[0-9{re.escape(grouping)}]+[{re.escape(decimal)}][0-9]*", text):
        return _("Enter whole đồng, without decimals.")
    if re.fullmatch(r"[0-9.,٬٫' ]+", text):
        return _("Write the amount as %(example)s or without separators.") % {"example": format_vnd(_EXAMPLE, language)}
    return _("Enter digits only, for example %(example)s.") % {"example": format_vnd(_EXAMPLE, language)}


def _digits(text: str, language: str) -> str | None:
    """The bare digits of a well-written amount, or None."""
    grouping = re.escape(_SEPARATORS[language][1])
    pattern = rf"0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?P<sign>[{grouping}])[0-9]{{3}}(?:(?P=sign)[0-9]{{3}})*"
    return re.sub("[^0-9]", "", text) if re.fullmatch(pattern, text) else None


def parse_vnd(text: str, language: str | None = None, *, positive: bool = False) -> VND:
    """The amount in đồng a person wrote, grouped as the language groups or not at all.

    Arabic takes both families of digits and separators. Without a language, the active one.
    Raises ValueError, with a sentence in the active language, for an empty text, a sign, decimals, letters,
    misplaced grouping, more than MAX_VND and, when `positive`, zero.
    """
    code = _base(language)
    plain = _INVISIBLE.sub("", text).strip().translate(_PLAIN)
    digits = _digits(plain, code)
    if digits is None:
        raise ValueError(_refusal(plain, code))
    # The length first: Python refuses to read thousands of digits.
    if len(digits) > len(str(MAX_VND)) or int(digits) > MAX_VND:
        raise ValueError(_("The amount must not exceed %(maximum)s đồng.") % {"maximum": format_vnd(MAX_VND, code)})
    if positive and digits == "0":
        raise ValueError(_("The amount must be greater than zero."))
    return VND(int(digits))


def split(total: int, weights: Sequence[int]) -> list[VND]:
    """Share `total` đồng out by whole-number weights, by largest remainder; the parts sum to it exactly.

    Among equal remainders the earlier part gets the đồng. A weight of zero gets nothing.
    Raises ValueError for a negative total or weight, and when all weights are zero.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights) or whole == 0:
        message = f"Cannot split {total} by the weights {list(weights)}"
        raise ValueError(message)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return [VND(part) for part in parts]


def percent_of(amount: int, whole: int) -> int:
    """Whole per cent of ``whole``, rounded half up; may pass 100, 0 of nothing. Parts of one whole: ``split``."""
    return (amount * 200 + whole) // (whole * 2) if whole else 0
