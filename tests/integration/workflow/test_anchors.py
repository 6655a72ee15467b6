"""The day that a rule's anchor names decides which word of the province counts: never simply today."""

from datetime import date, datetime, time

import pytest

from core import clock
from core.regulations import Anchor, anchored
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.ruling import StepFacts
from funds.models import Disbursement
from funds.selectors.limits import over_advance, wrong_year
from proposals.models import Call, Dossier, Order
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.services.counting import selection_rule
from tasks.models import Amendment, Contract, Report, Task
from tasks.selectors.acceptance import acceptance_deadline
from tasks.selectors.schedule import days_of_task
from tests.factories import reviews as make
from tests.factories import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MILLION = 1_000_000
CHANGED = date(2026, 6, 5)
LATER = clock.instant(date(2026, 9, 1), time(9))
ENTRY = """
[[parameter]]
regulation = "r2_2025"
key = "{key}"
value = {value}
document = "Quyết định 24/2026/QĐ-UBND"
status = "confirmed"
valid_from = 2026-06-05
"""


@pytest.fixture
def from_june(settings, tmp_path):
    """``from_june(key, value)``: the province decides so from 5 June 2026 on."""

    def say(key, value):
        path = tmp_path / f"{key}.toml"
        path.write_text(ENTRY.format(key=key, value=value), encoding="utf-8")
        settings.RULE_BOOK_OVERLAY = str(path)

    return say


@pytest.fixture(autouse=True)
def _in_september():
    """Everything is asked in September, after the change."""
    with clock.moved_to(LATER):
        yield


def asked(subject, key, on=None):
    facts = StepFacts(
        subject=subject,
        row=None,
        actor=None,
        decided_by=None,
        effective_on=on or clock.today(),
    )
    return facts.value(key)


def closing(day):
    return Call(regulation="r2_2025", closes_at=clock.instant(day, time(17)))


@pytest.mark.parametrize(("day", "days"), [(date(2026, 6, 4), 7), (date(2026, 6, 5), 3)])
def test_a_call_is_ruled_by_the_day_of_its_closing(from_june, day, days):
    from_june("dossier.opening_days", 3)
    order = Order(regulation="r2_2025", selection_call=closing(day))
    for subject in (order.selection_call, order, Dossier(regulation="r2_2025", order=order)):
        assert asked(subject, "dossier.opening_days") == days


@pytest.mark.parametrize(("day", "points"), [(date(2026, 6, 4), 70), (date(2026, 6, 5), 60)])
def test_a_council_is_ruled_by_the_day_of_its_sitting(from_june, day, points):
    from_june("council.selection.pass_points", 60)
    council = Council(regulation="r2_2025", kind=CouncilKind.SELECTION, sits_at=clock.instant(day, time(14)))
    assert asked(council, "council.selection.pass_points") == points
    assert selection_rule(council).pass_points == points


@pytest.mark.parametrize(("day", "times"), [(date(2026, 6, 4), 1), (date(2026, 6, 5), 2)])
def test_a_task_keeps_what_held_on_the_day_of_its_approval(from_june, day, times):
    from_june("extension.times_max", 2)
    task = Task(regulation="r2_2025", approved_on=day)
    for subject in (task, Report(regulation="r2_2025", task=task), Amendment(regulation="r2_2025", task=task)):
        assert asked(subject, "extension.times_max") == times


@pytest.mark.parametrize(("day", "days"), [(date(2026, 6, 4), 10), (date(2026, 6, 5), 5)])
def test_other_rules_follow_the_day_on_which_the_step_takes_effect(from_june, day, days):
    from_june("report.review_days", 5)
    task = Task(regulation="r2_2025", approved_on=date(2026, 1, 5))
    assert asked(Report(regulation="r2_2025", task=task), "report.review_days", on=day) == days


@pytest.mark.parametrize(("day", "refused"), [(date(2026, 6, 4), False), (CHANGED, True)])
def test_the_cap_on_advances_and_the_end_of_the_year_are_those_of_the_day_of_the_step(from_june, day, refused):
    task = Task(regulation="r2_2025", approved_on=date(2026, 1, 5))
    from_june("contract.advance_percent_max", 30)
    assert bool(over_advance(Contract(state_value_vnd=100 * MILLION), task, 40 * MILLION, day)) is refused
    from_june("budget.year_end", '"lapse"')
    assert bool(wrong_year(Disbursement(regulation="r2_2025", task=task, budget_year=2025), day)) is refused


@pytest.mark.parametrize(("day", "reports"), [(date(2026, 6, 4), [date(2026, 9, 15)]), (CHANGED, [date(2026, 10, 15)])])
def test_a_task_reports_on_the_days_that_held_at_its_approval(from_june, day, reports):
    from_june("report.dates", '["10-15"]')
    task = Task(regulation="r2_2025", approved_on=day, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))
    assert days_of_task(task) == reports


def test_until_the_day_of_an_anchor_has_come_the_day_of_the_event_stands_in(from_june):
    from_june("council.selection.pass_points", 60)
    council = Council(regulation="r2_2025", kind=CouncilKind.SELECTION)
    assert asked(council, "council.selection.pass_points", on=date(2026, 6, 4)) == 70
    assert asked(council, "council.selection.pass_points", on=CHANGED) == 60


def test_what_an_acceptance_weighs_follows_the_approval_of_its_task(from_june, morning):
    with clock.moved_to(morning):
        people = make.cast()
        council = make.draft(people, CouncilKind.ACCEPTANCE, [tasks.adopted(people, "acceptance_filed")])
    from_june("acceptance.repeat_max", 2)
    assert asked(council, "acceptance.repeat_max") == 1
    assert council.anchor_day(Anchor.APPROVAL_DATE) == clock.local(morning).date()


def test_the_day_of_a_dossier_stays_when_the_province_gives_another_time(from_june):
    from_june("acceptance.dossier_days", 60)
    ends_on = date(2028, 3, 2)
    assert acceptance_deadline(ends_on, "r2_2025", date(2026, 6, 4)) == date(2028, 4, 3)
    assert acceptance_deadline(ends_on, "r2_2025", CHANGED) == date(2028, 5, 3)


def test_no_day_is_looked_for_where_no_province_has_decided_otherwise():
    def day_of(_anchor):
        pytest.fail("nobody decided otherwise")

    assert anchored("archive.years", "r2_2025", day_of).value == 1


@pytest.mark.parametrize("name", sorted(subjects))
def test_every_path_of_an_anchor_leads_to_a_day(name):
    model: type[Stepped] = subjects[name]
    for path in model.anchor_paths.values():
        field = model
        for part in path.split("__"):
            found = field._meta.get_field(part)
            field = found.related_model
        assert found.get_internal_type() in {"DateField", "DateTimeField"}


def test_a_moment_counts_by_its_day_in_vietnam():
    call = Call(regulation="r2_2025", closes_at=datetime(2026, 6, 4, 18, tzinfo=clock.now().tzinfo))
    assert call.anchor_day(Anchor.CALL_CLOSING) == CHANGED
