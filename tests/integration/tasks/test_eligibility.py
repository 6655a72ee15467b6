"""What earlier tasks and other dossiers say against a host or an investigator, and which of them count."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from core import clock
from core.people.models import User
from core.people.roles import Level
from core.people.services import deactivate_user
from core.workflow.adoption import Adoption
from proposals.models import Dossier
from proposals.selectors.eligibility import eligibility_refusals
from tasks.lifecycle import TaskState
from tasks.models import AcceptanceFile, Grade
from tasks.services import TaskParts, adopt_task
from tests.factories import proposals as before
from tests.factories import tasks as make
from tests.factories.asking import ruled
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
CONCURRENT = "eligibility.investigator.concurrent_tasks_max"


def assigned(people):
    """A dossier of the people's investigator, invited and opened."""
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    return order, dossier


def against(dossier):
    """Everything that speaks against the dossier today, in English."""
    with override("en"):
        return [str(one) for one in eligibility_refusals(Dossier.objects.get(pk=dossier.pk), clock.today())]


def leads(people, task):
    return f"{people.applicant.full_name} leads task {task.code}, which still runs."


def recommended(people, dossier):
    return f"{people.applicant.full_name} is already recommended to lead another task (dossier {dossier.code})."


def test_a_recommended_investigator_stays_taken_until_the_other_dossier_is_decided(people):
    order, chosen = assigned(people)
    _second, other = assigned(people)
    assert against(other) == []
    before.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (chosen, "select"))
    taken = [recommended(people, chosen)]
    assert (against(other), against(chosen)) == (taken, [])
    before.step(chosen, "revise", people.signer)
    assert against(other) == taken
    before.as_effects(people, (chosen, "appraise"))
    assert against(other) == taken
    order.refresh_from_db()
    before.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
    assert against(other) == []


def test_running_tasks_and_recommended_dossiers_count_together(people, settings, tmp_path):
    province_says(settings, tmp_path, CONCURRENT, "2")
    task = make.adopted(people, TaskState.RUNNING)
    order, chosen = assigned(people)
    _second, other = assigned(people)
    assert against(other) == []
    before.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (chosen, "select"))
    assert against(other) == [leads(people, task), recommended(people, chosen)]
    # Each of the two stands for itself: the recommended one meets the task alone.
    assert against(chosen) == []


def test_two_running_tasks_take_an_investigator_who_may_lead_two(people, settings, tmp_path):
    province_says(settings, tmp_path, CONCURRENT, "2")
    tasks = [make.adopted(people, TaskState.RUNNING) for _number in range(2)]
    _order, other = assigned(people)
    assert against(other) == [leads(people, task) for task in tasks]


def test_the_approver_reads_each_finding_and_which_of_them_stops_the_award(people):
    order, dossier = assigned(people)
    order = before.appraised_order(people, order, dossier)
    task = make.adopted(people, TaskState.RUNNING)
    deactivate_user(User.objects.get(pk=people.applicant.pk), reason="Nghỉ việc", actor=people.officer)
    decree = "Nghị định 267/2025/NĐ-CP, Điều 5"
    assert [one for one in ruled(order, "approve_task", people.chair) if people.applicant.full_name in one[0]] == [
        (f"The account of {people.applicant.full_name} has been deactivated.", "", True),
        (leads(people, task), decree, False),
    ]


def spoiled(people, level):
    """One task for each thing that an earlier task may say."""
    day, past = clock.today(), {"starts_on": date(2024, 1, 1), "ends_on": date(2026, 1, 1)}
    make.adopted(people, TaskState.RECOVERING, level=level)
    make.adopted(people, TaskState.RUNNING, level=level, **past)
    make.terminated(people, level=level)
    make.adopted(people, TaskState.ARCHIVED, level=level, grade=Grade.FAIL, accepted_on=day)
    make.adopted(people, TaskState.ACCEPTED, level=level)
    late = make.adopted(people, TaskState.ARCHIVED, level=level)
    words = {"summary": "Tóm tắt", "self_assessment": "Đạt", "self_grade": Grade.PASS, "final_report_on": day}
    money = {"spent_vnd": 0, "other_spent_vnd": 0}
    AcceptanceFile.objects.create(task=late, attempt=1, filed_on=day, due_on=day - timedelta(days=31), **words, **money)


SAID = (
    "has not paid back",
    "has not filed the acceptance dossier",
    "was terminated by its own fault",
    "has not registered the results",
    "which still runs",
    "handed in task",
    "which failed",
)


@pytest.mark.parametrize("level", list(Level))
def test_only_tasks_of_the_levels_that_count_speak_against_anybody(people, settings, tmp_path, level):
    spoiled(people, level)
    later = clock.today() + timedelta(days=200)
    with override("en"), clock.moved_to(make.at(later, 9)):
        dossier = Dossier(host=people.university, principal_investigator=people.applicant, regulation="r1_2013")
        said = [str(one) for one in eligibility_refusals(dossier, later)]
        counts = level != Level.GRASSROOTS
        assert [sum(words in line for line in said) for words in SAID] == [1 if counts else 0] * len(SAID)
        province_says(settings, tmp_path, "eligibility.counted_levels", f'["{level}"]', unit="list")
        narrow = [str(one) for one in eligibility_refusals(dossier, later)]
        assert [sum(words in line for line in narrow) for words in SAID] == [1] * len(SAID)


@pytest.mark.parametrize("second", ["", "head"])
def test_what_one_person_entered_speaks_against_nobody_until_another_confirms_it(people, second):
    _order, dossier = assigned(people)
    days = {"starts_on": date(2024, 1, 5), "ends_on": date(2026, 1, 5), "accepted_on": date(2026, 2, 2)}
    adoption = Adoption(
        batch="form",
        actor=people.officer,
        confirmed_by=getattr(people, second, None),
        effective_on=clock.today(),
        note="Sổ giấy",
    )
    adopt_task(
        facts=make.facts(people, grade=Grade.FAIL, approved_on=date(2024, 1, 2), **days),
        state="failed",
        adoption=adoption,
        parts=TaskParts(papers=make.earlier_papers("failed")),
        key=uuid4(),
    )
    assert bool(against(dossier)) is bool(second)
