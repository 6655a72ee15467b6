"""Worked examples of the room's arithmetic."""

from datetime import date

import pytest

from core.money import VND
from core.regulations import DayOfYear
from tasks.models import AcceptanceFile, Cause, Precondition
from tasks.selectors import default_instalments, longest_extension, report_days
from tasks.selectors.acceptance import acceptance_deadline
from tasks.selectors.recovery import RecoveryFacts, ShareRule, amount_to_recover, share_rule
from tasks.selectors.schedule import Period, periods

TWICE_A_YEAR = (DayOfYear(3, 15), DayOfYear(9, 15))
R1, R2 = "r1_2013", "r2_2025"
MILLION = 1_000_000


def test_reports_fall_on_the_reporting_days_inside_the_contract():
    days = report_days(date(2026, 3, 2), date(2028, 3, 2), days=TWICE_A_YEAR)
    assert days == [date(2026, 3, 15), date(2026, 9, 15), date(2027, 3, 15), date(2027, 9, 15)]


def test_a_contract_that_starts_on_a_reporting_day_reports_half_a_year_later():
    assert report_days(date(2026, 3, 15), date(2026, 9, 15), days=TWICE_A_YEAR) == [date(2026, 9, 15)]


def test_days_of_the_contract_join_the_schedule_once():
    additional = [date(2026, 12, 31), date(2026, 9, 15), date(2029, 1, 1)]
    days = report_days(date(2026, 4, 1), date(2026, 12, 31), days=TWICE_A_YEAR, additional=additional)
    assert days == [date(2026, 9, 15), date(2026, 12, 31)]


def test_each_report_speaks_of_the_time_since_the_one_before():
    assert periods([date(2026, 9, 15), date(2027, 3, 15)], date(2026, 3, 2)) == [
        Period(date(2026, 9, 15), date(2026, 3, 2)),
        Period(date(2027, 3, 15), date(2026, 9, 16)),
    ]


@pytest.mark.parametrize(("months", "most"), [(12, 6), (23, 6), (24, 12), (36, 12)])
def test_a_long_task_is_extended_by_twelve_months_a_short_one_by_six(months, most):
    assert longest_extension(months, R2) == most


def test_the_default_plan_shares_the_value_and_loses_no_dong():
    plan = default_instalments(985_500_001, date(2026, 3, 2), date(2028, 3, 2), R2)
    assert [one.amount_vnd for one in plan] == [492_750_001, 295_650_000, 197_100_000]
    assert [one.precondition for one in plan] == [
        Precondition.SIGNED,
        Precondition.INSPECTION_PASSED,
        Precondition.RESULTS_REGISTERED,
    ]
    assert [one.budget_year for one in plan] == [2026, 2027, 2028]


def test_without_state_money_there_are_no_instalments():
    assert default_instalments(0, date(2026, 3, 2), date(2028, 3, 2), R2) == []


def test_the_dossier_is_due_thirty_days_after_the_end_on_a_working_day():
    # 1 April 2028 is a Saturday: the limit ends with the Monday after it.
    assert acceptance_deadline(date(2028, 3, 2), R2) == date(2028, 4, 3)


@pytest.mark.parametrize(("day", "late"), [(date(2028, 4, 3), 0), (date(2028, 4, 4), 1), (date(2028, 5, 4), 31)])
def test_lateness_counts_calendar_days_after_the_last_day(day, late):
    assert AcceptanceFile(filed_on=day, due_on=date(2028, 4, 3)).late_days == late


def test_a_dossier_without_a_last_day_or_not_filed_is_not_late():
    assert [AcceptanceFile(filed_on=date(2028, 5, 4)).late_days, AcceptanceFile(due_on=date(2028, 4, 3)).late_days] == [
        0,
        0,
    ]


LEAST, MOST, RISK = "recovery.subjective_percent_min", "recovery.objective_percent_max", "recovery.risk_acceptance"


@pytest.mark.parametrize(
    ("cause", "followed", "regulation", "rule"),
    [
        (Cause.SUBJECTIVE, True, R2, ShareRule(LEAST, 40, 100)),
        (Cause.SUBJECTIVE, False, R1, ShareRule(LEAST, 40, 100)),
        # A maximum, and no more: nothing may go back too.
        (Cause.OBJECTIVE, False, R2, ShareRule(MOST, 0, 10)),
        (Cause.OBJECTIVE, True, R2, ShareRule(RISK, 0, 0)),
        # The old law knows no acceptance of risk.
        (Cause.OBJECTIVE, True, R1, ShareRule(MOST, 0, 10)),
    ],
)
def test_the_share_that_may_go_back_depends_on_cause_procedure_and_law(cause, followed, regulation, rule):
    assert share_rule(cause=cause, procedure_followed=followed, regulation=regulation) == rule


@pytest.mark.parametrize(("percent", "fits"), [(39, False), (40, True), (100, True)])
def test_a_share_fits_within_the_bounds_of_its_rule(percent, fits):
    assert ShareRule(LEAST, 40, 100).allows(percent) is fits


@pytest.mark.parametrize(
    ("paid", "spent", "accepted", "returned", "percent", "amount"),
    [
        # 150 unspent, 50 improper, 40 % of 250 proper.
        (450, 300, 250, 0, 40, 300),
        # Accepted risk: only what was not spent, or not properly.
        (450, 300, 300, 0, 0, 150),
        # What the host gave back already is not asked for again.
        (450, 300, 300, 150, 10, 30),
        # A return also covers improper spending.
        (450, 300, 250, 180, 0, 20),
        # Own money spent beyond what was paid stays the host's affair.
        (200, 300, 300, 0, 10, 20),
        (0, 0, 0, 0, 40, 0),
    ],
)
def test_the_amount_is_unspent_plus_improper_plus_a_share_of_the_rest(paid, spent, accepted, returned, percent, amount):
    facts = RecoveryFacts(
        paid_vnd=VND(paid * MILLION),
        spent_vnd=VND(spent * MILLION),
        accepted_vnd=VND(accepted * MILLION),
        returned_vnd=VND(returned * MILLION),
        percent=percent,
    )
    assert amount_to_recover(facts) == amount * MILLION
