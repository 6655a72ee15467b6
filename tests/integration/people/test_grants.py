"""Rights on one object, handed out by a person and put into the chain."""

from typing import Any

import pytest
from django.db import models

from core.audit.models import Event
from core.people import policy
from core.people.acting import acting_as, acting_user
from core.people.grants import ObjectGrant, grant, granted, revoke
from core.people.models import Organisation
from core.people.policy import can, either, own_organisation, visible_to
from core.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr(policy, "_rules", {})
    policy.declare(Organisation, {"view": either(own_organisation("pk"), granted(Organisation, "view_organisation"))})


def test_a_grant_opens_one_row_until_it_is_taken_back():
    officer, user = user_with(Role.OFFICER), UserFactory()
    first, second = OrganisationFactory.create_batch(2)
    grant(user, "view_organisation", first, actor=officer, ground="HĐ-01")
    assert list(visible_to(user, Organisation)) == [first]
    assert [bool(can(user, "view", row)) for row in (first, second)] == [True, False]
    revoke(user, "view_organisation", first, actor=officer, ground="HĐ-01")
    assert list(visible_to(user, Organisation)) == []
    assert list(Event.objects.values_list("kind", "subject_code", "actor")) == [
        ("people.grant", first.code, officer.pk),
        ("people.revoke", first.code, officer.pk),
    ]


def test_a_closed_account_keeps_no_grant():
    user, row = UserFactory(), OrganisationFactory()
    grant(user, "view_organisation", row, actor=None, ground="HĐ-01")
    user.is_active = False
    user.save()
    assert list(visible_to(user, Organisation)) == []


def test_the_tables_of_grants_protect_their_people():
    fields: list[Any] = [ObjectGrant._meta.get_field(name) for name in ("user", "permission")]
    deletions = [field.remote_field.on_delete for field in fields]
    assert deletions == [models.PROTECT, models.PROTECT]


def test_the_acting_user_is_known_only_inside_its_block():
    user = UserFactory()
    with acting_as(user):
        assert acting_user() == user
    assert acting_user() is None
