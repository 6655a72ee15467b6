"""The legal bases that a paper cites, as they are valid on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from core import text

from .book import HERE, RuleBookError, Status, load, read_toml
from .selectors import UnknownRuleError, regulation_for

_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that papers cite, from `valid_from` to `valid_to` (both included)."""

    code: str
    type: str
    number: str
    issued_on: date
    issuer: str
    title: str
    valid_from: date
    rank: int
    status: Status
    valid_to: date | None = None
    regulations: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """As it stands after "Căn cứ": a law by name and day, the rest by number, day, issuer and title."""
        dated = text.official_day(self.issued_on)
        if self.type in _LAWS:
            return f"{self.type} {self.title} {dated}"
        return f"{self.type} số {self.number} {dated} của {self.issuer} {self.title}"

    def is_valid(self, on: date, regulation: str) -> bool:
        """Whether a paper of that day, for a task of that version, may cite it."""
        alive = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return alive and (not self.regulations or regulation in self.regulations)

    def __str__(self) -> str:
        return self.citation


@dataclass(frozen=True, slots=True)
class Library:
    """All documents, and the codes that each kind of paper cites."""

    documents: Mapping[str, LegalBasis]
    kinds: Mapping[str, tuple[str, ...]]


def _basis(code: str, entry: Mapping[str, Any], versions: frozenset[str]) -> LegalBasis:
    """The document of an entry. Raises RuleBookError for missing, unknown or impossible fields."""
    try:
        basis = LegalBasis(
            code,
            **{**entry, "status": Status(entry["status"]), "regulations": tuple(entry.get("regulations", ()))},
        )
    except (TypeError, ValueError, KeyError) as fault:
        raise RuleBookError(f"legal basis {code}: {fault}") from fault
    if (basis.valid_to and basis.valid_to < basis.valid_from) or not versions.issuperset(basis.regulations):
        raise RuleBookError(f"legal basis {code}: its validity is impossible")
    return basis


def _cited(kind: str, names: list[str], groups: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The documents of a kind's groups, each once."""
    unknown = set(names) - set(groups)
    if unknown:
        raise RuleBookError(f"citations of {kind}: unknown groups {', '.join(sorted(unknown))}")
    return tuple(dict.fromkeys(code for name in names for code in groups[name]))


@lru_cache(maxsize=4)
def load_library(overlay: str = "") -> Library:
    """The documents and citations, with those of an overlay (`[legal_basis.CODE]`, `[citations]` kind = [codes]).

    Raises RuleBookError when anything is wrong with the files.
    """
    versions = frozenset(one.code for one in load())
    book, extra = read_toml(HERE / "citations.toml"), read_toml(Path(overlay)) if overlay else {}
    entries = {**read_toml(HERE / "legal_bases.toml"), **extra.get("legal_basis", {})}
    documents = {code: _basis(code, entry, versions) for code, entry in entries.items()}
    added: dict[str, list[str]] = extra.get("citations", {})
    kinds = {
        kind: (*_cited(kind, names, book["groups"]), *added.get(kind, ())) for kind, names in book["kinds"].items()
    }
    missing = {code for codes in kinds.values() for code in codes} - set(documents) or set(added) - set(kinds)
    if missing:
        raise RuleBookError(f"citations: unknown {', '.join(sorted(missing))}")
    return Library(documents, kinds)


def library() -> Library:
    """The documents and citations of this installation."""
    return load_library(str(settings.RULE_BOOK_OVERLAY))


def legal_bases(kind: str, on: date, regulation: str | None = None) -> list[LegalBasis]:
    """What a paper of the kind cites on a day, highest rank first, never a document that is not in force.

    `regulation` is the version of the task the paper is about; without it, the version of the day.
    Raises UnknownRuleError for a kind of paper the rule book does not know.
    """
    held = library()
    if kind not in held.kinds:
        raise UnknownRuleError(f"The rule book knows no paper {kind!r}")
    cited = (held.documents[code] for code in held.kinds[kind])
    version = regulation or regulation_for(on)
    return sorted((basis for basis in cited if basis.is_valid(on, version)), key=lambda basis: basis.rank)
