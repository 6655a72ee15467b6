"""Separation of duties beats administrator rights: nobody makes himself, or a figure of his, powerful alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.people.models import Authority, Membership, RightsKind, RightsRequest
from core.people.policy import can
from core.people.roles import GUARDED, Act, Role
from core.people.selectors import has_role, rights_waiting
from core.people.services import (
    Ground,
    SecondPersonNeeded,
    add_authority,
    add_membership,
    confirm_rights,
    delegate,
    end_authority,
    end_membership,
    enter_rights,
    refuse_rights,
    update_user,
)
from tests.factories.people import (
    AuthorityFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    committee,
    department,
    fund,
    two_hands,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)
PAPER = Ground("12/QĐ-SKHCN", date(2020, 1, 1))


def entered(admin, user, role=Role.FUND_OFFICER, **facts):
    usual = {"user": user, "organisation": fund(), "role": role, "valid_from": TODAY}
    return enter_rights(RightsKind.ADD_MEMBERSHIP, actor=admin, **{**usual, **facts})


@pytest.mark.parametrize("role", sorted(GUARDED))
def test_a_guarded_role_counts_only_when_a_second_person_has_confirmed_it(admin, director, role):
    user = UserFactory()
    request = entered(admin, user, role, organisation=department())
    assert has_role(user, role) is False
    confirm_rights(request, actor=director)
    assert [(row.role, row.valid_from) for row in Membership.objects.filter(user=user)] == [(role, TODAY)]
    kinds = ["people.ask_rights", "people.add_membership", "people.confirm_rights"]
    assert list(Event.objects.values_list("kind", "actor")) == [
        (kind, person.pk) for kind, person in zip(kinds, (admin, admin, director), strict=True)
    ]
    with pytest.raises(ValidationError) as refused:
        confirm_rights(request, actor=director)
    assert refused.value.code == "answered"


def test_an_outside_role_from_today_on_needs_one_person(admin):
    user = UserFactory()
    row = entered(admin, user, Role.APPLICANT, organisation=OrganisationFactory())
    assert (row.role, RightsRequest.objects.count()) == (Role.APPLICANT, 0)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.ORGANISATION_SIGNER, Role.RECEIVING_BODY])
def test_nobody_joins_others_in_an_organisation_by_one_person_alone(admin, director, role):
    """Whoever joins a bidder reads its sealed dossiers: one administrator would read them all."""
    user, first = UserFactory(), MembershipFactory(role=Role.APPLICANT)
    request = entered(admin, user, role, organisation=first.organisation)
    assert (has_role(user, role), isinstance(request, RightsRequest)) == (False, True)
    confirm_rights(request, actor=director)
    assert Membership.objects.filter(user=user, role=role, organisation=first.organisation).exists()


@pytest.mark.parametrize("inside", [Role.OFFICER, Role.INSPECTOR, Role.CHIEF_ACCOUNTANT])
def test_nobody_bids_and_works_in_the_administration(admin, director, inside):
    worker, bidder = user_with(inside), user_with(Role.APPLICANT)
    for user, role, organisation in (
        (worker, Role.APPLICANT, OrganisationFactory()),
        (worker, Role.ORGANISATION_SIGNER, OrganisationFactory()),
        (bidder, inside, department()),
    ):
        with pytest.raises(ValidationError) as refused:
            add_membership(user=user, organisation=organisation, role=role, actor=admin, confirmed_by=director)
        assert refused.value.code == "separation"
    # A division that does tasks itself has its own applicants.
    own = {"organisation": department(), "role": Role.APPLICANT, "actor": admin, "confirmed_by": director}
    assert add_membership(user=worker, **own).role == Role.APPLICANT


def test_neither_whoever_asked_nor_whoever_gains_nor_anybody_else_confirms(admin, director):
    user = UserFactory()
    request = entered(admin, user)
    for person in (admin, user, user_with(Role.OFFICER), user_with(Role.FUND_DIRECTOR)):
        assert not can(person, "confirm", request)
        with pytest.raises(ValidationError):
            confirm_rights(request, actor=person)
    gaining = entered(admin, director, Role.PPC_CHAIR)
    assert (bool(can(director, "confirm", gaining)), list(rights_waiting(director))) == (False, [request])
    with pytest.raises(ValidationError) as refused:
        confirm_rights(gaining, actor=director)
    assert refused.value.code == "self"


def test_the_database_knows_the_two_persons(admin, director):
    request = entered(admin, director, Role.PPC_CHAIR)
    for person in (admin, director):
        with pytest.raises(IntegrityError), transaction.atomic():
            RightsRequest.objects.filter(pk=request.pk).update(granted=True, decided_by=person, decided_at=clock.now())


def test_a_service_called_directly_asks_for_both_too(admin, director):
    user = UserFactory()
    facts = {"user": user, "organisation": department(), "role": Role.OFFICER, "actor": admin}
    with pytest.raises(SecondPersonNeeded):
        add_membership(**facts)
    for wrong in (admin, user_with(Role.CLERK)):
        with pytest.raises(ValidationError) as refused:
            add_membership(**facts, confirmed_by=wrong)
        assert refused.value.code == "second"
    assert add_membership(**facts, confirmed_by=director).role == Role.OFFICER


@pytest.mark.parametrize("ground", [None, Ground("none", date(2020, 1, 1)), Ground("12/QĐ", date(2026, 3, 3))])
def test_a_day_before_today_needs_a_document_with_number_and_date(admin, director, ground):
    row = MembershipFactory()
    with pytest.raises(ValidationError) as refused:
        add_membership(
            user=UserFactory(),
            organisation=row.organisation,
            role=Role.APPLICANT,
            valid_from=date(2020, 1, 1),
            ground=ground,
            actor=admin,
            confirmed_by=director,
        )
    assert list(refused.value.error_dict) == ["document_number"]
    with pytest.raises(ValidationError) as refused:
        end_membership(row, last_day=date(2026, 3, 1), ground=ground, actor=admin, confirmed_by=director)
    assert list(refused.value.error_dict) == ["document_number"]


def test_a_real_directors_role_is_not_ended_backwards_by_one_person(admin):
    row = user_with(Role.FUND_DIRECTOR).memberships.get()
    request = enter_rights(
        RightsKind.END_MEMBERSHIP, membership=row, last_day=row.valid_from, ground=PAPER, actor=admin
    )
    row.refresh_from_db()
    assert (row.valid_to, request.person) == (None, row.user)
    confirm_rights(request, actor=user_with(Role.SYSTEM_ADMINISTRATOR))
    row.refresh_from_db()
    assert row.valid_to == row.valid_from


def test_a_power_is_added_handed_on_and_ended_by_two(admin, director):
    house, chair = department(), {"positions": [Role.CLERK], "title_line": "VĂN THƯ", "valid_from": TODAY}
    with pytest.raises(SecondPersonNeeded):
        add_authority(act=Act.PAYMENT_APPROVER, body=house, **chair, actor=admin)
    row = AuthorityFactory(act=Act.PAYMENT_APPROVER)
    given = {**chair, "body": house, "valid_to": date(2027, 1, 1), "delegation_document": "15/QĐ-UBND"}
    with pytest.raises(SecondPersonNeeded):
        delegate(row, **given, actor=admin)
    with pytest.raises(SecondPersonNeeded):
        end_authority(row, last_day=TODAY, actor=admin)
    row.refresh_from_db()
    request = enter_rights(RightsKind.DELEGATE, authority=row, actor=admin, **given)
    assert Authority.objects.count() == 1
    confirm_rights(request, actor=director)
    assert Authority.objects.get(delegated_from=row).positions == [Role.CLERK]


def test_the_director_does_not_confirm_a_power_that_he_will_hold(admin, director):
    facts = {"act": Act.TASK_APPROVER, "body": department(), "positions": [Role.DEPARTMENT_DIRECTOR]}
    request = enter_rights(RightsKind.ADD_AUTHORITY, **facts, title_line="GIÁM ĐỐC", valid_from=TODAY, actor=admin)
    with pytest.raises(ValidationError) as refused:
        confirm_rights(request, actor=director)
    assert refused.value.code == "self"
    confirm_rights(request, actor=user_with(Role.SYSTEM_ADMINISTRATOR))


@pytest.mark.parametrize("days", [0, 1, 2])
def test_nobody_confirms_today_the_power_of_a_position_that_he_takes_up_later(admin, director, days):
    first = TODAY + timedelta(days=1)
    MembershipFactory(user=director, organisation=committee(), role=Role.PPC_CHAIR, valid_from=TODAY + timedelta(days))
    facts = {"act": Act.TASK_APPROVER, "body": committee(), "positions": [Role.PPC_CHAIR], "title_line": "CHỦ TỊCH"}
    request = enter_rights(RightsKind.ADD_AUTHORITY, **facts, valid_from=first, actor=admin)
    with pytest.raises(ValidationError) as refused:
        confirm_rights(request, actor=director)
    assert (refused.value.code, Authority.objects.count()) == ("self", 0)


def test_nobody_lets_a_delegation_end_whose_power_comes_back_to_a_position_that_he_takes_up(admin, director):
    written = {"delegation_document": "15/QĐ-UBND", "valid_to": date(2027, 1, 1)}
    given = AuthorityFactory(delegated_from=AuthorityFactory(), positions=[Role.CLERK], body=department(), **written)
    MembershipFactory(user=director, organisation=committee(), role=Role.PPC_CHAIR, valid_from=date(2026, 4, 1))
    with pytest.raises(ValidationError) as refused:
        end_authority(given, last_day=TODAY, actor=admin, confirmed_by=director)
    assert refused.value.code == "self"
    end_authority(given, last_day=TODAY, actor=admin, confirmed_by=user_with(Role.SYSTEM_ADMINISTRATOR))
    given.refresh_from_db()
    assert given.valid_to == TODAY


def test_a_position_that_ends_before_the_power_begins_gains_nothing(admin, director):
    MembershipFactory(user=director, organisation=committee(), role=Role.PPC_CHAIR, valid_to=date(2026, 3, 1))
    facts = {"act": Act.TASK_APPROVER, "body": committee(), "positions": [Role.PPC_CHAIR], "title_line": "CHỦ TỊCH"}
    confirm_rights(enter_rights(RightsKind.ADD_AUTHORITY, **facts, valid_from=TODAY, actor=admin), actor=director)
    assert Authority.objects.get().body == committee()


def test_what_waits_past_its_first_day_counts_from_the_day_of_its_confirmation(admin, director):
    user = UserFactory()
    request = entered(admin, user)
    with clock.moved_to(clock.now() + timedelta(days=3)):
        confirm_rights(request, actor=director)
    assert Membership.objects.get(user=user).valid_from == date(2026, 3, 5)


def test_what_is_refused_or_taken_back_never_counts(admin, director):
    user = UserFactory()
    for person in (director, admin):
        request = entered(admin, user)
        with pytest.raises(ValidationError):
            entered(admin, user)
        refuse_rights(request, actor=person, reason="Sai người")
    assert not Membership.objects.filter(user=user).exists()


def test_the_command_line_makes_two_administrators_and_nothing_else():
    for _number in range(2):
        add_membership(user=UserFactory(), organisation=department(), role=Role.SYSTEM_ADMINISTRATOR, actor=None)
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.OFFICER):
        with pytest.raises(SecondPersonNeeded):
            add_membership(user=UserFactory(), organisation=department(), role=role, actor=None)


def test_the_confirmer_finds_it_in_his_work_and_confirms_it_on_the_page(client_for, admin, director):
    user = UserFactory(full_name="Hồ Quỳnh Như")
    page = reverse("people:membership-create", args=[user.code])
    form = {"organisation": fund().code, "role": "fund_director", "valid_from": "2026-03-02"}
    told = client_for(admin, "en").post(page, form, follow=True).content.decode()
    assert "counts once a second person has confirmed it" in told
    request = RightsRequest.objects.get()
    detail, confirm = (reverse(f"people:rights-{name}", args=[request.code]) for name in ("detail", "confirm"))
    client = client_for(director, "en")
    for place in ("/", reverse("people:rights-list"), reverse("people:person-detail", args=[user.code])):
        assert detail in client.get(place).content.decode()
    assert "Director of the fund" in client.get(detail).content.decode()
    assert client_for(admin).post(confirm, {"reason": ""}).status_code == 404
    assert client.post(confirm, {"reason": ""}).status_code == 302
    assert has_role(user, Role.FUND_DIRECTOR)
    assert client_for(user_with(Role.OFFICER)).get(detail).status_code == 404


def test_one_administrator_cannot_give_four_figures_the_roles_of_a_payment(client_for, admin):
    client, ground = client_for(admin), two_hands()["ground"]
    for role in (Role.FUND_OFFICER, Role.CHIEF_ACCOUNTANT, Role.FUND_DIRECTOR, Role.CLERK):
        user, house = UserFactory(), department() if role == Role.CLERK else fund()
        form = {"organisation": house.code, "role": role, "valid_from": "2020-01-01"}
        paper = {"document_number": ground.number, "document_date": ground.dated.isoformat()}
        client.post(reverse("people:membership-create", args=[user.code]), {**form, **paper})
        request = RightsRequest.objects.get(person=user)
        client.post(reverse("people:rights-confirm", args=[request.code]), {"reason": ""})
        assert has_role(user, role) is False


def test_a_request_is_kept_inside_a_larger_transaction(admin):
    with audit.transaction():
        request = entered(admin, UserFactory())
        assert RightsRequest.objects.get() == request


def test_the_second_person_reads_the_account_and_not_only_its_name(client_for, admin, director):
    user = UserFactory(email="la@example.org", full_name="Người Lạ")
    request = entered(admin, user)
    client = client_for(director, "en")
    for page in (reverse("people:rights-detail", args=[request.code]), reverse("people:rights-list")):
        shown = client.get(page).content.decode()
        link = f'href="{reverse("people:person-detail", args=[user.code])}"'
        assert [words in shown for words in ("la@example.org", user.code, link, "Account since")] == [True] * 4
    detail = client.get(reverse("people:rights-detail", args=[request.code])).content.decode()
    first = date.fromisoformat(request.facts["valid_from"])
    assert (f"{first:%d/%m/%Y}" in detail, f"{first}</dd>" in detail) == (True, False)


def test_a_right_to_be_confirmed_is_called_by_person_and_role_and_never_by_its_code(client_for, admin, director):
    user = UserFactory(full_name="Người Lạ")
    request = entered(admin, user, Role.CLERK, organisation=department())
    client, page = client_for(director, "en"), reverse("people:rights-detail", args=[request.code])
    named = "Give a role: Người Lạ – Clerk"
    assert client.get(page).context["title"] == named
    shown = client.get(page).content.decode()
    assert f">{user.code}<" not in shown
    home = client.get("/").content.decode()
    assert [words in home for words in (f'href="{page}"', named, f">{request.code}<")] == [True, True, False]


def test_what_was_asked_for_another_name_is_not_confirmed(client_for, admin, director):
    user = UserFactory(full_name="Kẻ Gian")
    request = entered(admin, user)
    update_user(user, full_name="Trần Thị Kế Toán", academic_title="ThS.", phone="", actor=admin)
    page = reverse("people:rights-confirm", args=[request.code])
    answer = client_for(director, "en").post(page, {"reason": "Đã đối chiếu"})
    assert answer.context["form"].non_field_errors() == [
        "The person bears another name or address than when this was entered: refuse it and enter it anew."
    ]
    assert ("Đã đối chiếu" in answer.content.decode(), has_role(user, Role.FUND_OFFICER)) == (True, False)
    anew = entered(admin, user)
    update_user(user, full_name="Trần Thị Kế Toán", academic_title="ThS.", phone="0900 000 000", actor=admin)
    confirm_rights(anew, actor=director)
    assert has_role(user, Role.FUND_OFFICER)


@pytest.mark.parametrize("was", [{}, {"valid_to": date(2026, 3, 1)}, {"valid_from": date(2026, 6, 1)}])
def test_one_administrator_adds_no_figure_beside_or_after_the_signer_of_a_bidder(client_for, admin, director, was):
    signer, figure = user_with(Role.ORGANISATION_SIGNER), UserFactory()
    signer.memberships.update(**was)
    house = signer.memberships.get().organisation
    form = {"organisation": house.code, "role": "organisation_signer", "valid_from": "2026-03-02"}
    assert client_for(admin).post(reverse("people:membership-create", args=[figure.code]), form).status_code == 302
    request = RightsRequest.objects.get(person=figure)
    assert not Membership.objects.filter(user=figure).exists()
    confirm_rights(request, actor=director)
    assert has_role(figure, Role.ORGANISATION_SIGNER)


def test_the_first_signer_of_an_organisation_is_given_by_one_person(admin):
    row = entered(admin, UserFactory(), Role.ORGANISATION_SIGNER, organisation=OrganisationFactory())
    assert (row.role, RightsRequest.objects.count()) == (Role.ORGANISATION_SIGNER, 0)
