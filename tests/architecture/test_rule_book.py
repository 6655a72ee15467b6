"""Every key of the rule book is read by the code: a number that nobody reads would be a promise nobody keeps."""

import re
from collections.abc import Iterable, Mapping

from core.regulations import regulations
from core.regulations.legal import library
from tests.architecture.source import ROOT

ROOMS = ("core", "proposals", "tasks", "reviews", "funds", "portal")
# The words of the keys are no question after their numbers.
WORDS = ROOT / "core/regulations/words.py"
# Keys built from a part that varies: where, and how.
BUILT = (
    ("reviews/hooks/guards.py", "council.{kind}.sizes"),
    ("reviews/hooks/guards.py", "council.{kind}.parts"),
    ("reviews/hooks/guards.py", "council.{kind}.reviewers"),
    ("reviews/hooks/guards.py", "council.{council.kind}.documents_lead_days"),
    ("reviews/hooks/sitting_guards.py", "council.{kind}.quorum"),
    ("reviews/hooks/sitting_guards.py", "council.{kind}.quorum_roles"),
    ("reviews/selectors/conflicts.py", "council.{council.kind}.barred"),
    ("reviews/services/timing.py", "council.{council.kind}.setup_days"),
    ("core/regulations/selectors.py", "scoring.{kind}"),
)


def sources() -> dict[str, str]:
    """Path → text of every module of the rooms."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path != WORDS)
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def unread(keys: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    """The keys that stand nowhere in the code, neither whole nor by one of the built forms."""
    whole = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', "\n".join(texts.values())))
    forms = [re.sub(r"\\{.*?\\}", "[a-z_]+", re.escape(form)) for _path, form in BUILT]
    return sorted(key for key in keys if key not in whole and not any(re.fullmatch(form, key) for form in forms))


def test_every_key_of_the_rule_book_is_read():
    keys = {key for version in regulations() for key in version.parameters}
    assert unread(keys, sources()) == []


def test_the_built_keys_are_built_where_it_is_said():
    texts = sources()
    assert [(path, form) for path, form in BUILT if f'f"{form}"' not in texts[path]] == []


def test_a_planted_key_is_found():
    texts = {"a.py": 'Due("call.min_open_days"); value(f"council.{kind}.sizes"); # archive.decades'}
    planted = ["archive.decades", "council.selection.colour", "call.min_open_days", "council.moon.sizes"]
    assert unread(planted, texts) == ["archive.decades", "council.selection.colour"]


def wrongly_sure() -> list[str]:
    """Confirmed numbers that rest on a document which, by the library, does not speak for tasks of their version."""
    documents = {f"{one.type} {one.number}": one for one in library().documents.values() if one.regulations}
    return [
        f"{version.code}: {key} rests on {rule.document}"
        for version in regulations()
        for key, rule in sorted(version.parameters.items())
        if rule.is_confirmed and rule.document in documents
        if version.code not in documents[rule.document].regulations
    ]


def test_no_number_is_certain_by_a_document_that_does_not_speak_for_its_version():
    assert wrongly_sure() == []
