"""The people of the journey, on a Monday morning."""

import pytest

from tests.factories import reviews as make


@pytest.fixture
def people(db, morning):
    return make.cast()
