"""Every address as every role on own and foreign records: what the policy table says, and nothing else."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from core.people.models import User
from core.people.policy import can, may, visible_to
from demo.pages import Address, addresses, samplers

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Addresses of the packages we use, each with what it is for. A new one must be entered here.
PACKAGED = {"account_"}
RECORDS = 4


def own_addresses() -> list[Address]:
    return [address for address in addresses() if not any(address.name.startswith(one) for one in PACKAGED)]


def records(address: Address, user: User) -> list[Model]:
    """Some records that the user sees, and some that he does not."""
    model = address.screen.model
    mine = visible_to(user, model)
    foreign = model._default_manager.exclude(pk__in=mine.values("pk"))
    return [*mine.order_by("pk")[:RECORDS], *foreign.order_by("pk")[:RECORDS]]


def is_allowed(address: Address, user: User, record: Model) -> bool:
    seen = visible_to(user, type(record)).filter(pk=record.pk).exists()
    action = address.screen.action
    return seen and (action == "view" or bool(can(user, action, record)))


def test_every_address_declares_what_it_lets_people_do():
    undeclared = [address.name for address in own_addresses() if address.screen is None]
    assert undeclared == []


def test_a_visitor_is_sent_to_the_sign_in_page():
    wrong = []
    for address in own_addresses():
        if address.screen.public:
            continue
        arguments = dict.fromkeys(address.arguments, "x")
        answer = Client().get(reverse(address.name, kwargs=arguments))
        if (answer.status_code, answer.headers.get("Location", "").split("?")[0]) not in {
            (302, "/account/login/"),
            (405, ""),
        }:
            wrong.append((address.name, answer.status_code))
    assert wrong == []


def people() -> list[User]:
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))


def test_every_address_as_everybody():
    wrong = []
    for user in people():
        client = Client(raise_request_exception=False)
        client.force_login(user, backend=BACKEND)
        for address in own_addresses():
            wrong += [(user.email, *one) for one in disagreements(client, address, user)]
    assert wrong == []


def disagreements(client: Client, address: Address, user: User):
    """(path, status, allowed) for each answer that the policy table does not explain."""
    screen = address.screen
    if screen.model is None:
        if not address.arguments and not screen.public:
            yield from _compare(client, reverse(address.name), may(user, screen.action).allowed)
    elif len(address.arguments) == 1:
        for record in records(address, user):
            path = reverse(address.name, kwargs={address.arguments[0]: record.code})
            yield from _compare(client, path, is_allowed(address, user, record))


def _compare(client: Client, path: str, allowed: bool):
    status = client.get(path).status_code
    if (status != 404) != allowed or status >= 500:
        yield path, status, allowed


def test_missing_and_foreign_look_the_same():
    user = User.objects.get(email="nghiencuu011@binhan.example")
    client = Client()
    client.force_login(user, backend=BACKEND)
    for address in own_addresses():
        if address.screen.model is None or len(address.arguments) != 1:
            continue
        foreign = [one for one in records(address, user) if not is_allowed(address, user, one)][:1]
        for record in foreign:
            there = client.get(reverse(address.name, kwargs={address.arguments[0]: record.code}))
            nowhere = client.get(reverse(address.name, kwargs={address.arguments[0]: "KHONG-CO"}))
            if there.status_code == 405:
                continue
            assert (there.status_code, nowhere.status_code) == (404, 404), address.name
            assert there.content.replace(record.code.encode(), b"X") == nowhere.content.replace(b"KHONG-CO", b"X")


def test_every_address_with_more_arguments_has_a_sampler():
    needy = [
        one.name for one in own_addresses() if (one.screen.model is None and one.arguments) or len(one.arguments) > 1
    ]
    assert sorted(set(needy) - set(samplers)) == []
