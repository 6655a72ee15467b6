"""The contracts of import-linter refuse planted imports; the real tree is checked by bin/test lint."""

import subprocess
import sys
import tomllib

import pytest

from tests.architecture.source import PACKAGES, ROOMS, ROOT

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
FLOOR = ["audit", "documents", "files", "jobs", "notifications", "numbers", "people", "regulations", "ui", "workflow"]
PARTS = ("apps", "urls", "views", "forms", "hooks", "services", "selectors", "policy", "models", "lifecycle")


def write(path, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def little_house(tmp_path):
    """A tree with the same rooms and empty modules."""
    write(tmp_path / "pyproject.toml", (ROOT / "pyproject.toml").read_text("utf-8"))
    for package in PACKAGES:
        write(tmp_path / package / "__init__.py")
    for room in ROOMS:
        for part in PARTS:
            write(tmp_path / room / f"{part}.py")
    for app in FLOOR:
        write(tmp_path / "core" / app / "__init__.py")
        write(tmp_path / "core" / app / "models.py")
    for module in ("money", "clock", "codes", "rows", "text"):
        write(tmp_path / "core" / f"{module}.py")
    return tmp_path


def broken_contracts(house):
    """The names of the contracts that import-linter calls broken."""
    ran = subprocess.run([sys.executable, "-c", LINT], cwd=house, capture_output=True, text=True, check=False)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    return [contract["name"] for contract in contracts if f"{contract['name']} BROKEN" in ran.stdout]


def test_the_little_house_keeps_every_contract(little_house):
    assert broken_contracts(little_house) == []


@pytest.mark.parametrize(
    ("place", "text", "contract"),
    [
        ("proposals/services.py", "import tasks.models", "The rooms of the house"),
        ("reviews/services.py", "import funds.models", "The rooms of the house"),
        ("core/audit/models.py", "import core.people.models", "The ground floor"),
        ("core/odd.py", "", "The ground floor"),
        ("tasks/models.py", "import tasks.views", "Inside a room"),
        ("tasks/helpers.py", "", "Inside a room"),
        ("core/people/models.py", "import core.people.views", "Inside an app of the ground floor"),
        ("tasks/policy.py", "import guardian.shortcuts", "Only core.people.grants knows django-guardian"),
        ("tasks/models.py", "import django_fsm", "Only core.workflow knows django-fsm"),
    ],
)
def test_a_planted_import_breaks_its_contract(little_house, place, text, contract):
    write(little_house / "core" / "people" / "views.py")
    write(little_house / place, text)
    assert broken_contracts(little_house) == [contract]
