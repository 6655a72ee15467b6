"""Addresses that no page has: a null character in the path or after it is answered as any page that is not there."""

import pytest
from django.urls import reverse

from core.people.roles import Role
from tests.factories.people import OrganisationFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/proposals/proposal/%00/",
        "/proposals/proposal/DX.2026.0001%00/",
        "/proposals/proposal/?q=%00",
        "/proposals/proposal/?%00=1&page=%00",
        "/tasks/task/%00/",
        "/funds/overview/?payer=%00",
    ],
)
def test_a_null_character_in_an_address_is_not_found(client_for, address):
    answer = client_for(user_with(Role.OFFICER)).get(address)
    assert (answer.status_code, b"\0" in answer.content) == (404, False)


def test_a_null_character_in_a_choice_comes_back_with_its_error(client_for):
    OrganisationFactory()
    form = {"key": "x", "title": "Một", "organisation": "\0", "author": "\0", "receiver": "a\0", "level": "provincial"}
    answer = client_for(user_with(Role.OFFICER)).post(reverse("proposals:proposal-create"), form)
    assert answer.status_code == 200
    assert [name for name in ("organisation", "author", "receiver") if name not in answer.context["form"].errors] == []
