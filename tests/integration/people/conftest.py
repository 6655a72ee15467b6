"""The people of whom most tests of rights speak."""

import pytest

from core.people.roles import Role
from tests.factories.people import user_with


@pytest.fixture
def admin():
    return user_with(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def director():
    return user_with(Role.DEPARTMENT_DIRECTOR)
