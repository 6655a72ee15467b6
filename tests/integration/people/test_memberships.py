from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.audit.models import Event
from core.people.models import Membership
from core.people.roles import Role
from core.people.selectors import has_role, organisation_ids, roles_of, users_with_role
from core.people.services import add_expert, add_membership, end_membership
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)


def test_a_membership_counts_from_its_first_to_its_last_day():
    user, organisation = UserFactory(), OrganisationFactory()
    MembershipFactory(user=user, organisation=organisation, valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 2))
    counted = [roles_of(user, day) for day in (date(2025, 12, 31), date(2026, 1, 1), TODAY, date(2026, 3, 3))]
    held = {Role.APPLICANT: frozenset({organisation.pk})}
    assert counted == [{}, held, held, {}]


def test_roles_are_asked_once_per_person_and_day(django_assert_num_queries):
    user, home = user_with(Role.OFFICER), department()
    with django_assert_num_queries(1):
        assert has_role(user, Role.OFFICER, Role.CLERK) is True
        assert has_role(user, Role.CLERK) is False
        assert organisation_ids(user) == organisation_ids(user, Role.OFFICER) == {home.pk}


def test_roles_in_an_organisation_that_has_ended_no_longer_count():
    user = user_with(Role.APPLICANT)
    organisation = user.memberships.get().organisation
    organisation.ended_on = TODAY
    organisation.save()
    assert (roles_of(user, TODAY), set(roles_of(user, date(2026, 3, 1)))) == ({}, {Role.APPLICANT})


def test_a_new_membership_counts_at_once_and_stands_in_the_chain():
    admin, user, organisation = user_with(Role.SYSTEM_ADMINISTRATOR), UserFactory(), OrganisationFactory()
    assert has_role(user, Role.APPLICANT) is False
    row = add_membership(user=user, organisation=organisation, role=Role.APPLICANT, actor=admin)
    assert (has_role(user, Role.APPLICANT), row.valid_from) == (True, TODAY)
    end_membership(row, last_day=TODAY, reason="Chuyển công tác", actor=admin)
    assert (has_role(user, Role.APPLICANT), roles_of(user, date(2026, 3, 3))) == (True, {})
    assert list(Event.objects.values_list("kind", "subject_code")) == [
        ("people.add_membership", user.code),
        ("people.end_membership", user.code),
    ]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.OFFICER, "internal"),
        (Role.SYSTEM_ADMINISTRATOR, "internal"),
        (Role.APPLICANT, "overlap"),
    ],
)
def test_a_role_that_does_not_fit_is_refused(role, code):
    user = user_with(Role.APPLICANT)
    organisation = user.memberships.get().organisation
    with pytest.raises(ValidationError) as refused:
        add_membership(user=user, organisation=organisation, role=role, actor=None)
    assert refused.value.code == code


def test_nobody_gives_a_role_to_themselves():
    admin = user_with(Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(ValidationError) as refused:
        add_membership(user=admin, organisation=department(), role=Role.OFFICER, actor=admin)
    assert refused.value.code == "self"


@pytest.mark.parametrize(
    ("held", "wanted"),
    [(Role.SYSTEM_ADMINISTRATOR, Role.OFFICER), (Role.OFFICER, Role.SYSTEM_ADMINISTRATOR)],
)
def test_a_system_administrator_holds_no_other_role(held, wanted):
    user = user_with(held)
    with pytest.raises(ValidationError) as refused:
        add_membership(user=user, organisation=department(), role=wanted, actor=None)
    assert refused.value.code == "separation"


def test_neither_a_closed_account_nor_an_ended_organisation_takes_part():
    closed, gone = UserFactory(is_active=False), OrganisationFactory(ended_on=TODAY)
    for user, organisation, code in ((closed, OrganisationFactory(), "inactive"), (UserFactory(), gone, "ended")):
        with pytest.raises(ValidationError) as refused:
            add_membership(user=user, organisation=organisation, role=Role.APPLICANT, actor=None)
        assert refused.value.code == code


def test_a_membership_cannot_end_before_it_begins():
    row = MembershipFactory(valid_from=TODAY)
    with pytest.raises(ValidationError):
        end_membership(row, last_day=date(2026, 3, 1), actor=None)


def test_an_end_may_be_brought_forward_but_never_put_off():
    admin, row = (
        user_with(Role.SYSTEM_ADMINISTRATOR),
        MembershipFactory(role=Role.APPLICANT, valid_to=date(2026, 6, 30)),
    )
    with pytest.raises(ValidationError) as refused:
        end_membership(row, last_day=date(2026, 7, 1), actor=admin)
    assert [one.code for one in refused.value.error_dict["last_day"]] == ["later"]
    end_membership(row, last_day=TODAY, actor=admin)
    row.refresh_from_db()
    assert row.valid_to == TODAY
    with pytest.raises(ValidationError):
        end_membership(row, last_day=date(2026, 6, 30), actor=admin)


def test_nobody_ends_the_own_membership_or_revives_a_former_one():
    admin = user_with(Role.SYSTEM_ADMINISTRATOR)
    former = MembershipFactory(user=admin, organisation=department(), role=Role.OFFICER, valid_to=date(2025, 1, 31))
    for row, last_day in ((former, date(2030, 12, 31)), (admin.memberships.get(valid_to=None), TODAY)):
        with pytest.raises(ValidationError) as refused:
            end_membership(row, last_day=last_day, actor=admin)
        assert refused.value.code == "self"
    assert has_role(admin, Role.OFFICER) is False


def test_the_database_refuses_a_second_current_membership_an_unknown_role_and_turned_days():
    row = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=row.user, organisation=row.organisation, valid_from=TODAY)
    for facts in ({"role": "king"}, {"valid_to": date(2019, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(pk=row.pk).update(**facts)


def test_people_with_a_role_are_active_and_current_and_named_once():
    officer, clerk = user_with(Role.OFFICER), user_with(Role.CLERK)
    MembershipFactory(user=officer, organisation=department(), role=Role.CLERK)
    user_with(Role.OFFICER, is_active=False)
    MembershipFactory(role=Role.OFFICER, organisation=department(), valid_to=date(2026, 3, 1))
    assert set(users_with_role(Role.OFFICER)) == {officer}
    assert sorted(users_with_role(Role.OFFICER, Role.CLERK).values_list("pk", flat=True)) == [officer.pk, clerk.pk]
    assert list(users_with_role(Role.OFFICER, organisation=OrganisationFactory())) == []


def test_an_expert_is_entered_once():
    user = UserFactory(full_name="Đỗ Hải An")
    expert = add_expert(user=user, field="Công nghệ sinh học", degree="Tiến sĩ", actor=None)
    assert (expert.code, expert.folded) == (user.code, "do hai an cong nghe sinh hoc ")
    with pytest.raises(ValidationError):
        add_expert(user=user, field="Vật liệu", actor=None)
