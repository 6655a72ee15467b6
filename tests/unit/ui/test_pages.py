"""Pages of the face: style guide, lists, language switch, error pages."""

import re

import django_filters
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.views import defaults

from core.ui import styleguide
from core.ui.listing import listing
from core.ui.tables import Column, Table

TABLE = Table(caption="Types", empty="No type.", columns=[Column("model", "Model", sort=("model",))])


class ModelFilter(django_filters.FilterSet):
    model = django_filters.CharFilter(label="Search", lookup_expr="icontains")

    class Meta:
        model = ContentType
        fields = ["model"]


@pytest.fixture
def ask(rf, db):
    def make(path="/", **headers):
        request = rf.get(path, headers=headers)
        request.user = AnonymousUser()
        return request

    return make


def without_token(answer):
    """The page without the CSRF token, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("language", ["vi", "en", "ar"])
@pytest.mark.parametrize("page", styleguide.PAGES)
def test_style_guide_renders(client, page, language):
    client.cookies["django_language"] = language
    answer = client.get(reverse("ui:styleguide-page", args=[page]))
    assert answer.status_code == 200
    body = answer.content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in body
    assert not [word for word in ("<style", " style=", "onclick", "<script>") if word in body]


def test_style_guide_is_for_demonstrations_only(client, settings):
    settings.DEMO_SIGN_IN = False
    assert client.get(reverse("ui:styleguide")).status_code == 404


def test_style_guide_has_no_other_pages(client):
    assert client.get(reverse("ui:styleguide-page", args=["nothing"])).status_code == 404


def test_a_dialog_gets_the_page_without_frame(client):
    body = client.get(
        reverse("ui:styleguide-page", args=["step"]), headers={"hx-target": "dialog-body"}
    ).content.decode()
    assert "<html" not in body
    assert 'id="dialog-title"' in body


def test_a_refused_step_cannot_be_sent(client):
    body = client.get(reverse("ui:styleguide-page", args=["refused"])).content.decode()
    assert 'class="btn btn-danger" disabled' in body
    assert "<textarea" not in body


def test_the_list_part_alone_for_htmx(client):
    body = client.get(reverse("ui:styleguide-page", args=["list"]), headers={"hx-target": "listing"}).content.decode()
    assert body.strip().startswith('<div id="listing"')


def test_language_switch_goes_back_to_its_page(client):
    answer = client.post(reverse("ui:language"), {"language": "ar", "next": "/style-guide/list/?page=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/style-guide/list/?page=2")
    assert client.cookies["django_language"].value == "ar"


def test_language_switch_never_leaves_the_site(client):
    answer = client.post(reverse("ui:language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_language_switch_is_a_post(client):
    assert client.get(reverse("ui:language")).status_code == 405


def test_listing_filters_sorts_and_counts(ask):
    request = ask("/?model=content&sort=-model")
    answer = listing(request, ContentType.objects.all(), ModelFilter, TABLE, title="Types")
    body = answer.content.decode()
    assert "contenttype" in body
    assert 'aria-sort="descending"' in body
    assert 'value="content"' in body
    assert answer["Vary"] == "HX-Target"


def test_listing_without_filters(ask):
    assert 'role="search"' not in listing(ask(), ContentType.objects.all(), None, TABLE).content.decode()


def test_listing_gives_htmx_the_rows_only(ask):
    answer = listing(ask("/?model=zzz", hx_target="listing"), ContentType.objects.all(), ModelFilter, TABLE)
    assert answer.content.decode().strip().startswith('<div id="listing"')
    assert "No type." in answer.content.decode()


def test_not_there_and_not_yours_are_the_same_page(ask):
    missing = defaults.page_not_found(ask(), Http404("x"))
    forbidden = defaults.permission_denied(ask(), PermissionDenied("y"))
    assert without_token(missing) == without_token(forbidden)
    assert "<h1>" in without_token(missing)


def test_the_fault_page_needs_nothing(ask):
    assert b"<h1>" in defaults.server_error(ask()).content


def test_the_bad_request_page_needs_nothing(ask):
    assert b"<h1>" in defaults.bad_request(ask(), ValueError()).content
