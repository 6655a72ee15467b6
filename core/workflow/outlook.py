"""What a step will do, in words, for whoever is about to take it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.money import format_vnd
from core.people.roles import Act
from core.text import sort_key
from core.ui.formatting import language, listed

from .holding import holder_names
from .models import Stepped
from .ports import numbered_at_once
from .registry import stakes, tellings
from .service import due_date
from .table import Row
from .waiting import Stage, ways_after

NAMED = 3


def consequences(subject: Stepped, row: Row) -> list[str]:
    """The state that follows, the amount decided, the paper it writes, who acts next, until when, and who is told."""
    parts = (_state(subject, row), _amount(subject, row), _paper(row), _next(subject, row), _told(subject, row))
    return [line for part in parts for line in part]


def _state(subject: Stepped, row: Row) -> Iterator[str]:
    after = dict(subject.lifecycle.states.choices)[row.target]
    if row.target != subject.state:
        yield _("The record becomes: %(state)s.") % {"state": after}


def _amount(subject: Stepped, row: Row) -> Iterator[str]:
    """What the step is about in the words of its room, or the amount for which the table of authorities asks."""
    if subject.lifecycle.name in stakes:
        yield from stakes[subject.lifecycle.name](subject)
        return
    amount = subject.authority_value("amount_vnd")
    if amount and any(isinstance(by, Act) for by in row.by):
        yield amount_line(amount)


def amount_line(amount_vnd: int) -> str:
    """The sentence that names an amount, in đồng, as the language writes it."""
    return _("Amount: %(amount)s đồng.") % {"amount": format_vnd(amount_vnd, language())}


def _paper(row: Row) -> Iterator[str]:
    """A paper that is signed first is prepared on a page of its own, which shows it."""
    if paper := numbered_at_once(row):
        yield _("Issues: %(paper)s, numbered at once.") % {"paper": paper}


def _next(subject: Stepped, row: Row) -> Iterator[str]:
    ways = [way for way in ways_after(subject, row.target) if way.stage != Stage.LATER and way.who]
    names = holder_names(subject, ways[:1])
    due = due_date(subject, row, clock.today())
    if names and due:
        yield _("Then it is the turn of %(who)s, until %(day)s.") % {"who": listed(names), "day": f"{due:%d/%m/%Y}"}
    elif names:
        yield _("Then it is the turn of %(who)s.") % {"who": listed(names)}


def _told(subject: Stepped, row: Row) -> Iterator[str]:
    people = {one.pk: one.full_name for tell in row.tells for one in tellings[tell].recipients(subject)}
    if people:
        names = ", ".join(sorted(people.values(), key=sort_key)[:NAMED])
        words = ngettext("%(count)s person is told: %(names)s.", "%(count)s people are told: %(names)s.", len(people))
        more = "…" if len(people) > NAMED else ""
        yield words % {"count": len(people), "names": names + more}
