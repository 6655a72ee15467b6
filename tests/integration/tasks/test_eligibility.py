"""What earlier tasks and other dossiers say against a host or an investigator, and which of them count."""

import pytest
from django.utils.translation import override

from core import clock
from proposals.models import Dossier
from proposals.selectors.eligibility import eligibility_refusals
from tasks.lifecycle import TaskState
from tests.factories import proposals as before
from tests.factories import tasks as make
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
CONCURRENT = "eligibility.investigator.concurrent_tasks_max"


@pytest.fixture
def people():
    return make.cast()


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
