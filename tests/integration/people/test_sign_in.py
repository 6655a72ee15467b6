"""Coming in: by password, by a link, and with one click in the demo."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.service import run_due_jobs
from core.people.hooks import demo_users, role_line
from core.people.models import User
from core.people.roles import Role
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory, department, user_with

pytestmark = pytest.mark.django_db


def test_one_click_signs_in_an_invented_person(client):
    user = user_with(Role.OFFICER, is_demo=True)
    response = client.post(reverse("people:demo-sign-in"), {"email": user.email, "next": reverse("people:profile")})
    assert response.url == reverse("people:profile")
    assert client.get(reverse("people:profile")).status_code == 200


def test_one_click_never_leads_to_another_site(client):
    user = user_with(Role.OFFICER, is_demo=True)
    response = client.post(reverse("people:demo-sign-in"), {"email": user.email, "next": "https://example.com/"})
    assert response.url == reverse("portal:home")


@pytest.mark.parametrize("facts", [{"is_demo": False}, {"is_demo": True, "is_active": False}])
def test_real_and_closed_accounts_cannot_be_clicked(client, facts):
    user = UserFactory(**facts)
    assert client.post(reverse("people:demo-sign-in"), {"email": user.email}).status_code == 404


def test_outside_the_demo_there_is_no_one_click_sign_in(client, settings):
    user = user_with(Role.OFFICER, is_demo=True)
    settings.DEMO_SIGN_IN = False
    assert client.post(reverse("people:demo-sign-in"), {"email": user.email}).status_code == 404
    assert demo_users(RequestFactory().get("/")) == []
    assert user.email not in client.get(reverse("account_login")).content.decode()


def test_a_page_opened_by_get_signs_nobody_in(client):
    assert client.get(reverse("people:demo-sign-in")).status_code == 405


def test_the_invented_people_stand_under_their_roles_in_one_query(django_assert_num_queries):
    officer, clerk = user_with(Role.OFFICER, is_demo=True), user_with(Role.CLERK, is_demo=True)
    MembershipFactory(user=officer, organisation=department(), role=Role.CLERK)
    user_with(Role.OFFICER)
    with django_assert_num_queries(1):
        groups = demo_users(RequestFactory().get("/"))
    assert [(role, sorted(user.pk for user in users)) for role, users in groups] == [
        (Role.OFFICER, [officer.pk]),
        (Role.CLERK, [officer.pk, clerk.pk]),
    ]


def test_the_line_under_the_name_says_role_and_house():
    user = user_with(Role.OFFICER)
    assert role_line(user) == f"{Role.OFFICER.label} · {department().name}"
    MembershipFactory(user=user, organisation=OrganisationFactory(), role=Role.COUNCIL_MEMBER)
    assert role_line(type(user).objects.get(pk=user.pk)) == f"{Role.OFFICER.label} · {department().name} +1"
    assert role_line(UserFactory()) == ""


def test_nobody_signs_up(client):
    form = {"email": "new@example.org", "password1": "mật khẩu rất dài", "password2": "mật khẩu rất dài"}
    client.post(reverse("account_signup"), form)
    assert client.get(reverse("people:profile")).status_code == 302


def test_a_wrong_password_an_unknown_address_and_a_closed_account_sound_alike(client):
    known, closed = UserFactory(password="một mật khẩu dài"), UserFactory(password="một mật khẩu dài", is_active=False)
    asked = [(known.email, "sai"), ("nobody@example.org", "sai"), (closed.email, "sai")]
    pages = [client.post(reverse("account_login"), {"login": email, "password": word}) for email, word in asked]
    assert {tuple(page.context["form"].non_field_errors()) for page in pages} != {()}
    assert len({tuple(page.context["form"].non_field_errors()) for page in pages}) == 1


def test_a_forgotten_password_gives_the_same_answer_for_known_and_unknown(client):
    known = UserFactory()
    asked = [known.email, "x@example.org"]
    answers = [client.post(reverse("account_reset_password"), {"email": email}) for email in asked]
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, reverse("account_reset_password_done"))
    ] * 2
    # No answer waits for a mail server, and for each the same is written: nothing tells a known address from another.
    assert mail.outbox == []
    assert [job.payload for job in Job.objects.order_by("pk")] == [{"email": email} for email in asked]
    assert run_due_jobs() == 2
    assert [letter.to for letter in mail.outbox] == [[known.email]]
    path = urlsplit(re.search(r"http\S+", mail.outbox[0].body)[0]).path
    assert client.get(path, follow=True).context["form"].fields.keys() == {"password1", "password2"}


def test_an_account_that_was_closed_meanwhile_gets_no_letter(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    User.objects.update(is_active=False)
    assert (run_due_jobs(), mail.outbox) == (1, [])


def test_the_address_of_an_account_is_shown_and_not_changed(client_for):
    client = client_for(UserFactory())
    page = reverse("account_email")
    assert [
        client.get(page).status_code,
        client.post(page, {"email": "x@example.org", "action_add": ""}).status_code,
    ] == [
        200,
        405,
    ]


def test_the_pages_of_the_own_password_ask_for_a_sign_in(client):
    for name in ("account_change_password", "account_set_password", "account_reauthenticate", "account_email"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))
