"""Which earlier texts a proposal resembles: shared runs of three words, without marks and capitals.

It finds shuffled and partly rewritten copies. The index (``models.texts``, written by ``services.texts``) names the few
texts that share the most rare runs; only these are read and compared word by word, so that a search costs the same
among a hundred texts and among a hundred thousand. The rooms above add their own texts to ``sources``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.functions import Least

from proposals.lifecycle import OrderState, ProposalState
from proposals.models import ComparedRun, ComparedText, Order, Proposal

from .runs import Shingle, longest_passage, numbered, shingles

# Texts with fewer runs than this agree by chance.
FEW = 4
# A run that stands in more than this share of the texts says nothing: "on the territory of the province".
COMMON_PERCENT = 5
MANY_TEXTS = 40
# A run that so many texts of the index hold is kept of no further one, and finds none.
MOST_TEXTS = 200
# So many of the nearest texts by the index are compared word by word.
CANDIDATES = 40
# So many runs of the asked text are looked up: those with the lowest numbers, as every text keeps its lowest.
LOOKED_UP = 5_000
SHOWN = 10
LEAST_PERCENT = 15


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier text: what it is and where it stands."""

    kind: str
    code: str
    title: str
    state: str
    body: str

    @property
    def words(self) -> str:
        """All that is compared."""
        return f"{self.title}\n{self.body}"


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


Source = Callable[[Collection[str] | None], Iterable[Candidate]]


def text_of(record: Proposal | Order) -> Candidate:
    """What of a proposal or an order is compared."""
    body = _body(record.narrative) if isinstance(record, Proposal) else record.objectives
    return Candidate(record.lifecycle.name, record.code, record.title, record.state, body)


def _proposals(codes: Collection[str] | None) -> Iterator[Candidate]:
    """What was handed in: a draft is its author's own affair."""
    rows = Proposal.objects.filter(received_on__isnull=False).exclude(state=ProposalState.VOID).order_by("code")
    return map(text_of, _named(rows, codes).only("code", "title", "state", "narrative").iterator())


def _orders(codes: Collection[str] | None) -> Iterator[Candidate]:
    rows = Order.objects.exclude(state=OrderState.VOID).order_by("code")
    rows = rows.only("code", "title", "state", "objectives")
    return map(text_of, _named(rows, codes).iterator())


def _named(rows: Any, codes: Collection[str] | None) -> Any:
    return rows if codes is None else rows.filter(code__in=codes)


sources: dict[str, Source] = {Proposal.lifecycle.name: _proposals, Order.lifecycle.name: _orders}
"""Kind of text → the texts with these codes, or all of them."""


def similar_to(proposal: Proposal) -> list[Match]:
    """The texts that most resemble the proposal, the nearest first; its own orders are left out."""
    own = [proposal.code, *proposal.orders.values_list("code", flat=True)]
    return resembling(text_of(proposal).words, own)


def resembling(asked: str, own: Collection[str] = ()) -> list[Match]:
    """The texts that most resemble the asked one, but for the records with the codes of ``own``.

    The number of queries, of texts read and of rows looked at does not grow with the number of texts.
    """
    mine = numbered(asked)
    looked_up = sorted(mine)[:LOOKED_UP]
    held = ComparedRun.objects.exclude(text__in=list(ComparedText.objects.filter(code__in=own).values_list("pk")))
    common, crowded = _everywhere(held.filter(run__in=looked_up), own)
    rare = set(looked_up) - common - crowded
    nearest = _nearest(held.filter(run__in=rare), len(mine) - len(common))
    read = (one for kind, codes in nearest.items() for one in sources[kind](codes))
    return search(asked, read, common={mine[number] for number in common})


def _everywhere(held: Any, own: Collection[str]) -> tuple[set[int], set[int]]:
    """The runs that say nothing because too many texts hold them, and those that the index keeps no more."""
    sample = ComparedText.objects.filter(in_sample=True).exclude(code__in=own).count()
    rows = held.values_list("run").annotate(texts=Count("pk"), sampled=Count("pk", filter=Q(text__in_sample=True)))
    found = list(rows)
    common = {run for run, _texts, sampled in found if sampled * 100 > sample * COMMON_PERCENT}
    crowded = {run for run, texts, _sampled in found if texts >= MOST_TEXTS}
    return (common if sample >= MANY_TEXTS else set()), crowded


def _nearest(held: Any, telling: int) -> dict[str, set[str]]:
    """Kind → codes of the texts that share most, as far as the index knows: it keeps a part of a long text's runs."""
    shorter = Least(F("text__runs"), Value(max(telling, 1)))
    share = ExpressionWrapper(
        Value(1.0) * Count("pk") * F("text__runs") / F("text__kept") / shorter, output_field=FloatField()
    )
    rows = held.values("text__kind", "text__code", "text__runs", "text__kept").annotate(share=share)
    found: dict[str, set[str]] = {}
    for kind, code in rows.order_by("-share", "text__code").values_list("text__kind", "text__code")[:CANDIDATES]:
        found.setdefault(kind, set()).add(code)
    return found


def search(asked: str, candidates: Iterable[Candidate], common: Collection[Shingle] = ()) -> list[Match]:
    """The candidates that share enough runs of words with the asked text; runs in ``common`` do not count."""
    mine = set(shingles(asked)).difference(common)
    found = []
    for one in candidates:
        runs = set(shingles(one.words))
        found.append((_percent(len(mine & runs), min(len(mine), len(runs))), one, mine & runs))
    near = sorted((row for row in found if row[0] >= LEAST_PERCENT), key=lambda row: (-row[0], row[1].code))
    return [Match(one, percent, longest_passage(asked, shared)) for percent, one, shared in near[:SHOWN]]


def _percent(shared: int, shorter: int) -> int:
    """How many per cent of the shorter text's runs both share."""
    return min(shared * 100 // shorter, 100) if shorter >= FEW else 0


def _body(narrative: Mapping[str, str]) -> str:
    return "\n".join(str(narrative[key]) for key in sorted(narrative) if key != "references")
