"""What the tests of a folder begin with, where a module tells no story of its own."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest


def begin_with(**parts: Callable[[], Any]) -> Any:
    """A fixture ``teller`` for a conftest: a module without ``tell`` has a story of these parts, made once for it."""

    def tell() -> Any:
        return SimpleNamespace(**{name: make() for name, make in parts.items()})

    @pytest.fixture(scope="module")
    def teller(request: pytest.FixtureRequest) -> Any:
        return getattr(request.module, "tell", tell)

    return teller
