"""Enqueue, claim, run and finish jobs."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from core import clock

from . import nudge
from .models import Job, JobState
from .registry import handlers, nightly

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5
BACK_OFF = timedelta(seconds=20)
DIED = "The worker died each time it did this job."
# Local time, when nobody works.
NIGHT = time(2)


def enqueue(name: str, payload: Mapping[str, Any], *, key: str, run_after: datetime | None = None) -> Job:
    """Write a job into the open transaction and nudge a worker after the commit.

    The same ``key`` twice is one job. With ``run_after`` the job waits for that instant (default: none, at once).
    Raises KeyError for a name that nobody does.
    """
    if name not in handlers:
        raise KeyError(name)
    now = clock.now()
    job, created = Job.objects.get_or_create(
        key=key, defaults={"name": name, "payload": dict(payload), "run_after": run_after or now, "created_at": now}
    )
    if created:
        transaction.on_commit(nudge.worker)
    return job


def plan_the_night() -> None:
    """Queue the jobs of the next night, each once; whoever does the jobs calls it again and again."""
    tonight = clock.instant(clock.today(), NIGHT)
    night = tonight if tonight > clock.now() else tonight + timedelta(days=1)
    for name in nightly:
        enqueue(name, {}, key=f"{name}:{clock.local(night):%Y-%m-%d}", run_after=night)


def due_jobs() -> Any:
    """Jobs to run now: queued and due, or leased by a worker that died."""
    now = clock.now()
    return Job.objects.filter(
        Q(state=JobState.QUEUED, run_after__lte=now) | Q(state=JobState.LEASED, lease_until__lt=now)
    ).order_by("run_after", "pk")


def claim() -> Job | None:
    """Lease the next due job in one short transaction, or return None.

    A job that was leased as often as it may be, and whose last worker died, has failed: it would kill the next one too.
    """
    with transaction.atomic():
        rows = due_jobs()
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job: Job | None = rows.first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, state=JobState.FAILED, last_error=job.last_error or DIED)
            return claim()
        job.state, job.lease_until, job.attempts = JobState.LEASED, clock.now() + LEASE, job.attempts + 1
        job.save(update_fields=["state", "lease_until", "attempts"])
        return job


def run(job: Job) -> bool:
    """Do a leased job outside any transaction; True when it is done. A failure is kept and tried again later."""
    try:
        handlers[job.name](job.payload)
    except Exception as error:
        logger.exception("job %s failed (attempt %s)", job, job.attempts)
        _give_back(job, error)
        return False
    _finish(job, state=JobState.DONE, done_at=clock.now(), last_error="")
    return True


def run_due_jobs(limit: int = 10_000) -> int:
    """Run what is due in this process and return how many jobs were done."""
    done = 0
    for _ in range(limit):
        job = claim()
        if job is None:
            break
        done += run(job)
    return done


def _give_back(job: Job, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:2000].replace("\x00", "")
    if job.attempts >= MAX_ATTEMPTS:
        _finish(job, state=JobState.FAILED, last_error=text)
    else:
        later = clock.now() + BACK_OFF * 2**job.attempts
        _finish(job, state=JobState.QUEUED, run_after=later, last_error=text)


def _finish(job: Job, **columns: Any) -> None:
    # Only the holder of this lease may finish: a worker that came back from the dead changes nothing.
    mine = Job.objects.filter(pk=job.pk, state=JobState.LEASED, attempts=job.attempts)
    mine.update(lease_until=None, **columns)
