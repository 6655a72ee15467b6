"""The decisions of a budget appraisal team, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audit import service as audit
from core.money import VND
from core.people.models import User
from proposals.models import BudgetLine
from reviews.models import AgendaItem, AppraisalLine

from . import common


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What is granted on one line of the estimate, in đồng; a cut needs its reason."""

    state_vnd: VND
    other_vnd: VND
    reason: str = ""


def appraise(item: AgendaItem, granted: Mapping[int, Granted], *, actor: User) -> list[AppraisalLine]:
    """Write what the team grants on every line of the dossier's estimate, by the line's sequence, in place of before.

    Raises PermissionDenied, and ValidationError for a missing line, more than was asked for, a cut without a reason.
    """
    with audit.transaction():
        held = common.hold(item.council, actor=actor, action="appraise")
        asked = list(BudgetLine.objects.filter(dossier=item.dossier_id).order_by("sequence"))
        if {line.sequence for line in asked} != set(granted):
            raise ValidationError(_("Decide on every line of the estimate."))
        made = [_line(item, line, granted[line.sequence]) for line in asked]
        faults = [fault for line in made for fault in _faults(line)]
        if faults:
            raise ValidationError(faults)
        AppraisalLine.objects.filter(item=item).delete()
        AppraisalLine.objects.bulk_create(made)
        state = sum(line.approved_state_vnd for line in made)
        common.note("appraisal.written", held, actor, item=item.code, state_vnd=state)
    return made


def _line(item: AgendaItem, asked: BudgetLine, granted: Granted) -> AppraisalLine:
    return AppraisalLine(
        item=item,
        budget_line=asked,
        requested_state_vnd=asked.requested_state_vnd,
        requested_other_vnd=asked.requested_other_vnd,
        approved_state_vnd=granted.state_vnd,
        approved_other_vnd=granted.other_vnd,
        reason=common.clean(granted.reason, 300),
    )


def _faults(line: AppraisalLine) -> list[str]:
    name = {"item": line.budget_line.get_item_display()}
    over = line.approved_state_vnd > line.requested_state_vnd or line.approved_other_vnd > line.requested_other_vnd
    if over or line.approved_state_vnd < 0 or line.approved_other_vnd < 0:
        return [_("%(item)s: never more than was asked for.") % name]
    same = (line.approved_state_vnd, line.approved_other_vnd) == (line.requested_state_vnd, line.requested_other_vnd)
    return [] if same or line.reason else [_("%(item)s: a reduction needs its reason.") % name]
