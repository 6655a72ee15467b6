"""The lists of papers: the usual one, and the register with the ten fields of Decree 30/2020/NĐ-CP."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.ui.cells import Kind
from core.ui.tables import Column, Table

from .badges import badge_of
from .models import Document, DocumentStatus
from .selectors import recipients_of


def _url(document: Document) -> str:
    return document.get_absolute_url()


def _recipients(document: Document) -> str:
    return "; ".join(recipients_of(document))


def _unit(document: Document) -> Any:
    return document.facts.get("drafting_unit") or ""


def _keeper(document: Document) -> str:
    return ", ".join(part for part in ("VT", str(_unit(document))) if part)


def _copies(document: Document) -> int:
    """One for each recipient and the file copy."""
    return len(recipients_of(document)) + 1


def _sent_on(document: Document) -> Any:
    return clock.local(document.numbered_at).date() if document.numbered_at else None


def _note(document: Document) -> str:
    return f"{document.get_status_display()}: {document.reason}" if document.status == DocumentStatus.VOID else ""


PAPERS = Table(
    caption=_("Documents"),
    empty=_("No document matches the filter."),
    default_sort="-date",
    columns=[
        Column("symbol", _("Number and symbol"), Kind.CODE, sort=("numbered_on", "number")),
        Column("heading", _("Subject line"), Kind.TITLE, url=_url, note=lambda paper: paper.get_kind_display()),
        Column("subject_code", _("Record"), Kind.CODE, sort=("subject_code",)),
        Column("date", _("Date of the paper"), Kind.DATE, value=lambda paper: paper.numbered_on, sort=("numbered_on",)),
        Column("signer.full_name", _("Signer")),
        Column("status", _("Status"), Kind.BADGE, value=badge_of, sort=("status",)),
    ],
)
REGISTER = Table(
    caption=_("Register of outgoing papers"),
    empty=_("No paper was numbered in this month."),
    columns=[
        Column("symbol", _("Number and symbol"), Kind.CODE, url=_url),
        Column("numbered_on", _("Date of the paper"), Kind.DATE),
        Column("heading", _("Kind and subject"), Kind.TITLE, note=lambda paper: paper.get_kind_display()),
        Column("signer.full_name", _("Signer")),
        Column("recipients", _("Recipients"), value=_recipients),
        Column("unit", _("Drafting unit"), value=_unit),
        Column("keeper", _("Keeper of the file copy"), value=_keeper),
        Column("copies", _("Copies"), Kind.NUMBER, value=_copies),
        Column("sent_on", _("Sent on"), Kind.DATE, value=_sent_on),
        Column("note", _("Note"), value=_note),
    ],
)


def _fact(name: str) -> Any:
    return lambda document: document.facts.get(name) or ""


def _due(document: Document) -> date | None:
    due = document.facts.get("result_due_on")
    return date.fromisoformat(due) if due else None


def _received(document: Document) -> date | None:
    """The day the sender's own paper came; it is younger than the number only where it was entered later."""
    received = document.facts.get("received_at")
    return date.fromisoformat(received[:10]) if received else None


INCOMING = Table(
    caption=_("Register of incoming papers"),
    empty=_("No paper was numbered in this month."),
    columns=[
        Column("numbered_on", _("Registered on"), Kind.DATE),
        Column("symbol", _("Incoming number"), Kind.CODE, url=_url),
        Column("author", _("Author"), value=_fact("organisation")),
        Column("original", _("Number of the sender"), value=_fact("code")),
        Column("received", _("Received on"), Kind.DATE, value=_received),
        Column("title", _("Kind and subject"), Kind.TITLE, value=_fact("title"), note=lambda paper: paper.heading),
        Column("receiver", _("Unit or person"), value=_fact("receiver")),
        Column("due", _("Due on"), Kind.DATE, value=_due),
        Column("note", _("Note"), value=lambda paper: _note(paper) or paper.facts.get("channel", "")),
    ],
)
