"""A round through the site as each of the demo's people: the home page, and one paper of every kind."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Protocol

from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.documents.models import ISSUED, Document
from core.people.models import User
from core.people.policy import visible_to
from core.people.selectors import demo_users_by_role

OK = 200
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECONDS = 60


class Site(Protocol):
    """Where the round goes."""

    def sign_in(self, email: str) -> None:
        """Become one of the demo's people."""

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""


class InProcess:
    """The site inside this process."""

    def __init__(self) -> None:
        # A page that breaks is a line of the report, not the end of the round.
        self.client = Client(raise_request_exception=False, headers={"host": settings.ALLOWED_HOSTS[0]})

    def sign_in(self, email: str) -> None:
        self.client.logout()
        self.client.post(reverse("people:demo-sign-in"), {"email": email})

    def get(self, path: str) -> tuple[int, bytes]:
        answer = self.client.get(path)
        return answer.status_code, answer.getvalue()


class Served:
    """A server that runs at an address."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.opener = urllib.request.build_opener()

    def sign_in(self, email: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        _status, page = self.get(reverse("account_login"))
        found = TOKEN.search(page.decode())
        facts = {"email": email, "csrfmiddlewaretoken": found[1] if found else ""}
        self._open(reverse("people:demo-sign-in"), urllib.parse.urlencode(facts).encode())

    def get(self, path: str) -> tuple[int, bytes]:
        return self._open(path)

    def _open(self, path: str, data: bytes | None = None) -> tuple[int, bytes]:
        asked = urllib.request.Request(self.url + path, data=data, headers={"Referer": self.url})  # noqa: S310  # ours
        try:
            with self.opener.open(asked, timeout=SECONDS) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()


def homes(site: Site) -> Iterator[tuple[str, bool]]:
    """The home page as each role: a line, and whether it is right."""
    for role, people in demo_users_by_role():
        email = people[0].email
        site.sign_in(email)
        status, body = site.get(reverse("portal:home"))
        is_right = status == OK and b"<h1" in body and people[0].full_name.encode() in body
        yield f"home of {role.value} ({email}) {status}", is_right


def papers(site: Site) -> Iterator[tuple[str, bool]]:
    """The PDF of one issued paper of each kind, as somebody who may read it."""
    people = [people[0] for _role, people in demo_users_by_role()]
    signed_in = ""
    for kind, paper, reader in _readers(people):
        if reader.email != signed_in:
            site.sign_in(reader.email)
            signed_in = reader.email
        status, body = site.get(reverse("documents:document-pdf", args=[paper.code]))
        is_right = status == OK and body.startswith(b"%PDF-")
        yield f"paper {kind} {paper.symbol} {status}, {len(body) // 1000} kB", is_right


def _readers(people: list[User]) -> Iterator[tuple[str, Document, User]]:
    kinds = Document.objects.filter(status__in=ISSUED).order_by("kind").values_list("kind", flat=True).distinct()
    for kind in kinds:
        for person in people:
            paper = visible_to(person, Document).filter(kind=kind, status__in=ISSUED).order_by("pk").first()
            if paper is not None:
                yield kind, paper, person
                break
