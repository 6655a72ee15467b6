"""A snapshot becomes the HTML of a paper. The words of the letters are the law's language, never the reader's."""

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from django.template.loader import render_to_string
from django.utils import translation

from .kinds import spec_of

TEMPLATE_VERSION = "1"


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
        return render_to_string(f"letters/{name}.html", context)


def grounds(bases: list[str], facts: Mapping[str, Any]) -> list[str]:
    """The lines before the decision: each ends with a semicolon, the last with a full stop."""
    # A year never stands alone on its line.
    lines = [*bases, *facts.get("bases", [])]
    if facts.get("proposed_by"):
        lines.append(f"Theo đề nghị của {facts['proposed_by']}")
    bare = [re.sub(r"năm (\d{4})", "năm\u00a0\\1", line.strip().rstrip(".;,")) for line in lines]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]
