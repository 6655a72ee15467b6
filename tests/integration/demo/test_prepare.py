"""What bin/prepare does with a database that another version made."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_a_database_of_another_version_is_named_and_kept(tmp_path):
    place = tmp_path / "before.sqlite3"
    with sqlite3.connect(place) as books:
        books.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        books.execute("INSERT INTO django_migrations VALUES (1, 'people', '0001_of_another_version', '2026-01-01')")
    settings = {"DATABASE_URL": f"sqlite:///{place}", "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    done = subprocess.run(
        [sys.executable, "bin/prepare"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "people.0001_of_another_version" in done.stdout
    assert "bin/demo --fresh" in done.stdout
    with sqlite3.connect(place) as books:
        tables = books.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("django_migrations",)]
