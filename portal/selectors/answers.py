"""What waits for a second person: rights, plans, records from before, corrections, entries from paper, councils."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.models import RightsRequest, User
from core.people.roles import Role
from core.people.selectors import has_role, rights_waiting
from core.workflow.registry import subjects
from core.workflow.selectors import confirmations_for, corrections_waiting, entering_roles, entries_waiting
from funds.selectors.grants import estimates_to_answer, plans_to_answer
from reviews.selectors.answers import answers_wanted

from .paperwork import Paperwork

SHOWN_ANSWERS = 20
# Kind and code of a record, what is asked of it, since when.
Wanted = tuple[str, str, StrOrPromise, datetime]


def answers_of(user: User) -> list[Paperwork]:
    """What the reader has to confirm or to answer.

    Three queries for each role that answers, two for whoever enters from paper, two for everybody.
    """
    records = _on_records(user) if has_role(user, Role.HEAD_OF_DIVISION) else []
    money = _on_money(user) if has_role(user, Role.CHIEF_ACCOUNTANT, Role.FUND_DIRECTOR) else []
    return [*_on_rights(user), *records, *_on_entries(user), *money, *_on_councils(user)]


def _on_rights(user: User) -> list[Paperwork]:
    """Roles and powers that somebody else entered."""
    return [
        Paperwork("", str(one), _("Right to be confirmed"), one.asked_at, None, _rights_page(one))
        for one in rights_waiting(user).select_related("person")[:SHOWN_ANSWERS]
    ]


def _rights_page(request: RightsRequest) -> str:
    return reverse("people:rights-detail", args=[request.code])


def _on_money(user: User) -> list[Paperwork]:
    """Plans and estimates that somebody else entered, or wants to withdraw."""
    plans = plans_to_answer(user).select_related("scan")[:SHOWN_ANSWERS]
    estimates = estimates_to_answer(user).select_related("scan")[:SHOWN_ANSWERS]
    found = [(one, _("Year plan"), "funds:plan-answer") for one in plans]
    return [
        Paperwork(
            code=one.code,
            heading=f"{one.number} · {one.decision}".strip(" ·"),
            kind_label=label,
            state_since=one.scan.uploaded_at if one.scan else clock.now(),
            due_on=None,
            url=reverse(name, args=[one.code]),
        )
        for one, label, name in [*found, *((one, _("Year estimate"), "funds:estimate-answer") for one in estimates)]
    ]


def _on_entries(user: User) -> list[Paperwork]:
    """What somebody else entered from paper and nothing else would show."""
    entered = entries_waiting(user)[:SHOWN_ANSWERS] if has_role(user, *entering_roles()) else []
    return _named((one.subject_type, one.subject_code, _("Entry from paper"), one.asked_at) for one in entered)


def _on_records(user: User) -> list[Paperwork]:
    """Records from before to confirm, corrections that were asked for."""
    entered = confirmations_for(user)[:SHOWN_ANSWERS]
    asked = corrections_waiting().exclude(asked_by=user)[:SHOWN_ANSWERS]
    found = [(one.subject_type, one.subject_code, _("Record from before"), one.recorded_at) for one in entered]
    return _named([*found, *((one.subject_type, one.subject_code, _("Correction"), one.asked_at) for one in asked)])


def _on_councils(user: User) -> list[Paperwork]:
    """Ballots typed from paper, replacements, departures and noted conflicts that wait for another person."""
    return [
        Paperwork(one.council, one.title, one.label, one.since, None, one.url)
        for one in answers_wanted(user)[:SHOWN_ANSWERS]
    ]


def _named(found: Iterable[Wanted]) -> list[Paperwork]:
    """What is asked of records, each called by its title; one query for all of them."""
    wanted = list(found)
    titles = _titles(wanted) if wanted else {}
    return [_answer(*one, title=titles.get(one[:2], "")) for one in wanted]


def _answer(kind: str, code: str, label: StrOrPromise, since: datetime, *, title: str) -> Paperwork:
    model = subjects[kind]
    heading, what = (title, f"{label} · {model.lifecycle.title}") if title else (str(model.lifecycle.title), label)
    return Paperwork(code, heading, what, since, None, model(code=code).get_absolute_url())


def _titles(wanted: Iterable[Wanted]) -> dict[tuple[str, str], str]:
    """The titles of records of any kind; none of those whose title the system makes."""
    codes: dict[str, set[str]] = {}
    for kind, code, *_rest in wanted:
        codes.setdefault(kind, set()).add(code)
    rows = [
        subjects[kind]
        ._default_manager.filter(code__in=some)
        .order_by()
        .values_list(Value(kind, output_field=CharField()), "code", Cast(F(subjects[kind].title_path), CharField()))
        for kind, some in sorted(codes.items())
        if not subjects[kind].title_is_made
    ]
    found = rows[0].union(*rows[1:], all=True) if rows else ()
    return {(kind, code): title for kind, code, title in found}
