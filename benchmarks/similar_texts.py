"""How long the search for duplicates takes among many texts, and whether it finds what it should.

    .venv/bin/python -m benchmarks.similar_texts            # 2,000 and 20,000 texts, on a SQLite file of its own
    bin/postgres .venv/bin/python -m benchmarks.similar_texts

The texts are invented: syllables as frequent as in a language, a fifth of each text phrases that many others hold too.
Copies of some of them are asked for: whole and shuffled, half rewritten, four fifths rewritten. Times are medians.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proposals.selectors.similar import Candidate

SYLLABLES, PHRASES, WORDS, SENTENCE, PHRASE = 3_000, 400, 600, 24, 12
ASKED, AT_ONCE = 20, 500
SHARES = (100, 50, 20)
OWN_SHARE = 0.8


def main() -> None:
    """Ask for the numbers of texts, one after the other, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, nargs="+", default=[2_000, 20_000])
    numbers = parser.parse_args().texts
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}")
        _run(sorted(numbers))


def _run(numbers: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from proposals.selectors.similar import Candidate, sources

    call_command("migrate", verbosity=0)
    world, told = World(random.Random(2026)), dict[str, Candidate]()
    sources["invented"] = lambda codes: (one for code, one in told.items() if codes is None or code in codes)
    for number in numbers:
        made = [Candidate("invented", f"T{place:05d}", "", "", world.text()) for place in range(len(told), number)]
        writing = _write(made)
        told |= {one.code: one for one in made}
        print(f"{number:6d} texts: {writing} to write one; {_ask(world, told)}", flush=True)


def _write(made: list[Candidate]) -> str:
    from core.audit import service as audit
    from proposals.services.texts import remember

    spent = Spent()
    for start in range(0, len(made), AT_ONCE):
        with audit.transaction():
            for one in made[start : start + AT_ONCE]:
                with spent:
                    remember(one)
    return str(spent)


def _ask(world: World, told: dict[str, Candidate]) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from proposals.selectors.similar import resembling

    spent, queries, found = Spent(), 0, dict.fromkeys(SHARES, 0)
    for share in SHARES:
        for code in world.chance.sample(sorted(told), ASKED):
            asked = world.copy(told[code].body, share)
            with CaptureQueriesContext(connection) as captured, spent:
                nearest = resembling(asked)
            queries = max(queries, len(captured))
            found[share] += bool(nearest) and nearest[0].candidate.code == code
    recall = ", ".join(f"{share} % copied {number}/{ASKED}" for share, number in found.items())
    return f"{spent} to ask, {queries} queries; found first: {recall}"


class Spent:
    """Times of one thing done often: by the clock on the wall, and by the processor for this process."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.own: list[float] = []

    def __enter__(self) -> None:
        self.begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_fault: object) -> None:
        self.wall.append(time.perf_counter() - self.begun[0])
        self.own.append(time.process_time() - self.begun[1])

    def __str__(self) -> str:
        middle, own = statistics.median(self.wall) * 1000, statistics.median(self.own) * 1000
        return f"{middle:.1f} ms (processor {own:.1f}, at most {max(self.own) * 1000:.1f})"


class World:
    """Invented words, and texts made of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.syllables = [f"âm{number}" for number in range(SYLLABLES)]
        # The first syllables are the most frequent, as in every language.
        self.weights = [1 / (rank + 1) for rank in range(SYLLABLES)]
        self.phrases = [" ".join(self._own(PHRASE)) for _number in range(PHRASES)]

    def text(self) -> str:
        """A text of its own words and phrases that others use too."""
        return "\n".join(self._sentences(WORDS))

    def copy(self, body: str, share: int) -> str:
        """So many per cent of the sentences, in another order; the rest is new."""
        lines = body.split("\n")
        kept = self.chance.sample(lines, len(lines) * share // 100)
        return "\n".join([*kept, *self._sentences(WORDS * (100 - share) // 100)])

    def _sentences(self, words: int) -> Iterator[str]:
        for _number in range(words // SENTENCE):
            own = self.chance.random() < OWN_SHARE
            yield " ".join(self._own(SENTENCE) if own else self.chance.choices(self.phrases, k=SENTENCE // PHRASE))

    def _own(self, number: int) -> list[str]:
        return self.chance.choices(self.syllables, self.weights, k=number)


if __name__ == "__main__":
    main()
