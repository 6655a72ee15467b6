"""Fills the database of DATABASE_URL and opens every page as each of its people; prints queries and times as JSON."""

import json
import sys
import time
from http import HTTPStatus

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.filling import fill
from core import clock
from core.people.models import User
from core.people.policy import visible_to
from tasks.models import Task

OFFICER, HEAD, CHAIR, CLERK, HOST = "chuyenvien", "truongphong", "chutich", "vanthu", "thutruong01"
BOTH = (OFFICER, HOST)
PAGES = {
    "documents:document-list": (OFFICER, CHAIR, HOST),
    "documents:register-month": (OFFICER,),
    "portal:home": (HEAD, CHAIR, CLERK, HOST),
    "proposals:proposal-list": BOTH,
    "proposals:order-list": BOTH,
    "proposals:dossier-list": BOTH,
    "tasks:task-list": BOTH,
    "tasks:task-monitor": (HEAD,),
    "tasks:task-detail": BOTH,
    "tasks:report-list": BOTH,
    "tasks:inspection-list": BOTH,
    "tasks:amendment-list": BOTH,
    "reviews:council-list": (OFFICER,),
    "funds:overview": (HEAD,),
    "funds:disbursement-list": BOTH,
    "funds:settlement-list": BOTH,
    "funds:estimate-list": (OFFICER,),
    "notifications:list": BOTH,
}
TIMES = 3


def main() -> None:
    """The number of papers stands on the command line; there is a quarter as many records of each kind."""
    papers = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(papers, papers // 4)
    call_command("renew_statistics", verbosity=0)
    found = {}
    for page, people in PAGES.items():
        for name in people:
            user = User.objects.get(email=f"{name}@binhan.example")
            client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            found[f"{page} {name}"] = cost(client, path_of(page, user))
    print(json.dumps(found))


def path_of(page: str, user: User) -> str:
    """The address of a page: the month of today, and the newest contracted task that the person sees."""
    if page == "documents:register-month":
        return reverse(page, args=[clock.today().year, clock.today().month])
    if page == "tasks:task-detail":
        return reverse(page, args=[visible_to(user, Task).filter(contract__isnull=False).latest("pk").code])
    return reverse(page)


def cost(client: Client, path: str) -> tuple[int, float]:
    """Queries of a visit, and the shortest of some visits in milliseconds.

    With SQLite, which works in this process, milliseconds of its own processor: others on the machine do not count.
    """
    with CaptureQueriesContext(connection) as queries:
        visit(client, path)
    asked = len(queries)
    now = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for _time in range(TIMES):
        start = now()
        visit(client, path)
        taken.append(now() - start)
    return asked, round(min(taken) * 1000, 1)


def visit(client: Client, path: str) -> None:
    """Open a page. Raises SystemExit when it does not answer."""
    answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{path}: {answer.status_code}")
