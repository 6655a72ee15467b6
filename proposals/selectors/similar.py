"""Which earlier texts a proposal resembles: shared runs of three words, without marks and capitals.

It finds shuffled and partly rewritten copies. The rooms above add their own texts to ``sources``.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from proposals.lifecycle import OrderState, ProposalState
from proposals.models import Order, Proposal

SHINGLE = 3
# Texts with fewer runs than this agree by chance.
FEW = 4
# A run that stands in more than this share of the texts says nothing: "on the territory of the province".
COMMON_PERCENT = 5
MANY_TEXTS = 40
SHOWN = 10
LEAST_PERCENT = 15
PASSAGE_WORDS = 40
_MARKS = re.compile("[\u0300-\u036f]")

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier text: what it is and where it stands."""

    kind: str
    code: str
    title: str
    state: str
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """A text that shares ``percent`` of the runs of the shorter of the two; ``passage`` is the longest shared one."""

    candidate: Candidate
    percent: int
    passage: str

    def as_json(self) -> dict[str, Any]:
        """What the screening record keeps."""
        one = self.candidate
        kept = {"kind": one.kind, "code": one.code, "title": one.title, "state": one.state}
        return {**kept, "percent": self.percent, "passage": self.passage}


def _proposals() -> Iterator[Candidate]:
    rows = Proposal.objects.exclude(state__in=[ProposalState.DRAFT, ProposalState.VOID]).order_by("pk")
    for code, title, state, narrative in rows.values_list("code", "title", "state", "narrative"):
        yield Candidate("proposal", code, title, state, _body(narrative))


def _orders() -> Iterator[Candidate]:
    rows = Order.objects.exclude(state=OrderState.VOID).order_by("pk")
    for code, title, state, objectives in rows.values_list("code", "title", "state", "objectives"):
        yield Candidate("order", code, title, state, objectives)


sources: list[Callable[[], Iterable[Candidate]]] = [_proposals, _orders]


def similar_to(proposal: Proposal) -> list[Match]:
    """The texts that most resemble the proposal, the nearest first; its own orders are left out."""
    own = {proposal.code, *proposal.orders.values_list("code", flat=True)}
    candidates = [one for source in sources for one in source() if one.code not in own]
    return search(f"{proposal.title}\n{_body(proposal.narrative)}", candidates)


def search(asked: str, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates that share enough runs of words with the asked text."""
    mine = {hash(run): run for run in shingles(asked)}
    texts = [(one, _runs(f"{one.title}\n{one.body}")) for one in candidates]
    asked_for = frozenset(mine)
    shared = [asked_for & runs for _one, runs in texts]
    common = _common(shared)
    telling = len(mine.keys() - common)
    found = [
        (_percent(keys - common, telling, len(runs)), one, keys - common)
        for (one, runs), keys in zip(texts, shared, strict=True)
    ]
    near = sorted((row for row in found if row[0] >= LEAST_PERCENT), key=lambda row: (-row[0], row[1].code))
    return [
        Match(one, percent, longest_passage(asked, {mine[key] for key in keys})) for percent, one, keys in near[:SHOWN]
    ]


def shingles(words: str) -> list[Shingle]:
    """Every run of three words of a text, folded."""
    folded = _words(_fold(words))
    return list(zip(folded, folded[1:], folded[2:], strict=False))


def _fold(words: str) -> str:
    """As core.text folds Vietnamese, ten times as fast: thousands of long texts are compared at once."""
    return _MARKS.sub("", unicodedata.normalize("NFD", words.lower())).replace("đ", "d")


@lru_cache(maxsize=4096)
def _runs(words: str) -> frozenset[int]:
    """The runs of a text as numbers: the same texts are asked for again with every screening."""
    return frozenset(hash(run) for run in shingles(words))


def _percent(keys: frozenset[int], telling: int, length: int) -> int:
    """How many per cent of the shorter text's runs both share."""
    shorter = min(telling, length)
    return min(len(keys) * 100 // shorter, 100) if shorter >= FEW else 0


def _common(shared: list[frozenset[int]]) -> set[int]:
    """The asked text's runs that stand in too many texts."""
    if len(shared) < MANY_TEXTS:
        return set()
    counts = Counter(key for keys in shared for key in keys)
    return {key for key, times in counts.items() if times * 100 > len(shared) * COMMON_PERCENT}


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


def _words(words: str) -> list[str]:
    return re.findall(r"\w+", words)


def _body(narrative: Mapping[str, str]) -> str:
    return "\n".join(str(narrative[key]) for key in sorted(narrative) if key != "references")
