"""The gates run on a copy of the demo's database: loaded once per run, never shared with the other tests.

They are a run of their own (``bin/test gates``): the database fixture here replaces the empty one of the suite.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings

from .load import TODAY, pages_of

ROOT = Path(__file__).resolve().parents[2]


def environment(database: Path) -> dict[str, str]:
    """What a server or command of the gates sees: the copy, its own files, the demo's settings, a day that stands."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo_test",
        "DATABASE_URL": f"sqlite:///{database}",
        "PRIVATE_FILES_ROOT": str(database.parent / "files"),
        "CLOCK_FILE": str(database.parent / "clock"),
    }


def manage(database: Path, *command: str) -> str:
    """Run a management command on the copy and return what it prints."""
    return run(database, "manage.py", *command)


def run(database: Path, *command: str) -> str:
    """Run a program of ours on the copy and return what it prints."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The demo's database file, loaded once for this run (or named by DEMO_DATABASE)."""
    folder = tmp_path_factory.mktemp("demo")
    place = folder / "demo.sqlite3"
    if os.environ.get("DEMO_DATABASE"):
        return copy_of(Path(os.environ["DEMO_DATABASE"]), folder)
    run(place, "-m", "tests.gates.load")
    return place


def copy_of(database: Path, folder: Path) -> Path:
    """A copy of the database and of the private files beside it, with the clock on the demo's day."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / database.name
    shutil.copy(database, target)
    if (database.parent / "files").is_dir():
        shutil.copytree(database.parent / "files", folder / "files", dirs_exist_ok=True)
    (folder / "clock").write_text(TODAY, encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def own_copy(demo, tmp_path_factory) -> Path:
    """The copy that tests in this process ask."""
    return copy_of(demo, tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="session")
def django_db_setup(own_copy, django_db_blocker):
    """Tests that ask the database in this process ask a copy of the demo's, on its day, with its uploads."""
    files = own_copy.parent / "files"
    storages = dict(django_settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": files}}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = str(own_copy)
    with override_settings(PRIVATE_FILES_ROOT=files, STORAGES=storages, CLOCK_FILE=own_copy.parent / "clock"):
        yield


@dataclass(frozen=True)
class Server:
    """A serving process with its embedded worker, on a copy of its own."""

    url: str
    database: Path


@contextmanager
def serving(database: Path):
    """A real server process on a free port, ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "config.wsgi:application"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(database), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Started worker" in line:
                break
        else:
            pytest.fail("the server did not start: " + "".join(said))
        with keeping_log(process, database.parent / "server.log"):
            yield Server(f"http://127.0.0.1:{port}", database)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@contextmanager
def keeping_log(process, log: Path):
    """Write what the server says into a file: a full pipe that nobody reads would stop it."""

    def read():
        with log.open("w", encoding="utf-8") as file:
            for line in process.stdout:
                file.write(line)
                file.flush()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        yield
    finally:
        process.terminate()
        reader.join(timeout=20)


@pytest.fixture(scope="session")
def shared_server(demo, tmp_path_factory):
    """One server for all gates: they only read."""
    with serving(copy_of(demo, tmp_path_factory.mktemp("shared"))) as server:
        yield server


@pytest.fixture
def own_server(demo, tmp_path):
    """A server and a copy for one journey alone."""
    with serving(copy_of(demo, tmp_path / "copy")) as server:
        yield server


@pytest.fixture(scope="session")
def visits(demo):
    """Every page with somebody who may open it."""
    loaded = Path(os.environ.get("DEMO_DATABASE") or demo)
    return [json.loads(line) for line in pages_of(loaded).read_text(encoding="utf-8").splitlines()]
