"""The guard of every view: who is let in, who is sent to sign in, and what everybody else is told."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path, reverse

from core.people import checks, policy
from core.people.models import Organisation
from core.people.policy import either, own_organisation, public, role
from core.people.roles import Role
from core.people.screens import PageKind, Screen, screen, screen_of
from tests.factories.people import OrganisationFactory, user_with

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@screen("orders.create", kind=PageKind.FORM)
def create(request):
    return HttpResponse("a form")


@screen("approve", Organisation, related=("place",))
def approve(request, organisation, *, step="now"):
    return HttpResponse(f"{organisation.code} {step}")


@screen("view", Organisation, public=True)
def read(request, organisation):
    return HttpResponse(organisation.code)


@screen("site.imprint", public=True, kind=PageKind.OTHER)
def imprint(request):
    return HttpResponse("imprint")


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr(policy, "_rules", {})
    monkeypatch.setattr(policy, "_actions", {})
    policy.declare_actions({"orders.create": role(Role.OFFICER)})
    published = public(Q(kind="association"))
    policy.declare(
        Organisation,
        {
            "view": either(published, own_organisation("pk"), role(Role.CLERK)),
            "approve": own_organisation("pk", Role.ORGANISATION_SIGNER),
        },
    )


def ask(view, user, *, method="get", htmx=None, **kwargs):
    request = getattr(RequestFactory(), method)("/page/?q=1")
    request.user, request.htmx = user, htmx
    return view(request, **kwargs)


def test_visitors_are_sent_to_sign_in_and_back_to_the_page():
    sign_in, home = reverse("account_login"), reverse("portal:home")
    assert ask(create, VISITOR).url == f"{sign_in}?next=/page/%3Fq%3D1"
    assert ask(create, VISITOR, method="post").url == f"{sign_in}?next={home}"
    assert ask(approve, VISITOR, code="x").url == f"{sign_in}?next=/page/%3Fq%3D1"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in():
    sign_in, home = reverse("account_login"), reverse("portal:home")
    htmx = SimpleNamespace(current_url_abs_path="/tasks/")
    assert ask(create, VISITOR, htmx=htmx)["HX-Redirect"] == f"{sign_in}?next=/tasks/"
    elsewhere = SimpleNamespace(current_url_abs_path=None)
    assert ask(create, VISITOR, htmx=elsewhere)["HX-Redirect"] == f"{sign_in}?next={home}"


def test_an_action_without_a_row_is_asked_of_the_policy():
    assert ask(create, user_with(Role.OFFICER)).content == b"a form"
    with pytest.raises(Http404):
        ask(create, user_with(Role.CLERK))


def test_what_is_missing_foreign_or_forbidden_is_the_same_404():
    signer = user_with(Role.ORGANISATION_SIGNER)
    own = signer.memberships.get().organisation
    assert ask(approve, signer, code=own.code, step="later").content == f"{own.code} later".encode()
    refused = [
        (signer, OrganisationFactory().code),
        (signer, "no-such-code"),
        (user_with(Role.CLERK), own.code),
        (user_with(Role.ORGANISATION_SIGNER, is_active=False), own.code),
    ]
    told = set()
    for user, code in refused:
        with pytest.raises(Http404) as found:
            ask(approve, user, code=code)
        told.add(str(found.value))
    assert told == {""}


def test_a_public_screen_shows_published_rows_to_everybody_and_no_other():
    published, hidden = OrganisationFactory(kind="association"), OrganisationFactory()
    assert ask(read, VISITOR, code=published.code).content == published.code.encode()
    with pytest.raises(Http404):
        ask(read, VISITOR, code=hidden.code)
    assert ask(imprint, VISITOR).content == b"imprint"


def test_a_screen_can_be_read_from_the_view():
    assert screen_of(approve) == Screen("approve", Organisation)
    assert screen_of(imprint) == Screen("site.imprint", public=True, declared=PageKind.OTHER)
    assert screen_of(ask) is None


def test_a_page_of_a_record_is_its_detail_or_a_form_unless_it_says_otherwise():
    file = screen("view", Organisation, kind=PageKind.OTHER)(imprint)
    kinds = [screen_of(view).kind for view in (read, approve, create, file)]
    assert kinds == [PageKind.DETAIL, PageKind.FORM, PageKind.FORM, PageKind.OTHER]


def test_a_page_without_a_record_cannot_be_written_without_its_kind():
    with pytest.raises(TypeError, match=r"'orders\.list' has to say what kind of page it is"):
        screen("orders.list")


class WithUndeclaredScreen:
    urlpatterns = [
        path("a/", create),
        path("b/", imprint),
        path("c/", screen("forget", Organisation)(imprint)),
    ]


def test_a_screen_that_asks_for_an_undeclared_action_fails_the_check():
    with override_settings(ROOT_URLCONF=WithUndeclaredScreen):
        found = checks.screens_are_declared()
    assert [(error.id, "'forget'" in error.msg) for error in found] == [("people.E001", True)]
