"""The people of a journey; refusals are read in English."""

import pytest

from tests.factories import proposals as make
from tests.stories import begin_with

teller = begin_with(people=make.cast)


@pytest.fixture(autouse=True)
def _english(settings):
    """Refusals are compared in the language of the source."""
    settings.LANGUAGE_CODE = "en"
