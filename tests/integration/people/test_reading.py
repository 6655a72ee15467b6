"""What the parts of one page ask for is asked once; whatever writes asks anew."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.people.models import Organisation
from core.people.reading import once, one_page
from core.people.roles import Role
from core.people.screens import screen
from core.people.selectors import predecessors_of
from tests.factories.people import OrganisationFactory, user_with


def counting():
    asked = []
    return lambda: asked.append(1) or len(asked)


def test_inside_a_page_the_first_answer_stands():
    ask = counting()
    with one_page():
        assert [once("a", ask), once("a", ask), once("b", ask)] == [1, 1, 2]
    assert once("a", ask) == 3


def test_a_page_knows_nothing_of_the_one_before():
    ask = counting()
    for expected in (1, 2):
        with one_page():
            assert once("a", ask) == expected


@pytest.mark.django_db
def test_predecessors_are_asked_once_for_a_page(django_assert_num_queries):
    organisation, day = OrganisationFactory(), date(2026, 3, 2)
    with django_assert_num_queries(1), one_page():
        assert predecessors_of(organisation, day) == predecessors_of(organisation, day) == []
    with django_assert_num_queries(2):
        assert predecessors_of(organisation, day) == predecessors_of(organisation, day) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("action", "method", "answers"), [("view", "get", [1, 1]), ("view", "post", [1, 2])])
def test_only_a_page_that_reads_remembers(action, method, answers):
    ask = counting()
    found = []

    @screen(action, Organisation)
    def page(_request, _row):
        found.extend([once("a", ask), once("a", ask)])
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/")
    request.user = user_with(Role.OFFICER)
    page(request, code=OrganisationFactory().code)
    assert found == answers
