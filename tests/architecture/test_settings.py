"""Whoever installs the product finds every setting in one file."""

import re

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
