"""The files that the rules look at, and how a finding is written."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "core", "demo", "funds", "portal", "proposals", "reviews", "tasks")
ROOMS = ("funds", "portal", "proposals", "reviews", "tasks")

# A rule takes the text of one file and yields (line, what is wrong).
Finding = tuple[int, str]
Rule = Callable[[str], Iterable[Finding]]


def own_modules(*, migrations: bool = False) -> list[Path]:
    """Every Python file of the product."""
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if migrations or "migrations" not in path.parts]


def modules_of_tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


def templates(*, letters: bool = True) -> list[Path]:
    """Every template; the letters are Vietnamese by law and may be left out."""
    found = [path for folder in ("templates", *PACKAGES) for path in sorted((ROOT / folder).rglob("*.html"))]
    return [path for path in found if letters or "letters" not in path.parts]


def own_static(*endings: str) -> list[Path]:
    """Our own static files, without those copied from others."""
    found = sorted(path for path in (ROOT / "static").rglob("*") if path.suffix in endings)
    return [path for path in found if "vendor" not in path.parts]


def by_line(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: finding[0])


def findings(rule: Rule, paths: Iterable[Path]) -> Iterator[str]:
    """``path:line: what is wrong`` for every finding of the rule."""
    for path in paths:
        for line, fault in by_line(rule(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}:{line}: {fault}"


def broken(rule: Rule, paths: Iterable[Path]) -> str:
    """All findings as one text, empty when the rule holds: equality with "" prints them in full."""
    return "\n".join(findings(rule, paths))


def says(rule: Rule, text: str) -> list[str]:
    """What the rule says of a planted text, from its first line to its last."""
    return [fault for _, fault in by_line(rule(text))]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
