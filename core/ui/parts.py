"""What the components in templates/components show: small frozen values that views build and templates draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from core import clock
from core.money import VND, percent_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django_stubs_ext import StrOrPromise

# A deadline is "soon" from this many working days before it.
SOON_WORKING_DAYS = 3
# Per cent.
ALL = 100


class Tone(StrEnum):
    """The five meanings a colour may have. A colour never stands alone: an icon and a word go with it."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"

    @property
    def icon(self) -> str:
        """The icon shown when a part names none."""
        return {"neutral": "dot", "info": "info", "success": "check", "warning": "warning", "danger": "cross"}[
            self.value
        ]


@dataclass(frozen=True)
class Badge:
    """A status: colour, icon and word."""

    label: StrOrPromise
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


@dataclass(frozen=True)
class Action:
    """A button. `dialog` opens the page in a dialog, `post` sends a form; a `refusal` disables it and says why."""

    label: StrOrPromise
    url: str
    primary: bool = False
    danger: bool = False
    dialog: bool = False
    post: bool = False
    icon: str = ""
    refusal: StrOrPromise = ""
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def style(self) -> str:
        """The Bootstrap class of the button."""
        if self.danger:
            return "btn-outline-danger"
        return "btn-primary" if self.primary else "btn-outline-primary"


@dataclass(frozen=True)
class Due:
    """Who holds the ball, since when, until when, and what it waits for. Days are Vietnamese working days."""

    holder: StrOrPromise = ""
    since: date | None = None
    due_on: date | None = None
    note: StrOrPromise = ""

    @property
    def held_days(self) -> int:
        """Working days since the holder got it."""
        return clock.working_days_between(self.since, clock.today()) if self.since else 0

    @property
    def days(self) -> int:
        """Working days until the due date, or after it when it has passed."""
        if self.due_on is None:
            return 0
        first, last = sorted((self.due_on, clock.today()))
        return clock.working_days_between(first, last)

    @property
    def state(self) -> str:
        """`none`, `overdue`, `soon` or `ok`."""
        if self.due_on is None:
            return "none"
        if self.due_on < clock.today():
            return "overdue"
        return "soon" if self.days <= SOON_WORKING_DAYS else "ok"

    @property
    def is_estimate(self) -> bool:
        """Whether the due date lies in a year whose exchanged days off are not announced yet."""
        day = self.due_on
        return day is not None and day.year >= clock.today().year and not clock.is_known_year(day.year)

    @property
    def sentence(self) -> str:
        """`3 working days late`, `due today`, `3 working days left`."""
        if self.state == "overdue" and self.days == 0 and self.due_on is not None:
            # Due on Friday, today is Sunday: no working day is lost, and yet it is late.
            return gettext("overdue since %(day)s") % {"day": f"{self.due_on:%d/%m}"}
        if self.state == "overdue":
            return ngettext("%(days)s working day late", "%(days)s working days late", self.days) % {"days": self.days}
        if self.days == 0:
            return gettext("due today")
        return ngettext("%(days)s working day left", "%(days)s working days left", self.days) % {"days": self.days}


@dataclass(frozen=True)
class Step:
    """One station of a life. `state` is `done`, `current`, `next` or `skipped`."""

    label: StrOrPromise
    state: str
    note: StrOrPromise = ""


@dataclass(frozen=True)
class Entry:
    """One event of a timeline. `when` is when it took effect, `recorded` when (and by whom) it was entered."""

    title: StrOrPromise
    when: date | datetime
    who: StrOrPromise = ""
    recorded_by: StrOrPromise = ""
    recorded_at: datetime | None = None
    text: str = ""
    tone: Tone = Tone.INFO
    links: Sequence[Action] = ()


@dataclass(frozen=True)
class Fact:
    """A line of a facts list. `kind` is one of text, code, money, date, datetime, days, badge, long, link."""

    label: StrOrPromise
    value: object
    kind: str = "text"
    url: str = ""


@dataclass(frozen=True)
class DocumentLine:
    """A paper: what it is, its number and date (both empty on a draft), its state and where to open it."""

    title: StrOrPromise
    url: str = ""
    number: str = ""
    on: date | None = None
    status: Badge | None = None
    note: StrOrPromise = ""


@dataclass(frozen=True)
class Person:
    """Somebody with a part in the record."""

    name: str
    role: StrOrPromise = ""
    organisation: str = ""
    note: StrOrPromise = ""
    status: Badge | None = None


@dataclass(frozen=True)
class MoneyLine:
    """An amount in đồng, and the amount it is part of when a bar shall be drawn.

    ``share``: its per cent where all the parts of a whole are shown, worked out together so that they add up.
    """

    label: StrOrPromise
    amount: VND
    of: VND | None = None
    tone: Tone = Tone.INFO
    note: StrOrPromise = ""
    share: int | None = None

    @property
    def percent(self) -> int:
        """Whole per cent of `of`, rounded; may pass 100."""
        return percent_of(self.amount, self.of or 0) if self.share is None else self.share

    @property
    def percent_text(self) -> str:
        """The per cent as it is read: a small part is not nothing, and nearly all is not all."""
        if not self.percent and self.amount > 0:
            return "<1"
        return ">99" if self.percent == ALL and self.amount < (self.of or 0) else str(self.percent)

    @property
    def bar(self) -> int:
        """How far the bar is filled: the per cent, at most all of it."""
        return max(0, min(self.percent, ALL))


@dataclass(frozen=True)
class RefusalLine:
    """Why a step cannot be taken, where that is written, and the page on which it can be mended."""

    text: StrOrPromise
    source: StrOrPromise = ""
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A key figure: card or line. A `url` makes it a link to the list behind the figure."""

    label: StrOrPromise
    value: object
    note: StrOrPromise = ""
    tone: Tone = Tone.INFO
    url: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Tab:
    """A tab is a link to a page of its own."""

    label: StrOrPromise
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    """A page above this one."""

    label: StrOrPromise
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A titled box of a detail page or dashboard: a template and what it needs, put in a named slot."""

    title: StrOrPromise
    template: str
    context: Mapping[str, object]
    slot: str = "facts"
    actions: Sequence[Action] = ()
    icon: str = ""
    flush: bool = False
    wide: bool = False


def panels_by_slot(panels: Iterable[Panel]) -> dict[str, list[Panel]]:
    """The panels of a detail page by the name of their slot, order kept."""
    slots: dict[str, list[Panel]] = {}
    for panel in panels:
        slots.setdefault(panel.slot, []).append(panel)
    return slots
