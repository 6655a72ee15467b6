"""The people of the journey, on a Monday morning."""

import pytest

from tests.factories import reviews as make


@pytest.fixture
def people(story):
    """One person for each part: those of the module's story, if it tells one."""
    return story.people if story else make.cast()
