"""What the tests of the fund share: a house with its people, and two of them signed in."""

from types import SimpleNamespace

import pytest

from tests.factories.funds import house


@pytest.fixture(scope="module")
def teller(request):
    """A module without a story of its own begins with the house."""
    return getattr(request.module, "tell", lambda: SimpleNamespace(who=house()))


@pytest.fixture
def who(story):
    """The people, the authorities and the payers of one province; a module of races (``tell = None``) makes its own."""
    return story.who if story else house()


@pytest.fixture
def officer(who, client_for):
    """The officer at his screen, in Vietnamese."""
    return client_for(who.people.officer)


@pytest.fixture
def head(who, client_for):
    """The head of division at his screen, in English."""
    return client_for(who.people.head, "en")
