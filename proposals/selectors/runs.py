"""Texts as runs of three words, without marks and capitals, and the numbers by which the database knows the runs."""

import re
import unicodedata
from hashlib import blake2b

from core.text import as_read

SHINGLE = 3
PASSAGE_WORDS = 40
_MARKS = re.compile("[\u0300-\u036f]")

Shingle = tuple[str, ...]


def shingles(words: str) -> list[Shingle]:
    """Every run of three words of a text, folded."""
    folded = _words(_fold(words))
    return list(zip(folded, folded[1:], folded[2:], strict=False))


def numbered(words: str) -> dict[int, Shingle]:
    """The runs of a text by their numbers: the same in every process and on both databases, 64 bits with a sign."""
    return {_number(run): run for run in shingles(words)}


def longest_passage(asked: str, shared: set[Shingle]) -> str:
    """The longest stretch of the asked text all of whose runs are shared, as it is written there."""
    words = _words(asked)
    folded = [_fold(word) for word in words]
    best = (0, 0)
    start = 0
    for place in range(len(words) - SHINGLE + 1):
        if tuple(folded[place : place + SHINGLE]) not in shared:
            start = place + 1
        elif place + SHINGLE - start > best[1] - best[0]:
            best = (start, place + SHINGLE)
    return " ".join(words[best[0] : min(best[1], best[0] + PASSAGE_WORDS)])


def _number(run: Shingle) -> int:
    return int.from_bytes(blake2b(" ".join(run).encode(), digest_size=8).digest(), "big", signed=True)


def _fold(words: str) -> str:
    """As core.text folds Vietnamese, ten times as fast: many long texts are compared at once."""
    return as_read(_MARKS.sub("", unicodedata.normalize("NFKD", words)))


def _words(words: str) -> list[str]:
    return re.findall(r"\w+", words)
