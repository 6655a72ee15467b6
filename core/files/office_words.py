"""Read the XML of an office file's part piece by piece: the fields of Word, the formulas of Excel, parts taken in.

Nothing is kept but the field or formula that is just being told, so a sheet of any size takes little memory.
"""

import re
from collections.abc import Callable
from typing import IO, TypeAlias
from xml.parsers import expat

from core.files.links import is_ordinary, leaves_the_file
from core.files.office_fields import Fields, check_instruction
from core.files.verdicts import Active, Leads, TooMuch

_PIECE = 64 * 1024
_MAX_INSIDE = 5
_MAX_NAMES = 10_000
# Excel takes 8192 signs.
_MAX_FORMULA = 100_000
_FETCHING = re.compile(
    r"(?<![a-z0-9_])(?:webservice|_xlfn\.image|dde|rtd|sql\.request|import(?:xml|data|html|feed|range)"
    r"|call|exec|register(?:\.id)?)\s*\(",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Service, topic, item: ``cmd|'/c calc'!A0``. A stroke in the name of a table's column stands in brackets.
_EXCHANGE = re.compile(r"\|[^\]|]*!")
_CLICK = re.compile(r'(?<![a-z0-9_])hyperlink\s*\(\s*"([^"]*)"', re.IGNORECASE)
_MATHS = "/math"
# What may stand between the words of an instruction without adding to them.
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/",
    "http://purl.oclc.org/ooxml/wordprocessingml/",
    "http://schemas.microsoft.com/office/word/",
)


def check_words(part: IO[bytes]) -> None:
    """Raises Active, Leads or TooMuch for what the part says; ExpatError when it is no XML."""
    reader = _Reader()
    while piece := part.read(_PIECE):
        reader.parser.Parse(piece, False)  # noqa: FBT003
    reader.parser.Parse(b"", True)  # noqa: FBT003
    reader.fields.close()


def check_formula(words: str) -> None:
    """Raises Active for a formula that fetches or starts something, Leads for a link to a file or a share."""
    if _FETCHING.search(words) or _EXCHANGE.search(_QUOTED.sub("''", words)):
        raise Active
    if any(leaves_the_file(to) and not is_ordinary(to) for to in _CLICK.findall(words)):
        raise Leads


def refuse_doctype(*_facts: object) -> None:
    """No part of an office file has one. Raises Active."""
    raise Active


class _Reader:
    """The parser with what it must remember: open fields, and the elements whose text is asked for.

    A sheet has millions of elements that nobody asks about: while nothing is open, they are passed by.
    """

    def __init__(self) -> None:
        self.fields = Fields()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._pass_by
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self._texts: list[tuple[int, list[str], Callable[[str], None]]] = []
        self._depth = self._size = 0

    def _pass_by(self, name: str, facts: dict[str, str]) -> None:
        if look := _looks[name]:
            look(self, name, facts)
            if self._texts or self.fields.is_telling:
                self.parser.StartElementHandler = self._start

    def _start(self, name: str, facts: dict[str, str]) -> None:
        self._depth += 1
        if look := _looks[name]:
            look(self, name, facts)
        if self.fields.is_telling:
            if not name.startswith(_WORD):
                self.fields.mix()
        elif not self._texts:
            self.parser.StartElementHandler = self._pass_by

    def ask_text(self, answer: Callable[[str], None]) -> None:
        """Call ``answer`` with the text of the element that has just begun. Raises Active when too many are inside."""
        if not self._texts:
            self._depth = self._size = 0
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text
        self._texts.append((self._depth, [], answer))
        if len(self._texts) > _MAX_INSIDE:
            raise Active

    def _text(self, words: str) -> None:
        """Words of an element inside belong to those round it too: readers pass over elements unknown to them."""
        self._size += len(words)
        if self._size > _MAX_FORMULA:
            raise TooMuch
        for _depth, pieces, _answer in self._texts:
            pieces.append(words)

    def _end(self, _name: str) -> None:
        depth, pieces, answer = self._texts[-1]
        if self._depth == depth:
            self._texts.pop()
            answer("".join(pieces))
        self._depth -= 1
        if not self._texts:
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None


_Look: TypeAlias = Callable[[_Reader, str, dict[str, str]], None]


def _fact(facts: dict[str, str], called: str) -> str:
    return next((value for name, value in facts.items() if name.rpartition(" ")[2] == called), "")


def _refuse(*_facts: object) -> None:
    raise Active


def _mark(reader: _Reader, _name: str, facts: dict[str, str]) -> None:
    reader.fields.mark(_fact(facts, "fldCharType"))


def _simple(reader: _Reader, _name: str, facts: dict[str, str]) -> None:
    reader.fields.mix()
    check_instruction(_fact(facts, "instr"))


def _code(reader: _Reader, name: str, _facts: dict[str, str]) -> None:
    deleted = name.endswith("delInstrText")
    reader.ask_text(lambda words: reader.fields.add(words, code=True, deleted=deleted))


def _plain(reader: _Reader, name: str, _facts: dict[str, str]) -> None:
    """Readers take any words between the marks for the instruction."""
    if reader.fields.is_telling:
        deleted = name.endswith("delText")
        reader.ask_text(lambda words: reader.fields.add(words, code=False, deleted=deleted))


def _formula(reader: _Reader, name: str, _facts: dict[str, str]) -> None:
    # A fraction in a mathematical text is called like a formula of a cell.
    if not name.rpartition(" ")[0].endswith(_MATHS):
        reader.ask_text(check_formula)


def _base(reader: _Reader, _name: str, _facts: dict[str, str]) -> None:
    """What addresses without a beginning are read after."""
    reader.ask_text(_check_link)


def _drawing(_reader: _Reader, _name: str, facts: dict[str, str]) -> None:
    _check_link(_fact(facts, "href"))


def _check_link(address: str) -> None:
    if address.strip() and not is_ordinary(address):
        raise Leads


class _Looks(dict[str, _Look | None]):
    """What to do at an element, by its name with its namespace, found once for each."""

    def __missing__(self, name: str) -> _Look | None:
        look = _LOOKS.get(name.rpartition(" ")[2])
        if len(self) < _MAX_NAMES:
            self[name] = look
        return look


_looks = _Looks()
_LOOKS: dict[str, _Look] = dict.fromkeys(("altChunk", "ddeLink", "oleLink"), _refuse)
_LOOKS |= dict.fromkeys(("f", "formula", "formula1", "formula2", "definedName"), _formula)
_LOOKS |= dict.fromkeys(("calculatedColumnFormula", "totalsRowFormula"), _formula)
_LOOKS |= {"fldChar": _mark, "fldSimple": _simple, "instrText": _code, "delInstrText": _code, "t": _plain}
_LOOKS |= {"delText": _plain, "HyperlinkBase": _base, "shape": _drawing, "rect": _drawing}
