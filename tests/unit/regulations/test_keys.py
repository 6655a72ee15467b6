"""Every rule that the code asks for stands in the rule book of every version."""

import re
from pathlib import Path

from core.regulations import regulations

ROOT = Path(__file__).parents[3]
ROOMS = ("core", "proposals", "tasks", "reviews", "funds", "portal", "demo")
ASKED = re.compile(r"""\b(?:Due|parameter|value|number|fraction|by=|ruled\(\w+, )\(?\s*"([a-z_]+(?:\.[a-z_]+)+)\"""")


def asked_for(text):
    return set(ASKED.findall(text))


def test_questions_are_found_in_code():
    text = 'due=Due("a.b"), facts.refuse(text, by="c.d_e"); value("f.g.h", r); path("x.y"); ruled(text, "i.j", r)'
    assert asked_for(text) == {"a.b", "c.d_e", "f.g.h", "i.j"}


def test_every_rule_asked_for_exists():
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    asked = set().union(*(asked_for(path.read_text(encoding="utf-8")) for path in files))
    missing = {one.code: sorted(asked - set(one.parameters)) for one in regulations()}
    assert missing == {"r1_2013": [], "r2_2025": []}
