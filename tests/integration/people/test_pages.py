"""The pages of this room, as the browser meets them."""

import re
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.jobs.service import run_due_jobs
from core.people.models import Authority, Membership, Organisation, RightsRequest, SuccessionKind, User
from core.people.roles import Role
from core.people.selectors import has_role, roles_of
from core.people.services import succeed
from tests.factories.people import (
    AuthorityFactory,
    ExpertFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    committee,
    department,
    two_hands,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names_in(response, *people):
    return [person.full_name for person in people if person.email in text_of(response)]


def test_the_office_finds_everybody_and_applicants_their_colleagues_only(client_for, admin):
    officer, applicant, stranger = user_with(Role.OFFICER), user_with(Role.APPLICANT), user_with(Role.APPLICANT)
    house = applicant.memberships.get().organisation
    colleague = user_with(Role.ORGANISATION_SIGNER, organisation=house)
    everybody = (admin, officer, applicant, stranger, colleague)
    page = reverse("people:person-list")
    seen = [names_in(client_for(user).get(page), *everybody) for user in (officer, applicant)]
    assert seen == [
        [person.full_name for person in everybody],
        [person.full_name for person in (applicant, colleague)],
    ]


def test_colleagues_do_not_learn_who_sits_on_councils(client_for):
    applicant = user_with(Role.APPLICANT)
    house = applicant.memberships.get().organisation
    member = user_with(Role.APPLICANT, organisation=house)
    MembershipFactory(user=member, organisation=house, role=Role.COUNCIL_MEMBER)
    secret = user_with(Role.COUNCIL_MEMBER, organisation=house)
    client = client_for(applicant, "en")
    detail = client.get(reverse("people:person-detail", args=[member.code]))
    assert ["Council member" in text_of(page) for page in (client.get(reverse("people:profile")), detail)] == [
        False
    ] * 2
    assert client.get(reverse("people:person-detail", args=[secret.code])).status_code == 404
    filtered = client.get(reverse("people:person-list"), {"role": "council_member"})
    assert names_in(filtered, applicant, member, secret) == []
    house_page = client.get(reverse("people:organisation-detail", args=[house.code]))
    assert (secret.code in house_page.content.decode(), member.code in house_page.content.decode()) == (False, True)


def test_unknown_and_foreign_records_give_the_same_answer(client_for):
    client, stranger = client_for(user_with(Role.APPLICANT)), user_with(Role.APPLICANT)
    row = stranger.memberships.get()
    pages = [
        ("person-detail", stranger.code),
        ("person-edit", stranger.code),
        ("membership-end", row.code),
        ("organisation-detail", row.organisation.code),
        ("authority-detail", AuthorityFactory().code),
    ]
    for name, code in pages:
        foreign, unknown = (client.get(reverse(f"people:{name}", args=[asked])) for asked in (code, NO_CODE))
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        assert nameless(foreign, code) == nameless(unknown, NO_CODE)


NO_CODE = "22222zzzzz"


def nameless(page, code):
    """The page without what was asked for and without the token that is new on every page."""
    html = page.content.decode().replace(code, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


ADMINISTRATION = ("person-create", "organisation-create", "authority-create")


def test_only_the_administrator_opens_the_pages_of_the_administration(client_for, admin):
    rows = {
        "person-edit": admin.code,
        "person-deactivate": admin.code,
        "person-reactivate": admin.code,
        "membership-create": admin.code,
        "membership-end": admin.memberships.get().code,
        "organisation-rename": department().code,
        "organisation-succeed": department().code,
        "authority-delegate": AuthorityFactory().code,
        "authority-end": AuthorityFactory(act="contract_signer").code,
    }
    pages = [reverse(f"people:{name}") for name in ADMINISTRATION]
    pages += [reverse(f"people:{name}", args=[code]) for name, code in rows.items()]
    for user, status in ((admin, 200), (user_with(Role.DEPARTMENT_DIRECTOR), 404), (user_with(Role.APPLICANT), 404)):
        client = client_for(user)
        assert [(page, client.get(page).status_code) for page in pages] == [(page, status) for page in pages]


def test_the_office_reads_the_table_of_authorities(client_for):
    row = AuthorityFactory(level="provincial", amount_from_vnd=0, amount_to_vnd=5_000_000_000)
    AuthorityFactory(level="grassroots", amount_from_vnd=1_000, valid_from=date(2027, 1, 1))
    AuthorityFactory(act="contract_signer", valid_to=date(2021, 1, 1))
    client = client_for(user_with(Role.CLERK), "en")
    listed = client.get(reverse("people:authority-list"), {"act": "task_approver"})
    assert "5,000,000,000" in text_of(listed)
    assert "Add" not in text_of(client.get(reverse("people:authority-list"), {"current": "on"}))
    assert client.get(reverse("people:authority-detail", args=[row.code])).status_code == 200


LISTS = {
    "person-list": lambda n: [user_with(Role.APPLICANT) for _ in range(n)],
    "organisation-list": lambda n: [OrganisationFactory(place=PlaceFactory()) for _ in range(n)],
    "authority-list": lambda n: [AuthorityFactory(regulation=f"r{k}", body=OrganisationFactory()) for k in range(n)],
}


def queries_of(client, page):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_three_and_with_thirty_rows(client_for, admin, name):
    client, page = client_for(admin), reverse(f"people:{name}")
    LISTS[name](3)
    few = queries_of(client, page)
    LISTS[name](27)
    assert queries_of(client, page) == few <= 12


def test_a_detail_page_costs_the_same_with_three_and_with_thirty_rows(client_for, admin):
    client, house, person = client_for(admin), OrganisationFactory(), UserFactory()
    pages = [
        reverse("people:organisation-detail", args=[house.code]),
        reverse("people:person-detail", args=[person.code]),
    ]
    counts = []
    for rows in (3, 27):
        for _ in range(rows):
            user_with(Role.APPLICANT, organisation=house)
            MembershipFactory(user=person)
        counts.append([queries_of(client, page) for page in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20


def link_in_the_letter():
    run_due_jobs()
    return re.findall(r"http://localhost:8000(\S+)", str(mail.outbox[0].body))[0]


def test_a_new_person_is_invited_by_a_link_and_no_password_is_mailed(client_for, admin):
    form = {"email": "Lan@Example.org", "full_name": "Trần Thị Lan", "academic_title": "TS.", "language": "en"}
    response = client_for(admin).post(reverse("people:person-create"), form)
    person = User.objects.get(email="lan@example.org")
    assert response.url == reverse("people:person-detail", args=[person.code])
    assert "/password/reset/key/" in link_in_the_letter()
    assert [letter.to for letter in mail.outbox] == [["lan@example.org"]]
    assert person.has_usable_password() is False


def test_a_link_sets_the_first_password_which_then_signs_in(client_for, client, admin):
    person = user_with(Role.APPLICANT, email="lan@example.org")
    client_for(admin).post(reverse("people:person-invite", args=[person.code]))
    form_page = client.get(link_in_the_letter(), follow=True)
    password = "một mật khẩu dài"
    client.post(form_page.request["PATH_INFO"], {"password1": password, "password2": password})
    signed_in = client.post(reverse("account_login"), {"login": "LAN@example.org", "password": password})
    assert signed_in.status_code == 302
    assert client.get(reverse("people:profile")).status_code == 200


def test_a_closed_account_gets_no_link(client_for, admin):
    person = UserFactory(is_active=False)
    response = client_for(admin, "en").post(reverse("people:person-invite", args=[person.code]), follow=True)
    assert ("This account has been deactivated." in text_of(response), mail.outbox) == (True, [])


def test_what_is_wrong_comes_back_beside_its_field_and_nothing_typed_is_lost(client_for, admin):
    UserFactory(email="lan@example.org")
    form = {"email": "LAN@example.org", "full_name": "Trần Thị Lan", "language": "vi"}
    response = client_for(admin).post(reverse("people:person-create"), form)
    assert (list(response.context["form"].errors), mail.outbox) == (["email"], [])
    assert "Trần Thị Lan" in response.content.decode()
    again = client_for(admin).post(reverse("people:person-create"), {"email": "x"})
    assert sorted(again.context["form"].errors) == ["email", "full_name", "language"]


def test_the_administrator_corrects_closes_and_opens_an_account(client_for, admin):
    person, client = user_with(Role.OFFICER), client_for(admin)

    def post(name, **form):
        assert client.post(reverse(f"people:{name}", args=[person.code]), form).status_code == 302
        person.refresh_from_db()

    post("person-edit", full_name="Vũ Thu Hà", academic_title="PGS.TS.", phone="0900 000 000")
    assert str(person) == "PGS.TS. Vũ Thu Hà"
    post("person-deactivate", reason="Chuyển công tác")
    assert person.is_active is False
    assert client.get(reverse("people:person-detail", args=[person.code])).context["badge"] is not None
    post("person-reactivate", reason="Nhầm lẫn")
    confirmed_by_another(client_for)()
    person.refresh_from_db()
    assert person.is_active is True


def test_an_account_that_is_closed_is_signed_out_at_once(client_for, admin):
    person = user_with(Role.OFFICER)
    client = client_for(person)
    assert client.get(reverse("people:person-list")).status_code == 200
    client_for(admin).post(reverse("people:person-deactivate", args=[person.code]), {"reason": "Nghỉ việc"})
    assert client.get(reverse("people:person-list")).url.startswith(reverse("account_login"))


def test_the_administrator_gives_and_ends_a_role(client_for, admin):
    person, house, client = UserFactory(), OrganisationFactory(), client_for(admin)
    form = {"organisation": house.code, "role": "applicant", "valid_from": "2026-03-02", "position": "Giảng viên"}
    page = reverse("people:membership-create", args=[person.code])
    assert client.post(page, form).status_code == 302
    refused = client.post(page, form)
    assert refused.status_code == 200
    assert len(refused.context["form"].non_field_errors()) == 1
    row = Membership.objects.get(user=person)
    end = reverse("people:membership-end", args=[row.code])
    assert list(client.post(end, {"last_day": "2026-01-01"}).context["form"].errors) == ["__all__"]
    assert client.post(end, {"last_day": "2026-03-02", "reason": "Hết nhiệm kỳ"}).status_code == 302
    assert (has_role(person, Role.APPLICANT), roles_of(person, date(2026, 3, 3))) == (True, {})


def test_the_administrator_enters_and_renames_and_merges_organisations(client_for, admin):
    client, province = client_for(admin), PlaceFactory(name="Tỉnh Bình An")
    form = {"name_vi": "Viện Lúa", "kind": "institute", "place": province.code, "valid_from": "2015-01-01"}
    created = client.post(reverse("people:organisation-create"), form)
    house = Organisation.objects.get(name="Viện Lúa")
    assert created.url == reverse("people:organisation-detail", args=[house.code])
    name = {"name_vi": "Viện Nông nghiệp", "valid_from": "2026-01-01", "decision": "12/QĐ-UBND"}
    name["document_date"] = "2025-12-20"
    confirm = confirmed_by_another(client_for)
    assert client.post(reverse("people:organisation-rename", args=[house.code]), name).status_code == 302
    confirm()
    heir = OrganisationFactory()
    merge = {"kind": "merge", "successors": [heir.code], "effective_on": "2026-02-01", "decision": "13/QĐ-UBND"}
    merge["document_date"] = "2026-01-20"
    assert client.post(reverse("people:organisation-succeed", args=[house.code]), merge).status_code == 302
    confirm()
    house.refresh_from_db()
    assert (house.name, house.ended_on) == ("Viện Nông nghiệp", date(2026, 2, 1))
    page = client.get(reverse("people:organisation-detail", args=[house.code]))
    assert [words in text_of(page) for words in ("Viện Lúa", "13/QĐ-UBND", heir.name)] == [True, True, True]
    assert page.context["actions"] == []


def test_the_list_of_organisations_is_searched_without_marks(client_for, admin):
    OrganisationFactory(name="Bệnh viện Đa khoa", kind="hospital")
    gone = OrganisationFactory(name="Viện Cũ", kind="institute")
    facts = {"effective_on": date(2025, 1, 1), "decision": "1/QĐ", **two_hands()}
    succeed(kind=SuccessionKind.DISSOLVE, predecessors=[gone], **facts)
    client = client_for(admin)
    found = client.get(reverse("people:organisation-list"), {"q": "da khoa"})
    assert ["Bệnh viện Đa khoa" in text_of(found), "Viện Cũ" in text_of(found)] == [True, False]
    by_kind = client.get(reverse("people:organisation-list"), {"kind": "institute"})
    assert ["Bệnh viện Đa khoa" in text_of(by_kind), "Viện Cũ" in text_of(by_kind)] == [False, True]


def test_people_are_searched_and_narrowed_by_role(client_for, admin):
    officer = user_with(Role.OFFICER, full_name="Hồ Quỳnh Như")
    client = client_for(admin)
    for query in ({"q": "ho quynh"}, {"q": officer.email}, {"role": "officer"}):
        assert names_in(client.get(reverse("people:person-list"), query), officer, admin) == ["Hồ Quỳnh Như"]


def confirmed_by_another(client_for):
    """A second administrator who confirms on the page whatever waits."""
    client = client_for(user_with(Role.SYSTEM_ADMINISTRATOR))

    def confirm():
        (row,) = RightsRequest.objects.filter(granted=None)
        assert client.get(reverse("people:rights-detail", args=[row.code])).status_code == 200
        assert client.post(reverse("people:rights-confirm", args=[row.code]), {"reason": ""}).status_code == 302

    return confirm


def test_the_administrator_adds_delegates_and_ends_a_rule(client_for, admin):
    client = client_for(admin)
    rule = {
        "act": "task_approver",
        "body": committee().code,
        "positions": ["ppc_chair"],
        "title_line": "CHỦ TỊCH",
        "valid_from": "2026-01-01",
    }
    confirm = confirmed_by_another(client_for)
    assert list(client.post(reverse("people:authority-create"), rule).context["form"].errors) == ["document_number"]
    paper = {"document_number": "01/QĐ-UBND", "document_date": "2026-01-01"}
    assert client.post(reverse("people:authority-create"), {**rule, **paper}).status_code == 302
    assert not Authority.objects.exists()
    confirm()
    chair = Authority.objects.get()
    given = {
        "body": department().code,
        "positions": ["department_director"],
        "authority_line": "TUQ.",
        "title_line": "GIÁM ĐỐC",
        "amount_to_vnd": "1.000.000.000",
        "valid_from": "2026-03-01",
        "valid_to": "2026-12-31",
        "delegation_document": "15/QĐ-UBND",
        **paper,
    }
    page = reverse("people:authority-delegate", args=[chair.code])
    assert client.post(page, given).status_code == 302
    confirm()
    delegation = Authority.objects.get(delegated_from=chair)
    assert (delegation.amount_to_vnd, delegation.authority_line) == (1_000_000_000, "TUQ.")
    assert client.post(page, given).status_code == 200
    detail = client.get(reverse("people:authority-detail", args=[delegation.code]))
    assert len(detail.context["actions"]) == 1
    end = reverse("people:authority-end", args=[delegation.code])
    assert client.post(end, {"last_day": "2026-03-31"}).status_code == 302
    confirm()
    delegation.refresh_from_db()
    assert delegation.valid_to == date(2026, 3, 31)


def test_people_choose_their_language_and_see_their_roles(client_for):
    user = user_with(Role.COUNCIL_MEMBER)
    signed_in = client_for(user)
    assert user.memberships.get().organisation.name in text_of(signed_in.get(reverse("people:profile")))
    response = signed_in.post(reverse("people:profile-edit"), {"language": "ar", "phone": ""})
    assert response.cookies["django_language"].value == "ar"
    assert 'dir="rtl"' in signed_in.get(reverse("people:profile")).content.decode()
    wrong = signed_in.post(reverse("people:profile-edit"), {"language": "xx"})
    assert list(wrong.context["form"].errors) == ["language"]


def test_without_a_choice_a_page_speaks_the_users_language_and_to_visitors_vietnamese(client):
    page = reverse("account_login")
    assert 'lang="vi"' in client.get(page, headers={"accept-language": "en"}).content.decode()
    client.force_login(UserFactory(language="en"), backend="django.contrib.auth.backends.ModelBackend")
    assert 'lang="en"' in client.get(reverse("people:profile")).content.decode()
    client.cookies["django_language"] = "ar"
    assert 'lang="ar"' in client.get(reverse("people:profile")).content.decode()


def test_an_expert_is_known_by_the_persons_code():
    expert = ExpertFactory()
    assert (expert.code, str(expert)) == (expert.user.code, str(expert.user))
