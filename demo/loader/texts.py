"""Running text from short templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .titles import toml

NUMBERS = (12, 15, 18, 20, 24, 30, 36, 45, 60)


@dataclass(slots=True)
class Texts:
    """The templates of ``data/texts.toml`` and which organisation works in which field."""

    groups: dict[str, dict[str, list[str]]] = field(default_factory=lambda: toml("texts.toml"))
    places: list[str] = field(default_factory=lambda: toml("word_plan.toml")["places"])

    @property
    def hosts(self) -> dict[str, list[str]]:
        """Field of science → names of organisations."""
        return self.groups["hosts"]

    def say(self, chance: Random, group: str, name: str, **words: Any) -> str:
        """One of the templates of that name, filled."""
        given = {"number": chance.choice(NUMBERS), "place": chance.choice(self.places), **words}
        return chance.choice(self.groups[group][name]).format(**given)

    def narrative(self, chance: Random, group: str, **words: Any) -> Mapping[str, str]:
        """A text for every key of a form."""
        return {key: self.say(chance, group, key, **words) for key in self.groups[group]}
