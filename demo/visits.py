"""Which page is visited as whom: one user for each address, and a few records in different states."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.people.models import User

from .pages import Address, addresses, samples

PER_ADDRESS = 2
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Addresses of the sign-in package and of Django that a person can open, and as whom.
PACKAGED = ("account_login", "account_reset_password", "account_logout", "account_change_password")
PUBLIC_PACKAGED = ("account_login", "account_reset_password")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page to open: its address, its path, and who opens it ("" for a visitor)."""

    name: str
    path: str
    email: str


def visits() -> Iterator[Visit]:
    """Every address that answers a GET, with somebody who may open it."""
    people = list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    clients = {user: _client(user) for user in people}
    for name in PACKAGED:
        yield Visit(name, reverse(name), "" if name in PUBLIC_PACKAGED else people[0].email)
    for address in addresses():
        if address.screen is not None:
            yield from islice(_of_address(address, clients), PER_ADDRESS)


def _client(user: User) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(user, backend=BACKEND)
    return client


def _of_address(address: Address, clients: dict[User, Client]) -> Iterator[Visit]:
    seen: set[str] = set()
    for user, client in clients.items():
        for path in _paths(address, user):
            if path in seen:
                continue
            seen.add(path)
            if client.get(path).status_code == 200:  # noqa: PLR2004  # OK; 405 and redirects are no pages
                yield Visit(address.name, path, user.email)
                break


def _paths(address: Address, user: User) -> list[str]:
    try:
        return list(islice(samples(address, user), 3))
    except NoReverseMatch:
        return []
