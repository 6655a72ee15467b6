import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.audit.models import Event
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role
from core.people.services import create_user, deactivate_user, reactivate_user, update_profile, update_user
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_an_address_is_stored_folded_and_found_in_any_case():
    user = create_user(email="  Lan.TRAN@Example.ORG ", full_name="Trần Thị Lan", actor=None)
    assert user.email == "lan.tran@example.org"
    assert User.objects.get_by_natural_key("LAN.tran@example.org") == user


def test_a_second_account_for_the_same_address_is_refused_beside_its_field():
    create_user(email="lan@example.org", full_name="Trần Thị Lan", actor=None)
    with pytest.raises(ValidationError) as refused:
        create_user(email="LAN@EXAMPLE.ORG", full_name="Ai Khác", actor=None)
    assert list(refused.value.message_dict) == ["email"]


def test_the_database_itself_refuses_a_second_spelling_of_an_address():
    user = UserFactory(email="lan@example.org")
    for email in ("LAN@example.org", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email)
    other = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email="lan@example.org")


def test_the_database_refuses_a_superuser():
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_superuser=True)


def test_what_is_no_address_is_refused():
    with pytest.raises(ValidationError) as refused:
        create_user(email="lan at example", full_name="Trần Thị Lan", actor=None)
    assert list(refused.value.message_dict) == ["email"]


def test_people_are_sorted_by_given_name_first():
    for name in ("Vũ Đức An", "Nguyễn Văn Bình", "Lê Thị Ánh", "Trần Văn An"):
        UserFactory(full_name=name)
    assert [user.full_name for user in User.objects.all()] == [
        "Trần Văn An",
        "Vũ Đức An",
        "Lê Thị Ánh",
        "Nguyễn Văn Bình",
    ]


def test_a_user_is_deactivated_and_never_deleted():
    admin, user = user_with(Role.SYSTEM_ADMINISTRATOR), user_with(Role.OFFICER)
    with pytest.raises(NotImplementedError):
        user.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user_with(Role.CLERK).pk)._raw_delete("default")
    deactivate_user(user, reason="Nghỉ hưu", actor=admin)
    assert has_role(User.objects.get(pk=user.pk), Role.OFFICER) is False
    assert has_role(user, Role.OFFICER) is False
    director = user_with(Role.DEPARTMENT_DIRECTOR)
    reactivate_user(user, reason="Quay lại làm việc", actor=admin, confirmed_by=director)
    assert has_role(user, Role.OFFICER) is True
    assert list(Event.objects.values_list("kind", "actor", "reason")) == [
        ("people.deactivate_user", admin.pk, "Nghỉ hưu"),
        ("people.reactivate_user", admin.pk, "Quay lại làm việc"),
    ]


def test_closing_an_account_needs_a_reason_and_another_person():
    admin = user_with(Role.SYSTEM_ADMINISTRATOR)
    for user, reason in ((admin, "Nghỉ"), (UserFactory(), "  ")):
        with pytest.raises(ValidationError):
            deactivate_user(user, reason=reason, actor=admin)
    with pytest.raises(ValidationError):
        reactivate_user(UserFactory(is_active=False), reason="", actor=admin)


def test_correcting_a_name_keeps_the_former_one_in_the_event():
    admin, user = user_with(Role.SYSTEM_ADMINISTRATOR), UserFactory(full_name="Trần Thị Lam")
    update_user(user, full_name="Trần Thị Lan", academic_title="TS.", phone="", actor=admin)
    assert (str(user), user.folded) == ("TS. Trần Thị Lan", "tran thi lan")
    assert '"full_name":["Trần Thị Lam","Trần Thị Lan"]' in Event.objects.get().payload


def test_only_the_own_profile_can_be_changed():
    user = UserFactory()
    update_profile(user, language="en", phone="0900 000 000", actor=user)
    assert User.objects.values_list("language", "phone").get(pk=user.pk) == ("en", "0900 000 000")
    with pytest.raises(ValidationError):
        update_profile(user, language="ar", phone="", actor=UserFactory())


def test_a_null_character_in_a_name_is_refused():
    with pytest.raises(ValidationError):
        create_user(email="lan@example.org", full_name="Lan\0", actor=None)
