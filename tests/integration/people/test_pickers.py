"""Whom and what a form may offer: nothing that its reader does not see anyway."""

import pytest

from core.people.models import Membership, Place
from core.people.roles import Role
from core.people.selectors import pickable_people
from tests.factories.people import MembershipFactory, OrganisationFactory, PlaceFactory, UserFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_applicants_pick_among_their_own_people_and_houses():
    applicant, stranger = user_with(Role.APPLICANT), user_with(Role.APPLICANT)
    house = applicant.memberships.get().organisation
    colleague = user_with(Role.ORGANISATION_SIGNER, organisation=house)
    user_with(Role.APPLICANT, organisation=house, is_active=False)
    assert set(pickable_people(applicant)) == {applicant, colleague}
    assert stranger in pickable_people(user_with(Role.OFFICER))


def test_rows_say_what_they_are_in_words():
    row = MembershipFactory(
        user=UserFactory(full_name="Trần Thị Lan"), organisation=OrganisationFactory(name="Viện Lúa")
    )
    assert str(Membership.objects.get(pk=row.pk)) == f"Trần Thị Lan: {Role.APPLICANT.label}, Viện Lúa"
    assert [row.user.get_short_name(), row.user.get_full_name()] == ["Lan", "Trần Thị Lan"]
    assert str(Place.objects.get(pk=PlaceFactory(name="Tỉnh Bình An").pk)) == "Tỉnh Bình An"
