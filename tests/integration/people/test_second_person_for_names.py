"""What papers print at their head is no more the doing of one person than what they decide."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.people.models import Organisation, RightsKind, RightsRequest
from core.people.roles import Role
from core.people.services import Ground, SecondPersonNeeded, confirm_rights, enter_rights, rename_organisation
from tests.factories import proposals as make
from tests.factories.people import OrganisationFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)
NAME = {"name_vi": "Sở Ma", "short_name": "SM", "decision": "12/QĐ-UBND"}
FORM = {**NAME, "name_en": "", "address": "", "valid_from": "2026-03-02"}


def page_of(house):
    return reverse("people:organisation-rename", args=[house.code])


def names_of(house):
    return list(Organisation.objects.get(pk=house.pk).names.values_list("name_vi", "valid_from", "valid_to"))


def test_the_next_paper_bears_the_name_that_two_persons_gave(client_for, admin):
    people = make.cast()
    client_for(admin).post(page_of(department()), FORM)
    make.open_call(people)
    confirm_rights(RightsRequest.objects.get(), actor=people.director)
    make.open_call(people)
    papers = Document.objects.filter(kind="call_announcement").order_by("pk")
    assert [(paper.header["body_name"], paper.symbol) for paper in papers] == [
        ("Sở Khoa học và Công nghệ tỉnh Bình An", "01/TB-SKHCN"),
        ("Sở Ma", "02/TB-SM"),
    ]


@pytest.mark.parametrize("house", [department, OrganisationFactory])
def test_no_organisation_is_renamed_by_one(admin, director, house):
    named = house()
    before = names_of(named)
    facts = {**NAME, "valid_from": TODAY, "actor": admin}
    with pytest.raises(SecondPersonNeeded):
        rename_organisation(named, **facts)
    for wrong in (admin, user_with(Role.OFFICER)):
        with pytest.raises(ValidationError) as refused:
            rename_organisation(named, **facts, confirmed_by=wrong)
        assert refused.value.code == "second"
    assert (names_of(named), named.successions.count()) == (before, 0)
    rename_organisation(named, **facts, confirmed_by=director)
    assert names_of(named)[1:] == [("Sở Ma", TODAY, None)]


def test_the_second_person_reads_each_part_of_the_name_before_and_after(client_for, admin, director):
    house = OrganisationFactory(name="Viện Lúa", short_name="VL")
    told = client_for(admin, "en").post(page_of(house), {**FORM, "short_name": ""}, follow=True).content.decode()
    assert ("counts once a second person has confirmed it" in told, len(names_of(house))) == (True, 1)
    request = RightsRequest.objects.get()
    detail = client_for(director, "en").get(reverse("people:rights-detail", args=[request.code])).content.decode()
    words = ("New name or address", "Viện Lúa → Sở Ma", "VL → ∅", "12/QĐ-UBND", "02/03/2026")
    assert [one in detail for one in words] == [True] * 5


@pytest.mark.parametrize("ground", [None, Ground("x", date(2026, 1, 5)), Ground("12/QĐ-UBND", date(2026, 3, 3))])
def test_no_name_begins_before_today_without_its_decision(admin, director, ground):
    house = OrganisationFactory()
    facts = {**NAME, "valid_from": date(2026, 1, 5), "ground": ground, "actor": admin}
    with pytest.raises(ValidationError) as refused:
        rename_organisation(house, **facts, confirmed_by=director)
    assert (list(refused.value.error_dict), len(names_of(house))) == (["document_number"], 1)


def test_a_form_without_the_day_of_the_decision_comes_back_with_what_was_typed(client_for, admin):
    house = OrganisationFactory()
    answer = client_for(admin, "en").post(page_of(house), {**FORM, "valid_from": "2026-01-05"})
    assert answer.context["form"].non_field_errors() == [
        "A day before today needs the number and the date of the document that says so."
    ]
    assert ('value="2026-01-05"' in answer.content.decode(), RightsRequest.objects.count()) == (True, 0)


@pytest.mark.parametrize(("dated", "first"), [("", date(2026, 3, 5)), ("2026-03-02", TODAY)])
def test_a_name_that_waited_begins_with_its_confirmation_unless_its_decision_is_dated(
    client_for, admin, director, dated, first
):
    house = OrganisationFactory()
    client_for(admin).post(page_of(house), {**FORM, "document_date": dated})
    with clock.moved_to(clock.now() + timedelta(days=3)):
        confirm_rights(RightsRequest.objects.get(), actor=director)
    assert names_of(house)[1:] == [("Sở Ma", first, None)]


def test_what_no_longer_fits_is_not_confirmed(admin, director):
    house = OrganisationFactory()
    facts = {**NAME, "organisation": house, "valid_from": TODAY, "actor": admin}
    both = [
        enter_rights(RightsKind.RENAME_ORGANISATION, **{**facts, "name_vi": name}) for name in ("Viện Một", "Viện Hai")
    ]
    confirm_rights(both[0], actor=director)
    with pytest.raises(ValidationError) as refused:
        confirm_rights(both[1], actor=director)
    assert (refused.value.code, names_of(house)[1:]) == ("overlap", [("Viện Một", TODAY, None)])
