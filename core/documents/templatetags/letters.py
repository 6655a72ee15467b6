"""How a Vietnamese paper writes dates, numbers and lists. Independent of the reader's language.

Days: two digits below ten; months: two digits for January and February only (Decree 30/2020/NĐ-CP, Appendix I).
"""

import re
from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.documents.schemas.parts import Reference
from core.money import format_vnd, in_words
from core.text import official_day

register = template.Library()
NO_BREAK = "\u00a0"
# What never breaks over two lines.
WHOLE = '<span class="code">{}</span>'


@register.filter
def long_date(iso: str) -> str:
    """ngày 05 tháng 02 năm 2026, each number beside its word; dots to fill in for an empty text."""
    if not iso:
        return "ngày … tháng … năm …"
    said = official_day(date.fromisoformat(iso[:10]))
    return re.sub(r"(ngày|tháng|năm) ", rf"\1{NO_BREAK}", said)


@register.filter
def short_date(iso: str) -> str:
    """05/02/2026, or nothing for an empty text."""
    return f"{date.fromisoformat(iso[:10]):%d/%m/%Y}" if iso else ""


@register.filter
def instant(iso: str) -> str:
    """17 giờ 00 phút, ngày 05 tháng 02 năm 2026."""
    moment = datetime.fromisoformat(iso)
    return f"{moment:%H}{NO_BREAK}giờ{NO_BREAK}{moment:%M}{NO_BREAK}phút, {long_date(iso)}"


@register.filter
def dong(amount: int) -> str:
    """1.285.500.000, as papers write it in every language of the screen."""
    return format_vnd(amount, "vi")


@register.filter
def words(amount: int) -> str:
    """Một tỷ hai trăm tám mươi lăm triệu năm trăm nghìn đồng."""
    return in_words(amount)


@register.filter
def two(number: int) -> str:
    """05, 12: small counts as minutes write them."""
    return f"{number:02d}"


@register.filter
def plain(number: int) -> str:
    """A number without grouping: years, months, counts."""
    return str(number)


@register.filter
def sentence(text: str) -> str:
    """The text without the sign at its end, so that the letter can set its own."""
    return text.strip().rstrip(".;,:") if not isinstance(text, SafeString) else text


@register.filter
def unbroken(code: str) -> SafeString:
    """A code or a symbol that never breaks over two lines."""
    return format_html(WHOLE, code)


def cite(paper: Reference) -> str:
    """Quyết định số 24/QĐ-SKHCN ngày 05 tháng 02 năm 2026 của Sở Khoa học và Công nghệ."""
    symbol = f" số {paper['symbol']}" if paper.get("symbol") else ""
    return f"{paper['name']}{symbol} {_rest(paper)}"


@register.filter
def reference(paper: Reference) -> SafeString:
    """The same in a letter: the symbol stays on one line."""
    symbol = format_html(" số {}", unbroken(paper["symbol"])) if paper.get("symbol") else ""
    return format_html("{}{} {}", paper["name"], symbol, _rest(paper))


def _rest(paper: Reference) -> str:
    issuer = f" của {paper['issuer']}" if paper.get("issuer") else ""
    return f"{long_date(paper['date'])}{issuer}"


@register.filter
def total(rows: list[dict[str, int]], name: str) -> int:
    """The sum of one column of whole numbers."""
    return sum(row[name] for row in rows)
