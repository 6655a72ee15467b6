"""What comes back with an account and what ends with an organisation is no more the doing of one than giving it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.people.models import Membership, RightsKind, RightsRequest, SuccessionKind, User
from core.people.roles import Role
from core.people.selectors import has_role, predecessors_of
from core.people.services import SecondPersonNeeded, confirm_rights, deactivate_user, enter_rights, succeed
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("role", [Role.CHIEF_ACCOUNTANT, Role.COUNCIL_MEMBER, Role.ORGANISATION_SIGNER])
def test_guarded_roles_come_back_with_an_account_only_by_two(client_for, admin, director, role):
    gone = user_with(role, is_active=False)
    page = reverse("people:person-reactivate", args=[gone.code])
    told = client_for(admin, "en").post(page, {"reason": "Quay lại làm việc"}, follow=True).content.decode()
    assert "counts once a second person has confirmed it" in told
    assert User.objects.get(pk=gone.pk).is_active is False
    request = RightsRequest.objects.get(person=gone)
    detail = client_for(director, "en").get(reverse("people:rights-detail", args=[request.code])).content.decode()
    house = gone.memberships.get().organisation
    held = f", {house.short_name or house.name}"
    assert [words in detail for words in ("Quay lại làm việc", gone.email, held)] == [True] * 3
    confirm_rights(request, actor=director)
    assert has_role(User.objects.get(pk=gone.pk), role)


@pytest.mark.parametrize("last_day", [None, date(2026, 3, 1)])
def test_an_account_without_guarded_roles_of_today_is_opened_by_one(admin, last_day):
    gone = UserFactory(is_active=False)
    MembershipFactory(user=gone)
    if last_day:
        MembershipFactory(user=gone, organisation=department(), role=Role.OFFICER, valid_to=last_day)
    enter_rights(RightsKind.REACTIVATE_USER, user=gone, reason="Quay lại", actor=admin)
    assert (User.objects.get(pk=gone.pk).is_active, RightsRequest.objects.count()) == (True, 0)


def test_no_organisation_ends_before_today_without_the_paper(client_for, admin):
    house = OrganisationFactory()
    page = reverse("people:organisation-succeed", args=[house.code])
    form = {"kind": "dissolve", "decision": "x", "effective_on": "2026-01-05"}
    client = client_for(admin, "en")
    for paper in ({}, {"document_date": "2026-01-05"}):
        answer = client.post(page, {**form, **paper})
        assert answer.context["form"].non_field_errors() == [
            "A day before today needs the number and the date of the document that says so."
        ]
        assert 'value="2026-01-05"' in answer.content.decode()
    house.refresh_from_db()
    assert house.ended_on is None
    client.post(page, {**form, "decision": "12/QĐ-UBND", "document_date": "2026-01-05"})
    assert RightsRequest.objects.values_list("document_number", "document_date").get() == (
        "12/QĐ-UBND",
        date(2026, 1, 5),
    )


@pytest.mark.parametrize("kind", ["dissolve", "merge", "split"])
def test_the_roles_in_a_bidder_do_not_end_by_one_person(client_for, admin, director, kind):
    signer = user_with(Role.ORGANISATION_SIGNER)
    house, heir = signer.memberships.get().organisation, OrganisationFactory()
    successors = [] if kind == "dissolve" else [heir.code]
    form = {"kind": kind, "successors": successors, "decision": "12/QĐ-UBND", "effective_on": "2026-01-05"}
    page = reverse("people:organisation-succeed", args=[house.code])
    client_for(admin).post(page, {**form, "document_date": "2026-01-05"})
    assert has_role(User.objects.get(pk=signer.pk), Role.ORGANISATION_SIGNER)
    request = RightsRequest.objects.get()
    detail = client_for(director, "en").get(reverse("people:rights-detail", args=[request.code])).content.decode()
    heirs = heir.name in detail
    assert ([words in detail for words in (house.name, "12/QĐ-UBND")], heirs) == ([True, True], kind != "dissolve")
    confirm = reverse("people:rights-confirm", args=[request.code])
    assert client_for(director).post(confirm, {"reason": ""}).status_code == 302
    house.refresh_from_db()
    assert house.ended_on == date(2026, 1, 5)
    assert not has_role(User.objects.get(pk=signer.pk), Role.ORGANISATION_SIGNER)


def test_an_end_that_waited_counts_from_its_confirmation(admin, director):
    house = user_with(Role.ORGANISATION_SIGNER).memberships.get().organisation
    facts = {"kind": SuccessionKind.DISSOLVE, "predecessors": [house], "decision": "1/QĐ", "effective_on": TODAY}
    request = enter_rights(RightsKind.SUCCEED, actor=admin, **facts)
    with clock.moved_to(clock.now() + timedelta(days=3)):
        confirm_rights(request, actor=director)
    house.refresh_from_db()
    assert house.ended_on == date(2026, 3, 5)


def test_what_goes_on_beside_its_parts_takes_no_role_along_and_waits_all_the_same(client_for, admin, director):
    signer = user_with(Role.ORGANISATION_SIGNER)
    house, part = signer.memberships.get().organisation, OrganisationFactory()
    form = {"kind": "split", "successors": [part.code], "decision": "1/QĐ", "effective_on": "2026-03-02"}
    page = reverse("people:organisation-succeed", args=[house.code])
    client_for(admin).post(page, {**form, "predecessor_continues": "on"})
    request = RightsRequest.objects.get()
    detail = client_for(director, "en").get(reverse("people:rights-detail", args=[request.code])).content.decode()
    assert ("The organisation goes on beside its parts" in detail, predecessors_of(part)) == (True, [])
    confirm_rights(request, actor=director)
    house.refresh_from_db()
    assert (house.ended_on, predecessors_of(part)) == (None, [house])
    assert has_role(signer, Role.ORGANISATION_SIGNER)


@pytest.mark.parametrize("kind", ["dissolve", "merge", "split"])
def test_one_administrator_gives_no_rival_the_debts_of_a_house_that_he_emptied_first(admin, director, kind):
    house, rival = OrganisationFactory(), OrganisationFactory()
    for role in (Role.ORGANISATION_SIGNER, Role.APPLICANT):
        deactivate_user(user_with(role, house), reason="Nghỉ việc", actor=admin)
    heirs = [] if kind == "dissolve" else [rival]
    facts = {"kind": SuccessionKind(kind), "predecessors": [house], "successors": heirs}
    facts |= {"decision": "1/QĐ", "effective_on": TODAY, "actor": admin}
    with pytest.raises(SecondPersonNeeded):
        succeed(**facts)
    for wrong in (admin, user_with(Role.OFFICER)):
        with pytest.raises(ValidationError) as refused:
            succeed(**facts, confirmed_by=wrong)
        assert refused.value.code == "second"
    house.refresh_from_db()
    assert (house.ended_on, predecessors_of(rival)) == (None, [])
    succeed(**facts, confirmed_by=director)
    assert (house.successions.count(), predecessors_of(rival)) == (1, [house] if heirs else [])


def test_a_body_of_the_administration_in_which_people_hold_roles_is_not_dissolved(admin, director):
    house = department()
    facts = {"kind": SuccessionKind.DISSOLVE, "predecessors": [house], "decision": "1/QĐ", "effective_on": TODAY}
    with pytest.raises(ValidationError) as refused:
        enter_rights(RightsKind.SUCCEED, actor=admin, **facts)
    assert (refused.value.code, RightsRequest.objects.count()) == ("held", 0)
    Membership.objects.filter(organisation=house).update(valid_to=date(2026, 3, 1))
    succeed(**facts, actor=admin, confirmed_by=user_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory()))
    house.refresh_from_db()
    assert house.ended_on == TODAY
    assert director.memberships.get().valid_to == date(2026, 3, 1)
