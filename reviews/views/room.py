"""The room of a council: what is next, the agenda, the members, the ballots as numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django_stubs_ext import StrOrPromise

from core.people.models import User
from core.people.policy import may
from core.regulations.pages import rules_fact
from core.ui.cells import Kind
from core.ui.parts import Action, Badge, Fact, Panel, Person, Tone
from core.ui.tables import Column, Table
from core.workflow.ports import signed_paper
from core.workflow.table import Channel
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import AgendaItem, Council, Position, Seat
from reviews.rules.quorum import unanswered
from reviews.selectors import ballots
from reviews.selectors.agenda import appraised_items
from reviews.selectors.seats import quorum_of, unit_of

from . import words

S = CouncilState
FACTS, PEOPLE, TABLE = (f"components/{name}.html" for name in ("facts", "people", "table"))


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be done before the next step."""

    label: StrOrPromise
    is_done: bool
    note: StrOrPromise = ""
    url: str = ""

    @property
    def icon(self) -> str:
        return "check" if self.is_done else "dot"


@dataclass(frozen=True, slots=True)
class Room:
    """A council as one reader sees it: loaded once, asked by every panel."""

    council: Council
    user: User
    seats: Sequence[Seat]
    items: Sequence[AgendaItem]
    rights: frozenset[str]

    def url(self, action: str, name: str) -> str:
        """Where the reader does it, or nothing."""
        return reverse(f"reviews:{name}", args=[self.council.code]) if action in self.rights else ""


def panels(room: Room) -> list[Panel]:
    """Everything the page of the council shows besides papers and history."""
    found = [_next_panel(room), _own_ballots(room), _waiting_papers(room), _agenda(room), _facts(room), _members(room)]
    return [one for one in found if one is not None]


def points_panel(title: StrOrPromise, points: Sequence[Point]) -> Panel:
    """A checklist as a panel."""
    return Panel(title, "reviews/_points.html", {"points": points}, slot="main", icon="check")


# ── What is next ────────────────────────────────────────────────────────────────────────────────────────────────────


def _next_panel(room: Room) -> Panel | None:
    points = list(_POINTS[CouncilState(room.council.state)](room)) if room.council.state in _POINTS else []
    if not points:
        return None
    return Panel(_("What is next"), "reviews/_points.html", {"points": points}, slot="main", icon="flag")


def _draft(room: Room) -> Iterator[Point]:
    held = {seat.position for seat in room.seats}
    wanted = room.council.rule(f"council.{room.council.kind}.parts").value
    complete = Position.CHAIR in held and not unanswered(wanted, held)
    members = _("%(number)s named") % {"number": len(room.seats)}
    yield Point(_("Name the members"), complete, members, room.url("name", "council-members"))
    subjects = _("%(number)s on the agenda") % {"number": len(_heads(room))}
    yield Point(
        _("Put on the agenda what is to be judged"), bool(room.items), subjects, room.url("compose", "council-agenda")
    )
    yield _date_point(room)
    decision = _("Prepare the decision that establishes the council")
    yield Point(decision, is_done=False, url=_paper_url(room, "establish"))


def _paper_url(room: Room, step: str) -> str:
    """Where whoever drafts the paper of a step does it, or finds the draft that goes round; empty for others."""
    row = room.council.row(step)
    place = signed_paper(row) if row else None
    return place(room.council, row) if row and place and may(room.user, "documents.prepare") else ""


def _date_point(room: Room) -> Point:
    fixed = bool(room.council.sits_at and room.council.place)
    return Point(_("Fix date, time and place of the sitting"), fixed, url=room.url("arrange", "council-sitting"))


def _established(room: Room) -> Iterator[Point]:
    yield _date_point(room)
    sent = room.council.papers_sent_on
    yield Point(
        _("Send the papers to the members and note the day"), bool(sent), url=room.url("arrange", "council-sitting")
    )
    yield Point(_("Convene the sitting"), is_done=False)


def _convened(room: Room) -> Iterator[Point]:
    noted = [seat for seat in room.seats if seat.attended is not None]
    known = bool(room.seats) and len(noted) == len(room.seats)
    yield Point(
        _("Note who is present"), known, _quorum_words(room) if known else "", room.url("attend", "council-attendance")
    )
    yield Point(_("Open the sitting"), is_done=False)


