"""What most tests of the kernel begin with: the people of a journey, and refusals read in English."""

import pytest
from django.utils import translation

from tests.factories import proposals as make


@pytest.fixture
def english():
    """Refusals and labels in English, the language of the message ids."""
    with translation.override("en"):
        yield


@pytest.fixture
def people(story):
    """One person for each part: those of the module's story, if it tells one."""
    return story.people if story else make.cast()
