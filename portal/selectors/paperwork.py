"""What is to be written or answered that is not a step: ballots, conclusions, corrections; and open calls."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.models import RightsRequest, User
from core.people.policy import visible_to
from core.people.roles import Role
from core.people.selectors import has_role, rights_waiting
from core.workflow.registry import subjects
from core.workflow.selectors import confirmations_waiting, corrections_waiting
from proposals.lifecycle import CallState
from proposals.models import Call
from reviews.selectors.agenda import conclusions_waiting
from reviews.selectors.ballots import ballots_waiting

SHOWN_ANSWERS = SHOWN_CALLS = 20


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Something to write or to answer that is not a step: a ballot, a conclusion, a correction that was asked for."""

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


def answers_of(user: User) -> list[Paperwork]:
    """What the reader has to confirm or to answer: rights, old records, corrections. Three queries at most."""
    rights = [
        Paperwork(one.code, one.get_kind_display(), _("Right to be confirmed"), one.asked_at, None, _rights_page(one))
        for one in rights_waiting(user)[:SHOWN_ANSWERS]
    ]
    return [*rights, *_of_division(user)]


def _rights_page(request: RightsRequest) -> str:
    return reverse("people:rights-detail", args=[request.code])


def _of_division(user: User) -> list[Paperwork]:
    """What the head of division has to confirm or to answer; two queries for him, none for others."""
    if not has_role(user, Role.HEAD_OF_DIVISION):
        return []
    entered = confirmations_waiting().exclude(actor=user)[:SHOWN_ANSWERS]
    asked = corrections_waiting().exclude(asked_by=user)[:SHOWN_ANSWERS]
    found = [_answer(one.subject_type, one.subject_code, _("Record from before"), one.recorded_at) for one in entered]
    return [*found, *(_answer(one.subject_type, one.subject_code, _("Correction"), one.asked_at) for one in asked)]


def _answer(kind: str, code: str, label: StrOrPromise, since: datetime) -> Paperwork:
    model = subjects[kind]
    url = model(code=code).get_absolute_url()
    return Paperwork(code, str(model.lifecycle.title), label, since, None, url)


def open_calls(user: User) -> list[Call]:
    """Calls that an applicant may still answer, the nearest closing first. One query for them, none for others."""
    if not has_role(user, Role.APPLICANT, Role.ORGANISATION_SIGNER):
        return []
    rows: QuerySet[Call] = visible_to(user, Call).filter(state=CallState.OPEN, closes_at__gt=clock.now())
    return list(rows.order_by("closes_at", "code")[:SHOWN_CALLS])
