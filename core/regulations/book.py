"""The rule book read from its TOML files: versions, parameters, the province's overlay."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from .values import Unit, read_value

HERE = Path(__file__).parent
FIELDS = frozenset({"value", "unit", "anchor", "document", "status"})


class RuleBookError(ValueError):
    """The rule book's files are faulty; the text names the file and the entry."""


class Status(StrEnum):
    """Whether a published text that says so has been seen. A guard blocks only on a confirmed parameter."""

    CONFIRMED = "confirmed"
    TO_CONFIRM = "to_confirm"


class Anchor(StrEnum):
    """The day that decides which word of a rule counts (docs/adr/0007-what-an-anchor-decides.md)."""

    CALL_CLOSING = "call_closing"
    SITTING_DATE = "sitting_date"
    APPROVAL_DATE = "approval_date"
    EVENT_DATE = "event_date"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One rule with a number in it. `value` is counted in `unit`; `document` and `article` say where it is written.

    `chapter` is the part of the book in which it stands: the name of its file.
    """

    key: str
    regulation: str
    value: Any
    unit: Unit
    document: str
    article: str
    status: Status
    anchor: Anchor
    chapter: str

    @property
    def source(self) -> str:
        """The document and the article, as a refusal prints them."""
        return f"{self.document}, {self.article}" if self.article else self.document

    @property
    def is_confirmed(self) -> bool:
        return self.status is Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Override:
    """What a province decided otherwise, and from when to when."""

    parameter: Parameter
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Regulation:
    """A version of the law: it keeps its tasks for life. `title` is Vietnamese, the law's own name.

    `must_read` names the documents that a person reads in full before the first real task.
    """

    code: str
    title: str
    effective_from: date
    effective_to: date | None
    parameters: Mapping[str, Parameter]
    must_read: tuple[str, ...]
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables. Raises RuleBookError when it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise RuleBookError(f"{path}: {fault}") from fault


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The parameters of nested tables, under their dotted keys."""
    for name, entry in table.items():
        if not isinstance(entry, dict):
            raise RuleBookError(f"{prefix}{name}: not a parameter")
        if "value" in entry:
            yield prefix + name, entry
        else:
            yield from _leaves(entry, f"{prefix}{name}.")


def _parameter(key: str, regulation: str, chapter: str, entry: Mapping[str, Any]) -> Parameter:
    """The parameter of an entry. Raises RuleBookError for missing, unknown or wrong fields."""
    given = set(entry) - {"article"}
    if given != FIELDS:
        raise RuleBookError(f"{regulation} {key}: missing or unknown fields: {', '.join(sorted(given ^ FIELDS))}")
    try:
        unit = Unit(entry["unit"])
        return Parameter(
            key=key,
            regulation=regulation,
            value=read_value(entry["value"], unit),
            unit=unit,
            document=entry["document"],
            article=entry.get("article", ""),
            status=Status(entry["status"]),
            anchor=Anchor(entry["anchor"]),
            chapter=chapter,
        )
    except (ValueError, TypeError, AttributeError) as fault:
        raise RuleBookError(f"{regulation} {key}: {fault}") from fault


def _read_regulation(folder: Path) -> Regulation:
    """A version: version.toml names it and its files, in the order in which they are read and shown."""
    head = read_toml(folder / "version.toml")
    parameters: dict[str, Parameter] = {}
    for path in (folder / f"{name}.toml" for name in head["files"]):
        for key, entry in _leaves(read_toml(path)):
            if key in parameters:
                raise RuleBookError(f"{path}: {key} stands twice")
            parameters[key] = _parameter(key, head["code"], path.stem, entry)
    return Regulation(
        head["code"],
        head["title"],
        head["effective_from"],
        head.get("effective_to"),
        parameters=parameters,
        must_read=tuple(head["must_read"]),
    )


def _override(entry: Mapping[str, Any], regulations: Mapping[str, Regulation]) -> Override:
    """An entry of the overlay: it names a parameter that exists, and what is different about it."""
    rest = dict(entry)
    try:
        code, key, valid_from = rest.pop("regulation"), rest.pop("key"), rest.pop("valid_from")
        base = regulations[code].parameters[key]
    except KeyError as fault:
        raise RuleBookError(f"overlay {dict(entry)}: {fault} is missing or unknown") from fault
    valid_to = rest.pop("valid_to", None)
    raw = {"unit": base.unit, "anchor": base.anchor, **rest}
    return Override(_parameter(key, code, base.chapter, raw), valid_from, valid_to)


@lru_cache(maxsize=4)
def load(overlay: str = "") -> tuple[Regulation, ...]:
    """All versions, oldest first, with the overrides of an overlay file. Read once for each overlay.

    Raises RuleBookError when anything is wrong with the files.
    """
    folders = sorted(path.parent for path in HERE.glob("*/version.toml"))
    regulations = {one.code: one for one in map(_read_regulation, folders)}
    overrides: dict[str, dict[str, tuple[Override, ...]]] = {code: {} for code in regulations}
    for entry in read_toml(Path(overlay)).get("parameter", []) if overlay else []:
        override = _override(entry, regulations)
        mine = overrides[override.parameter.regulation]
        mine[override.parameter.key] = (*mine.get(override.parameter.key, ()), override)
    ready = (replace(one, overrides=overrides[one.code]) for one in regulations.values())
    return tuple(sorted(ready, key=lambda one: one.effective_from))
