"""The people of a journey, up to the award."""

from types import SimpleNamespace

import pytest

from tests.factories import proposals as make


@pytest.fixture(scope="module")
def teller(request):
    """A module without a story of its own begins with the people."""
    return getattr(request.module, "tell", lambda: SimpleNamespace(people=make.cast()))


@pytest.fixture
def people(story):
    """One person for each part, made once for the module; a module of races (``tell = None``) makes its own."""
    return story.people if story else make.cast()
