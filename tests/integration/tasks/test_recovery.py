"""What a recovery rests on: the paper that ended the contract, cited with its own number and day or not at all."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.documents.services import void_document
from core.money import VND
from core.workflow.ruling import StepRefused
from tasks import services
from tasks.lifecycle import TaskState
from tasks.models import Task
from tests.factories import tasks as make
from tests.factories.asking import said
from tests.factories.tasks import MILLION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
UNKNOWN = (
    "The paper that ended the contract is void or not in the system: "
    "write the number and the day of the one that the recovery rests on."
)


@pytest.fixture
def people():
    return make.cast()


def ordered(people, task, **more):
    """The facts of a recovery, written on a task whose contract has ended."""
    facts = {
        "amount_vnd": VND(MILLION),
        "difference_reason": "Theo kết luận thanh tra",
        "basis": "Biên bản đối chiếu",
        "due_on": clock.today() + timedelta(days=30),
        "account": "3941",
        "bank": "Kho bạc",
    }
    services.save_recovery(task, actor=people.officer, facts={**facts, **more})
    return Task.objects.get(pk=task.pk)


def test_a_recovery_cites_the_decision_that_terminated_the_contract(people):
    task = ordered(people, make.terminated(people))
    decision = make.paper(task, "order_recovery", people, people.chair)
    terminated = Document.objects.get(kind="termination_decision")
    assert decision.facts["termination"] == {
        "name": "Quyết định",
        "symbol": terminated.symbol,
        "date": terminated.day.isoformat(),
        "issuer": terminated.body.name,
    }


def test_a_void_decision_is_not_cited_and_no_day_is_invented(people):
    task = ordered(people, make.terminated(people))
    void_document(Document.objects.get(kind="termination_decision"), actor=people.clerk, reason="Sai căn cứ")
    assert said(task, "order_recovery", people.chair) == [UNKNOWN]
    with pytest.raises(StepRefused):
        make.paper(task, "order_recovery", people, people.chair)
    task = ordered(people, task, cited_number="15/QĐ-UBND", cited_on=date(2026, 2, 27))
    assert said(task, "order_recovery", people.chair) == []
    decision = make.paper(task, "order_recovery", people, people.chair)
    cited = {"name": "Quyết định chấm dứt", "symbol": "15/QĐ-UBND", "date": "2026-02-27", "issuer": ""}
    assert decision.facts["termination"] == cited


def test_a_contract_that_ended_well_is_reopened_on_the_minutes_of_its_liquidation(people):
    task = ordered(people, make.liquidated(people))
    decision = make.paper(task, "reopen_for_recovery", people, people.chair, reason="Kết luận thanh tra")
    minutes = Document.objects.get(kind="liquidation_minutes")
    cited = decision.facts["termination"]
    assert (cited["name"], cited["symbol"]) == ("Biên bản thanh lý", minutes.symbol)
    assert cited["date"] == minutes.day.isoformat()


def test_a_task_of_before_is_recovered_on_a_paper_that_is_named(people):
    task = ordered(people, make.adopted(people, TaskState.LIQUIDATED))
    assert said(task, "reopen_for_recovery", people.chair) == [UNKNOWN]
    assert said(ordered(people, task, cited_number="9/BB-TL"), "reopen_for_recovery", people.chair) == [UNKNOWN]
    task = ordered(people, task, cited_number="9/BB-TL", cited_on=date(2025, 12, 1))
    decision = make.paper(task, "reopen_for_recovery", people, people.chair, reason="Kết luận thanh tra")
    assert decision.facts["termination"]["name"] == "Biên bản thanh lý"


def test_the_form_asks_for_the_paper_only_where_none_is_known(people, client_for):
    known, unknown = make.terminated(people), make.adopted(people, TaskState.LIQUIDATED)
    client = client_for(people.officer)
    assert b'name="cited_number"' not in client.get(reverse("tasks:recovery-edit", args=[known.code])).content
    assert b'name="cited_number"' in client.get(reverse("tasks:recovery-edit", args=[unknown.code])).content
