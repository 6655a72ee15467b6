from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.people.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    PlaceKind,
    Succession,
    SuccessionKind,
)
from core.people.selectors import predecessors_of, search_organisations
from core.people.services import add_place, create_organisation, rename_organisation, succeed
from tests.factories.people import OrganisationFactory, PlaceFactory, two_hands

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def institute():
    return create_organisation(
        name_vi="Viện Nghiên cứu Lúa",
        short_name="VNCL",
        kind=OrganisationKind.INSTITUTE,
        valid_from=date(2015, 1, 1),
        actor=None,
    )


def test_papers_print_the_name_of_their_own_day():
    organisation = institute()
    rename_organisation(
        organisation,
        name_vi="Viện Khoa học Nông nghiệp",
        name_en="Institute of Agricultural Science",
        valid_from=date(2025, 7, 1),
        decision="12/QĐ-UBND",
        **two_hands(),
    )
    days = (date(2010, 1, 1), date(2015, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1))
    assert [str(organisation.name_on(day)) for day in days] == [
        "Viện Nghiên cứu Lúa",
        "Viện Nghiên cứu Lúa",
        "Viện Nghiên cứu Lúa",
        "Viện Khoa học Nông nghiệp",
        "Viện Khoa học Nông nghiệp",
    ]
    organisation.refresh_from_db()
    assert organisation.name == "Viện Khoa học Nông nghiệp"
    assert Succession.objects.values_list("kind", "decision").get() == ("rename", "12/QĐ-UBND")


def test_an_organisation_is_found_by_its_former_name_without_marks():
    organisation = institute()
    rename_organisation(
        organisation, name_vi="Viện Nông nghiệp", valid_from=date(2025, 7, 1), decision="12/QĐ-UBND", **two_hands()
    )
    for words in ("nghien cuu lua", "NÔNG nghiệp viện", organisation.code):
        assert list(search_organisations(Organisation.objects.all(), words)) == [organisation]
    assert list(search_organisations(Organisation.objects.all(), "bệnh viện")) == []


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 3, 3), "future"), (date(2015, 1, 1), "overlap"), (date(2014, 12, 31), "overlap")],
)
def test_a_name_can_begin_neither_tomorrow_nor_before_the_present_one(day, code):
    with pytest.raises(ValidationError) as refused:
        rename_organisation(institute(), name_vi="Viện Mới", valid_from=day, decision="12/QĐ-UBND", **two_hands())
    assert refused.value.code == code


def test_the_database_refuses_two_current_names_and_an_empty_one():
    organisation = OrganisationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationName.objects.create(organisation=organisation, name_vi="Hai", valid_from=date(2024, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation.names.update(name_vi="")


def test_an_organisation_without_a_name_says_so():
    organisation = OrganisationFactory()
    organisation.names.all().delete()
    with pytest.raises(OrganisationName.DoesNotExist):
        organisation.name_on(date(2026, 1, 1))


def test_a_merger_is_followed_back_over_generations():
    first, second, third, fourth = OrganisationFactory.create_batch(4)
    merge: dict[str, Any] = {"kind": SuccessionKind.MERGE, "decision": "1/QĐ", **two_hands()}
    succeed(predecessors=[first, second], successors=[third], effective_on=date(2024, 7, 1), **merge)
    succeed(predecessors=[third], successors=[fourth], effective_on=date(2025, 7, 1), **merge)
    first.refresh_from_db()
    assert first.ended_on == date(2024, 7, 1)
    assert predecessors_of(third, date(2024, 6, 30)) == []
    assert predecessors_of(third, date(2024, 7, 1)) == predecessors_of(third) == [first, second]
    assert predecessors_of(fourth) == [third, first, second]


def test_a_split_may_leave_its_origin_alive_and_a_dissolution_leaves_nobody():
    origin, part, gone = OrganisationFactory.create_batch(3)
    facts: dict[str, Any] = {"decision": "2/QĐ", "effective_on": date(2025, 7, 1), **two_hands()}
    succeed(kind=SuccessionKind.SPLIT, predecessors=[origin], successors=[part], predecessor_continues=True, **facts)
    succeed(kind=SuccessionKind.DISSOLVE, predecessors=[gone], **facts)
    assert (predecessors_of(part), predecessors_of(origin)) == ([origin], [])
    assert str(gone.successions.get()) == f"{gone} → ∅"


def test_a_change_that_fits_no_shape_or_bites_its_tail_is_refused():
    first, second, third = OrganisationFactory.create_batch(3)
    facts: dict[str, Any] = {"decision": "3/QĐ", "effective_on": date(2025, 7, 1), **two_hands()}
    succeed(kind=SuccessionKind.SPLIT, predecessors=[first], successors=[second], predecessor_continues=True, **facts)
    refused = [
        (SuccessionKind.RENAME, [first], [first], "shape"),
        (SuccessionKind.DISSOLVE, [first], [second], "shape"),
        (SuccessionKind.MERGE, [second], [first], "circle"),
    ]
    for kind, predecessors, successors, code in refused:
        with pytest.raises(ValidationError) as found:
            succeed(kind=kind, predecessors=predecessors, successors=successors, **facts)
        assert found.value.code == code
    with pytest.raises(ValidationError):
        succeed(
            kind=SuccessionKind.DISSOLVE,
            predecessors=[third],
            decision="4/QĐ",
            effective_on=date(2026, 3, 3),
            actor=None,
        )


def test_an_ended_organisation_cannot_change_again():
    gone = OrganisationFactory(ended_on=date(2025, 1, 1))
    with pytest.raises(ValidationError) as refused:
        succeed(
            kind=SuccessionKind.DISSOLVE,
            predecessors=[gone],
            decision="5/QĐ",
            effective_on=date(2025, 7, 1),
            actor=None,
        )
    assert refused.value.code == "ended"


def test_organisations_are_never_deleted_and_keep_their_code():
    organisation = OrganisationFactory()
    with pytest.raises(NotImplementedError):
        organisation.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(code="NEW")


def test_a_division_belongs_to_a_house_of_the_administration():
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(kind=OrganisationKind.DIVISION)
    with pytest.raises(ValidationError):
        create_organisation(name_vi="Phòng Quản lý khoa học", kind=OrganisationKind.DIVISION, actor=None)


def test_a_tax_code_belongs_to_one_organisation():
    facts: dict[str, Any] = {"kind": OrganisationKind.ENTERPRISE, "tax_code": "2300000001", "actor": None}
    create_organisation(name_vi="Công ty Một", **facts)
    with pytest.raises(ValidationError):
        create_organisation(name_vi="Công ty Hai", **facts)


def test_old_districts_stay_readable_and_no_new_one_can_be_made():
    province = PlaceFactory(name="Tỉnh Bình An")
    district = add_place(
        code="256",
        name="Huyện Yên Phong",
        kind=PlaceKind.DISTRICT,
        parent=province,
        valid_to=date(2025, 6, 30),
        actor=None,
    )
    assert str(district) == "Huyện Yên Phong, Tỉnh Bình An"
    assert [district.is_valid_on(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [True, False]
    with pytest.raises(ValidationError):
        add_place(code="257", name="Huyện Mới", kind=PlaceKind.DISTRICT, parent=province, actor=None)
    with pytest.raises(ValidationError):
        add_place(code="258", name="Xã Mồ Côi", kind=PlaceKind.COMMUNE, actor=None)
