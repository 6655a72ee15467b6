"""Drafting a council: what it judges, where and when it sits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.numbers.services import draw_code
from core.people.models import User
from core.people.policy import can, may
from core.people.roles import Level, Payer
from core.regulations import regulation_for
from core.rows import check_row
from core.workflow.models import Stepped
from proposals.lifecycle import DossierState
from proposals.models import Dossier, Order
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import AgendaItem, Council
from reviews.selectors.agenda import COLUMN, SEVERAL, may_come

from . import common
from .timing import AWAITING, setup_deadline

# Overridden by the setting CODE_PATTERNS, {subject type: pattern}.
PATTERN = "HD.{year}.{number:03d}"
FACTS = ("title", "level", "payer", "plan_year", "funds")


def create_council(
    *,
    actor: User,
    kind: CouncilKind,
    items: Sequence[Stepped],
    title: str,
    plan_year: int | None = None,
    level: Level | None = None,
    payer: Payer | None = None,
    funds: str = "",
    sits_at: datetime | None = None,
    place: str = "",
    key: UUID,
) -> Council:
    """A draft council for the items, which must wait for one of this kind. The same ``key`` again gives the first one.

    An identification council takes several proposals; each other kind exactly one order, dossier or task. Level, payer
    and plan year are the first item's unless given. Raises PermissionDenied, ValidationError.
    """
    if not may(actor, "councils.create"):
        raise PermissionDenied
    first = Council.objects.filter(created_key=key).first()
    if first is not None:
        return first
    _check_items(kind, items, actor)
    source = _source(items[0])
    council = Council(
        kind=kind,
        plan_year=plan_year or source.plan_year,
        level=level or source.level,
        payer=payer or Payer(getattr(source, "payer", Payer.FUND)),
        funds=common.clean(funds),
        sits_at=sits_at,
        place=common.clean(place),
        created_by=actor,
        created_key=key,
        **common.title_columns(title),
    )
    return _save_new(council, items, actor)


def _save_new(council: Council, items: Sequence[Stepped], actor: User) -> Council:
    with audit.transaction():
        council.regulation = _regulation(council, items)
        pattern = getattr(settings, "CODE_PATTERNS", {}).get("council", PATTERN)
        council.code = draw_code(pattern, "codes", "council", clock.today())
        # The series is locked from here on: a second form with the same key waited and is seen.
        first = Council.objects.filter(created_key=council.created_key).first()
        if first is not None:
            return first
        council.state_since, council.due_on = clock.now(), setup_deadline(council, clock.today())
        check_row(council, exclude=["code"], unique=False)
        council.save()
        _append(council, items)
        codes = [item.code for item in items]
        common.note("create", council, actor, council_kind=str(council.kind), items=codes)
    return council


def edit_council(council: Council, *, actor: User, facts: Mapping[str, Any]) -> Council:
    """Change name, level, payer, plan year or money of a draft council. Raises PermissionDenied, ValidationError."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not facts of a council: {', '.join(sorted(unknown))}")
    with audit.transaction():
        held = common.hold(council, actor=actor, action="edit")
        wanted = {**facts, **(common.title_columns(facts["title"]) if "title" in facts else {})}
        changed = common.set_columns(held, wanted)
        check_row(held, unique=False)
        if changed:
            held.save(update_fields=changed)
            common.note("edit", held, actor, changed=changed)
    return held


def arrange_sitting(
    council: Council, *, actor: User, sits_at: datetime | None, place: str, papers_sent_on: date | None = None
) -> Council:
    """State date, time and place of the sitting and the day the papers went to the members; until it is opened.

    Raises PermissionDenied, and ValidationError for a sitting before the decision that establishes the council, and
    for papers sent in the future or after the sitting.
    """
    with audit.transaction():
        held = common.hold(council, actor=actor, action="arrange")
        _check_days(held, sits_at, papers_sent_on)
        changed = common.set_columns(held, {"sits_at": sits_at, "place": place, "papers_sent_on": papers_sent_on})
        if held.state == CouncilState.DRAFT and held.kind != CouncilKind.ACCEPTANCE:
            held.regulation = regulation_for(held.sitting_day or clock.today())
        if held.state in AWAITING:
            held.due_on = held.sitting_day or held.due_on
        check_row(held, unique=False)
        held.save()
        common.note("sitting.arranged", held, actor, changed=changed)
    return held


