"""What a conclusion does to the subjects: facts first, then their steps. Runs inside the step, nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.audit import service as audit
from core.money import VND
from core.people.grants import grant, revoke
from core.workflow.models import Stepped
from core.workflow.ruling import Taking
from core.workflow.table import Row
from proposals.lifecycle import DossierState
from proposals.models import BudgetLine, Dossier, Order, Proposal
from reviews.lifecycle import CouncilKind
from reviews.models import JUDGE, AgendaItem, AppraisalLine, Council
from reviews.selectors.agenda import ENTRY, head_items, items_of
from reviews.selectors.seats import seats_of
from tasks.models import Grade
from tasks.services import record_grade


def take_items(step: Taking) -> None:
    """The subjects go to the council; a dossier under appraisal stays where it is."""
    council: Council = step.subject
    if council.kind == CouncilKind.APPRAISAL:
        return
    _model, name = ENTRY[CouncilKind(council.kind)]
    for item in head_items(council):
        step.take(item.subject, name)


def give_items_back(step: Taking) -> None:
    """The subjects wait again for a council, and the members read them no longer."""
    council: Council = step.subject
    if council.kind != CouncilKind.APPRAISAL:
        for item in head_items(council):
            step.take(item.subject, "take_from_council")
    for seat in seats_of(council):
        revoke(seat.user, JUDGE, council, actor=step.actor, ground=seat.code)


def seat_members(step: Taking) -> None:
    """Every member named by the decision may read what the council judges."""
    council: Council = step.subject
    for seat in seats_of(council):
        grant(seat.user, JUDGE, council, actor=step.actor, ground=seat.code)


def conclude_identification(step: Taking) -> None:
    """Proposals are recommended, perhaps under another title, or rejected."""
    for item in items_of(step.subject):
        proposal: Proposal = item.proposal  # type: ignore[assignment]  # an identification judges proposals
        proposal.council_title, proposal.council_note = item.conclusion_title, item.conclusion
        _save(proposal, step, "council_title", "council_note")
        step.take(proposal, "recommend" if item.passed else "reject")


def conclude_selection(step: Taking) -> None:
    """One host is recommended, the others that passed wait in reserve, the rest is not selected."""
    items = items_of(step.subject)
    for head in (item for item in items if item.order):
        step.take(head.order, "recommend_host" if head.recommended_id else "find_no_winner")  # type: ignore[arg-type]
        for item in (one for one in items if one.dossier and one.dossier.order_id == head.order_id):
            _conclude_dossier(step, head, item)


def _conclude_dossier(step: Taking, head: AgendaItem, item: AgendaItem) -> None:
    dossier: Dossier = item.dossier  # type: ignore[assignment]  # asked for by the caller
    dossier.mean_hundredths, dossier.rank, dossier.remarks = item.mean_hundredths, item.rank, item.remarks
    _save(dossier, step, "mean_hundredths", "rank", "remarks")
    if dossier.pk == head.recommended_id:
        step.take(dossier, "select")
    else:
        step.take(dossier, "hold" if item.passed and head.recommended_id else "pass_over")


def conclude_appraisal(step: Taking) -> None:
    """The granted amounts enter the estimate."""
    for item in items_of(step.subject):
        dossier: Dossier = item.dossier  # type: ignore[assignment]  # an appraisal judges dossiers
        lines = list(AppraisalLine.objects.filter(item=item).select_related("budget_line"))
        for line in lines:
            BudgetLine.objects.filter(pk=line.budget_line_id).update(
                approved_state_vnd=line.approved_state_vnd,
                approved_other_vnd=line.approved_other_vnd,
                reason=line.reason,
            )
        dossier.appraised_state_vnd = VND(sum(line.approved_state_vnd for line in lines))
        dossier.appraised_other_vnd = VND(sum(line.approved_other_vnd for line in lines))
        _save(dossier, step, "appraised_state_vnd", "appraised_other_vnd")
        step.take(dossier, "appraise")


def conclude_acceptance(step: Taking) -> None:
    """The task bears its grade."""
    for item in items_of(step.subject):
        assert item.task is not None  # noqa: S101  # an acceptance judges tasks
        _record_grade(item, step.effective_on)
        step.take(item.task, "accept" if item.passed else "fail")


def _record_grade(item: AgendaItem, on: date) -> None:
    assert item.task is not None  # noqa: S101  # asked by the caller
    record_grade(item.task, grade=Grade(item.grade), on=on)


def _save(record: Any, step: Taking, *columns: str) -> None:
    """Facts of another room, written as a consequence of this step and noted with it."""
    record.save(update_fields=list(columns))
    facts: Mapping[str, Any] = {"council": step.subject.code, "columns": list(columns)}
    audit.record(
        "council.result",
        actor=step.actor,
        subject_type=record.lifecycle.name,
        subject_code=record.code,
        payload=facts,
    )


MOVING = frozenset(
    {
        "establish",
        "dissolve",
        "conclude_identification",
        "conclude_selection",
        "conclude_appraisal",
        "conclude_acceptance",
    }
)


def touched(council: Council, row: Row) -> list[Stepped]:
    """Every subject that a row of a council may move or write.

    With an order come its dossiers; with an appraised dossier its order, whose time follows that of the dossier.
    """
    if row.name not in MOVING:
        return []
    items = items_of(council)
    orders = [item.order_id for item in items if item.order_id]
    dossiers = Dossier.objects.filter(order__in=orders, state=DossierState.VALID) if orders else []
    appraised = [item.dossier_id for item in items if item.dossier_id and row.name == "conclude_appraisal"]
    return [*(item.subject for item in items), *dossiers, *Order.objects.filter(dossiers__in=appraised)]
