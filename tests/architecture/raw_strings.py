"""Finds words on pages that no translator has seen."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from tests.architecture.forbidden import calls, name_of
from tests.architecture.source import Finding

HOLE = "\ue000"  # stands where a tag or a variable was; not a letter
SPOKEN = {"title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label"}
BUTTONS = {"submit", "button", "reset"}
SILENT = {"script", "style", "code"}
# Words that are the same in every language.
UNIVERSAL = {"PDF", "QR", "CSV", "XLSX"}
# {% include "x.html" with label="Words" %}: parameters of components that people will read.
PARAMETER = re.compile(
    r"""\b(\w*(?:label|title|heading|text|caption|hint|placeholder|alt|message|empty|lead))=(?:"([^"]*)"|'([^']*)')"""
)
# A fragment may hold nothing but attributes of htmx.
ATTRIBUTE = re.compile(r"""\bhx-[\w:-]+=(?:"[^"]*"|'[^']*')""")
SPOKEN_KEYWORDS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
SPEAKERS = {"success", "error", "info", "warning", "ValidationError"}


def words(text: str) -> str:
    """The letters that a reader would see, or nothing."""
    shown = ATTRIBUTE.sub("", text).replace(HOLE, " ")
    left = " ".join(part for part in shown.split() if part.strip(".:,()[]") not in UNIVERSAL)
    return left if any(character.isalpha() for character in left) else ""


def attribute_blocks(text: str) -> set[str]:
    """The blocks of a template that stand inside a tag, so that a child fills them with a class, not with words."""
    return set(re.findall(r"<[^<>]*{%\s*block\s+(\w+)", text))


def raw_text(text: str, unspoken: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Words of a template outside translate and blocktranslate: text, spoken attributes, component parameters.

    ``unspoken`` are the names of blocks that hold no words.
    """
    page = _Page()
    page.feed(_with_holes(text, unspoken))
    page.close()
    yield from page.found
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK and token.split_contents()[0] in {"include", "with"}:
            for name, double, single in PARAMETER.findall(token.contents):
                if words(double or single):
                    yield token.lineno or 0, f"{name}={double or single}"


def _with_holes(text: str, unspoken: frozenset[str]) -> str:
    """The template's HTML with a hole for every tag, and nothing where a translation stands."""
    parts, lines, inside = [], 1, ""
    for token in Lexer(text).tokenize():
        shown = token.contents if token.token_type == TokenType.TEXT else HOLE
        name, *rest = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
        if inside:
            inside, shown = ("" if name == f"end{inside}" else inside), ""
        elif name in {"blocktranslate", "blocktrans", "comment"} or (name == "block" and rest[0] in unspoken):
            inside = name
        missing = (token.lineno or lines) - lines
        parts.append("\n" * missing + shown)
        lines += missing + shown.count("\n")
    # <{% if a %}a{% else %}b{% endif %}> is a tag as well.
    return re.sub(f"(</?){HOLE}", r"\1x", "".join(parts))


class _Page(HTMLParser):
    """Collects the words of text nodes and of the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Finding] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        given = dict(attrs)
        spoken = SPOKEN | ({"value"} if given.get("type") in BUTTONS else set())
        for name, value in attrs:
            if name in spoken and value and words(value):
                self.found.append((self.getpos()[0], f"{name}={words(value)}"))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            self.silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent and words(data):
            leading = len(data) - len(data.lstrip(f"{HOLE} \n\t"))
            self.found.append((self.getpos()[0] + data.count("\n", 0, leading), words(data)))


def raw_labels(text: str) -> Iterator[Finding]:
    """Labels, help texts and messages in Python code that are plain text."""
    for node in calls(text):
        spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_KEYWORDS]
        if name_of(node.func) in SPEAKERS and not _is_logger(node.func):
            spoken += node.args
        for value in spoken:
            if isinstance(value, ast.JoinedStr):
                yield value.lineno, "an f-string that people read"
            elif isinstance(value, ast.Constant) and isinstance(value.value, str) and words(value.value):
                yield value.lineno, value.value


def _is_logger(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and name_of(node.value) in {"logger", "logging", "log", "warnings"}
