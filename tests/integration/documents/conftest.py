"""The people of the journey, on a Monday morning."""

import pytest

from tests.factories.proposals import cast


@pytest.fixture
def people(db, morning):
    return cast()


@pytest.fixture(autouse=True)
def _english(settings):
    """Refusals are compared in the language of the source."""
    settings.LANGUAGE_CODE = "en"
