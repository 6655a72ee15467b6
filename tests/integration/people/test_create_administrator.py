from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.audit.models import Event
from core.people.models import Organisation, User
from core.people.roles import Role
from core.people.selectors import roles_of, users_with_role
from tests.factories.people import department, user_with

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


def test_two_administrators_of_whom_one_has_left_become_two_again_from_the_machine():
    one, gone = (user_with(Role.SYSTEM_ADMINISTRATOR) for _number in range(2))
    with pytest.raises(CommandError):
        call_command("create_administrator", "moi@example.org", "Vũ Đức An")
    call_command("close_account", gone.email.upper(), "Đã nghỉ việc", stdout=StringIO())
    assert Event.objects.values_list("kind", "actor", "subject_code", "reason").get() == (
        "people.deactivate_user",
        None,
        gone.code,
        "Đã nghỉ việc",
    )
    call_command("create_administrator", "moi@example.org", "Vũ Đức An", stdout=StringIO())
    assert set(users_with_role(Role.SYSTEM_ADMINISTRATOR)) == {one, User.objects.get(email="moi@example.org")}


@pytest.mark.parametrize(("email", "reason"), [("ai.khac@example.org", "Nghỉ việc"), ("quan.tri@example.org", " ")])
def test_no_account_is_closed_from_the_machine_without_its_address_and_a_reason(email, reason):
    user = user_with(Role.SYSTEM_ADMINISTRATOR, email="quan.tri@example.org")
    with pytest.raises(CommandError):
        call_command("close_account", email, reason)
    user.refresh_from_db()
    assert user.is_active is True
