"""What most tests of the kernel begin with: the people of a journey, and refusals read in English."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from tests.factories import proposals as make


@pytest.fixture(scope="module")
def teller(request):
    """A module without a story of its own begins with the people."""
    return getattr(request.module, "tell", lambda: SimpleNamespace(people=make.cast()))


@pytest.fixture
def people(story):
    """One person for each part, made once for the module; a module of races (``tell = None``) makes its own."""
    return story.people if story else make.cast()


@pytest.fixture
def english():
    """Refusals and labels in English, the language of the message ids."""
    with translation.override("en"):
        yield
