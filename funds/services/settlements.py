"""Settlements: what the host spent of the advances, item by item, and what it gives back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from funds.choices import Bucket
from funds.lifecycle import SettlementState
from funds.models import Settlement, SettlementLine
from funds.selectors.books import books_of
from tasks.models import Task

from . import common

SETTLEMENT_FACTS = ("spent_vnd", "returned_vnd", "return_reference", "report")
LINE_FACTS = ("item", "approved_vnd", "spent_vnd")
Lines = Iterable[Mapping[str, Any]]


def create_settlement(task: Task, *, actor: User, facts: common.Facts, lines: Lines = (), key: UUID) -> Settlement:
    """A draft settlement: ``spent_vnd``, ``returned_vnd``, ``return_reference``, ``report``, amounts in đồng.

    ``lines``: item, approved_vnd, spent_vnd; given, they add up to what was spent. One settlement is open at a time.
    The same ``key`` again gives the first. Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="settle_money")
        first = Settlement.objects.filter(created_key=key).first()
        if first is not None:
            return first
        if held.settlements.exclude(state__in=[SettlementState.SETTLED, SettlementState.DROPPED]).exists():
            raise ValidationError(_("An earlier settlement of this task is still open."))
        settlement = Settlement(
            task=held,
            code=common.next_code(held, Settlement),
            regulation=held.regulation,
            state_since=clock.now(),
            created_key=key,
            entered_by=common.typist(held, actor),
        )
        _fill(settlement, facts, lines)
        common.note("create", settlement, actor, **_words(settlement))
    return settlement


def edit_settlement(settlement: Settlement, *, actor: User, facts: common.Facts, lines: Lines = ()) -> Settlement:
    """Change a draft settlement. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(settlement, actor=actor, action="edit")
        before = _words(held)
        _fill(held, facts, lines)
        common.note("edit", held, actor, before=before, after=_words(held))
    return held


def _fill(settlement: Settlement, facts: common.Facts, lines: Lines) -> None:
    _check_amounts(settlement.task, facts)
    common.refuse_booked(settlement, "return_reference", facts.get("return_reference") or "")
    common.write(settlement, facts, SETTLEMENT_FACTS)
    rows = [SettlementLine(settlement=settlement, sequence=number, **row) for number, row in enumerate(lines, start=1)]
    if rows and sum(row.spent_vnd for row in rows) != settlement.spent_vnd:
        raise common.refuse(
            "spent_vnd",
            _("The items add up to %(sum)s đồng, not to what was spent."),
            sum=sum(row.spent_vnd for row in rows),
        )
    common.rewrite(rows, settlement.lines)


def _check_amounts(task: Task, facts: common.Facts) -> None:
    """Limits are asked at entry too, not only at the end of the way."""
    spent, returned = facts.get("spent_vnd") or 0, facts.get("returned_vnd") or 0
    if not spent and not returned:
        raise ValidationError({"spent_vnd": _("State what was spent, or what is given back.")})
    advanced = books_of(task).lies_in(Bucket.ADVANCED)
    if spent + returned > advanced:
        raise common.refuse(
            "spent_vnd", _("Only %(advanced)s đồng of advances are not settled yet."), advanced=advanced
        )


def _words(settlement: Settlement) -> dict[str, Any]:
    items = [common.facts_of(line, LINE_FACTS) for line in settlement.lines.all()]
    return {**common.facts_of(settlement, SETTLEMENT_FACTS), "lines": items}
