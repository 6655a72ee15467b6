"""What may come to which council, and what stands on an agenda."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.people.models import User
from core.people.policy import visible_to
from core.people.reading import once
from core.workflow.models import FromBefore, Stepped
from proposals.models import Dossier, Order, Proposal
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import AgendaItem, Council
from tasks.models import Task

S = CouncilState
LIVING = (S.DRAFT, S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING, S.COUNTED)

# What a council of a kind judges, and the step of the subject that its work leads to.
ENTRY: Mapping[CouncilKind, tuple[type[Stepped], str]] = {
    CouncilKind.IDENTIFICATION: (Proposal, "put_to_council"),
    CouncilKind.SELECTION: (Order, "put_to_council"),
    CouncilKind.APPRAISAL: (Dossier, "appraise"),
    CouncilKind.ACCEPTANCE: (Task, "put_to_council"),
}
COLUMN: Mapping[type[Stepped], str] = {Proposal: "proposal", Order: "order", Dossier: "dossier", Task: "task"}
# One decision, one set of minutes: only an identification council has several subjects.
SEVERAL = frozenset({CouncilKind.IDENTIFICATION})
# The subjects of a kind of council, and what everybody asks of them.
RELATED: Mapping[CouncilKind, tuple[str, ...]] = {
    CouncilKind.IDENTIFICATION: ("proposal__proposer_organisation",),
    CouncilKind.SELECTION: ("order", "dossier__order", "dossier__host", "recommended"),
    CouncilKind.APPRAISAL: ("dossier__order", "dossier__host"),
    CouncilKind.ACCEPTANCE: ("task__host",),
}


def waiting(kind: CouncilKind) -> QuerySet[Any]:
    """The subjects that may come to a new council of this kind: in the right state and on no other living agenda."""
    model, step = ENTRY[kind]
    taken = AgendaItem.objects.filter(council__kind=kind, council__state__in=LIVING)
    column = COLUMN[model]
    busy = taken.filter(**{f"{column}__isnull": False}).values(column)
    return model._default_manager.filter(_may_take(model, step)).exclude(pk__in=busy).order_by("code")


def made_with(key: str, user: User) -> Council | None:
    """The council that the user's form with this key made: its subjects no longer wait, so the form cannot say so."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Council.objects.filter(created_key=wanted, created_by=user).first()


def may_come(subject: Stepped, kind: CouncilKind) -> bool:
    """Whether the subject is of the kind's model and in the state from which it comes to the council.

    A record from before comes once a second person has confirmed it.
    """
    model, step = ENTRY[kind]
    return isinstance(subject, model) and subject.row(step) is not None and not subject.unconfirmed


def _may_take(model: type[Stepped], step: str) -> Q:
    wanted = Q(pk__in=())
    for row in model.lifecycle.rows:
        if row.name == step:
            wanted |= Q(state__in=row.sources, regulation__in=row.versions())
    return wanted & Q(unconfirmed=False) if issubclass(model, FromBefore) else wanted


def items_of(council: Council) -> list[AgendaItem]:
    """The agenda in order, with the subjects. One query, one for all parts of a page."""
    rows = council.items.select_related(*RELATED[CouncilKind(council.kind)]).order_by("sequence")
    return list(once(("agenda", council.pk), lambda: list(rows)))


def appraised_items(council: Council) -> set[int]:
    """The items whose estimate was decided line by line. One query."""
    return set(council.items.filter(appraisal_lines__isnull=False).values_list("pk", flat=True))


def conclusions_waiting(user: User) -> QuerySet[Council]:
    """Councils in which the user writes what was concluded, and something is not written yet; oldest first."""
    silent = AgendaItem.objects.filter(council=OuterRef("pk"))
    unjudged = silent.filter(appraisal_lines__isnull=True)
    is_appraisal = Q(kind=CouncilKind.APPRAISAL)
    rows = visible_to(user, Council, "conclude").filter(
        (is_appraisal & Exists(unjudged)) | (~is_appraisal & Exists(unwritten(silent)))
    )
    return rows.order_by("state_since", "pk")


def unwritten(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Those of the items that need a conclusion and have none."""
    return items.exclude(council__kind=CouncilKind.SELECTION, dossier__isnull=False).filter(conclusion="")


def ballot_items(council: Council) -> list[AgendaItem]:
    """Those on which the members vote; none in an appraisal."""
    return [] if council.kind == CouncilKind.APPRAISAL else [item for item in items_of(council) if item.takes_ballots]


def head_items(council: Council) -> list[AgendaItem]:
    """Those that need a conclusion: all but the dossiers below an order."""
    selection = council.kind == CouncilKind.SELECTION
    return [item for item in items_of(council) if not (selection and item.dossier_id)]


def judged_elsewhere(council: Council, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Those whose subject already stands before another council of the kind, past its draft. One query a column."""
    others = AgendaItem.objects.filter(council__kind=council.kind, council__state__in=LIVING[1:])
    others = others.exclude(council=council)
    busy: dict[str, set[int]] = {}
    for column in {COLUMN[type(item.subject)] for item in items}:
        keys = [item.subject.pk for item in items]
        busy[column] = set(others.filter(**{f"{column}__in": keys}).values_list(column, flat=True))
    return [item for item in items if item.subject.pk in busy[COLUMN[type(item.subject)]]]
