"""The daemon thread of a serving process that does the jobs where there is no broker."""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections

from .nudge import bell
from .service import plan_the_night, run_due_jobs

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 15
_started = threading.Lock()


def start() -> None:
    """Start the thread once in this process; called by config/wsgi.py, never by ``ready()``."""
    if settings.JOBS_RUNNER == "embedded" and _started.acquire(blocking=False):
        threading.Thread(target=_work, name="nhiemvu-jobs", daemon=True).start()


def _work() -> None:
    while True:
        try:
            close_old_connections()
            plan_the_night()
            run_due_jobs()
        except Exception:
            # A database that is away for a moment must not end the thread.
            logger.exception("the job thread stumbled and goes on")
        finally:
            close_old_connections()
        bell.wait(SWEEP_SECONDS)
        bell.clear()
