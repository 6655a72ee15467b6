"""Titles: real public ones, each used once, and invented ones from the word plan, no two alike."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path
from random import Random
from typing import Any

from proposals.choices import Field, ResearchType

DATA = Path(__file__).parent.parent / "data"
SEED = 20190501


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the field and type of research it belongs to. ``synthetic``: made from the word plan."""

    text: str
    field: Field
    research_type: ResearchType
    synthetic: bool


TYPES_OF_FIELD = {
    Field.AGRICULTURE: ResearchType.APPLIED,
    Field.MEDICINE: ResearchType.APPLIED,
    Field.NATURAL: ResearchType.BASIC,
    Field.ENGINEERING: ResearchType.DEVELOPMENT,
    Field.SOCIAL: ResearchType.SOCIAL_SOLUTION,
    Field.STRATEGIC: ResearchType.DEVELOPMENT,
}


def toml(name: str) -> dict[str, Any]:
    """A data file of the demo."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def real_titles() -> dict[str, list[Title]]:
    """The real titles by the stage in which they were published. Where each was read stays in the data file."""
    found: dict[str, list[Title]] = {}
    with (DATA / "real_titles.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            field = Field(row["field"])
            title = Title(row["title"], field, TYPES_OF_FIELD[field], synthetic=False)
            found.setdefault(row["stage"], []).append(title)
    return found


def invented_titles() -> list[Title]:
    """Every title that the word plan gives, in an order that looks like chance and is always the same."""
    plan = toml("word_plan.toml")
    places, chance = cycle(plan["places"]), Random(SEED)
    pairs = [
        (family, subject, thing)
        for family in plan["family"]
        for subject, thing in product(family["subjects"], family["objects"])
    ]
    chance.shuffle(pairs)
    methods = {id(family): cycle(family["methods"]) for family in plan["family"]}
    types = {id(family): cycle(family["types"]) for family in plan["family"]}
    return [
        Title(
            f"{next(methods[id(family)])} {thing.format(subject=subject)} {next(places)}",
            Field(family["field"]),
            ResearchType(next(types[id(family)])),
            synthetic=True,
        )
        for family, subject, thing in pairs
    ]


class TitleBook:
    """Hands out every title once: real ones by their stage while they last, else invented ones."""

    def __init__(self) -> None:
        real = real_titles()
        self._stages = {name: iter(titles) for name, titles in real.items()}
        self._invented: Iterator[Title] = iter(invented_titles())

    def real(self, *stages: str) -> Title:
        """The next real title of one of the stages, else an invented one."""
        for stage in stages:
            title = next(self._stages.get(stage, iter(())), None)
            if title is not None:
                return title
        return self.invented()

    def invented(self) -> Title:
        """The next invented title. Raises StopIteration when the word plan is used up."""
        return next(self._invented)
