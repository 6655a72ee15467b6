"""The rule book: what it says, what it refuses, what a province may change."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from core import clock
from core.regulations import (
    CURRENT,
    Anchor,
    Criterion,
    DayOfYear,
    Fraction,
    RuleBookError,
    Status,
    Unit,
    UnknownRuleError,
    fraction,
    number,
    parameter,
    regulation_for,
    regulations,
    scoring_template,
    value,
)
from core.regulations.book import load
from core.regulations.selectors import regulation
from core.regulations.values import read_value
from core.regulations.wording import anchor_label, criterion_label, label, status_label, value_text

OLD, NEW = "r1_2013", "r2_2025"
LED = ("chair", "vice_chair")
both = pytest.mark.parametrize("version", [OLD, NEW])


@pytest.mark.parametrize(
    ("approved", "version"),
    [
        (date(2013, 6, 1), OLD),
        (date(2019, 5, 6), OLD),
        (date(2025, 9, 30), OLD),
        (date(2025, 10, 1), NEW),
        (date(2026, 11, 22), NEW),
    ],
)
def test_the_day_of_approval_chooses_the_law_for_life(approved, version):
    assert regulation_for(approved) == version


def test_versions_follow_each_other_without_a_gap():
    assert [one.code for one in regulations()] == [OLD, NEW]
    assert CURRENT == NEW
    assert regulation(OLD).effective_to == regulation(NEW).effective_from - timedelta(days=1)


def test_a_parameter_says_where_it_is_written_and_how_sure_it_is():
    found = parameter("council.selection.sizes", OLD)
    assert (found.value, found.unit, found.anchor) == ((7, 8, 9), Unit.COUNTS, Anchor.SITTING_DATE)
    assert (found.source, found.status, found.is_confirmed) == (
        "Thông tư 20/2023/TT-BKHCN, Điều 8.1.a",
        Status.CONFIRMED,
        True,
    )
    unsure = parameter("contract.signing_days", NEW)
    assert (unsure.source, unsure.is_confirmed) == ("Quy định của tỉnh (chưa có văn bản)", False)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("proposal.screening_days", 15, 15),
        ("council.identification.quorum", Fraction(2, 3), Fraction(2, 3)),
        ("council.identification.pass_share", Fraction(3, 4), Fraction(3, 4)),
        ("council.identification.sizes", (5, 7, 9, 11), (5, 7, 9, 11)),
        ("council.selection.reviewers", 2, 2),
        ("council.selection.parts", (*LED, "scientific_secretary"), (*LED, "scientific_secretary")),
        ("council.appraisal.parts", LED, LED),
        ("council.selection.pass_points", 70, 70),
        ("council.selection.host_members_max", 1, 0),
        ("council.appraisal.sizes", (5,), (5,)),
        ("council.acceptance.sizes", (9,), (7, 8, 9)),
        ("council.acceptance.setup_days", 15, 15),
        ("contract.instalment_percents", (50, 30, 20), (50, 30, 20)),
        ("contract.advance_percent_max", 50, 50),
        ("report.dates", (DayOfYear(3, 15), DayOfYear(9, 15)), (DayOfYear(3, 15), DayOfYear(9, 15))),
        ("extension.times_max", 1, 1),
        ("extension.months_max_long", 12, 12),
        ("extension.months_max_short", 6, 6),
        ("acceptance.grassroots", True, False),
        ("acceptance.dossier_days", 30, 30),
        ("registration.days", 30, 30),
        ("recovery.risk_acceptance", False, True),
        ("archive.years", 1, 1),
    ],
)
def test_the_numbers_of_the_journey(key, old, new):
    assert (value(key, OLD), value(key, NEW)) == (old, new)


def test_typed_questions_refuse_the_wrong_type():
    assert number("archive.years") == 1
    assert fraction("acceptance.fail_share") == (1, 3)
    with pytest.raises(TypeError):
        number("acceptance.fail_share")
    with pytest.raises(TypeError):
        fraction("acceptance.grassroots")
    with pytest.raises(TypeError):
        number("acceptance.grassroots")


def test_an_unknown_rule_is_refused_with_what_was_meant():
    with pytest.raises(UnknownRuleError, match=r"Meant: proposal\.screening_days"):
        parameter("proposal.screening_day")
    with pytest.raises(UnknownRuleError, match=r"holds no 'zzz'\.$"):
        parameter("zzz")
    with pytest.raises(UnknownRuleError, match="r1_2013, r2_2025"):
        parameter("archive.years", "r3_2030")


@both
def test_every_kind_of_council_answers_the_same_questions(version):
    questions = "sizes parts reviewers quorum quorum_roles documents_lead_days setup_days"
    for kind in ("identification", "selection", "appraisal", "acceptance"):
        answers = {question: value(f"council.{kind}.{question}", version) for question in questions.split()}
        assert answers["reviewers"] < min(answers["sizes"])


@both
def test_every_score_sheet_makes_a_hundred_points(version):
    kinds = ("basic_research", "applied_research", "technology_development", "social_solution", "unheard_of")
    assert [sum(line.maximum for line in scoring_template(kind, version)) for kind in kinds] == [100] * 5


def test_nothing_of_the_circulars_of_2014_and_2016_is_sure_for_new_tasks():
    old = ("Thông tư 33/2014", "Thông tư 11/2014", "Thông tư 45/2016")
    sure = [one.key for one in regulation(NEW).parameters.values() if one.document.startswith(old) and one.is_confirmed]
    assert sure == []


def test_the_sheet_of_applied_research():
    assert scoring_template("applied_research", OLD) == (
        Criterion("overview", 12),
        Criterion("contents", 24),
        Criterion("products", 16),
        Criterion("impact", 16),
        Criterion("plan_and_budget", 16),
        Criterion("capacity", 16),
    )
    assert scoring_template("unheard_of", OLD) == value("scoring.default", OLD)


@both
def test_time_limits_are_counted_in_units_of_the_clock(version):
    limits = [
        one for one in regulation(version).parameters.values() if str(one.unit) in {str(unit) for unit in clock.Unit}
    ]
    day = date(2026, 3, 2)
    assert all(clock.add_days(day, limit.value, limit.unit) >= day for limit in limits)


@both
@pytest.mark.parametrize("language", ["vi", "en", "ar"], indirect=True)
def test_every_parameter_has_words(version, language):
    for one in regulation(version).parameters.values():
        assert all([label(one.key), value_text(one), status_label(one.status), anchor_label(one.anchor)])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("proposal.screening_days", "15 working days"),
        ("archive.years", "1 year"),
        ("council.selection.pass_points", "70 points"),
        ("council.selection.quorum", "2/3"),
        ("council.selection.sizes", "7, 8, 9"),
        ("council.vote_counters", "3"),
        ("call.closing_hour", "17:00"),
        ("contract.advance_percent_max", "50%"),
        ("contract.instalment_percents", "50%, 30%, 20%"),
        ("contract.advance_threshold_vnd", "50,000,000 đồng"),
        ("report.dates", "15/03, 15/09"),
        ("eligibility.counted_levels", "national, ministry, provincial"),
        ("acceptance.grassroots", "no"),
        ("call.continuous", "yes"),
        ("disbursement.final_after", "registration of the results"),
    ],
)
def test_values_in_words(key, text):
    with override("en"):
        assert value_text(parameter(key)) == text


def test_labels_in_words():
    with override("en"):
        assert label("council.selection.sizes") == "Selection council: allowed sizes"
        assert label("archive.years") == "Time to hand the file to the archive"
        assert criterion_label("impact") == "Application and impact"


# The province's overlay -----------------------------------------------------------------------------------------------

OVERLAY = """
[[parameter]]
regulation = "r2_2025"
key = "proposal.screening_days"
value = 10
document = "Quyết định 01/2026/QĐ-UBND"
article = "Điều 7"
status = "confirmed"
valid_from = 2026-06-05
valid_to = 2026-12-31