def _quorum_words(room: Room) -> str:
    found = quorum_of(room.council, room.seats)
    numbers = {"present": found.present, "appointed": found.appointed}
    if found.is_reached:
        return _("%(present)s of %(appointed)s present: quorum reached") % numbers
    return _("%(present)s of %(appointed)s present: no quorum") % numbers


def _sitting(room: Room) -> Iterator[Point]:
    yield Point(_("Attendance"), is_done=True, note=_quorum_words(room), url=room.url("attend", "council-attendance"))
    yield Point(
        _("Write down the course of the sitting"),
        bool(room.council.discussion),
        url=room.url("minute", "council-minutes"),
    )
    if room.council.kind == CouncilKind.APPRAISAL:
        decided = appraised_items(room.council)
        for item in room.items:
            url = reverse("reviews:item-appraise", args=[item.code]) if "appraise" in room.rights else ""
            yield Point(_("Decide the estimate line by line"), item.pk in decided, item.subject.code, url)
        yield Point(_("Whoever presides signs the conclusion"), is_done=False)
        return
    counters = sum(seat.counts_votes for seat in room.seats)
    named = _("%(number)s named") % {"number": counters}
    yield Point(
        _("Name the group that counts the votes"), bool(counters), named, room.url("attend", "council-attendance")
    )
    yield Point(_("Open the ballot"), is_done=False)


def _voting(room: Room) -> Iterator[Point]:
    found = ballots.progress(room.council)
    numbers = {"cast": found.cast, "expected": found.expected}
    yield Point(_("Ballots in"), not found.missing, _("%(cast)s of %(expected)s") % numbers)
    if found.unconfirmed:
        waiting = _("%(number)s waiting") % {"number": found.unconfirmed}
        yield Point(_("Paper ballots confirmed by a second person"), is_done=False, note=waiting)
    yield Point(_("Close the ballot and count"), is_done=False)


def _counted(room: Room) -> Iterator[Point]:
    written = [item for item in _heads(room) if item.conclusion]
    numbers = {"written": len(written), "all": len(_heads(room))}
    note = _("%(written)s of %(all)s written") % numbers
    yield Point(_("Read the count"), is_done=True, url=room.url("see_counts", "council-counts"))
    yield Point(
        _("Write the conclusions"), len(written) == len(_heads(room)), note, room.url("conclude", "council-conclusions")
    )
    yield Point(_("Whoever presides signs the conclusion"), is_done=False)


_POINTS: dict[str, Any] = {
    S.DRAFT: _draft,
    S.ESTABLISHED: _established,
    S.CONVENED: _convened,
    S.SITTING: _sitting,
    S.VOTING: _voting,
    S.COUNTED: _counted,
}


def _heads(room: Room) -> list[AgendaItem]:
    selection = room.council.kind == CouncilKind.SELECTION
    return [item for item in room.items if not (selection and item.dossier_id)]


# ── Ballots ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _own_ballots(room: Room) -> Panel | None:
    """The member's own ballots: which are in, which are not."""
    seat = next((seat for seat in room.seats if seat.user_id == room.user.pk), None)
    if room.council.state != S.VOTING or seat is None or not seat.attended:
        return None
    voted = dict(ballots.items_with_own(room.council, room.user).values_list("pk", "voted"))
    points = [
        Point(item.title, voted[item.pk], item.subject.code, reverse("reviews:ballot-cast", args=[item.code]))
        for item in room.items
        if item.pk in voted
    ]
    return Panel(_("My ballots"), "reviews/_points.html", {"points": points}, slot="main", icon="ballot")


def _waiting_papers(room: Room) -> Panel | None:
    """For who types and who confirms: paper ballots of this council, never what they say."""
    if not {"type_ballots", "confirm_ballots"} & room.rights:
        return None
    rows = (
        ballots.ballots_of(room.council).filter(channel=Channel.PAPER).select_related("item", "seat__user", "typed_by")
    )
    points = [
        Point(
            str(ballot.seat.user),
            not ballot.waits_for_confirmation,
            _typed(ballot, room),
            _confirm_url(room, ballot),
        )
        for ballot in rows
    ]
    actions = [
        Action(f"{_('Type a paper ballot')}: {item.subject.code}", reverse("reviews:ballot-type", args=[item.code]))
        for item in room.items
        if item.takes_ballots and "type_ballots" in room.rights
    ]
    context = {"points": points, "actions": actions}
    return Panel(_("Ballots on paper"), "reviews/_points.html", context, slot="main", icon="file")


