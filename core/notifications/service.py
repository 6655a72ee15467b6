"""The one teller: the notices of a step or an act are rows of its transaction; the mail goes out afterwards."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.audit.models import Event
from core.audit.service import PendingEvent
from core.jobs.service import enqueue
from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.registry import subjects, tellings
from core.workflow.telling import reason_for_others

from .models import Notice
from .recorded import Recorded, facts_of, recorded_recipients, recorded_words

MAIL_JOB = "notifications.mail"
# Who hears of a step stands in its row; of another act whoever writes it says whom it concerns.
_of_acts: dict[Enum, StrOrPromise] = {}


@dataclass(frozen=True, slots=True)
class _Past:
    """How notices of the past are written: not at all, or as mailed, and as read or not."""

    kept: bool
    read: bool


_past: ContextVar[_Past | None] = ContextVar("notices_of_the_past", default=None)


@contextmanager
def of_the_past(*, kept: bool = True, read: bool = True) -> Iterator[None]:
    """Mail nothing meanwhile: notices count as mailed long ago, and as read unless ``read`` is False.

    With ``kept`` False nobody is told at all: the notice would have been thrown away long ago.
    """
    token = _past.set(_Past(kept, read))
    try:
        yield
    finally:
        _past.reset(token)


def notice_of_act(name: Enum, text: StrOrPromise) -> None:
    """Register the words of an act that is no step, with the placeholders {code} and {title}. Raises ValueError."""
    if _of_acts.setdefault(name, text) is not text:
        message = f"the notice {name} has words already"
        raise ValueError(message)


def tell(*, subject: Stepped, tells: Iterable[Enum], event: PendingEvent) -> None:
    """Queue the notices of a step or act, one for each person, and one job that mails them."""
    _queue(subject, event, _told(subject, tells, event))


def tell_of_act(name: Enum, people: Iterable[User], *, subject: Stepped, event: PendingEvent) -> None:
    """Queue the notice of an act that is no step, for those of ``people`` whom it concerns and who did not do it."""
    active = {one.pk for one in people if one.is_active}
    _queue(subject, event, [(name, user_id, {}) for user_id in sorted(active - {event.actor_id})])


def _queue(subject: Stepped, event: PendingEvent, told: Iterable[tuple[Enum, int, dict[str, str]]]) -> None:
    past = _past.get()
    if past is not None and not past.kept:
        return
    notices = [
        Notice(
            recipient_id=user_id,
            tell=key_of(name),
            facts=facts,
            subject_type=subject.lifecycle.name,
            subject_code=subject.code,
            title=str(getattr(subject, "title", ""))[:500],
            event_uuid=event.uuid,
            created_at=clock.now(),
            mailed_at=clock.now() if past else None,
            read_at=clock.now() if past and past.read else None,
        )
        for name, user_id, facts in told
    ]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if notices and past is None:
        enqueue(MAIL_JOB, {"event": str(event.uuid)}, key=f"mail:{event.uuid}:{subject.code}")


def _told(subject: Stepped, tells: Iterable[Enum], event: PendingEvent) -> Iterator[tuple[Enum, int, dict[str, str]]]:
    """Who is told what. A step entered in somebody's name says so; whoever reads that reads nothing else of it."""
    recorded = recorded_recipients(subject, event)
    facts = facts_of(event) if recorded else {}
    yield from ((name, user_id, facts) for user_id, name in sorted(recorded.items(), key=lambda told: told[0]))
    for name in tells:
        yield from ((name, user_id, {}) for user_id in _recipients(name, subject, event) if user_id not in recorded)


def _recipients(name: Enum, subject: Stepped, event: PendingEvent) -> list[int]:
    """Everybody concerned but whoever did it."""
    found = tellings[name].recipients(subject).filter(is_active=True)
    return sorted(set(found.values_list("pk", flat=True)) - {event.actor_id})


def key_of(name: Enum) -> str:
    """The stable key of a notice: never a translated string."""
    return f"{type(name).__module__.split('.')[0]}.{name.name.lower()}"


def titles_of(notices: Iterable[Notice]) -> dict[int, str]:
    """By notice the title of its record: as it was typed then, or as the system makes it in the language in force.

    A query for each kind of record whose titles the system makes, however many notices there are.
    """
    known = list(notices)
    # The empty code asks for a kind of which there is no notice too: the number of queries never varies.
    codes = {kind: {""} for kind, model in subjects.items() if model.title_is_made}
    for notice in known:
        codes.get(notice.subject_type, set()).add(notice.subject_code)
    made = {
        (kind, record.code): str(getattr(record, "title", ""))
        for kind, wanted in codes.items()
        for record in subjects[kind]._default_manager.filter(code__in=wanted)
    }
    return {notice.pk: made.get((notice.subject_type, notice.subject_code), notice.title) for notice in known}


def words(notice: Notice, title: str | None = None) -> str:
    """The notice in the language in force; ``title`` from ``titles_of``, else as it was told."""
    recorded = next((name for name in Recorded if key_of(name) == notice.tell), None)
    if recorded is not None:
        return recorded_words(recorded, notice.subject_type, notice.subject_code, notice.facts)
    known = {name: telling.text for name, telling in tellings.items()} | _of_acts
    text = str(next((text for name, text in known.items() if key_of(name) == notice.tell), notice.tell))
    return text % {"code": notice.subject_code, "title": notice.title if title is None else title}


def address_of(notice: Notice) -> str:
    """The page of the record, without a query."""
    model = subjects.get(notice.subject_type)
    return model(code=notice.subject_code).get_absolute_url() if model else ""


def mail_notices(event: str) -> int:
    """Mail what was not mailed yet of one event; each person in his own language. Returns how many went out."""
    sent = 0
    happened = Event.objects.filter(uuid=event).first()
    reason = reason_for_others(happened) if happened else ""
    for notice in Notice.objects.filter(event_uuid=event, mailed_at=None).select_related("recipient").order_by("pk"):
        _mail(notice, reason)
        # Marked one by one: a crash half-way repeats at most one message.
        sent += Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=clock.now())
    return sent


def _mail(notice: Notice, reason: str) -> None:
    """What happened to which record, why, and where to read on: the reason stands on the record's page too."""
    recipient: User = notice.recipient
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        title = titles_of([notice])[notice.pk]
        subject = words(notice, title).replace("\n", " ")
        body = "\n\n".join(
            [
                subject,
                *([title] if title else []),
                *([f"{_('Reason')}: {reason}"] if reason else []),
                settings.SITE_BASE_URL.rstrip("/") + address_of(notice),
                _("You receive this message because the record concerns you. Please do not answer it."),
            ]
        )
        EmailMessage(subject=f"[{notice.subject_code}] {subject}"[:180], body=body, to=[recipient.email]).send()


def mark_read(user: User) -> int:
    """Mark all notices of the user as read. Returns how many were not."""
    return Notice.objects.filter(recipient=user, read_at=None).update(read_at=clock.now())


def unread_count(user: User) -> int:
    """For the bell in the header: one query."""
    return Notice.objects.filter(recipient=user, read_at=None).count()