[[parameter]]
regulation = "r2_2025"
key = "proposal.screening_days"
value = 20
unit = "days"
document = "Quyết định 09/2026/QĐ-UBND"
status = "confirmed"
valid_from = 2026-09-01
"""


@pytest.fixture
def overlay(settings, tmp_path):
    """``overlay(text)`` lays a province's file over the rule book."""

    def lay(text):
        path = tmp_path / f"overlay-{hash(text)}.toml"
        path.write_text(text, encoding="utf-8")
        settings.RULE_BOOK_OVERLAY = str(path)
        return str(path)

    return lay


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2026, 6, 4), (15, "working_days", False)),
        (date(2026, 6, 5), (10, "working_days", True)),
        (date(2026, 9, 1), (20, "days", True)),
        (date(2027, 1, 1), (20, "days", True)),
    ],
)
def test_a_province_decides_otherwise_from_a_day(overlay, on, answer):
    overlay(OVERLAY)
    found = parameter("proposal.screening_days", NEW, on)
    assert (found.value, found.unit, found.is_confirmed) == answer
    assert value("proposal.screening_days", OLD, on) == 15
    assert value("proposal.return_days", NEW, on) == 10


def test_without_a_day_the_province_is_asked_for_today(overlay, morning):
    overlay(OVERLAY)
    assert value("proposal.screening_days") == 15


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ('regulation = "r3"\nkey = "archive.years"\nvalid_from = 2026-01-01', "r3"),
        ('regulation = "r2_2025"\nkey = "archive.decades"\nvalid_from = 2026-01-01', "decades"),
        ('regulation = "r2_2025"\nkey = "archive.years"', "valid_from"),
        ('regulation = "r2_2025"\nkey = "archive.years"\nvalid_from = 2026-01-01\nvalue = 2', "document, status"),
        (
            'regulation="r2_2025"\nkey="archive.years"\nvalid_from=2026-01-01\nvalue=-2\ndocument="x"\nstatus="confirmed"',
            "whole number from 0",
        ),
    ],
)
def test_a_faulty_overlay_is_refused(overlay, wrong, complaint):
    with pytest.raises(RuleBookError, match=complaint):
        load(overlay(f"[[parameter]]\n{wrong}"))


