"""Which page is visited as whom: a few people for each address, records in every state they have."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve

from core.people.models import User
from core.people.roles import Role
from core.people.screens import PageKind
from core.people.selectors import demo_users_by_role
from core.workflow.models import Stepped

from .pages import Address, addresses, samples

PER_ADDRESS = 2
# Lists differ with what one sees: people from outside come first, then those who see every record.
PER_LIST = 4
TRIED = 20
# Pages that look different for everybody, or for every step.
MORE = {"portal:home": len(Role), "workflow:step-take": 6, "documents:document-prepare": 6}
BACKEND = "django.contrib.auth.backends.ModelBackend"
OK, FOUND, NOT_ALLOWED = 200, 302, 405
PAGE, FILE, MOVED, ACT = "page", "file", "moved", "act"


@dataclass(frozen=True, slots=True)
class Visit:
    """One address to open: its name, its path, who opens it ("" for a visitor), and what comes.

    ``kind``: a page, a file, "moved" for one that only leads elsewhere, "act" for one that takes no GET.
    """

    name: str
    path: str
    email: str
    kind: str = PAGE


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
        yield from islice(_as_visitor(address, next(iter(clients))), PER_ADDRESS)
    yield from islice(_as_people(address, clients), _wanted(address))


def _as_visitor(address: Address, somebody: User) -> Iterator[Visit]:
    visitor = _client(None)
    for path in _paths(address, somebody):
        kind = _kind(visitor, path)
        if kind in {PAGE, FILE}:
            yield Visit(address.name, path, "", kind)


def _wanted(address: Address) -> int:
    screen = address.screen
    if screen and screen.model and issubclass(screen.model, Stepped) and screen.kind is PageKind.DETAIL:
        # No record of the demo is a void entry.
        return len(screen.model.lifecycle.states) - bool(screen.model.lifecycle.void)
    per_address = PER_LIST if screen and screen.kind is PageKind.LIST else PER_ADDRESS
    return MORE.get(address.name, per_address)


def _as_people(address: Address, clients: dict[User, Client]) -> Iterator[Visit]:
    """Another path for each person where the address names a record; what is no page is named once."""
    seen: set[str] = set()
    other: Visit | None = None
    for user, client in clients.items():
        for path in _paths(address, user):
            kind = "" if path in seen else _kind(client, path)
            if kind in {PAGE, FILE}:
                seen |= {path} if address.arguments else {""}
                yield Visit(address.name, path, user.email, kind)
                break
            if kind:
                other = other or Visit(address.name, path, user.email, kind)
            if kind == ACT:
                break
        if other is not None and other.kind == ACT:
            break
    if other is not None and not seen:
        yield other


def _kind(client: Client, path: str) -> str:
    """What comes; nothing when the person may not open it. A redirect to the same address is the page itself."""
    answer = client.get(path)
    if answer.status_code == FOUND:
        there = resolve(answer.headers["Location"].split("?")[0]).view_name
        return PAGE if there == resolve(path).view_name else MOVED
    if answer.status_code == NOT_ALLOWED:
        return ACT
    is_page = answer.headers["Content-Type"].startswith("text/html")
    return (PAGE if is_page else FILE) if answer.status_code == OK else ""


def _paths(address: Address, user: User) -> list[str]:
    try:
        return list(islice(samples(address, user), TRIED))
    except NoReverseMatch:
        return []