def _check_days(council: Council, sits_at: datetime | None, papers_sent_on: date | None) -> None:
    """Before the decision nobody sits; the papers may go out to whoever shall be named by it."""
    faults = {}
    if unfounded := common.unfounded(council, sits_at):
        faults["sits_at"] = unfounded
    if papers_sent_on and papers_sent_on > clock.today():
        faults["papers_sent_on"] = _("The day lies in the future.")
    elif papers_sent_on and sits_at and papers_sent_on > clock.local(sits_at).date():
        faults["papers_sent_on"] = _("The papers went out after the sitting.")
    if faults:
        raise ValidationError(faults)


def add_items(council: Council, items: Sequence[Stepped], *, actor: User) -> None:
    """Put more proposals on the agenda of a draft identification council. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(council, actor=actor, action="edit")
        kind = CouncilKind(held.kind)
        if kind not in SEVERAL:
            raise ValidationError(_("A council of this kind judges one subject."))
        _check_items(kind, items, actor)
        _append(held, items)
        common.note("agenda.added", held, actor, items=[item.code for item in items])


def remove_item(item: AgendaItem, *, actor: User) -> None:
    """Take an item off the agenda of a draft. Raises PermissionDenied, and ValidationError for the last one."""
    with audit.transaction():
        held = common.hold(item.council, actor=actor, action="edit")
        if CouncilKind(held.kind) not in SEVERAL or held.items.count() == 1:
            raise ValidationError(_("A council without a subject cannot be: cancel the draft instead."))
        code = item.subject.code
        AgendaItem.objects.filter(pk=item.pk, council=held).delete()
        common.note("agenda.removed", held, actor, item=code)


def write_dissolution_reason(council: Council, *, actor: User, reason: str) -> Council:
    """State why the council shall be dissolved: the ground that the decision prints. Raises PermissionDenied."""
    with audit.transaction():
        held = common.hold(council, actor=actor, action="propose_dissolution")
        if common.set_columns(held, {"dissolution_reason": reason}):
            held.save(update_fields=["dissolution_reason"])
            common.note("dissolution.proposed", held, actor)
    return held


def _check_items(kind: CouncilKind, items: Sequence[Stepped], actor: User) -> None:
    if not items:
        raise ValidationError({"items": _("Choose what the council shall judge.")})
    if kind not in SEVERAL and len(items) > 1:
        raise ValidationError({"items": _("A council of this kind judges one subject.")})
    wrong = [item.code for item in items if not may_come(item, kind) or not can(actor, "view", item)]
    if wrong:
        message = _("These cannot come to a council now: %(codes)s.") % {"codes": ", ".join(sorted(wrong))}
        raise ValidationError({"items": message})


def _source(item: Stepped) -> Any:
    """The record that tells level, payer and plan year: a dossier's are its order's."""
    return item.order if isinstance(item, Dossier) else item


def _regulation(council: Council, items: Sequence[Stepped]) -> str:
    """An acceptance follows the task's version for life; the others the day of the sitting (anchor sitting_date)."""
    if council.kind == CouncilKind.ACCEPTANCE:
        return items[0].regulation
    return regulation_for(council.sitting_day or clock.today())


def _append(council: Council, items: Iterable[Stepped]) -> None:
    last = council.items.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    rows = [row for item in items for row in _rows(council, item)]
    for number, row in enumerate(rows, start=last + 1):
        row.sequence = number
    known = set(council.items.values_list("proposal", flat=True))
    AgendaItem.objects.bulk_create([row for row in rows if not row.proposal_id or row.proposal_id not in known])


def _rows(council: Council, item: Stepped) -> list[AgendaItem]:
    """An order comes with its valid dossiers, in the order of their receipt."""
    head = AgendaItem(council=council, **{COLUMN[type(item)]: item})
    if not isinstance(item, Order):
        return [head]
    dossiers = item.dossiers.filter(state=DossierState.VALID).order_by("code")
    return [head, *(AgendaItem(council=council, dossier=dossier) for dossier in dossiers)]
