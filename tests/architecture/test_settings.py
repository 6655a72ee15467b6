"""Whoever installs the product finds every setting in one file; a server never starts with those of the demo."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

READ = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]*)["']""")
DOCUMENTED = re.compile(r"^#?\s?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def undocumented(code, example):
    """The names that are read and not documented, and those documented and read by nobody."""
    read, documented = set(READ.findall(code)), set(DOCUMENTED.findall(example))
    return sorted(read ^ documented)


def test_every_setting_of_the_environment_is_documented():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "config").rglob("*.py"))
    assert undocumented(code, (ROOT / ".env.example").read_text("utf-8")) == []


def test_planted_names_are_found():
    assert undocumented('env("NEW")\nenv.bool("OLD", default=False)', "#OLD=1\n# GONE=2\n") == ["GONE", "NEW"]


def started(code, **environment):
    """What a fresh process says when it runs the code with no settings but these."""
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False)


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "a.vn",
    "EMAIL_URL": "smtp+tls://user:password@mail.a.vn:587",
    "SITE_BASE_URL": "https://a.vn",
}
ASKED = """
import django; django.setup()
from allauth import app_settings
from django.conf import settings
from django.core.cache import cache
print(app_settings.TRUSTED_PROXY_COUNT, cache._max_entries, settings.DEMO_SIGN_IN)
"""


def test_proxies_are_believed_only_when_they_are_counted():
    assert started(ASKED, **PRODUCTION).stdout.split() == ["0", "100000", "False"]
    assert started(ASKED, **PRODUCTION, TRUSTED_PROXY_COUNT="2").stdout.split() == ["2", "100000", "False"]


SERVER = "import config.wsgi"
WORKER = "from config.celery import app; print(app.conf.broker_url)"


@pytest.mark.parametrize("code", [SERVER, WORKER])
def test_no_server_or_worker_starts_without_named_settings(code):
    refused = started(code)
    assert refused.returncode != 0
    assert "DJANGO_SETTINGS_MODULE" in refused.stderr
    assert started(code, **PRODUCTION).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_BASE_URL"])
def test_production_has_no_default_for_what_only_the_house_knows(name):
    refused = started(SERVER, **{one: value for one, value in PRODUCTION.items() if one != name})
    assert (refused.returncode != 0, f"Set the {name} environment variable" in refused.stderr) == (True, True)


def test_https_is_believed_only_of_a_proxy_of_our_own():
    asked = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    assert started(asked, **PRODUCTION).stdout == "None\n"
    assert started(asked, **PRODUCTION, TRUSTED_PROXY_COUNT="1").stdout == "('HTTP_X_FORWARDED_PROTO', 'https')\n"


DEPLOYED = """
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "INFO"])
"""


def test_the_deployment_is_checked_and_clean_only_behind_a_proxy(tmp_path):
    # Whatever year it is: the house has entered what was announced.
    announced = tmp_path / "holidays.toml"
    announced.write_text(f"years = {list(range(2026, 2100))}")
    clean = started(DEPLOYED, **PRODUCTION, TRUSTED_PROXY_COUNT="1", HOLIDAYS_OVERRIDE=str(announced))
    assert (clean.returncode, clean.stdout.strip()) == (
        0,
        "System check identified no issues (1 silenced).",
    )
    bare = started(DEPLOYED, **PRODUCTION)
    assert (bare.returncode != 0, "people.W001" in bare.stderr) == (True, True)
