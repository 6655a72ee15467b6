"""The one teller: a step's notices are rows of its transaction; the mail goes out afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.audit.models import Event
from core.audit.service import PendingEvent
from core.jobs.service import enqueue
from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.registry import subjects, tellings
from core.workflow.table import Row
from core.workflow.telling import reason_for_others

from .models import Notice

MAIL_JOB = "notifications.mail"


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


def tell(*, subject: Stepped, row: Row, event: PendingEvent) -> None:
    """Queue the notices of a step, one for each person, and one job that mails them."""
    past = _past.get()
    if past is not None and not past.kept:
        return
    notices = [
        Notice(
            recipient_id=user_id,
            tell=key_of(name),
            subject_type=subject.lifecycle.name,
            subject_code=subject.code,
            title=str(getattr(subject, "title", ""))[:500],
            event_uuid=event.uuid,
            created_at=clock.now(),
            mailed_at=clock.now() if past else None,
            read_at=clock.now() if past and past.read else None,
        )
        for name in row.tells
        for user_id in _recipients(name, subject, event)
    ]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if notices and past is None:
        enqueue(MAIL_JOB, {"event": str(event.uuid)}, key=f"mail:{event.uuid}:{subject.code}")


def _recipients(name: Enum, subject: Stepped, event: PendingEvent) -> list[int]:
    """Everybody concerned but whoever did it."""
    found = tellings[name].recipients(subject).filter(is_active=True)
    return sorted(set(found.values_list("pk", flat=True)) - {event.actor_id})


def key_of(name: Enum) -> str:
    """The stable key of a notice: never a translated string."""
    return f"{type(name).__module__.split('.')[0]}.{name.name.lower()}"


def words(notice: Notice) -> str:
    """The notice in the language in force."""
    telling = next((telling for name, telling in tellings.items() if key_of(name) == notice.tell), None)
    text = str(telling.text) if telling else notice.tell
    return text % {"code": notice.subject_code, "title": notice.title}


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
        subject = words(notice).replace("\n", " ")
        body = "\n\n".join(
            [
                subject,
                *([notice.title] if notice.title else []),
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
