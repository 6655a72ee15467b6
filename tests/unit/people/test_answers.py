import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import RequestFactory

from core.files.checks import UploadRefused
from core.people.models.user import normalise_email, person_keys
from core.people.views.answers import acting, answered, put_errors


class TwoFields(forms.Form):
    name = forms.CharField()
    size = forms.IntegerField()


def test_errors_of_a_service_land_beside_their_fields_and_strangers_on_top():
    form = TwoFields({"name": "a", "size": "1"})
    put_errors(form, ValidationError({"name": "too short", "sort_key": "too long"}))
    put_errors(form, ValidationError("not today"))
    assert form.errors == {"name": ["too short"], "__all__": ["too long", "not today"]}


def refused(error):
    """What a form says, and what follows, where the service raises ``error``."""

    def act():
        raise error

    form = TwoFields({"name": "a", "size": "1"})
    return answered(RequestFactory().post("/"), form, act, done="Done", back="/"), form.errors


def test_what_a_service_refuses_comes_back_with_the_form():
    assert refused(ValidationError({"size": "too small"})) == (None, {"size": ["too small"]})
    assert refused(UploadRefused("too large")) == (None, {"__all__": ["too large"]})


def test_a_right_that_ended_meanwhile_looks_like_a_page_that_is_not_there():
    with pytest.raises(Http404):
        refused(PermissionDenied())


def test_a_page_that_needs_a_person_refuses_a_visitor():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(TypeError):
        acting(request)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(" Lan@Example.ORG ", "lan@example.org"), ("ĐỖ@example.org", "đỗ@example.org"), ("STRAẞE@x.vn", "strasse@x.vn")],
)
def test_an_address_has_one_spelling(typed, stored):
    assert normalise_email(typed) == normalise_email(stored) == stored


def test_the_given_name_comes_first_in_the_order():
    keys = [person_keys(name)["sort_key"] for name in ("Vũ Đức An", "Lê Thị Ánh", "Nguyễn Văn Bình")]
    assert keys == sorted(keys)
    assert person_keys("")["folded"] == ""
