"""Who stands in which relation to a council, who hears of it, and who may read what it judges."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.notifications.service import notice_of_act
from core.people.models import User
from core.people.policy import Named
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow.registry import recipients, relation
from proposals.models import Call, Dossier, Order, Proposal
from proposals.policy import extra_viewers as proposal_viewers
from reviews.lifecycle import ActTell, Tell
from reviews.models import AgendaItem, Council
from reviews.policy import JUDGING, PRESIDING
from tasks.models import Task
from tasks.policy import extra_viewers as task_viewers


@relation(("council", Role.COUNCIL_MEMBER))
def presided_councils(user: User) -> Q:
    """Conclusions are signed by whoever presides; the door itself asks for the role on the day of the step."""
    return PRESIDING(user) or Q(pk__in=())


def _members(council: Council) -> QuerySet[User]:
    return User.objects.filter(council_seats__council=council, council_seats__removed_at=None)


def _present(council: Council) -> QuerySet[User]:
    return User.objects.filter(
        council_seats__council=council, council_seats__removed_at=None, council_seats__attended=True
    )


def _division(_council: Council) -> QuerySet[User]:
    return users_with_role(Role.OFFICER, Role.HEAD_OF_DIVISION)


recipients(Tell.SEAT_GIVEN, _("You were named a member of council %(code)s: %(title)s."))(_members)
recipients(Tell.SITTING_ANNOUNCED, _("The sitting of council %(code)s was announced."))(_members)
recipients(Tell.BALLOT_OPENED, _("Council %(code)s: the ballot is open. Please cast your ballots."))(_present)
recipients(Tell.COUNCIL_CONCLUDED, _("Council %(code)s has concluded."))(_division)
recipients(Tell.COUNCIL_DISSOLVED, _("Council %(code)s was dissolved: %(title)s."))(_members)
notice_of_act(ActTell.NOTED_ABSENT, _("Council %(code)s: you are noted as absent from the sitting."))
notice_of_act(
    ActTell.LEAVING_ENTERED,
    _("Council %(code)s: it was entered that you left the sitting. It counts once a second person confirms it."),
)
notice_of_act(
    ActTell.CONFLICT_NOTED,
    _("Council %(code)s: a conflict of interest was noted about you. You may answer it on the page of the council."),
)
notice_of_act(ActTell.CONFLICT_TO_JUDGE, _("Council %(code)s: a conflict of interest of a member waits to be judged."))
notice_of_act(ActTell.CONFLICT_CLEARED, _("Council %(code)s: a conflict of interest noted about you was cleared."))


def _seated(user: User) -> QuerySet[AgendaItem] | None:
    """What stands on the agenda of the councils in which the user sits and that have not concluded."""
    q = JUDGING(user)
    return None if q is None else AgendaItem.objects.filter(council__in=Council.objects.filter(q).values("pk"))


def _judged(column: str, path: str = "pk") -> Named:
    """A rule: the subjects that councils of the user judge."""

    def rule(user: User) -> Q | None:
        items = _seated(user)
        if items is None:
            return None
        return Q(**{f"{path}__in": items.filter(**{f"{column}__isnull": False}).values(column)})

    return Named("sits in the council that judges it", rule)


_RULES: dict[Any, list[Named]] = {
    Proposal: [_judged("proposal")],
    Order: [_judged("order"), _judged("dossier__order")],
    Dossier: [_judged("dossier")],
    Call: [_judged("order__selection_call")],
}
for _model, _rules in _RULES.items():
    proposal_viewers[_model].extend(_rules)
# Whoever accepts a task reads its reports too.
task_viewers[Task].append(_judged("task"))
for _model in task_viewers:
    if _model is not Task:
        task_viewers[_model].append(_judged("task", "task"))
