"""Navigation from a registry, context of every page."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import override

from core.ui import context, navigation

SOMEBODY = SimpleNamespace(is_authenticated=True)


@pytest.fixture
def registry(monkeypatch):
    entries: dict[str, navigation.Entry] = {}
    monkeypatch.setattr(navigation, "_entries", entries)
    monkeypatch.setattr(navigation, "_describe", [])
    return entries


@pytest.fixture
def request_of(rf):
    def make(path="/", user=SOMEBODY, **headers):
        request = rf.get(path, headers=headers)
        request.user = user
        return request

    return make


def test_entries_in_order_with_the_current_one_marked(registry, request_of):
    navigation.register("Guide", "ui:styleguide", 20, count=lambda _user: 7)
    navigation.register("Language", "ui:language", 10)
    navigation.register("Gone", "nowhere:list", 5)
    navigation.register("Secret", "ui:styleguide-page", 1, visible=lambda _user: False)
    links = navigation.links_for(request_of(reverse("ui:styleguide-page", args=["list"])))
    assert [(link.label, link.current, link.count) for link in links] == [("Language", False, 0), ("Guide", True, 7)]


def test_places_are_kept_apart(registry, request_of):
    navigation.register("Guide", "ui:styleguide", 1, place="user")
    assert navigation.links_for(request_of()) == []
    assert [link.label for link in navigation.links_for(request_of(), "user")] == ["Guide"]


def test_nobody_sees_entries_before_signing_in(registry, request_of):
    navigation.register("Guide", "ui:styleguide", 1)
    assert navigation.links_for(request_of(user=AnonymousUser())) == []


def test_role_line(registry):
    assert navigation.role_line(SOMEBODY) == ""
    navigation.describe_user(lambda _user: "Department officer")
    assert navigation.role_line(SOMEBODY) == "Department officer"
    assert navigation.role_line(AnonymousUser()) == ""


@pytest.mark.parametrize(("language", "direction"), [("vi", "ltr"), ("ar", "rtl")])
def test_direction_of_the_page(registry, request_of, language, direction):
    with override(language):
        assert context.site(request_of())["text_direction"] == direction


def test_a_dialog_asks_for_the_page_without_its_frame(registry, request_of):
    assert context.site(request_of())["layout"] == "base.html"
    assert context.site(request_of(hx_target="dialog-body"))["layout"] == "dialog.html"


def test_a_page_before_the_user_is_known_has_no_navigation(registry, rf):
    values = context.site(rf.get("/"))
    assert (list(values["main_navigation"]), list(values["user_navigation"])) == ([], [])


def test_provided_values_are_lazy(monkeypatch, request_of):
    monkeypatch.setattr(context, "_providers", {})
    asked = []

    @context.provide("answer")
    def answer(request):
        asked.append(request.path)
        return [42]

    values = context.site(request_of("/x/"))
    assert asked == []
    assert list(values["answer"]) == [42]
    assert asked == ["/x/"]
