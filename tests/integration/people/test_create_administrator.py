from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.people.models import Organisation, User
from core.people.roles import Role
from core.people.selectors import roles_of
from tests.factories.people import department

pytestmark = pytest.mark.django_db


def test_the_first_account_administers_a_new_department(settings):
    settings.SITE_OWNER = "Sở Khoa học và Công nghệ tỉnh Bình An"
    out = StringIO()
    call_command("create_administrator", "Quan.Tri@example.org", "Vũ Đức An", stdout=out)
    user, house = User.objects.get(), Organisation.objects.get()
    assert (user.email, house.name) == ("quan.tri@example.org", settings.SITE_OWNER)
    assert roles_of(user) == {Role.SYSTEM_ADMINISTRATOR: {house.pk}}
    assert "changepassword quan.tri@example.org" in out.getvalue()


def test_a_second_one_joins_the_department_that_is_there():
    house = department()
    call_command("create_administrator", "quan.tri@example.org", "Vũ Đức An", stdout=StringIO())
    assert User.objects.get().memberships.get().organisation == house


def test_an_address_that_is_taken_leaves_nothing_behind():
    call_command("create_administrator", "quan.tri@example.org", "Vũ Đức An", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("create_administrator", "QUAN.TRI@example.org", "Ai Khác")
    assert User.objects.count() == 1
