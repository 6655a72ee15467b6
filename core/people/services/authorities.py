"""The table of authorities: rows added, delegated, ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.audit.service import transaction
from core.people.models import Authority, Organisation
from core.people.roles import Act, AuthorityLine, Role

from .common import Actor, lock, note, only_shorten, refuse, tidy


def add_authority(
    *,
    act: Act,
    body: Organisation,
    positions: Sequence[Role],
    title_line: str,
    valid_from: date,
    valid_to: date | None = None,
    authority_line: AuthorityLine = AuthorityLine.NONE,
    actor: Actor,
    **scope: Any,
) -> Authority:
    """State who decides ``act``. ``scope``: level, regulation, payer, amount_from_vnd, amount_to_vnd (đồng, inclusive).

    Raises ValidationError when another row already decides some of these cases in these days.
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
    return _save(row, "people.add_authority", actor)


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
    actor: Actor,
) -> Authority:
    """Hand a power on: in writing, for a time, for a content, and never further (Decree 30/2020, Article 13).

    Amounts default to the whole range of the delegator. Raises ValidationError for a second delegation, or one that
    reaches beyond what the delegator may decide.
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
    return _save(row, "people.delegate", actor)


def end_authority(authority: Authority, *, last_day: date, reason: str = "", actor: Actor) -> None:
    """Let a row, or a delegation, end with ``last_day``. What was given from it ends with it.

    Raises ValidationError when that lies before the first day of the row or of what was given from it, or after the
    last day of the row.
    """
    with transaction():
        lock(authority)
        authority.refresh_from_db(fields=["valid_to"])
        only_shorten(authority, last_day)
        for row in (authority, *authority.delegations.overlapping(last_day, None)):
            row.valid_to = last_day
            row.full_clean()
            row.save(update_fields=["valid_to"])
            note("people.end_authority", row, row.code, actor=actor, facts={"last_day": last_day}, reason=tidy(reason))


def _save(row: Authority, kind: str, actor: Actor) -> Authority:
    with transaction():
        # Every row of the act is held, so that two overlapping rows cannot both find the table free.
        list(Authority.objects.select_for_update().filter(act=row.act).order_by("pk"))
        row.full_clean()
        row.save()
        facts = {"act": row.act, "body": row.body.code, "positions": row.positions, "title": row.title_line}
        scope = {"level": row.level, "regulation": row.regulation, "payer": row.payer}
        amounts = {"amount_from_vnd": row.amount_from_vnd, "amount_to_vnd": row.amount_to_vnd}
        days = {"valid_from": row.valid_from, "valid_to": row.valid_to, "document": row.delegation_document}
        note(kind, row, row.code, actor=actor, facts={**facts, **scope, **amounts, **days})
    return row


def _is_within(row: Authority, whole: Authority) -> bool:
    last = whole.valid_to
    days = whole.valid_from <= row.valid_from and (last is None or (row.valid_to is not None and row.valid_to <= last))
    upper = whole.amount_to_vnd
    amounts = whole.amount_from_vnd <= row.amount_from_vnd and (
        upper is None or (row.amount_to_vnd is not None and row.amount_to_vnd <= upper)
    )
    return days and amounts
