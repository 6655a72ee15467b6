"""Which page is visited as whom: a few people for each address, records in every state they have."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve

from core.people.models import User
from core.people.roles import Role
from core.people.selectors import demo_users_by_role
from core.workflow.models import Stepped

from .pages import Address, addresses, samples

PER_ADDRESS = 2
TRIED = 20
# Pages that look different for everybody, or for every step.
MORE = {"portal:home": len(Role), "workflow:step-take": 6, "documents:document-prepare": 6}
BACKEND = "django.contrib.auth.backends.ModelBackend"
OK, FOUND, NOT_ALLOWED = 200, 302, 405


@dataclass(frozen=True, slots=True)
class Visit:
    """One page to open: its address, its path, and who opens it ("" for a visitor)."""

    name: str
    path: str
    email: str


def visits() -> Iterator[Visit]:
    """Every address that answers a GET, with people who may open it; the page of a record once for each state."""
    clients = {user: _client(user) for user in _people()}
    for address in addresses():
        if address.screen is not None:
            yield from _of_address(address, clients)


def _people() -> list[User]:
    """The demo's people, first one of each role."""
    first = [people[0] for _role, people in demo_users_by_role()]
    others = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    return list(dict.fromkeys([*first, *others]))


def _client(user: User | None) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def _of_address(address: Address, clients: dict[User, Client]) -> Iterator[Visit]:
    if address.screen is not None and address.screen.public:
        somebody, visitor = next(iter(clients)), _client(None)
        opened = (path for path in _paths(address, somebody) if _answer(visitor, path) == OK)
        yield from (Visit(address.name, path, "") for path in islice(opened, PER_ADDRESS))
    yield from islice(_as_people(address, clients), _wanted(address))


def _wanted(address: Address) -> int:
    model = address.screen.model if address.screen else None
    if model is not None and issubclass(model, Stepped) and address.name.endswith("-detail"):
        return len(model.lifecycle.states)
    return MORE.get(address.name, PER_ADDRESS)


def _as_people(address: Address, clients: dict[User, Client]) -> Iterator[Visit]:
    """Another path for each person where the address names a record; nothing when it takes no GET at all."""
    seen: set[str] = set()
    for user, client in clients.items():
        for path in _paths(address, user):
            if path in seen:
                continue
            answer = _answer(client, path)
            if answer == NOT_ALLOWED:
                return
            if answer == OK:
                seen |= {path} if address.arguments else set()
                yield Visit(address.name, path, user.email)
                break


def _answer(client: Client, path: str) -> int:
    """The status of a page; a redirect to the same address counts as the page, one that leads elsewhere does not."""
    answer = client.get(path)
    if answer.status_code == FOUND:
        there = resolve(answer.headers["Location"].split("?")[0]).view_name
        return OK if there == resolve(path).view_name else FOUND
    return answer.status_code


def _paths(address: Address, user: User) -> list[str]:
    try:
        return list(islice(samples(address, user), TRIED))
    except NoReverseMatch:
        return []
