import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from core.people.models.user import normalise_email, person_keys
from core.people.views.answers import acting, put_errors


class TwoFields(forms.Form):
    name = forms.CharField()
    size = forms.IntegerField()


def test_errors_of_a_service_land_beside_their_fields_and_strangers_on_top():
    form = TwoFields({"name": "a", "size": "1"})
    put_errors(form, ValidationError({"name": "too short", "sort_key": "too long"}))
    put_errors(form, ValidationError("not today"))
    assert form.errors == {"name": ["too short"], "__all__": ["too long", "not today"]}


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
