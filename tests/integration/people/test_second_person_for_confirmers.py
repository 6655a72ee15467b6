"""Who confirms what an administrator enters is not put out by that administrator alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.people.models import Membership, RightsRequest, User
from core.people.policy import can
from core.people.roles import CONFIRMERS, Role
from core.people.selectors import rights_waiting, users_with_role
from core.people.services import SecondPersonNeeded, confirm_rights, deactivate_user, end_membership, refuse_rights
from tests.factories.people import MembershipFactory, UserFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)


def is_open(user):
    return User.objects.get(pk=user.pk).is_active


def test_one_administrator_does_not_shut_the_others_out(admin, director):
    other = user_with(Role.SYSTEM_ADMINISTRATOR)
    for one in (other, director):
        with pytest.raises(SecondPersonNeeded):
            deactivate_user(one, reason="Nghỉ việc", actor=admin)
        with pytest.raises(SecondPersonNeeded):
            end_membership(one.memberships.get(), last_day=TODAY, actor=admin)
        for wrong in (admin, one):
            with pytest.raises(ValidationError):
                deactivate_user(one, reason="Nghỉ việc", actor=admin, confirmed_by=wrong)
    assert set(users_with_role(*CONFIRMERS)) == {admin, director, other}
    deactivate_user(other, reason="Nghỉ việc", actor=admin, confirmed_by=director)
    assert set(users_with_role(*CONFIRMERS)) == {admin, director}


@pytest.mark.parametrize("role", CONFIRMERS)
def test_the_account_of_a_confirmer_is_closed_on_the_pages_by_two(client_for, admin, role):
    leaving, second = user_with(role), user_with(Role.SYSTEM_ADMINISTRATOR)
    page = reverse("people:person-deactivate", args=[leaving.code])
    told = client_for(admin, "en").post(page, {"reason": "Nghỉ hưu"}, follow=True).content.decode()
    assert ("counts once a second person has confirmed it" in told, is_open(leaving)) == (True, True)
    request = RightsRequest.objects.get(person=leaving)
    detail = client_for(second, "en").get(reverse("people:rights-detail", args=[request.code])).content.decode()
    words = ("Close the account", "Nghỉ hưu", leaving.email, f"{role.label}, {department().short_name}")
    assert [one in detail for one in words] == [True] * 4
    answer = client_for(second).post(reverse("people:rights-confirm", args=[request.code]), {"reason": ""})
    assert (answer.status_code, is_open(leaving)) == (302, False)


def test_whose_account_shall_be_closed_neither_confirms_nor_refuses_it(client_for, admin, director):
    leaving = user_with(Role.SYSTEM_ADMINISTRATOR)
    client_for(admin).post(reverse("people:person-deactivate", args=[leaving.code]), {"reason": "Nghỉ việc"})
    request = RightsRequest.objects.get()
    for action in ("confirm", "refuse"):
        page = reverse(f"people:rights-{action}", args=[request.code])
        assert client_for(leaving).post(page, {"reason": "Không"}).status_code == 404
    assert [bool(can(one, "refuse", request)) for one in (admin, director, leaving)] == [True, True, False]
    assert (list(rights_waiting(leaving)), list(rights_waiting(director))) == ([], [request])
    refuse_rights(request, actor=director, reason="Nhầm người")
    assert is_open(leaving) is True


@pytest.mark.parametrize("days", [1, 400])
def test_the_role_of_a_confirmer_ends_by_two_on_any_day(client_for, admin, director, days):
    row = user_with(Role.SYSTEM_ADMINISTRATOR).memberships.get()
    last = TODAY + timedelta(days)
    client_for(admin).post(reverse("people:membership-end", args=[row.code]), {"last_day": last.isoformat()})
    assert Membership.objects.get(pk=row.pk).valid_to is None
    confirm_rights(RightsRequest.objects.get(), actor=director)
    assert Membership.objects.get(pk=row.pk).valid_to == last


@pytest.mark.parametrize(
    ("days", "asked"),
    [({"valid_from": date(2026, 6, 1)}, True), ({"valid_to": TODAY}, True), ({"valid_to": date(2026, 3, 1)}, False)],
)
def test_a_confirmer_of_tomorrow_counts_and_one_of_yesterday_does_not(admin, days, asked):
    user = UserFactory()
    MembershipFactory(user=user, organisation=department(), role=Role.DEPARTMENT_DIRECTOR, **days)
    if asked:
        with pytest.raises(SecondPersonNeeded):
            deactivate_user(user, reason="Nghỉ việc", actor=admin)
    else:
        deactivate_user(user, reason="Nghỉ việc", actor=admin)
    assert is_open(user) is asked


def test_any_other_account_is_closed_and_any_other_role_ended_by_one(admin):
    for role in sorted(set(Role) - set(CONFIRMERS)):
        user = user_with(role)
        end_membership(user.memberships.get(), last_day=TODAY, actor=admin)
        deactivate_user(user, reason="Nghỉ việc", actor=admin)
        assert (user.memberships.get().valid_to, is_open(user)) == (TODAY, False)
