"""Who is waited for has a day: each waiting state knows until when, by the rule book's number and unit."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from core import clock
from core.regulations import parameter
from core.workflow.adoption import Adoption
from proposals.models import Order
from reviews.lifecycle import CouncilKind
from reviews.services import arrange_sitting
from tasks.lifecycle import TaskState
from tasks.models import Cause, Grade
from tests.factories import proposals as before
from tests.factories import reviews, tasks
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DAY = timedelta(days=1)


def allowed(key, record, since=None):
    """The last day by the rule, counted from today or a day."""
    rule = parameter(key, record.regulation)
    return clock.deadline(since or clock.today(), rule.value, rule.unit)


def test_a_call_is_due_on_its_closing_and_its_dossiers_some_days_later():
    people = before.cast()
    order = before.called_order(people, before.open_call(people))
    closing = clock.local(order.selection_call.closes_at).date()
    assert order.selection_call.due_on == closing
    assert order.due_on == allowed("dossier.opening_days", order, closing)


def test_a_recommended_host_revises_then_the_team_appraises_then_the_authority_decides():
    people = reviews.cast()
    order, dossier = reviews.revised_dossier(people)
    order.refresh_from_db()
    assert order.state == "host_recommended"
    assert order.due_on == dossier.due_on == allowed("appraisal.days", order)
    before.as_effects(people, (dossier, "appraise"))
    order.refresh_from_db()
    assert order.due_on == allowed("approval.decision_days", order)


def test_a_recommended_proposal_waits_for_the_list():
    people = before.cast()
    proposal = before.screened_proposal(people, before.open_call(people))
    before.as_effects(people, (proposal, "put_to_council"), (proposal, "recommend"))
    proposal.refresh_from_db()
    assert proposal.due_on == allowed("order.list_decision_days", proposal)


def test_an_approved_task_waits_for_its_contract_an_adopted_one_too():
    people = tasks.cast()
    task = tasks.adopted(people, TaskState.APPROVED, approved_on=clock.today() - 5 * DAY)
    assert task.due_on == allowed("contract.signing_days", task, task.approved_on)


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (TaskState.FAILED, "termination.decision_days"),
        (TaskState.TERMINATED, "settlement.days"),
        (TaskState.RECOVERED, "liquidation.days"),
        (TaskState.ACCEPTED, "registration.days"),
        (TaskState.REGISTERED, "recognition.decision_days"),
        (TaskState.LIQUIDATED, "archive.years"),
    ],
)
def test_an_adopted_record_has_the_time_of_its_state(state, key):
    people = tasks.cast()
    more = {"grade": Grade.FAIL, "accepted_on": clock.today()} if state == TaskState.FAILED else {}
    task = tasks.adopted(people, state, **more)
    assert task.due_on == allowed(key, task)


def test_an_adoption_counts_from_the_day_it_names():
    people = tasks.cast()
    entered = Adoption(
        batch="form",
        actor=people.officer,
        confirmed_by=people.head,
        effective_on=clock.today() - 20 * DAY,
        evidence=[uuid4()],
    )
    parts = tasks.services.TaskParts(papers=tasks.earlier_papers(TaskState.RECOGNISED))
    facts = tasks.facts(people)
    task = tasks.services.adopt_task(facts=facts, state=TaskState.RECOGNISED, adoption=entered, parts=parts)
    assert task.due_on == allowed("liquidation.days", task, entered.effective_on)


def test_a_terminated_task_is_settled_within_days():
    people = tasks.cast()
    task = tasks.terminated(people, Cause.OBJECTIVE)
    task.refresh_from_db()
    assert task.due_on == allowed("settlement.days", task)


def test_a_suspended_task_is_due_on_the_day_the_decision_names():
    people = tasks.cast()
    task = tasks.running(people)
    until = clock.add_days(clock.today(), 2, "months")
    words = {"from_on": clock.today(), "until": until, "conditions": "Khắc phục", "ground": "Thiên tai"}
    tasks.services.save_suspension(task, actor=people.officer, facts=words)
    tasks.paper(task, "suspend", people, people.chair, reason="Thiên tai")
    task.refresh_from_db()
    assert (task.state, task.due_on) == ("suspended", until)


@pytest.fixture
def proposal():
    people = reviews.cast()
    return people, before.screened_proposal(people, before.open_call(people))


def test_a_drafted_council_is_set_up_within_days_and_then_waits_for_its_sitting(proposal):
    people, one = proposal
    draft = reviews.draft(people, CouncilKind.IDENTIFICATION, [one])
    assert draft.due_on == allowed("council.identification.setup_days", draft)
    reviews.step(draft, "cancel", people.head, reason="Lập lại")
    council = reviews.established(people, CouncilKind.IDENTIFICATION, [one])
    council.refresh_from_db()
    assert council.due_on == council.sitting_day
    later = council.sits_at + 3 * DAY
    arranged = arrange_sitting(council, actor=people.secretary, sits_at=later, place=council.place)
    assert arranged.due_on == clock.local(later).date()


def test_the_setting_up_is_counted_in_the_unit_of_the_rule(proposal, settings, tmp_path):
    people, one = proposal
    province_says(settings, tmp_path, "council.identification.setup_days", "1", unit="months")
    draft = reviews.draft(people, CouncilKind.IDENTIFICATION, [one])
    assert draft.due_on == clock.deadline(clock.today(), 1, "months")


def test_an_acceptance_council_without_a_day_sits_within_the_days_of_the_rule_book():
    people = reviews.cast()
    task = tasks.adopted(people, "acceptance_filed", starts_on=date(2024, 1, 1), ends_on=date(2026, 1, 1))
    council = reviews.established(people, CouncilKind.ACCEPTANCE, [task], sits_at=None)
    council.refresh_from_db()
    assert council.due_on == allowed("council.acceptance.sitting_days", council)
    assert not Order.objects.exists()
