"""What is to be written that is not a step: ballots, conclusions; and open calls."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.models import User
from core.people.policy import visible_to
from core.people.roles import Role
from core.people.selectors import has_role
from proposals.lifecycle import CallState
from proposals.models import Call
from reviews.selectors.agenda import conclusions_waiting
from reviews.selectors.ballots import ballots_waiting
from reviews.selectors.seats import seats_to_declare

SHOWN_CALLS = 20


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Something to write or to answer that is not a step: a ballot, a conclusion, a correction that was asked for.

    ``code``: as people know it; empty for what has none but an address.
    """

    code: str
    heading: str
    kind_label: StrOrPromise
    state_since: datetime
    due_on: date | None
    url: str

    def get_absolute_url(self) -> str:
        return self.url


def ballots_of(user: User) -> list[Paperwork]:
    """Ballots that the user may cast now and has not: by the code of what is judged. One query."""
    return [
        Paperwork(
            code=item.subject.code,
            heading=str(getattr(item.subject, "title", "")),
            kind_label=_("Ballot"),
            state_since=item.council.state_since,
            due_on=item.council.sitting_day,
            url=reverse("reviews:ballot-cast", args=[item.code]),
        )
        for item in ballots_waiting(user).select_related("proposal", "dossier__order", "task")
    ]


def declarations_of(user: User) -> list[Paperwork]:
    """Councils in which the user sits and has not said whether he has a conflict of interest. One query."""
    return [
        Paperwork(
            code=seat.council.code,
            heading=seat.council.title,
            kind_label=_("Conflict of interest"),
            state_since=seat.council.state_since,
            due_on=seat.council.sitting_day,
            url=reverse("reviews:seat-declare", args=[seat.code]),
        )
        for seat in seats_to_declare(user)
    ]


def conclusions_of(user: User) -> list[Paperwork]:
    """Councils whose conclusions the user may write, and some are not written. One query."""
    return [
        Paperwork(
            code=council.code,
            heading=council.title,
            kind_label=_("Conclusion"),
            state_since=council.state_since,
            due_on=council.due_on,
            url=council.get_absolute_url(),
        )
        for council in conclusions_waiting(user)
    ]


def open_calls(user: User) -> list[Call]:
    """Calls that an applicant may still answer, the nearest closing first. One query for them, none for others."""
    if not has_role(user, Role.APPLICANT, Role.ORGANISATION_SIGNER):
        return []
    rows: QuerySet[Call] = visible_to(user, Call).filter(state=CallState.OPEN, closes_at__gt=clock.now())
    return list(rows.order_by("closes_at", "code")[:SHOWN_CALLS])
