"""The page's own quick answer is the policy's answer, for everybody and in every state."""

from datetime import date
from uuid import uuid4

import pytest

from core import clock
from core.people.policy import can
from core.people.roles import Payer, Role
from core.workflow.adoption import Adoption
from core.workflow.confirmation import void_adoption
from funds.models import Disbursement, Settlement
from funds.policy import TASK_ACTIONS, permits
from tasks.lifecycle import TaskState
from tasks.services import adopt_task
from tests.factories.funds import bare_task
from tests.factories.people import user_with
from tests.factories.tasks import cast, facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
# States that only tasks of the old rules, or of another body, come to.
KINDS = {
    TaskState.GRASSROOTS_ACCEPTED: {"approved_on": date(2024, 5, 6)},
    TaskState.ENDED: {"management": "followed"},
}


def everybody(people):
    return [people.signer, people.applicant, *(user_with(role) for role in Role)]


@pytest.mark.parametrize("payer", [Payer.FUND, Payer.HOST])
@pytest.mark.parametrize("state", [state for state in TaskState if state != TaskState.VOID])
def test_the_quick_answer_is_the_policys(state, payer):
    people = cast()
    agree(people, bare_task(people, state=state, payer=payer, **KINDS.get(state, {})))


@pytest.mark.parametrize("state", ["approved", "running"])
def test_the_quick_answer_is_the_policys_of_an_entry_and_of_a_void_one(state):
    people = cast()
    words = {"state": state, "facts": facts(people, payer=Payer.FUND)}
    alone = Adoption(batch="form", actor=people.officer, effective_on=clock.today())
    task = adopt_task(**words, adoption=alone, key=uuid4())
    agree(people, task)
    void_adoption(task, actor=people.head, reason="Nhập nhầm", key=uuid4())
    agree(people, task)


def agree(people, task):
    for user in everybody(people):
        for action in TASK_ACTIONS:
            assert permits(user, action, task) == can(user, action, task).allowed, (user.email, action)


def test_of_outsiders_only_the_host_asks_for_money():
    people = cast()
    task = bare_task(people, state="running")
    allowed = [str(role) for role in Role if permits(user_with(role), "request_money", task)]
    assert allowed == ["fund_officer", "clerk"]
    assert permits(people.signer, "request_money", task)
    assert not permits(people.signer, "request_money", bare_task(people, state="suspended"))


def test_actions_nobody_declared_are_nobodys():
    user = user_with(Role.CHIEF_ACCOUNTANT)
    for model in (Disbursement, Settlement):
        assert not can(user, "delete", model(pk=1))
