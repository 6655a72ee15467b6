"""The people of the journey, on a Monday morning."""

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


@pytest.fixture(autouse=True)
def _english(settings):
    """Refusals are compared in the language of the source."""
    settings.LANGUAGE_CODE = "en"
