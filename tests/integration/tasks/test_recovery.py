"""What goes back when a contract ends early, and the paper that a recovery rests on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.money import VND
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from tasks import services
from tasks.lifecycle import TaskState
from tasks.models import Cause, Ground, Task, Termination
from tests.factories import tasks as make
from tests.factories.asking import ruled, said
from tests.factories.documents import voided
from tests.factories.rules import province_says
from tests.factories.tasks import MILLION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
UNKNOWN = (
    "The paper that ended the contract is void or not in the system: "
    "write the number and the day of the one that the recovery rests on."
)


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
    voided(people, Document.objects.get(kind="termination_decision"), reason="Sai căn cứ")
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


def ending(people, task, **more):
    """The facts of a termination, written on a running task."""
    facts = {
        "ground": Ground.PARTY_A,
        "cause": Cause.OBJECTIVE,
        "terminated_from": clock.today(),
        "explanation": "Bão làm hỏng toàn bộ ao nuôi",
        "spent_vnd": VND(100 * MILLION),
        "accepted_vnd": VND(100 * MILLION),
        "returned_percent": 10,
        "percent_reason": "Nguyên nhân bất khả kháng",
    }
    services.save_termination(task, actor=people.officer, facts={**facts, **more})
    return Task.objects.get(pk=task.pk)


FOLLOWED = {"procedure_followed": True, "compliance_note": "Đã báo cáo rủi ro"}


@pytest.mark.parametrize(
    ("facts", "bounds"),
    [
        ({"returned_percent": 0}, None),
        ({"returned_percent": 10}, None),
        ({"returned_percent": 11}, ("0% to 10%", "recovery.objective_percent_max", False)),
        ({"cause": Cause.SUBJECTIVE, "returned_percent": 40}, None),
        ({"cause": Cause.SUBJECTIVE, "returned_percent": 100}, None),
        (
            {"cause": Cause.SUBJECTIVE, "returned_percent": 39},
            ("40% to 100%", "recovery.subjective_percent_min", False),
        ),
        # Accepted risk: nothing of what was spent properly (Law 93/2025/QH15, Article 9, which was seen).
        ({**FOLLOWED, "returned_percent": 0}, None),
        ({**FOLLOWED, "returned_percent": 1}, ("0% to 0%", "recovery.risk_acceptance", True)),
    ],
)
def test_a_share_outside_the_rule_is_warned_of_or_refused(people, facts, bounds):
    task = ending(people, make.running(people), **facts)
    percent = facts["returned_percent"]
    expected = []
    if bounds:
        span, key, blocks = bounds
        text = f"{percent}% of what was spent properly is to go back; the rule book allows {span}."
        expected = [(text, parameter(key, task.regulation).source, blocks)]
    assert ruled(task, "terminate", people.chair) == expected


def test_a_confirmed_bound_stops_the_termination(people, settings, tmp_path):
    task = ending(people, make.running(people), returned_percent=11)
    province_says(settings, tmp_path, "recovery.objective_percent_max", "10")
    (refusal,) = ruled(task, "terminate", people.chair)
    assert refusal[2] is True


def test_the_share_is_decided_with_a_reason_and_printed(people):
    task = make.running(people)
    with pytest.raises(ValidationError) as refused:
        ending(people, task, percent_reason=" ")
    assert list(refused.value.message_dict) == ["percent_reason"]
    with pytest.raises(ValidationError):
        ending(people, task, returned_percent=101)
    task = ending(people, task, returned_percent=4)
    decision = make.paper(task, "terminate", people, people.chair, reason="Bão")
    printed = {name: decision.facts[name] for name in ("returned_percent", "percent_reason")}
    assert printed == {"returned_percent": 4, "percent_reason": "Nguyên nhân bất khả kháng"}


def test_a_termination_without_a_decided_share_is_incomplete(people):
    task = ending(people, make.running(people))
    Termination.objects.update(returned_percent=None)
    task = Task.objects.get(pk=task.pk)
    undecided = "Which share of what was spent properly goes back is not decided."
    assert said(task, "terminate", people.chair) == [undecided]


def test_the_form_tells_the_bounds_of_the_rules(people, client_for):
    for task, hint in (
        (make.running(people), "Objective cause: at most 10%, 0% when the risk is accepted; subjective: at least 40%."),
        (
            make.adopted(people, "running", approved_on=date(2024, 5, 6)),
            "Objective cause: at most 10%; subjective: at least 40%.",
        ),
    ):
        page = client_for(people.officer, "en").get(reverse("tasks:termination-edit", args=[task.code]))
        assert str(page.context["form"].fields["returned_percent"].help_text) == hint
