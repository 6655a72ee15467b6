"""Public codes such as DX.2026.0001: their patterns, written and read. core.numbers draws the number."""

import re
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

_FIELDS = frozenset({"year", "number"})
_WIDTH = re.compile(r"(?:0([1-9])d)?")
# Letters of any script, digits, full stop, hyphen, underscore: what stands in a URL and in a file name.
_LITERAL = re.compile(r"[\w.\-]*")
# The code of a record stands in its address: no sign that divides or escapes there, no full stop in front, and a digit,
# so that it is never one of the words (new, enter, monitoring) that stand in the same place. Both databases read this.
ADDRESSABLE = r"^(?=.*[0-9])(?!\.)[^\u0001-,/:-@\[-\^`{-\u00a0\u2000-\u206f]+\Z"


def fits_address(code: str) -> bool:
    """Whether a record may have this code: only then do its pages have an address that leads to them."""
    return re.search(ADDRESSABLE, code) is not None


@dataclass(frozen=True)
class Code:
    """What a code says."""

    year: int | None
    number: int


@dataclass(frozen=True)
class CodePattern:
    """A pattern such as "DX.{year}.{number:04d}".

    {number} is required, {year} is optional, each stands once; the rest are letters, digits and . - _.
    Two neighbouring fields must be kept apart by something that is no digit.
    Raises ValueError for any other pattern.
    """

    pattern: str

    def __post_init__(self) -> None:
        parts = list(Formatter().parse(self.pattern))
        names = [name for _text, name, _width, _conversion in parts if name is not None]
        in_order = (
            _FIELDS.issuperset(names)
            and names.count("number") == 1
            and names.count("year") <= 1
            and all(_is_plain(text, width, conversion) for text, _name, width, conversion in parts)
            and not any(re.search(r"\d$", before) or not before for before in _between(parts))
        )
        if not in_order:
            raise ValueError(f"Not a code pattern: {self.pattern!r}. An example is DX.{{year}}.{{number:04d}}")

    @property
    def has_year(self) -> bool:
        """Whether the code names its year; if not, its number must come from a series that never starts again."""
        return "{year" in self.pattern

    def write(self, number: int, year: int) -> str:
        """The code of a number (from 1) and a year (four digits). A number wider than its place is written in full.

        Raises ValueError for other numbers and years.
        """
        if number < 1 or not 1000 <= year <= 9999:  # noqa: PLR2004 - four digits
            raise ValueError(f"No code for the number {number} of the year {year}")
        return self.pattern.format(number=number, year=year)

    def read(self, code: str) -> Code | None:
        """What a code of this pattern says, in any capitals and with spaces around; None for any other text."""
        found = self._reader.fullmatch(code.strip())
        if found is None:
            return None
        groups = found.groupdict()
        number, year = int(groups["number"]), groups.get("year")
        read = Code(int(year) if year else None, number)
        # 0001 and 1 are the same number but only one of them is the code.
        same = self.pattern.format(number=number, year=year).casefold() == code.strip().casefold()
        return read if same and number > 0 else None

    @cached_property
    def _reader(self) -> re.Pattern[str]:
        places = {"year": "(?P<year>[1-9][0-9]{3})", "number": "(?P<number>[0-9]{1,18})", None: ""}
        parts = Formatter().parse(self.pattern)
        return re.compile(
            "".join(re.escape(text) + places[name] for text, name, _width, _conversion in parts), re.IGNORECASE
        )


def _is_plain(text: str, width: str | None, conversion: str | None) -> bool:
    """Whether a piece of a pattern holds nothing but safe signs and a width such as 04d."""
    return bool(_LITERAL.fullmatch(text)) and bool(_WIDTH.fullmatch(width or "")) and not conversion


def _between(parts: list[tuple[str, str | None, str | None, str | None]]) -> list[str]:
    """The literal text before every field but the first."""
    before = [text for text, name, _width, _conversion in parts if name is not None]
    return before[1:]
