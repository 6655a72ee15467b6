"""The page's own quick answer is the policy's answer, for everybody and in every state."""

from datetime import date

import pytest

from core.people.policy import can
from core.people.roles import Payer, Role
from funds.models import Disbursement, Settlement
from funds.policy import TASK_ACTIONS, permits
from tasks.lifecycle import TaskState
from tests.factories.funds import bare_task
from tests.factories.people import user_with
from tests.factories.tasks import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
# States that only tasks of the old rules, or of another body, come to.
KINDS = {
    TaskState.GRASSROOTS_ACCEPTED: {"approved_on": date(2024, 5, 6)},
    TaskState.ENDED: {"management": "followed"},
}


def everybody(people):
    return [people.signer, people.applicant, *(user_with(role) for role in Role)]


@pytest.mark.parametrize("payer", [Payer.FUND, Payer.HOST])
@pytest.mark.parametrize("state", list(TaskState))
def test_the_quick_answer_is_the_policys(state, payer):
    people = cast()
    task = bare_task(people, state=state, payer=payer, **KINDS.get(state, {}))
    for user in everybody(people):
        for action in TASK_ACTIONS:
            assert permits(user, action, task) == can(user, action, task).allowed, (user.email, action)


def test_of_outsiders_only_the_host_asks_for_money():
    people = cast()
    task = bare_task(people, state="running")
    allowed = [str(role) for role in Role if permits(user_with(role), "request_money", task)]
    assert allowed == ["officer", "fund_officer", "clerk"]
    assert permits(people.signer, "request_money", task)
    assert not permits(people.signer, "request_money", bare_task(people, state="suspended"))


def test_actions_nobody_declared_are_nobodys():
    user = user_with(Role.CHIEF_ACCOUNTANT)
    for model in (Disbursement, Settlement):
        assert not can(user, "delete", model(pk=1))
