"""Two people at once: one has written and not yet committed, the other comes and waits."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from core import clock
from tests.conftest import MORNING


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> list[BaseException]:
    """Do ``first`` in a transaction, begin ``second`` in a thread, commit once that waits: what went wrong there.

    PostgreSQL only: SQLite lets one writer in at a time.
    """
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            with clock.moved_to(MORNING):
                second()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test wants to see it
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        _wait_until_blocked(thread)
    thread.join()
    return wrong


def _wait_until_blocked(thread: threading.Thread) -> None:
    """Return when somebody waits for a lock, or when the thread is at its end."""
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
