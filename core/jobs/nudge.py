"""Wake whoever does the jobs: a thread of this process, or a Celery worker. Losing a nudge loses nothing."""

import logging
import threading

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)
bell = threading.Event()
TASK = "core.jobs.run_due"


def worker() -> None:
    """Ring the bell of the embedded thread, or publish one message. A broker that is away is only logged."""
    if settings.JOBS_RUNNER == "embedded":
        bell.set()
        return
    try:
        current_app.send_task(TASK, ignore_result=True, retry=False)
    except OSError:
        logger.warning("the broker did not take the nudge; the sweep will find the job")
    except Exception:
        # kombu wraps broker errors in classes of its own; the job row is safe whatever happened.
        logger.exception("the nudge failed; the sweep will find the job")
