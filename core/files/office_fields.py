"""Fields of a Word file: codes that Word works out, some of which start programmes or fetch files.

A field is told between its marks, in any number of pieces: ``begin``, the words of its instruction, ``separate``, its
last result, ``end``. Another field may stand in its instruction and give a part of it.
"""

import re
from dataclasses import dataclass, field

from core.files.links import is_ordinary
from core.files.verdicts import Active, Leads, TooMuch

# Programmes on the same machine, pictures, texts, objects and tables of other files, documents for an index.
_FETCHING = ("DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DATABASE", "RD")
_LINK = "HYPERLINK"
# Word itself goes twenty deep.
_MAX_OPEN = 100
_MAX_WORDS = 1_000_000
_KEYWORD = re.compile(r"[\W_]*([A-Za-z]+)")
_ONLY_KEYWORD = re.compile(r'[\s"]*([A-Za-z]*)')
_ARGUMENT = re.compile(r'\s*(?:"([^"]*)"?|([^\s"]+))')
# Those of a link that are followed by a word of their own: place, tip, window, format.
_WITH_WORD = (r"\l", r"\o", r"\t", r"\*")


def check_instruction(words: str, *, mixed: bool = False) -> None:
    """Raises Active for a field that fetches, Leads for a link to anything but the web or a letter.

    ``mixed``: other fields give a part of the instruction.
    """
    found = _KEYWORD.match(words)
    keyword = found.group(1).upper() if found else ""
    if keyword in _FETCHING:
        raise Active
    if found and keyword == _LINK:
        target = _target(words[found.end() :])
        if not is_ordinary(target) and (target or mixed):
            raise Leads


def _target(arguments: str) -> str:
    """Where a link leads; empty when it only goes to a place in the same file."""
    given = iter([found.group(1) or found.group(2) or "" for found in _ARGUMENT.finditer(arguments)])
    for word in given:
        if word.lower() in _WITH_WORD:
            next(given, None)
        elif word.strip() and not re.fullmatch(r"\\[a-z]", word, re.IGNORECASE):
            return word
    return ""


@dataclass
class _Field:
    """One field that is open: its instruction with and without what was deleted while changes were tracked."""

    words: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    size: int = 0
    told: bool = False
    mixed: bool = False

    def add(self, words: str, *, deleted: bool) -> None:
        self.size += len(words)
        if self.size > _MAX_WORDS:
            raise TooMuch
        self.words.append(words)
        if not deleted:
            self.kept.append(words)

    def mix(self) -> None:
        """Something else gives the next words. Raises Active when it could make up the keyword itself."""
        self.mixed = True
        for words in ("".join(self.words), "".join(self.kept)):
            found = _ONLY_KEYWORD.fullmatch(words)
            if found and any(word.startswith(found.group(1).upper()) for word in (*_FETCHING, _LINK)):
                raise Active

    def check(self) -> None:
        if not self.told:
            check_instruction("".join(self.words), mixed=self.mixed)
            check_instruction("".join(self.kept), mixed=self.mixed)
        self.told = True


class Fields:
    """The fields of one part, as their marks and words come by."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def is_telling(self) -> bool:
        """Whether what comes next may belong to an instruction."""
        return bool(self._open) and not all(one.told for one in self._open)

    def mark(self, kind: str) -> None:
        """``begin``, ``separate`` or ``end``. Raises Active, Leads, TooMuch."""
        if kind == "begin":
            self.mix()
            self._open.append(_Field())
            if len(self._open) > _MAX_OPEN:
                raise TooMuch
        elif self._open:
            self._open[-1].check()
            if kind == "end":
                self._open.pop()

    def mix(self) -> None:
        """Something that is no word stands in an instruction. Raises Active."""
        for one in reversed(self._open):
            if not one.told:
                one.mix()
                return

    def add(self, words: str, *, code: bool, deleted: bool = False) -> None:
        """Words of a code or, inside an instruction, of a text. Raises Active for a code that belongs to no field."""
        if code and (not self._open or self._open[-1].told):
            raise Active  # readers disagree about what it belongs to
        for one in reversed(self._open):
            if not one.told:
                one.add(words, deleted=deleted)
                return

    def close(self) -> None:
        """The part is over. Raises Active, Leads for fields that never ended."""
        for one in self._open:
            one.check()
