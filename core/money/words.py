"""Amounts in Vietnamese words, as decisions and contracts print them."""

from .amounts import MAX_VND

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# How a unit digit sounds after "mười" and after "hai mươi" to "chín mươi".
_AFTER_TEN = {5: "lăm"}
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9


def _below_hundred(number: int, *, after_hundreds: bool) -> list[str]:
    """Tens and units; after hundreds a lone unit is introduced by "linh"."""
    tens, unit = divmod(number, 10)
    if tens == 0:
        lone = [_DIGITS[unit]] if unit else []
        return ["linh", *lone] if lone and after_hundreds else lone
    head = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    spoken = (_AFTER_TEN if tens == 1 else _AFTER_TENS).get(unit, _DIGITS[unit])
    return [*head, spoken] if unit else head


def _group(number: int, *, leading: bool) -> list[str]:
    """Three digits; every group but the first says its hundreds, even "không trăm"."""
    hundreds, rest = divmod(number, 100)
    if leading and hundreds == 0:
        return _below_hundred(rest, after_hundreds=False)
    return [_DIGITS[hundreds], "trăm", *_below_hundred(rest, after_hundreds=True)]


def _below_billion(number: int, *, leading: bool) -> list[str]:
    """Millions, thousands and units; a group of three zeros is not read."""
    words: list[str] = []
    for value, name in ((number // 10**6, "triệu"), (number // 1000 % 1000, "nghìn"), (number % 1000, "")):
        if value:
            words += [*_group(value, leading=leading and not words), *([name] if name else [])]
    return words


def in_words(amount: int) -> str:
    """The amount in Vietnamese words with its unit, first letter in capitals, northern reading ("linh", "nghìn").

    1285500000 is "Một tỷ hai trăm tám mươi lăm triệu năm trăm nghìn đồng".
    Raises ValueError below zero and above MAX_VND.
    """
    if not 0 <= amount <= MAX_VND:
        message = f"No words for the amount {amount}"
        raise ValueError(message)
    billions, rest = divmod(amount, _BILLION)
    words = [*_below_billion(billions, leading=True), "tỷ"] if billions else []
    words += _below_billion(rest, leading=not words)
    sentence = " ".join([*(words or ["không"]), "đồng"])
    return sentence[0].upper() + sentence[1:]
