"""The index of texts, kept with every text that is handed in, planned or adopted: ``selectors.similar`` asks it."""

from collections.abc import Collection
from hashlib import blake2b

from django.db.models import Count

from core.audit import service as audit
from proposals.models import ComparedRun, ComparedText
from proposals.selectors.runs import numbered
from proposals.selectors.similar import LOOKED_UP, MOST_TEXTS, Candidate, sources

# So many runs are kept of a long text, those with the lowest numbers: by chance, and of every text the same chance.
KEPT = 128
# The first texts are all in the sample that keeps every run; later ones the rarer, the more there are.
SAMPLE, LATER_SAMPLE = 400, 100
AT_ONCE = 100


def remember(one: Candidate) -> ComparedText:
    """Write the text into the index, or write it anew when it has changed; the caller holds the record it is of."""
    digest = blake2b(one.words.encode(), digest_size=16).hexdigest()
    known = ComparedText.objects.filter(kind=one.kind, code=one.code).first()
    if known is not None and known.digest == digest:
        return known
    text = known or ComparedText(kind=one.kind, code=one.code, in_sample=_is_drawn(one.kind, one.code))
    runs = numbered(one.words)
    with audit.transaction():
        if known is not None:
            known.kept_runs.all().delete()
        kept = runs if text.in_sample else _rarer(runs)
        text.runs, text.kept, text.digest = len(runs), len(kept), digest
        text.save()
        ComparedRun.objects.bulk_create(ComparedRun(text_id=text.pk, run=run) for run in kept)
    return text


def forget(kind: str, code: str) -> None:
    """Take the text of a record out of the index: it counts nowhere any more, and its code is free."""
    with audit.transaction():
        ComparedRun.objects.filter(text__kind=kind, text__code=code).delete()
        ComparedText.objects.filter(kind=kind, code=code).delete()


def remember_everything() -> int:
    """Make the index anew from the records of every room; until it is done, searches find fewer texts than there are.

    Returns the number of texts. The order is drawn by chance, so that the sample is one of all kinds and years.
    """
    with audit.transaction():
        ComparedRun.objects.all().delete()
        ComparedText.objects.all().delete()
    found = sorted(((kind, one.code) for kind, told in sources.items() for one in told(None)), key=_drawn)
    for start in range(0, len(found), AT_ONCE):
        _remember_some(found[start : start + AT_ONCE])
    return len(found)


def _remember_some(some: Collection[tuple[str, str]]) -> None:
    read = [one for kind, told in sources.items() for one in told({code for known, code in some if known == kind})]
    with audit.transaction():
        for one in sorted(read, key=lambda one: _drawn((one.kind, one.code))):
            remember(one)


def _drawn(named: tuple[str, str]) -> int:
    """A number drawn for a record by chance, always the same."""
    return int.from_bytes(blake2b(" ".join(named).encode(), digest_size=8).digest(), "big")


def _is_drawn(kind: str, code: str) -> bool:
    """Whether a new text comes into the sample."""
    known = ComparedText.objects.count()
    return known < SAMPLE or _drawn((kind, code)) % (known // LATER_SAMPLE) == 0


def _rarer(runs: Collection[int]) -> list[int]:
    """The runs to keep of a text: not those that stand in many texts already."""
    lowest = sorted(runs)[:LOOKED_UP]
    rows = ComparedRun.objects.filter(run__in=lowest).values_list("run").annotate(texts=Count("pk"))
    crowded = {run for run, texts in rows if texts >= MOST_TEXTS}
    return [run for run in lowest if run not in crowded][:KEPT]
