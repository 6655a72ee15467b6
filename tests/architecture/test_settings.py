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


PRODUCTION = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "a.vn"}
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
