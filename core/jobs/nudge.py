"""Wake whoever does the jobs: a thread of this process, or a Celery worker. Losing a nudge loses nothing."""

import logging
import threading

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)
bell = threading.Event()
TASK = "core.jobs.run_due"
# Whoever pressed a button waits for this: one try, and seconds for each part of it.
QUICK = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}


def worker() -> None:
    """Ring the bell of the embedded thread, or publish one message. A broker that is away is only logged."""
    if settings.JOBS_RUNNER == "embedded":
        bell.set()
        return
    try:
        with current_app.connection_for_write(connect_timeout=1, transport_options=QUICK) as connection:
            current_app.send_task(TASK, ignore_result=True, retry=False, connection=connection)
    except OSError:
        logger.warning("the broker did not take the nudge; the sweep will find the job")
    except Exception:
        # kombu wraps broker errors in classes of its own; the job row is safe whatever happened.
        logger.exception("the nudge failed; the sweep will find the job")
