"""A stage for each journey: a server of its own on a copy of the province without history, and a browser."""

import pytest

from tests.gates.browsing import browser
from tests.gates.conftest import copy_of, manage, serving

from .acting import Stage

BUILD = "from demo.world import build_world; build_world()"


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """People, organisations and authorities of the province: nothing has happened yet."""
    place = tmp_path_factory.mktemp("world") / "world.sqlite3"
    manage(place, "migrate", "-v", "0")
    manage(place, "createcachetable")
    manage(place, "shell", "-v", "0", "-c", BUILD)
    return place


@pytest.fixture
def stage(world, tmp_path, chromium):
    """The people of one journey. When it stops, pictures of their screens lie in the folder of the test."""
    shots = tmp_path / "pictures"
    with serving(copy_of(world, tmp_path / "copy")) as server, browser(chromium) as running:
        yield Stage(running, server, shots)
