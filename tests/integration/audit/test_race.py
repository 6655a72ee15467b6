"""Eight threads write at once: every event once, in one line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.audit import service
from core.audit.models import Event
from core.audit.verify import faults

THREADS, EACH = 8, 10


def write(thread):
    try:
        for number in range(EACH):
            service.record("note", actor=None, subject_code=f"{thread}-{number}")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_threads_keep_the_chain_whole():
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
    assert Event.objects.count() == THREADS * EACH
    assert list(faults()) == []
