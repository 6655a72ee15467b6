"""The table of authorities: rows added, delegated, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.audit.service import transaction
from core.people.authorities import will_hold
from core.people.models import Authority, Organisation, User
from core.people.roles import Act, AuthorityLine, Role
from core.rows import check_row

from .common import Actor, lock, note, only_shorten, refuse, tidy
from .second_person import Ground, check_backdating, check_second_person, papers


def add_authority(
    *,
    act: Act,
    body: Organisation,
    positions: Sequence[Role],
    title_line: str,
    valid_from: date,
    valid_to: date | None = None,
    authority_line: AuthorityLine = AuthorityLine.NONE,
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
    **scope: Any,
) -> Authority:
    """State who decides ``act``. ``scope``: level, regulation, payer, amount_from_vnd, amount_to_vnd (đồng, inclusive).

    A second person confirms every row; one that began before today has its document, ``ground``. Raises ValidationError
    when another row already decides some of these cases in these days; SecondPersonNeeded.
    """
    row = Authority(
        act=act,
        body=body,
        positions=[role.value for role in positions],
        title_line=tidy(title_line),
        authority_line=authority_line,
        valid_from=valid_from,
        valid_to=valid_to,
        **scope,
    )
    return _save(row, "people.add_authority", Hands(actor, confirmed_by, ground))


def delegate(
    authority: Authority,
    *,
    body: Organisation,
    positions: Sequence[Role],
    title_line: str,
    valid_from: date,
    valid_to: date,
    delegation_document: str,
    authority_line: AuthorityLine = AuthorityLine.TUQ,
    amount_from_vnd: int | None = None,
    amount_to_vnd: int | None = None,
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> Authority:
    """Hand a power on: in writing, for a time, for a content, and never further (Decree 30/2020, Article 13).

    Amounts default to the whole range of the delegator. A second person confirms it. Raises ValidationError for a
    second delegation, or one that reaches beyond what the delegator may decide; SecondPersonNeeded.
    """
    if authority.delegated_from_id is not None:
        raise refuse(_("A delegated power may not be delegated again."), "redelegation")
    if not delegation_document.strip():
        raise refuse(_("Name the document that gives the delegation."), "document")
    row = Authority(
        act=authority.act,
        level=authority.level,
        regulation=authority.regulation,
        payer=authority.payer,
        amount_from_vnd=authority.amount_from_vnd if amount_from_vnd is None else amount_from_vnd,
        amount_to_vnd=authority.amount_to_vnd if amount_to_vnd is None else amount_to_vnd,
        body=body,
        positions=[role.value for role in positions],
        title_line=tidy(title_line),
        authority_line=authority_line,
        delegated_from=authority,
        delegation_document=tidy(delegation_document),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if not _is_within(row, authority):
        raise refuse(_("The delegation reaches beyond the power it is given from."), "beyond")
    return _save(row, "people.delegate", Hands(actor, confirmed_by, ground))


def end_authority(
    authority: Authority,
    *,
    last_day: date,
    reason: str = "",
    ground: Ground | None = None,
    actor: Actor,
    confirmed_by: User | None = None,
) -> None:
    """Let a row, or a delegation, end with ``last_day``. What was given from it ends with it. A second person confirms.

    Raises ValidationError when that lies before the first day of the row or of what was given from it, or after the
    last day of the row; SecondPersonNeeded.
    """
    hands = Hands(actor, confirmed_by, ground)
    with transaction():
        lock(authority)
        authority.refresh_from_db(fields=["valid_to"])
        only_shorten(authority, last_day)
        ended = [authority, *authority.delegations.overlapping(last_day, None)]
        for row in ended:
            row.valid_to = last_day
            check_row(row)
        # The power goes back to whoever gave it.
        hands.check(last_day, authority.delegated_from)
        for row in ended:
            row.save(update_fields=["valid_to"])
            facts = {"last_day": last_day, **papers(ground, confirmed_by)}
            note("people.end_authority", row, row.code, actor=actor, facts=facts, reason=tidy(reason))


@dataclass(frozen=True, slots=True)
class Hands:
    """Who enters a power, who confirms it, and the document behind one of before."""

    actor: Actor
    confirmed_by: User | None
    ground: Ground | None

    def check(self, day: date, gained: Authority | None) -> None:
        """Raises ValidationError and SecondPersonNeeded as the services do; ``gained``: the row that will decide.

        Whoever takes up its position only later gains by it too.
        """
        check_backdating(day, self.ground)
        first = min(day, clock.today())
        check_second_person(
            self.actor, self.confirmed_by, gains=lambda one: gained is not None and will_hold(gained, one, first)
        )


def _save(row: Authority, kind: str, hands: Hands) -> Authority:
    with transaction():
        # Every row of the act is held, so that two overlapping rows cannot both find the table free.
        list(Authority.objects.select_for_update().filter(act=row.act).order_by("pk"))
        check_row(row)
        hands.check(row.valid_from, row)
        row.save()
        facts = {"act": row.act, "body": row.body.code, "positions": row.positions, "title": row.title_line}
        scope = {"level": row.level, "regulation": row.regulation, "payer": row.payer}
        amounts = {"amount_from_vnd": row.amount_from_vnd, "amount_to_vnd": row.amount_to_vnd}
        days = {"valid_from": row.valid_from, "valid_to": row.valid_to, "document": row.delegation_document}
        said = {**facts, **scope, **amounts, **days, **papers(hands.ground, hands.confirmed_by)}
        note(kind, row, row.code, actor=hands.actor, facts=said)
    return row


def _is_within(row: Authority, whole: Authority) -> bool:
    last = whole.valid_to
    days = whole.valid_from <= row.valid_from and (last is None or (row.valid_to is not None and row.valid_to <= last))
    upper = whole.amount_to_vnd
    amounts = whole.amount_from_vnd <= row.amount_from_vnd and (
        upper is None or (row.amount_to_vnd is not None and row.amount_to_vnd <= upper)
    )
    return days and amounts
