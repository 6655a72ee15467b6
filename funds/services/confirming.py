"""The second person: plans and estimates count, or are taken back, once somebody else than who entered it agrees."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.people.policy import can
from core.workflow.shown import changed_refusal
from funds.ledger import Entry, NotReversible, Overspent, reverse
from funds.models import YearEstimate, YearPlan
from funds.models.plans import Granted, Standing
from funds.postings import Edge
from funds.selectors.grants import answer_digest, batch_of
from tasks.models import Task

from . import common
from .decisions import note

G = TypeVar("G", YearPlan, YearEstimate)


def withdraw_year_plan(plan: YearPlan, *, actor: User, reason: str) -> YearPlan:
    """Ask that a plan be taken back: a mistake, or a cut. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        return _ask(_held(plan), actor, reason)


def withdraw_year_estimate(estimate: YearEstimate, *, actor: User, reason: str) -> YearEstimate:
    """Ask that an estimate be taken back. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        Task.objects.select_for_update().get(pk=estimate.task_id)
        return _ask(_held(estimate), actor, reason)


def answer_year_plan(
    plan: YearPlan, *, actor: User, agrees: bool, reason: str = "", shown: str | None = None
) -> YearPlan:
    """Agree, or not, to the plan that somebody entered, or to its withdrawal: the money comes in, or goes while free.

    A refusal needs a reason. ``shown`` is the digest that the page carried. Raises PermissionDenied, ValidationError,
    also when the page asked something else than waits by now.
    """
    with audit.transaction():
        (held,) = _as_shown([_held(plan)], shown)
        return _answer(held, actor, agrees=agrees, reason=reason)


def answer_year_estimates(
    estimate: YearEstimate, *, actor: User, agrees: bool, reason: str = "", shown: str | None = None
) -> list[YearEstimate]:
    """Agree, or not, to all that one form entered with this estimate, or to the withdrawal of this one alone.

    A refusal needs a reason. ``shown`` is the digest that the page carried. Raises PermissionDenied, ValidationError,
    also when the page asked something else than waits by now.
    """
    with audit.transaction():
        tasks = YearEstimate.objects.filter(batch=estimate.batch).values("task")
        list(Task.objects.select_for_update().filter(pk__in=tasks).order_by("pk"))
        rows = _as_shown(batch_of(_held(estimate)), shown)
        return [_answer(one, actor, agrees=agrees, reason=reason) for one in rows]


def _as_shown(rows: list[G], shown: str | None) -> list[G]:
    if shown is not None and shown != answer_digest(rows):
        raise ValidationError(str(changed_refusal()))
    return rows


def _held(row: G) -> G:
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def _ask(row: G, actor: User, reason: str) -> G:
    if not can(actor, "withdraw", row):
        raise PermissionDenied
    row.withdrawal_by, row.withdrawal_reason = actor, _reason(reason)
    row.save(update_fields=["withdrawal_by", "withdrawal_reason"])
    note(row, "withdrawal_asked", actor, reason=row.withdrawal_reason)
    return row


def _answer(row: G, actor: User, *, agrees: bool, reason: str) -> G:
    if not can(actor, "answer", row):
        raise PermissionDenied
    words = common.clean(reason) if agrees else _reason(reason)
    if row.standing == Standing.WITHDRAWAL_ASKED:
        (_take_back if agrees else _keep)(row, actor, words)
    else:
        (_confirm if agrees else _strike)(row, actor, words)
    return row


def _confirm(row: Granted, actor: User, reason: str) -> None:
    """The money comes in, or is granted, on the day of the decision."""
    event = note(row, "confirmed", actor, reason=reason)
    if isinstance(row, YearEstimate):
        entry = Entry(
            edge=Edge.GRANT, amount_vnd=row.amount_vnd, key=f"grant:{row.created_key}", task=row.task, year=row.year
        )
    else:
        assert isinstance(row, YearPlan)  # noqa: S101  # there are two kinds
        key = f"plan:{row.created_key}"
        entry = Entry(edge=Edge.FUND_THE_YEAR, amount_vnd=row.amount_vnd, key=key, source=row.payer)
    row.transfer = common.post_facts([entry], event, row.decided_on)[0]
    row.confirmed_by = actor
    row.save(update_fields=["transfer", "confirmed_by"])


def _strike(row: Granted, actor: User, reason: str) -> None:
    row.is_struck = True
    row.save(update_fields=["is_struck"])
    note(row, "struck", actor, reason=reason)


def _take_back(row: G, actor: User, reason: str) -> None:
    """Only free money goes back."""
    event = note(row, "withdrawn", actor, reason=reason or row.withdrawal_reason)
    assert row.transfer is not None  # noqa: S101  # it is in force
    try:
        memo = event.reason[:300]
        reverse(row.transfer, key=f"back:{event.uuid}", event_uuid=event.uuid, effective_on=clock.today(), memo=memo)
    except Overspent as refused:
        raise ValidationError(str(refused), code="overspent") from refused
    except NotReversible as refused:
        raise ValidationError(_("This was withdrawn before.")) from refused


def _keep(row: Granted, actor: User, reason: str) -> None:
    row.withdrawal_by, row.withdrawal_reason = None, ""
    row.save(update_fields=["withdrawal_by", "withdrawal_reason"])
    note(row, "kept", actor, reason=reason)


def _reason(reason: str) -> str:
    cleaned = common.clean(reason)
    if not cleaned:
        raise ValidationError({"reason": _("Give a reason.")})
    return cleaned
