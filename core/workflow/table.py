"""The words of the one table: what a row of a lifecycle says. Pure data."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.roles import Act, Role
from core.regulations import regulations, value


class Channel(TextChoices):
    """How a decision reached the system."""

    IN_SYSTEM = "in_system", _("In the system")
    PAPER = "paper", _("On paper")
    OTHER_SYSTEM = "other_system", _("From another system")


class Reason(Enum):
    """Whether a step asks for a reason, which stays in the record."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Special(Enum):
    """Steps that no person takes: by the clock, or only as the consequence of another step."""

    SYSTEM = "system"
    EFFECT = "effect"


SYSTEM, EFFECT = Special.SYSTEM, Special.EFFECT
By = Role | Act | Special

# Who acts for an organisation outside.
OUTSIDE = (Role.APPLICANT, Role.ORGANISATION_SIGNER)
# Who may enter what somebody else decided outside the system, unless a table says otherwise. The head of division is
# always among them: an old day is entered by him alone.
RECORDERS = (Role.CLERK, Role.OFFICER, Role.HEAD_OF_DIVISION)


@dataclass(frozen=True, slots=True)
class Due:
    """The time allowed in the target state: a parameter of the rule book that holds number and unit."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The versions of the law in which a flag of the rule book is on (or off): a province may switch it."""

    parameter: str
    on: bool = True

    def __str__(self) -> str:
        return self.parameter if self.on else f"not {self.parameter}"


@dataclass(frozen=True, slots=True)
class Row:
    """One arrow of a lifecycle. Columns as in docs/architecture.md, "The table"."""

    name: str
    sources: tuple[str, ...]
    target: str
    by: tuple[By, ...]
    label: StrOrPromise
    code: str = ""
    # The versions of the law that the row is for; empty for all.
    regimes: tuple[str, ...] | Flag = ()
    guards: tuple[Enum, ...] = ()
    effects: tuple[Enum, ...] = ()
    issues: str | None = None
    tells: tuple[Enum, ...] = ()
    reason: Reason = Reason.NONE
    due: Due | None = None
    # Steps of the same subject that the same person may not also have decided.
    apart_from: tuple[str, ...] = ()
    # Kinds of events by which facts are written: whoever wrote them last does not take the step that rests on them.
    apart_from_writing: tuple[str, ...] = ()
    # False for a step one may take but is not waited for: withdraw, suspend, cancel.
    duty: bool = True
    # A step that hands on what is written: nobody waits for it, but where it is possible it is what comes next.
    hands_on: bool = False
    # Values of the subject's kind (council kind, call kind, management) that the row is for; empty for all.
    variants: tuple[str, ...] = ()

    @property
    def is_for_people(self) -> bool:
        return any(not isinstance(by, Special) for by in self.by)

    @property
    def leads_off(self) -> bool:
        """Away from what is waited for: such a step warns by its look."""
        return not self.duty and not self.hands_on

    def versions(self) -> tuple[str, ...]:
        """The versions of the law in which the row stands today."""
        known = tuple(one.code for one in regulations())
        if isinstance(self.regimes, Flag):
            return tuple(code for code in known if bool(value(self.regimes.parameter, code)) is self.regimes.on)
        return self.regimes or known

    def is_for(self, regulation: str, variant: str) -> bool:
        return regulation in self.versions() and (not self.variants or variant in self.variants)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All states and rows of one kind of subject. ``rank`` is its place in the lock list."""

    name: str
    title: StrOrPromise
    states: type[TextChoices]
    initial: str
    final: tuple[str, ...]
    rank: int
    rows: tuple[Row, ...]
    adoptable: bool = False
    # Rivals read such records once they are announced: why something was decided stays with the administration.
    keeps_reasons: bool = False
    # Where an entry from before ends that one person made and the second refused; empty: both persons at once.
    void: str = ""
    # Where one person may enter a record from before: what such a state needs can be written on the record's pages.
    enterable: tuple[str, ...] = ()
    # The usual way through, for the step bar of the page.
    path: tuple[str, ...] = ()
    # Who may enter what was decided about such a record on paper or in another system.
    recorders: tuple[Role, ...] = RECORDERS

    def rows_for(self, regulation: str, variant: str = "") -> list[Row]:
        """The rows of a regulation version for a subject of that kind."""
        return [row for row in self.rows if row.is_for(regulation, variant)]

    def has_place_for(self, state: str, regulation: str, variant: str = "") -> bool:
        """Whether a subject of that kind ever stands in ``state``: something leads there, and on, unless it ends there.

        Adoption may put a record only where its own rules know a way.
        """
        rows = self.rows_for(regulation, variant)
        is_reached = state == self.initial or any(row.target == state for row in rows)
        return is_reached and (state in self.final or any(state in row.sources for row in rows))

    def leaving(self, state: str, regulation: str, variant: str = "") -> Iterator[Row]:
        """Rows that leave ``state`` under a regulation version, for a subject of that kind."""
        for row in self.rows:
            if state in row.sources and row.is_for(regulation, variant):
                yield row

    def entering(self, state: str, regulation: str, variant: str = "") -> Row | None:
        """The first row into ``state`` with a time allowed there, for a subject of that kind."""
        rows = (row for row in self.rows if row.target == state and row.due and row.is_for(regulation, variant))
        return next(rows, None)

    def needs_two_on_paper(self, row: Row) -> bool:
        """Whether an entry from paper waits for a second person, because nothing else would show who decided.

        An authority's decision without a paper of its own; and whatever ends for good what an organisation has
        handed in, said by nobody of the administration.
        """
        if row.issues or not row.is_for_people:
            return False
        ends = row.leads_off and row.target in self.final and self.initial not in row.sources
        return any(isinstance(by, Act) for by in row.by) or (ends and all(by in OUTSIDE for by in row.by))

    def named(self, name: str) -> Row:
        """The first row called ``name``. Raises KeyError."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)


def columns(row: Row) -> dict[str, Any]:
    """The row as words, for docs/lifecycle.md."""
    return {
        "code": row.code,
        "step": row.name,
        "from": ", ".join(row.sources),
        "to": row.target,
        "by": ", ".join(by.value for by in row.by),
        "guards": ", ".join(guard.name for guard in row.guards),
        "effects": ", ".join(effect.name for effect in row.effects),
        "issues": row.issues or "",
        "tells": ", ".join(tell.name for tell in row.tells),
        "reason": row.reason.value if row.reason is not Reason.NONE else "",
        "due": row.due.parameter if row.due else "",
        "regimes": str(row.regimes) if isinstance(row.regimes, Flag) else ", ".join(row.regimes),
        "for": ", ".join(row.variants),
        "apart from": ", ".join((*row.apart_from, *(f"who wrote: {kind}" for kind in row.apart_from_writing))),
        "waited for": "" if row.duty else "no",
    }
