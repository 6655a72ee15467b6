"""Casting ballots: by the member in the system, or on paper by the secretary with a scan and a second person.

While the ballot is open a member may write his ballot anew; once it is closed nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.files.services import store_upload
from core.people.models import User
from core.people.policy import can, visible_to
from core.workflow.shown import changed_refusal
from core.workflow.table import Channel
from reviews.models import AgendaItem, Council, Seat
from reviews.selectors.ballots import ballot_model, seat_of
from reviews.selectors.conflicts import barring

from . import common, contents
from .contents import Content, Grades, Scores, Spoiled, Vote
from .sealing import digest_of_ballot, typed_digest

__all__ = [
    "Grades",
    "Paper",
    "Scores",
    "Spoiled",
    "Vote",
    "cast_ballot",
    "cast_ballots",
    "confirm_ballot",
    "enter_paper_ballot",
]

PURPOSE = "ballot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A ballot on paper: whose it is, and its scan."""

    seat: Seat
    scan: "UploadedFile[Any]"


class _BallotName:
    name = "ballot"


@dataclass
class _BallotBox:
    """What a scan belongs to: no record that anybody sees through the general pages of files."""

    code: str
    lifecycle: ClassVar[Any] = _BallotName


def cast_ballot(item: AgendaItem, content: Content, *, actor: User) -> Any:
    """Cast one's own ballot on one item, or write it anew, and return it. Raises as ``cast_ballots``."""
    return cast_ballots(item.council, {item: content}, actor=actor)[0]


def cast_ballots(council: Council, contents: Mapping[AgendaItem, Content], *, actor: User) -> list[Any]:
    """Cast one's own ballots on several items of a council, or write them anew while the ballot is open; return them.

    Raises PermissionDenied for whoever does not sit, is absent or left, and while no ballot is open; ValidationError
    for a conflict of interest and for content that does not fit.
    """
    if any(isinstance(content, Spoiled) for content in contents.values()):
        raise ValidationError(_("Only a ballot on paper can be spoiled."))
    with audit.transaction():
        held = common.hold(council, actor=actor, action="view")
        seat = seat_of(held, actor)
        open_to_me = visible_to(actor, AgendaItem, "vote").filter(council=held, pk__in=[item.pk for item in contents])
        if seat is None or open_to_me.count() != len(contents):
            raise PermissionDenied
        _check_conflict(held, seat)
        facts = {"channel": Channel.IN_SYSTEM, "typed_by": actor, "scan": None}
        return [_write(_ballot(item, seat, facts), content, actor, "ballot.cast") for item, content in contents.items()]


def enter_paper_ballot(
    item: AgendaItem, content: Content, *, paper: Paper, actor: User, key: UUID | None = None
) -> Any:
    """Type a paper ballot over. It counts only when a second person has confirmed it. Typing it again starts anew.

    The same ``key`` again gives what was typed first.

    Raises PermissionDenied, also for whoever has a seat in the council, UploadRefused, ValidationError.
    """
    with audit.transaction():
        held = common.hold(item.council, actor=actor, action="type_ballots")
        seat = held.seats.filter(pk=paper.seat.pk, removed_at=None, attended=True).first()
        if seat is None or item.council_id != held.pk or not item.takes_ballots:
            raise ValidationError(_("This member is not present at this council."))
        known = ballot_model(held.kind).objects.filter(item=item, typed_key=key).first() if key else None
        if known is not None:
            return known
        _check_conflict(held, seat)
        _check_not_cast_here(item, seat)
        scan = store_upload(paper.scan, actor=actor, subject=_BallotBox(item.code), purpose=PURPOSE, internal=True)
        ballot = _ballot(item, seat, {"channel": Channel.PAPER, "typed_by": actor, "scan": scan, "typed_key": key})
        return _write(ballot, content, actor, "ballot.entered")


def confirm_ballot(ballot: Any, *, actor: User, shown: str | None = None) -> Any:
    """Confirm that a typed ballot says what the paper says: not by who typed it, nor by who has a seat in the council.

    ``shown`` is the digest that the page carried: ``typed_digest``. Raises PermissionDenied, and ValidationError when
    the ballot was typed again meanwhile.
    """
    with audit.transaction():
        common.hold(ballot.item.council, actor=actor, action="confirm_ballots")
        held = type(ballot).objects.select_for_update().get(pk=ballot.pk)
        if held.confirmed_by_id == actor.pk:
            return held
        if not can(actor, "confirm", held):
            raise PermissionDenied
        if shown is not None and shown != typed_digest(held):
            raise ValidationError(changed_refusal().text)
        held.confirmed_by, held.confirmed_at = actor, clock.now()
        held.save(update_fields=["confirmed_by", "confirmed_at"])
        _note("ballot.confirmed", held, actor)
    return held


def _check_conflict(council: Council, seat: Seat) -> None:
    if barring(council, seat):
        raise ValidationError(_("A conflict of interest is not resolved: this member cannot vote."))


def _check_not_cast_here(item: AgendaItem, seat: Seat) -> None:
    rows = ballot_model(item.council.kind).objects.filter(item=item, seat=seat, channel=Channel.IN_SYSTEM)
    if rows.exists():
        raise ValidationError(_("This member has voted in the system."))


def _ballot(item: AgendaItem, seat: Seat, facts: Mapping[str, Any]) -> Any:
    """The member's ballot on the item as it is written now; a former confirmation falls away."""
    model = ballot_model(item.council.kind)
    ballot = model.objects.filter(item=item, seat=seat).first() or model(item=item, seat=seat)
    for name, value in {**facts, "cast_at": clock.now(), "confirmed_by": None, "confirmed_at": None}.items():
        setattr(ballot, name, value)
    return ballot


def _write(ballot: Any, content: Content, actor: User, kind: str) -> Any:
    contents.fill(ballot, content)
    ballot.comment = common.clean(content.comment)
    ballot.save()
    contents.write_lines(ballot, content)
    _note(kind, ballot, actor)
    return ballot


def _note(kind: str, ballot: Any, actor: User) -> None:
    """The act enters the chain under a name that no page shows, its content only as a hash with a nonce."""
    audit.record(
        kind,
        actor=actor,
        subject_type=_BallotName.name,
        subject_code=ballot.code,
        payload={"council": ballot.item.council.code, "item": ballot.item.code, "digest": digest_of_ballot(ballot)},
    )
