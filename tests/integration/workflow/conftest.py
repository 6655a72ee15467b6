"""What most tests of the kernel begin with: the people of a journey, and refusals read in English."""

import pytest
from django.utils import translation

from tests.factories import proposals as make
from tests.stories import begin_with

teller = begin_with(people=make.cast)


@pytest.fixture
def english():
    """Refusals and labels in English, the language of the message ids."""
    with translation.override("en"):
        yield