def test_an_overlay_that_is_missing_or_no_toml_is_refused(overlay):
    with pytest.raises(RuleBookError, match="nowhere"):
        load("/nowhere.toml")
    with pytest.raises(RuleBookError, match="overlay-"):
        load(overlay("[["))


# Values ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "raw"),
    [
        (Unit.DAYS, 1.5),
        (Unit.DAYS, True),
        (Unit.DAYS, "15"),
        (Unit.PERCENT, 101),
        (Unit.HOUR, 24),
        (Unit.MONTH, 0),
        (Unit.POINTS, 101),
        (Unit.FLAG, 1),
        (Unit.FRACTION, 0.66),
        (Unit.FRACTION, [3, 2]),
        (Unit.FRACTION, [0, 2]),
        (Unit.FRACTION, [2, 3, 4]),
        (Unit.COUNTS, []),
        (Unit.COUNTS, [5, "7"]),
        (Unit.PERCENTS, [50, 30]),
        (Unit.CHOICE, "Carry over"),
        (Unit.CHOICE, 3),
        (Unit.LIST, []),
        (Unit.LIST, "chair"),
        (Unit.DATES, ["15-03"]),
        (Unit.DATES, ["02-30"]),
        (Unit.CRITERIA, [{"code": "all", "maximum": 99}]),
        (Unit.CRITERIA, [{"code": "all", "maximum": 50}, {"code": "all", "maximum": 50}]),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused(unit, raw):
    with pytest.raises(ValueError):  # noqa: PT011 - each unit has its own sentence
        read_value(raw, unit)
