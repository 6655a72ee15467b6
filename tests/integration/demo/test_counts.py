"""How many there are of everything, and that the month of loading does not matter. Nothing is loaded here."""

from collections import Counter
from datetime import date, timedelta

import pytest

from core import clock
from core.people.roles import Level
from demo.loader.days import Days
from demo.loader.plan_proposals import Story, proposal_plans
from demo.loader.plan_tasks import ADOPTED, AWARDED_THIS_YEAR, Life, task_plans
from demo.loader.player import Player
from demo.loader.programme import payment_days
from demo.loader.stage import Stage
from demo.loader.terms import terms
from demo.loader.titles import TitleBook
from demo.world import World
from proposals.lifecycle import ProposalState as S
from tasks.selectors.lists import OVER_STATES, RUNNING_STATES

DAYS = [date(2026, 1, 15), date(2026, 6, 10), date(2026, 12, 20)]
SCREENING_DAYS = 15


@pytest.fixture(scope="module")
def plans():
    book = TitleBook()
    return proposal_plans(book), task_plans(book)


def test_there_are_214_proposals_in_ten_states(plans):
    states = Counter(plan.story.state for plan in plans[0])
    assert sum(states.values()) == 214
    assert states == {
        S.SUBMITTED: 27,
        S.RETURNED: 9,
        S.SCREENED: 26,
        S.AT_COUNCIL: 34,
        S.RECOMMENDED: 38,
        S.LISTED: 31,
        S.REJECTED: 30,
        S.WITHDRAWN: 6,
        S.FORWARDED: 6,
        S.DEFERRED: 7,
    }


def test_there_are_131_running_tasks_by_level(plans):
    levels = Counter(plan.level for plan in plans[1] if plan.life.state in RUNNING_STATES)
    levels[Level.PROVINCIAL] += AWARDED_THIS_YEAR
    assert levels == {Level.NATIONAL: 9, Level.MINISTRY: 5, Level.PROVINCIAL: 92, Level.GRASSROOTS: 25}
    assert sum(levels.values()) == 131


def test_there_are_sixty_closed_tasks(plans):
    closed = [plan for plan in plans[1] if plan.life.state in OVER_STATES or plan.life.state == "recovered"]
    assert len(closed) == 60
    assert min(plan.year for plan in closed if plan.year) == 2019


def test_running_tasks_are_in_all_running_states(plans):
    assert {plan.life.state for plan in plans[1]} >= set(RUNNING_STATES)


@pytest.mark.parametrize("today", DAYS)
def test_the_share_of_overdue_screenings_is_the_same_in_every_month(plans, today):
    days = Days(today)
    waiting = [plan.received for plan in plans[0] if plan.story is Story.SUBMITTED]
    late = [before for before in waiting if clock.add_working_days(days.working(before), SCREENING_DAYS) < today]
    assert 3 <= len(late) <= 9


def stage_on(today):
    days = Days(today)
    return Stage(World(), days, Player(days.end))


@pytest.mark.parametrize("today", DAYS)
def test_tasks_were_approved_before_they_came_in(plans, today):
    stage = stage_on(today)
    for plan in plans[1]:
        came = today - timedelta(days=ADOPTED if plan.signed is None else plan.signed + 20)
        agreed = terms(stage, plan)
        assert agreed.approved_on < agreed.starts_on < agreed.ends_on
        assert agreed.approved_on <= came, plan.life


@pytest.mark.parametrize("today", DAYS)
def test_tasks_end_when_their_life_says(plans, today):
    stage = stage_on(today)
    late = [plan for plan in plans[1] if plan.life is Life.LATE]
    near = [plan for plan in plans[1] if plan.life is Life.NEAR_END]
    assert all(terms(stage, plan).ends_on < today for plan in late)
    assert all(today < terms(stage, plan).ends_on <= today + timedelta(days=60) for plan in near)
    assert (len(late), len(near)) == (7, 8)


@pytest.mark.parametrize("today", DAYS)
def test_second_instalments_are_paid_over_half_a_year(plans, today):
    seconds = payment_days(stage_on(today), dict(enumerate(plans[1], start=1)))
    assert len(seconds) >= 40
    assert (max(seconds.values()), min(seconds.values())) == (168, -8)
