"""Tasks from before this system: they enter only where their own rules know a way on."""

from datetime import date

import pytest

from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from tasks import services
from tests.factories import tasks as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("morning", "language"),
    pytest.mark.parametrize("language", ["en"], indirect=True),
]
OLD, NEW = date(2024, 5, 6), date(2025, 11, 3)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("grassroots_accepted", {"approved_on": NEW}),
        ("ended", {"approved_on": OLD}),
        ("accepted", {"approved_on": OLD, "management": "followed"}),
        ("contracted", {"approved_on": NEW, "management": "followed"}),
    ],
)
def test_a_task_does_not_enter_where_its_own_rules_know_no_way(people, state, kind):
    with pytest.raises(StepRefused, match="no step leads there or on from there"):
        make.adopted(people, state, **kind)


def test_under_the_old_rules_the_same_state_is_entered_and_left():
    task = make.adopted(make.cast(), "grassroots_accepted", approved_on=OLD)
    assert [row.name for row in task.rows()] == ["put_to_council"]


def test_a_followed_task_is_followed_from_its_approval_on(people):
    task = make.adopted(people, management="followed", level="national")
    (offer,) = available_steps(task, people.officer)
    assert (offer.row.name, offer.is_open) == ("follow", False)
    words = {"starts_on": date(2026, 1, 5), "ends_on": date(2027, 1, 5)}
    services.save_following(task, actor=people.officer, facts=words)
    make.step(task, "follow", people.officer)
    assert task.state == "running"


def test_a_followed_task_does_not_start_before_its_day(people):
    words = {"starts_on": date(2026, 4, 1), "ends_on": date(2027, 1, 5)}
    task = make.adopted(people, management="followed", level="national", **words)
    with pytest.raises(StepRefused, match="The work starts on 01/04/2026"):
        make.step(task, "follow", people.officer)