def _typed(ballot: Any, room: Room) -> str:
    """Which item the ballot is on, and who typed it."""
    codes = {item.pk: item.subject.code for item in room.items}
    return " · ".join([codes[ballot.item_id], _("typed by %(name)s") % {"name": ballot.typed_by}])


def _confirm_url(room: Room, ballot: Any) -> str:
    mine = ballot.typed_by_id == room.user.pk or not ballot.waits_for_confirmation
    return "" if mine else reverse(f"reviews:ballot-confirm-{room.council.kind}", args=[ballot.code])


# ── Agenda, facts, members ──────────────────────────────────────────────────────────────────────────────────────────


def _agenda(room: Room) -> Panel:
    shown = "see_counts" in room.rights
    columns = [
        Column("code", gettext_lazy("Code"), Kind.CODE, value=lambda item: item.subject.code),
        Column(
            "title",
            gettext_lazy("Title"),
            Kind.TITLE,
            value=lambda item: item.title,
            url=(lambda item: str(item.subject.get_absolute_url())) if "open_items" in room.rights else None,
            note=lambda item: item.seen_by_host,
        ),
    ]
    if shown:
        columns.append(
            Column("outcome", pgettext_lazy("council", "Result"), Kind.BADGE, value=words.outcome, note=words.figures),
        )
    table = Table(caption=gettext_lazy("Agenda"), empty=gettext_lazy("Nothing is on the agenda yet."), columns=columns)
    return Panel(_("Agenda"), TABLE, {"table": table.bind(room.items)}, slot="main", icon="book", flush=True)


def _facts(room: Room) -> Panel:
    council = room.council
    facts = [
        Fact(_("Kind of council"), council.get_kind_display()),
        Fact(_("Level"), council.get_level_display()),
        Fact(_("Payer"), council.get_payer_display()),
        Fact(_("Plan year"), str(council.plan_year)),
        Fact(_("Money for the work of the council"), council.funds or council.get_payer_display()),
        Fact(_("Date and time of the sitting"), council.sits_at, "datetime"),
        Fact(pgettext("sitting", "Place"), council.place),
        Fact(_("Papers sent to the members on"), council.papers_sent_on, "date"),
        rules_fact(council.regulation),
    ]
    if council.seal and "see_counts" in room.rights:
        facts.append(Fact(_("Seal of the ballots"), words.in_blocks(council.seal)))
    if council.dissolution_reason:
        facts.append(Fact(_("Ground of the dissolution"), council.dissolution_reason, "long"))
    return Panel(_("Council"), FACTS, {"facts": facts}, slot="facts", icon="info")


def _members(room: Room) -> Panel:
    filed = ballots.filed_by_seat(room.council) if _sees_who_voted(room) else None
    each = sum(item.takes_ballots for item in room.items)
    people = [_person(seat, _filed(seat, filed, each)) for seat in room.seats]
    return Panel(_("Members"), PEOPLE, {"people": people}, slot="people", icon="users")


def _sees_who_voted(room: Room) -> bool:
    """Whoever types and confirms ballots reminds those whose ballots are missing; who votes himself is told nothing."""
    return room.council.state == S.VOTING and bool({"type_ballots", "confirm_ballots"} & room.rights)


def _filed(seat: Seat, filed: dict[int, int] | None, each: int) -> str:
    """How many ballots of a member present are in."""
    if filed is None or not seat.attended:
        return ""
    return _("Ballots in: %(cast)s of %(expected)s") % {"cast": filed.get(seat.pk, 0), "expected": each}


def _person(seat: Seat, filed: str) -> Person:
    status = None
    if seat.attended is not None:
        status = (
            Badge(pgettext("attendance", "Present"), Tone.SUCCESS)
            if seat.attended
            else Badge(pgettext("attendance", "Absent"), Tone.WARNING)
        )
    return Person(
        name=str(seat.user),
        role=seat.get_position_display(),
        organisation=unit_of(seat.user),
        note=filed or seat.absence_reason or seat.appointed_by,
        status=status,
    )
