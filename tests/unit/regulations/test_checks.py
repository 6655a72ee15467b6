"""The system checks and the command of the rule book."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.checks import WARNING
from django.core.management import CommandError, call_command

from core import clock
from core.regulations.book import RuleBookError, load
from core.regulations.book import _leaves as leaves
from core.regulations.book import _read_regulation as read_regulation
from core.regulations.checks import check_holidays, check_rule_book, faults_of
from core.regulations.legal import _cited as cited
from core.regulations.printing import markdown


def on(day):
    return clock.moved_to(clock.instant(date.fromisoformat(day)))


def test_the_rule_book_and_the_holidays_are_in_order():
    with on("2026-03-02"):
        assert (check_rule_book(), check_holidays()) == ([], [])


def test_the_year_ahead_is_announced_until_its_days_off_are_entered(settings, tmp_path):
    with on("2026-11-23"):
        assert [(one.id, one.level == WARNING, "2027" in one.msg) for one in check_holidays()] == [
            ("regulations.W001", True, True)
        ]
        path = tmp_path / "holidays.toml"
        path.write_text("years = [2027]")
        settings.HOLIDAYS_OVERRIDE = str(path)
        assert check_holidays() == []


def test_a_faulty_overlay_stops_django(settings, tmp_path):
    settings.RULE_BOOK_OVERLAY = str(tmp_path / "missing.toml")
    assert [(error.id, "missing.toml" in error.msg) for error in check_rule_book()] == [("regulations.E001", True)]


def test_a_faulty_holiday_file_stops_django(settings, tmp_path):
    settings.HOLIDAYS_OVERRIDE = str(tmp_path / "missing.toml")
    assert [(error.id, "missing.toml" in error.msg) for error in check_holidays()] == [("regulations.E002", True)]


def changed(version, key, /, **changes):
    parameters = dict(version.parameters)
    parameters[key] = replace(parameters[key], **changes)
    return replace(version, parameters=parameters)


def test_versions_have_the_same_keys():
    old, new = load()
    shorter = {key: one for key, one in old.parameters.items() if key != "archive.years"}
    assert list(faults_of((replace(old, parameters=shorter), new))) == ["r1_2013 lacks archive.years"]


def test_every_key_and_word_is_in_the_dictionary():
    old, new = load()
    assert list(faults_of((old, changed(new, "budget.year_end", value="burnt")))) == [
        "r2_2025 budget.year_end: no words for 'burnt'"
    ]
    assert list(faults_of((old, changed(new, "archive.years", key="archive.decades")))) == [
        "r2_2025 archive.decades: no words for 'archive.decades'"
    ]


@pytest.mark.parametrize("wrong", [{"archive": 1}, {"archive": {"years": [1]}}])
def test_only_parameters_stand_in_the_files(wrong):
    with pytest.raises(RuleBookError, match="not a parameter"):
        list(leaves(wrong))


LINE = 'archive.years = { value = 1, unit = "years", anchor = "event_date", document = "x", status = "confirmed" }\n'


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (LINE.replace("value = 1", "value = 1, colour = 2"), "colour"),
        (LINE.replace(', status = "confirmed"', ""), "status"),
        (LINE.replace('unit = "years"', 'unit = "decades"'), "decades"),
        (LINE.replace("event_date", "someday"), "someday"),
        (LINE.replace("value = 1", "value = 1.5"), "whole number"),
        (LINE + "\n[b]\n" + LINE.replace("archive", "c"), ""),
    ],
)
def test_a_faulty_file_is_refused_with_its_key(tmp_path, lines, complaint):
    (tmp_path / "version.toml").write_text(
        'code = "r9"\ntitle = "x"\neffective_from = 2030-01-01\nfiles = ["one", "one"]\n'
    )
    (tmp_path / "one.toml").write_text(lines)
    with pytest.raises(RuleBookError, match=complaint or "stands twice"):
        read_regulation(tmp_path)


def test_citations_name_groups_that_exist():
    with pytest.raises(RuleBookError, match="unknown groups moon"):
        cited("contract", ["moon"], {"sun": ["law-1"]})
    assert cited("contract", ["a", "b"], {"a": ["x", "y"], "b": ["y", "z"]}) == ("x", "y", "z")


def test_the_printed_rule_book_is_current():
    """When this fails: manage.py rule_book --write."""
    call_command("rule_book", "--check", stdout=StringIO())


def test_the_command_prints_writes_and_notices_a_stale_page(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="stale"):
        call_command("rule_book", "--check")
    call_command("rule_book", "--write", stdout=StringIO())
    assert (tmp_path / "docs" / "rule-book.md").read_text(encoding="utf-8") == markdown()
    call_command("rule_book", "--check", stdout=StringIO())
    printed = StringIO()
    call_command("rule_book", stdout=printed)
    assert printed.getvalue() == markdown()


def test_the_printed_rule_book_knows_no_province(settings, tmp_path):
    before = markdown()
    settings.RULE_BOOK_OVERLAY = str(tmp_path / "missing.toml")
    assert markdown() == before
