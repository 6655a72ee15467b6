"""Migrations are complete, carry names a person chose, and insert nothing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.forbidden import data_migrations
from tests.architecture.source import broken, own_modules, says

MADE_UP = re.compile(r"_auto_\d|_and_more$")


def nameless(names):
    """Names that Django made up, or that say only a number."""
    return [name for name in names if MADE_UP.search(name) or not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name)]


def own_migrations():
    paths = [path for path in own_modules(migrations=True) if "migrations" in path.parts]
    return [path for path in paths if path.stem != "__init__"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=output, stderr=output)
    except SystemExit:
        pytest.fail(f"A migration is missing:\n{output.getvalue()}")


def test_migrations_are_named_by_hand():
    assert nameless(path.stem for path in own_migrations()) == []


def test_migrations_insert_nothing():
    assert broken(data_migrations, own_migrations()) == ""


def test_planted_migrations_are_found():
    names = ["0001_initial", "0002_auto_20260101_1200", "0003_alter_task_code_and_more", "0004"]
    assert nameless(names) == names[1:]
    assert says(data_migrations, "operations = [migrations.RunPython(fill)]") == ["RunPython in a migration"]
