"""Files stay short enough to be read."""

from statistics import median

from tests.architecture.source import ROOT, broken, modules_of_tests, own_modules, templates

LONGEST_MODULE = 400
LONGEST_TEST = 500
LONGEST_TEMPLATE = 80
WIDEST_TABLE = 160
USUAL_MODULE = 90


def longer_than(limit):
    def rule(text):
        lines = text.count("\n")
        if lines > limit:
            yield limit, f"{lines} lines, at most {limit}"

    return rule


def wider_than(limit):
    def rule(text):
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > limit:
                yield number, f"{len(line)} characters, at most {limit}"

    return rule


def test_no_module_is_too_long():
    assert broken(longer_than(LONGEST_MODULE), own_modules()) == ""
    assert broken(longer_than(LONGEST_TEST), modules_of_tests()) == ""


def test_no_template_is_too_long():
    assert broken(longer_than(LONGEST_TEMPLATE), templates()) == ""


def test_the_usual_module_fits_on_a_screen():
    sizes = [lines for path in own_modules() if (lines := path.read_text("utf-8").count("\n"))]
    assert median(sizes) <= USUAL_MODULE


def test_tables_aligned_by_hand_fit_a_wide_screen():
    tables = [path for path in own_modules() if path.name in {"lifecycle.py", "postings.py"}]
    assert broken(wider_than(WIDEST_TABLE), tables) == ""


def test_the_formatter_is_switched_off_in_tables_only():
    switched_off = {path.name for path in own_modules() if "# fmt: off" in path.read_text("utf-8")}
    assert switched_off <= {"lifecycle.py", "postings.py"}


def test_planted_long_and_wide_texts_are_found():
    assert list(longer_than(2)("a\nb\nc\n")) == [(2, "3 lines, at most 2")]
    assert list(wider_than(3)("abc\nabcd\n")) == [(2, "4 characters, at most 3")]


# fmt: off
TOP_LEVEL = {
    ".ci", ".editorconfig", ".env.example", ".git", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "Makefile", "README.md", "benchmarks", "bin", "config", "core", "demo", "deploy", "docs", "funds", "locale",
    "manage.py", "portal", "proposals", "pyproject.toml", "reviews", "static", "tasks", "templates", "tests",
}
# fmt: on


def strangers(names):
    """What stands at the top of the project and does not belong there."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    known = TOP_LEVEL | {name.rstrip("/") for name in ignored}
    rest = {name for name in names if not name.startswith((".coverage", "requirements"))}
    return sorted(rest - known)


def test_the_top_level_shows_the_subject_and_nothing_else():
    assert strangers(path.name for path in ROOT.iterdir()) == []


def test_a_planted_stranger_is_found():
    assert strangers(["core", "requirements.lock", "utils"]) == ["utils"]
