"""The frame of a paper: the names valid on its day, who decides, who signs, the number or the room for it."""

import re
from datetime import date

from core.people.authorities import AuthorityMissing
from core.people.models import Authority, Organisation, User
from core.people.models.organisation import OrganisationKind
from core.people.models.place import PlaceKind
from core.people.roles import Act
from core.workflow.models import Stepped

from .letter import Header
from .models import Document
from .templatetags.letters import long_date
from .titles import deciding_title, signature_lines

BLANK = "\u00a0" * 10


def header_of(document: Document, subject: Stepped | None, *, signer: User | None) -> Header:
    """The header as it is on the document's day. ``subject`` tells which authority decides, when the row names one."""
    day, body = document.day, document.body
    name, authority = _name(body, day), _authority(document, subject, day)
    return Header(
        draft=document.number is None,
        parent_name=_parent_name(body, day),
        body_name=_short(name, body),
        place=place_name(body),
        authority=deciding_title(body, _short(name, body), authority),
        symbol=document.symbol,
        symbol_blank=blank_symbol(document),
        date_line=long_date(day.isoformat()) if document.numbered_on else _blank_date(day),
        signer_lines=signature_lines(body, _short(name, body), authority, signer, day),
        signer_name=signer.full_name if signer else "",
    )


def symbol_of(document: Document, number: int, on: date) -> str:
    """05/QĐ-SKHCN: the number at least two digits, the abbreviations of the day."""
    return document.spec.symbol.format(number=number, **_parts(document, on))


def blank_symbol(document: Document) -> str:
    """The symbol with room for the number."""
    pattern = document.spec.symbol.replace("{number:02d}", BLANK)
    return pattern.format(**_parts(document, document.day))


def place_name(body: Organisation) -> str:
    """The province of the body's seat, without the word for it."""
    place = body.place
    while place is not None and place.kind != PlaceKind.PROVINCE and place.parent is not None:
        place = place.parent
    return re.sub(r"^(tỉnh|thành phố)\s+", "", place.name, flags=re.IGNORECASE) if place else ""


def _parts(document: Document, on: date) -> dict[str, str | int]:
    name = document.body.name_on(on)
    unit = str(document.facts.get("drafting_unit") or "")
    return {"year": on.year, "body": name.short_name or document.body.code, "unit": unit or "VP"}


def _blank_date(day: date) -> str:
    """A draft leaves the day open."""
    return long_date(day.isoformat()).replace(f"ngày\u00a0{day.day:02d}", f"ngày{BLANK}")


def _authority(document: Document, subject: Stepped | None, day: date) -> Authority | None:
    if subject is None or not document.needs_signature:
        return None
    act = next((by for by in subject.lifecycle.named(document.step).by if isinstance(by, Act)), None)
    try:
        return subject.authority(act, day) if act else None
    except AuthorityMissing:
        return None


def _name(body: Organisation, day: date) -> str:
    return body.name_on(day).name_vi


def _parent_name(body: Organisation, day: date) -> str:
    if body.parent is None or body.kind == OrganisationKind.PPC:
        return ""
    return _short(_name(body.parent, day), body.parent)


def _short(name: str, body: Organisation) -> str:
    """Without "tỉnh X" at the end when the line above already says it."""
    if body.parent is None or body.kind == OrganisationKind.PPC:
        return name
    return re.sub(rf"\s+(tỉnh|thành phố)\s+{re.escape(place_name(body))}$", "", name, flags=re.IGNORECASE) or name
