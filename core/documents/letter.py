"""A snapshot becomes the HTML of a paper. The words of the letters are the law's language, never the reader's."""

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from django.template.loader import render_to_string
from django.utils import translation

from .kinds import spec_of
from .templatetags.letters import WHOLE

TEMPLATE_VERSION = "1"
# DH.2026.002, NV.2026.053.BC01: two letters or more, then numbers behind full stops.
RECORD_CODE = re.compile(r"\b[A-ZĐ]{2,5}(?:\.\d+)+(?:\.[A-ZĐ]{2,5}\d+)*\b")
TAG = re.compile(r"(<[^>]*>)")


class Header(TypedDict):
    """The frame of a paper: names valid on its date, signature lines, number.

    ``symbol`` is empty on a draft, ``symbol_blank`` leaves room for the number; ``date_line`` likewise has dots.
    ``authority``: who decides ("Giám đốc Sở …"). ``signer_lines``: e.g. "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC".
    """

    draft: bool
    parent_name: str
    body_name: str
    place: str
    authority: str
    symbol: str
    symbol_blank: str
    date_line: str
    signer_lines: list[str]
    signer_name: str


def letter_html(kind: str, header: Mapping[str, Any], facts: Mapping[str, Any], bases: list[str]) -> str:
    """The whole paper as HTML. ``bases`` are the rule book's, the case's own stand in the facts."""
    name = spec_of(kind).letter.format(variant=facts.get("variant", ""))
    context = {"document": header, "facts": facts, "grounds": grounds(bases, facts)}
    with translation.override("vi"):
        return with_whole_codes(render_to_string(f"letters/{name}.html", context))


def with_whole_codes(html: str) -> str:
    """No code of a record breaks over two lines, also where it stands inside a sentence: the name of a council."""
    head, end_of_head, body = html.partition("</head>")
    pieces = TAG.split(body)
    for place in range(0, len(pieces), 2):
        if place == 0 or pieces[place - 1] != WHOLE.partition("{}")[0]:
            pieces[place] = RECORD_CODE.sub(lambda code: WHOLE.format(code[0]), pieces[place])
    return head + end_of_head + "".join(pieces)


def grounds(bases: list[str], facts: Mapping[str, Any]) -> list[str]:
    """The lines before the decision: each ends with a semicolon, the last with a full stop."""
    # A year never stands alone on its line.
    lines = [*bases, *facts.get("bases", [])]
    if facts.get("proposed_by"):
        lines.append(f"Theo đề nghị của {facts['proposed_by']}")
    bare = [re.sub(r"năm (\d{4})", "năm\u00a0\\1", line.strip().rstrip(".;,")) for line in lines]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]
