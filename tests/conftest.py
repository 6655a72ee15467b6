"""What every test may ask for: a frozen clock, a language, a signed-in client, a browser.

Factories live in tests/factories/, one file per app.
"""

import os
import shutil
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from core import clock
from core.audit import triggers
from tests.factories.browsing import signed_in

# A Monday morning in the middle of the demo's year, no public holiday near it.
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HERE = Path(__file__).parent

# Every bin/test takes the short profile: the same examples in every run, so that a change is judged by its own faults.
# make deep takes the long one, which looks for new faults.
hypothesis_settings.register_profile("short", max_examples=100, deadline=None, print_blob=True, derandomize=True)
hypothesis_settings.register_profile(
    "deep", parent=hypothesis_settings.get_profile("short"), max_examples=2000, derandomize=False
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def wrong_vendor(expected: str, actual: str) -> str:
    """The sentence that stops the run when the tests would silently use another database, or nothing."""
    if not expected or expected == actual:
        return ""
    return f"EXPECT_VENDOR is {expected}, but the tests would run on {actual}: set DATABASE_URL before pytest starts"


def pytest_sessionstart():
    sentence = wrong_vendor(os.environ.get("EXPECT_VENDOR", ""), connection.vendor)
    if sentence:
        pytest.exit(sentence, returncode=3)


def pytest_ignore_collect(collection_path, config):
    """Gates and journeys replace the database of the whole run, so they are collected only when named."""
    if collection_path in {HERE / "gates", HERE / "e2e"}:
        named = [Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args]
        return not any(collection_path in (path, *path.parents) for path in named)
    return None


def pytest_collection_modifyitems(config, items):
    """Tests that need PostgreSQL leave the SQLite run; browser, matrix and deep tests run only when asked for."""
    asked = config.option.markexpr
    unwanted = [name for name in ("browser", "deep", "matrix") if name not in asked]
    if connection.vendor != "postgresql":
        unwanted.append("postgres")
    gone = [item for item in items if any(item.get_closest_marker(name) for name in unwanted)]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]
    # What takes minutes begins first, so that no process waits for it at the end.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """A database of each process; on SQLite a file of this run alone, so that two runs on one machine do not meet.

    Never in memory: threads share it.
    """
    if connection.vendor == "sqlite":
        place = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(place / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def _own_private_files(tmp_path_factory):
    """Uploads and papers of the tests go to a folder of this run."""
    place = tmp_path_factory.mktemp("files")
    storages: dict[str, dict[str, object]] = dict(django_settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": place}}
    with override_settings(PRIVATE_FILES_ROOT=place, STORAGES=storages):
        yield


@pytest.fixture(autouse=True, scope="session")
def _lift_triggers_round_the_flush():
    """Append-only tables refuse the flush after a transactional test, so it alone happens without the triggers."""
    flush = vars(TransactionTestCase)["_fixture_teardown"]

    def teardown(case):
        with triggers.lifted():
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def _first_language():
    """Every test begins in Vietnamese: a page that was asked for in Arabic leaves the thread in Arabic."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def morning():
    """The clock stands at nine o'clock of Monday, 2 March 2026, in Vietnam; the instant is returned."""
    with clock.moved_to(MORNING):
        yield MORNING


@pytest.fixture(scope="module")
def teller(request):
    """What tells the module's story: its own ``tell``, or None; a folder may have one for the modules without."""
    return getattr(request.module, "tell", None)


@pytest.fixture(scope="module")
def _told(teller, django_db_setup, django_db_blocker):
    """What the module's teller makes, once, in a transaction round all its tests; nothing where there is none."""
    if teller is None:
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        # As round Django's own tests: a durable transaction may begin inside.
        connection.atomic_blocks[-1]._from_testcase = True
        with clock.moved_to(MORNING), translation.override(django_settings.LANGUAGE_CODE):
            made = teller()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def story(_told, db, morning):
    """What the module's teller returned: each test has copies of its own, and what it writes is rolled back."""
    return deepcopy(_told)


@pytest.fixture
def people(story):
    """The people of the module's story."""
    return story.people


@pytest.fixture
def language(request):
    """The active language: Vietnamese, or the one given with parametrize(..., indirect=True)."""
    chosen = getattr(request, "param", "vi")
    with translation.override(chosen):
        yield chosen


@pytest.fixture
def client_for():
    """``client_for(user, language="vi")``: a test client that is signed in as the user and speaks the language."""

    return signed_in


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed(): ...`` runs what waits for the commit, at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(*commands: str) -> str | None:
    """The path of the first of the commands that is installed."""
    return next((path for path in map(shutil.which, commands) if path), None)


@pytest.fixture(scope="session")
def chromium():
    """The path of Debian's Chromium, best without windows: that needs half the time."""
    known = found("chromium-headless-shell", "chromium", "chromium-browser")
    return known or pytest.skip("Chromium is missing: apt-get install chromium-headless-shell")


@pytest.fixture(scope="session")
def pdftotext():
    """The path of poppler's pdftotext; pdffonts and pdfsig lie beside it."""
    return found("pdftotext") or pytest.skip("pdftotext is missing: apt-get install poppler-utils")


@pytest.fixture(scope="session")
def redis_server():
    """The path of a Redis server that a test may start for itself."""
    return found("redis-server") or pytest.skip("redis-server is missing: apt-get install redis-server")


@pytest.fixture(scope="session")
def axe():
    """The script of axe-core, to be run inside a page."""
    return (HERE / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
