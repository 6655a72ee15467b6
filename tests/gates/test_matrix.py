"""Every address as every role on own and foreign records: what the policy table says, and nothing else."""

import os
import re
from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from core.people.models import User
from core.people.policy import can, may, visible_to
from core.people.roles import Role
from core.people.selectors import demo_users_by_role, roles_of
from core.workflow.registry import subjects
from demo.pages import Address, addresses, samplers
from tasks.models import AmendmentKind

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
BACKEND = "django.contrib.auth.backends.ModelBackend"
# People who work for themselves or their own organisation: of each such role two, strangers to each other.
# What nobody of the demo can open this morning, and why. The journeys pass through all of them but the last.
UNSEEN = {
    "proposals:dossier-answer": "no council has just chosen a dossier",
    "reviews:item-appraise": "no budget team sits",
    "reviews:departure-confirm": "no council sits and has not begun to vote",
    "reviews:departure-drop": "no council sits and has not begun to vote",
    "reviews:ballot-confirm-acceptance": "nobody votes on paper there",
    "reviews:ballot-confirm-selection": "nobody votes on paper there",
    "account_reauthenticate": "the demo's people have no passwords",
}
OUTSIDE = {Role.APPLICANT, Role.ORGANISATION_SIGNER, Role.RECEIVING_BODY, Role.COUNCIL_MEMBER}
# How many records of each sort each person tries at each address; two in the long profile.
RECORDS = 2 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 1
APPLICANT = "nghiencuu011@binhan.example"


def records(address: Address, user: User) -> list[Model]:
    """Records with which the user may do it, records that he only sees, and records that he does not see."""
    model, action = address.screen.model, address.screen.action
    mine, able = visible_to(user, model), visible_to(user, model, action).values("pk")
    foreign = model._default_manager.exclude(pk__in=mine.values("pk"))
    groups = [foreign, mine if action == "view" else mine.filter(pk__in=able)]
    groups += [] if action == "view" else [mine.exclude(pk__in=able)]
    return [record for group in groups for record in group.order_by("-pk")[:RECORDS]]


def is_allowed(address: Address, user: User, record: Model) -> bool:
    seen = visible_to(user, type(record)).filter(pk=record.pk).exists()
    action = address.screen.action
    return seen and (action == "view" or bool(can(user, action, record)))


def path_of(address: Address, **known: str) -> str:
    """The path of an address; what is not known of its arguments is 1, which every pattern takes."""
    wanted = {**dict.fromkeys(address.arguments, "1"), **known}
    return reverse(address.name, kwargs={name: wanted[name] for name in address.arguments})


def people() -> dict[User, Role]:
    """Each person that is asked, with the first of the roles that he stands for."""
    found: dict[User, Role] = {}
    for role, held in demo_users_by_role():
        for person in held[: 2 if role in OUTSIDE else 1]:
            found.setdefault(person, role)
    return found


def first_known_by(role: Role) -> list[User]:
    return [person for person, first in people().items() if first == role]


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def undeclared() -> list[str]:
    """Addresses that say nothing about who may open them."""
    return [address.name for address in addresses() if address.screen is None]


def open_to_visitors() -> list[tuple[str, int]]:
    """Addresses that are not public and show a visitor something else than the way to the sign-in page."""
    wrong = []
    for address in addresses():
        if address.screen is None or address.screen.public:
            continue
        answer = Client().get(path_of(address))
        if (answer.status_code, answer.headers.get("Location", "").split("?")[0]) != (302, "/account/login/"):
            wrong.append((address.name, answer.status_code))
    return wrong


def disagreements(client: Client, address: Address, user: User) -> Iterator[tuple[str, int, bool]]:
    """(path, status, allowed) for each answer that the policy table does not explain."""
    screen = address.screen
    if screen is None or screen.public:
        return
    if screen.model is None:
        if not address.arguments:
            yield from _compare(client, path_of(address), may(user, screen.action).allowed)
        return
    for record in records(address, user):
        path = path_of(address, **{address.arguments[0]: record.code, "kind": AmendmentKind.CONTENT})
        yield from _compare(client, path, is_allowed(address, user, record))


def _compare(client: Client, path: str, allowed: bool) -> Iterator[tuple[str, int, bool]]:
    answer = client.get(path)
    status = answer.status_code
    # The file that was served; closing the answer itself would close the database of the test too.
    for close in answer._resource_closers:
        close()
    if (status != 404) != allowed or status >= 500:
        yield path, status, allowed


def without_sampler() -> list[str]:
    """Addresses of which nobody says with what they are filled."""
    needy = {one.name for one in addresses() if (one.screen and not one.screen.model and one.arguments)}
    needy |= {one.name for one in addresses() if len(one.arguments) > 1}
    return sorted(needy - set(samplers))


def unvisited(visits: list[dict[str, str]]) -> list[str]:
    """Addresses that no person of the demo can open, so that no gate looks at them."""
    return sorted({address.name for address in addresses()} - {visit["name"] for visit in visits})


def test_every_address_is_opened_by_somebody(visits):
    assert unvisited(visits) == sorted(UNSEEN)


def test_every_address_declares_what_it_lets_people_do():
    assert undeclared() == []


def test_every_address_with_more_arguments_has_a_sampler():
    assert without_sampler() == []


def test_a_visitor_is_sent_to_the_sign_in_page():
    assert open_to_visitors() == []


def test_every_role_is_asked():
    assert {role for user in people() for role in roles_of(user)} == set(Role)


@pytest.mark.parametrize("role", Role)
def test_every_address_as_every_role(role):
    wrong = []
    for user in first_known_by(role):
        client = signed_in(user)
        for address in addresses():
            wrong += [(user.email, *one) for one in disagreements(client, address, user)]
    assert wrong == []


def test_no_step_or_paper_opens_on_a_record_that_one_does_not_see():
    doors = [one for one in addresses() if one.arguments[:2] == ("kind", "code")]
    wrong = []
    for user in people():
        client = signed_in(user)
        for kind, model in subjects.items():
            seen = visible_to(user, model).values("pk")
            for record in model._default_manager.exclude(pk__in=seen).order_by("-pk")[:1]:
                step = model.lifecycle.rows[0].name
                paths = [path_of(one, kind=kind, code=record.code, step=step) for one in doors]
                wrong += [(user.email, path) for path in paths if client.get(path).status_code != 404]
    assert wrong == []


def faceless(answer, code: str) -> bytes:
    """A page without the code that was asked for, and without the token that is drawn anew each time."""
    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", answer.content).replace(code.encode(), b"X")


def telling(user: User) -> list[str]:
    """Addresses that show whether a record exists which the user may not open."""
    return [one.name for one in addresses() if one.screen and one.screen.model and _tells(one, user)]


def _tells(address: Address, user: User) -> bool:
    if len(address.arguments) != 1:
        return False
    client, [argument] = signed_in(user), address.arguments
    for record in [one for one in records(address, user) if not is_allowed(address, user, one)][:1]:
        there = client.get(path_of(address, **{argument: record.code}))
        nowhere = client.get(path_of(address, **{argument: "KHONG-CO"}))
        same = faceless(there, record.code) == faceless(nowhere, "KHONG-CO")
        return there.status_code != 405 and (not same or {there.status_code, nowhere.status_code} != {404})
    return False


def test_missing_and_foreign_look_the_same():
    assert telling(User.objects.get(email=APPLICANT)) == []
