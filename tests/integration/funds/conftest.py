"""What the tests of the fund share: a house with its people, and two of them signed in."""

import pytest

from tests.factories.funds import house
from tests.stories import begin_with

teller = begin_with(who=house)


@pytest.fixture
def who(story):
    """The people, the authorities and the payers of one province."""
    return story.who


@pytest.fixture
def officer(who, client_for):
    """The officer at his screen, in Vietnamese."""
    return client_for(who.people.officer)


@pytest.fixture
def head(who, client_for):
    """The head of division at his screen, in English."""
    return client_for(who.people.head, "en")
