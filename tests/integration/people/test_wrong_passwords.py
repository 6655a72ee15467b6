"""Wrong passwords stop whoever types them, not the person they are typed for."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.people.roles import Role
from tests.factories.people import user_with

PASSWORD = "một mật khẩu đủ dài"
pytestmark = pytest.mark.django_db


@pytest.fixture
def director(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "wrong"}}
    cache.clear()
    user = user_with(Role.DEPARTMENT_DIRECTOR)
    user.set_password(PASSWORD)
    user.save()
    return user


def signs_in(user, password, address):
    client = Client(REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


def test_five_wrong_passwords_stop_their_address_and_nobody_else(director):
    assert [signs_in(director, "falsch", "10.0.0.1") for _ in range(5)] == [False] * 5
    assert signs_in(director, PASSWORD, "10.0.0.1") is False
    assert signs_in(director, PASSWORD, "10.0.0.2") is True


def test_wrong_passwords_from_everywhere_stop_the_account_far_later(director, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_account": "7/h/key"}
    wrong = [signs_in(director, "falsch", f"10.0.1.{number}") for number in range(7)]
    assert wrong == [False] * 7
    assert signs_in(director, PASSWORD, "10.0.2.1") is False


def test_a_right_password_is_not_counted(director, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_account": "2/h/key"}
    assert [signs_in(director, PASSWORD, "10.0.3.1") for _ in range(4)] == [True] * 4


def test_the_limits_of_the_house(settings):
    assert settings.ACCOUNT_RATE_LIMITS == {"login_failed": "10/m/ip,5/5m/key", "login_failed_account": "600/h/key"}
