"""Until when the results are registered, also when an application for intellectual property follows the acceptance."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.workflow.adoption import Adoption
from tasks import services
from tasks.lifecycle import TaskState
from tasks.models import Grade, Task
from tasks.selectors.eligibility import host_obstacles
from tests.factories import tasks as make
from tests.factories.asking import said
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
# Accepted on Monday 2 March 2026: thirty days end on 1 April, sixty on Friday 1 May, a holiday, so on Monday 4 May.
NORMAL, LONGEST = date(2026, 4, 1), date(2026, 5, 4)


def tell():
    """A task whose results were accepted today."""
    people = make.cast()
    return SimpleNamespace(people=people, task=make.graded(people, Grade.PASS))


@pytest.fixture
def task(story):
    return story.task


def due(people, task, filing_on, **more):
    """The day by which the results are registered, after the filing was recorded on its own day."""
    with clock.moved_to(max(make.at(filing_on, 9), clock.now()) if filing_on else clock.now()):
        services.save_registration(task, actor=people.officer, facts={"filing_on": filing_on, **more})
    return Task.objects.get(pk=task.pk).due_on


@pytest.mark.parametrize(
    ("filed", "until"),
    [
        # Before the acceptance, or so early that the usual time is longer.
        (date(2026, 2, 20), NORMAL),
        (date(2026, 3, 10), NORMAL),
        # Five working days after Monday 30 March.
        (date(2026, 3, 30), date(2026, 4, 6)),
        # Never later than sixty days after the acceptance.
        (date(2026, 4, 29), LONGEST),
        (None, NORMAL),
    ],
)
def test_the_time_to_register_runs_from_the_filing_within_its_limit(people, task, filed, until):
    assert task.due_on == NORMAL
    assert due(people, task, filed) == until


def test_a_filing_that_was_wrong_gives_no_time(people, task):
    assert due(people, task, date(2026, 3, 30)) == date(2026, 4, 6)
    assert due(people, task, None) == NORMAL


def test_a_host_that_filed_is_not_barred_on_the_day_after_the_usual_time(people, task):
    due(people, task, date(2026, 3, 30))
    after = NORMAL + timedelta(days=1)
    assert list(host_obstacles(people.university, after, "r2_2025")) == []
    late = [str(one) for one in host_obstacles(people.university, date(2026, 4, 7), "r2_2025")]
    assert [task.code in one for one in late] == [True]


@pytest.mark.parametrize(("asked_on", "is_barred"), [(NORMAL, False), (NORMAL + timedelta(days=1), True)])
def test_a_host_that_asked_in_time_answers_for_no_delay_of_the_department(people, task, asked_on, is_barred):
    with clock.moved_to(make.at(asked_on, 9)):
        services.save_registration(task, actor=people.officer, facts={"requested_on": asked_on})
    assert bool(list(host_obstacles(people.university, NORMAL + timedelta(days=10), "r2_2025"))) is is_barred


def test_a_province_may_give_other_times(people, task, settings, tmp_path):
    province_says(settings, tmp_path, "registration.filing_days", "3", unit="days")
    assert due(people, task, date(2026, 3, 31)) == date(2026, 4, 3)
    province_says(settings, tmp_path, "registration.filing_max_days", "32")
    assert due(people, task, date(2026, 3, 31)) == date(2026, 4, 3)


def test_the_time_of_a_task_of_before_is_counted_from_its_own_acceptance(people):
    entered = Adoption(batch="test", actor=people.officer, confirmed_by=people.head, effective_on=clock.today())
    facts = make.facts(people, accepted_on=date(2026, 2, 10), grade=Grade.PASS)
    parts = services.TaskParts(papers=make.earlier_papers(TaskState.ACCEPTED))
    task = services.adopt_task(facts=facts, state=TaskState.ACCEPTED, adoption=entered, parts=parts)
    assert task.due_on == NORMAL
    # Sixty days after 10 February are 11 April, a Saturday: the limit ends with the Monday after it.
    assert due(people, task, date(2026, 4, 10)) == date(2026, 4, 13)


def test_a_filing_is_recorded_before_the_host_asks_and_the_certificate_waits_for_the_rest(people, task, client_for):
    client = client_for(people.officer, "en")
    page = reverse("tasks:registration-edit", args=[task.code])
    words = {"key": uuid4(), "filing_on": "2026-03-30"}
    asked = ["requested_on", "corrected_on", "storage", "members", "filing_on", "abstract", "key"]
    assert sorted(client.get(page).context["form"].fields) == sorted(asked)
    assert list(client.post(page, words).context["form"].errors) == ["filing_on"]
    with clock.moved_to(make.at(date(2026, 3, 30), 9)):
        assert client.post(page, words).status_code == 302
    assert Task.objects.get(pk=task.pk).due_on == date(2026, 4, 6)
    waits = "The facts of the registration are not recorded: authors, abstract, where the copies are kept."
    assert said(Task.objects.get(pk=task.pk), "register_results", people.director) == [waits]
    services.save_registration(
        task,
        actor=people.officer,
        facts={
            "requested_on": clock.today(),
            "corrected_on": clock.today(),
            "storage": "Trung tâm Thông tin",
            "members": [{"name": "Chủ nhiệm", "unit": "Trường", "role": "Chủ nhiệm"}],
            "abstract": "Quy trình nuôi tôm tuần hoàn",
        },
    )
    assert said(Task.objects.get(pk=task.pk), "register_results", people.director) == []
    assert Task.objects.get(pk=task.pk).due_on == date(2026, 4, 6)
