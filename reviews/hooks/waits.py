"""What waits for a council that somebody must set up, and what a council waits for before its chair can sign."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.people.roles import Role
from core.workflow.registry import needed, resting, written_on
from reviews.lifecycle import COUNCIL, CouncilKind, Guard
from reviews.models import AgendaItem, Council
from reviews.selectors.agenda import ENTRY, unwritten, waiting


def _without_council(kind: CouncilKind) -> Callable[[], Q]:
    return lambda: Q(pk__in=waiting(kind).order_by().values("pk"))


def _council_form(kind: CouncilKind) -> Callable[[str], str]:
    return lambda code: f"{reverse('reviews:council-create')}?kind={kind.value}&item={code}"


for _kind, (_model, _step) in ENTRY.items():
    needed(
        _model.lifecycle.name,
        _step,
        Role.OFFICER,
        words=_("waits for a council"),
        url=_council_form(_kind),
        action=_("Establish a council"),
    )(_without_council(_kind))


resting["proposal", "screened"] = _("A council is being set up")
for _name in ("proposal", "order", "task"):
    resting[_name, "at_council"] = _("The council judges")


def _without_conclusion() -> Q:
    items = AgendaItem.objects.filter(council=OuterRef("pk"))
    return Q(pk__in=Council.objects.filter(Exists(unwritten(items))).values("pk"))


def _without_estimate() -> Q:
    items = AgendaItem.objects.filter(council=OuterRef("pk"), appraisal_lines__isnull=True)
    return Q(pk__in=Council.objects.filter(Exists(items)).values("pk"))


for _row in COUNCIL.rows:
    if _row.name == "conclude_appraisal":
        needed(COUNCIL.name, _row.name, Role.ADMINISTRATIVE_SECRETARY, words=_("waits for the appraised estimate"))(
            _without_estimate
        )
    elif _row.name.startswith("conclude_"):
        needed(COUNCIL.name, _row.name, Role.ADMINISTRATIVE_SECRETARY, words=_("waits for the written conclusions"))(
            _without_conclusion
        )


# On which form what a guard asks for is written.
for _guard, _action, _page in (
    (Guard.SEATS_COMPLETE, "name", "council-members"),
    (Guard.NO_CONFLICT, "name", "council-members"),
    (Guard.PAPERS_SENT_IN_TIME, "arrange", "council-sitting"),
    (Guard.QUORUM_PRESENT, "attend", "council-attendance"),
    (Guard.ATTENDANCE_SETTLED, "attend", "council-attendance"),
    (Guard.INVESTIGATOR_LEFT, "minute", "council-minutes"),
    (Guard.COUNTERS_NAMED, "minute", "council-minutes"),
    (Guard.CONCLUSIONS_WRITTEN, "conclude", "council-conclusions"),
    (Guard.DISSOLUTION_REASONED, "propose_dissolution", "council-dissolution"),
):
    written_on(_guard, _action, f"reviews:{_page}")
