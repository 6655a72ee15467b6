"""Records from before enter at any stage, with two persons; they are as whole as those that grew here."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock
from core.audit.models import Event
from core.workflow.adoption import Adoption, adopt
from core.workflow.confirmation import confirm_adoption
from core.workflow.holding import held_by
from core.workflow.integrity import faults
from core.workflow.pages import entry
from core.workflow.ruling import StepRefused
from core.workflow.selectors import history
from proposals.models import Proposal
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def old_proposal(people, code="DX.2020.0001"):
    return Proposal(
        code=code,
        regulation="r1_2013",
        call=make.draft_call(people),
        plan_year=2020,
        title="Đề xuất cũ",
        folded="de xuat cu",
        sort_key="0",
        field="agriculture",
        research_type="applied",
        state_budget_vnd=1,
        other_budget_vnd=0,
        months=12,
        proposer_organisation=people.university,
        author=people.applicant,
    )


def adoption(people, **more):
    facts = {"batch": "2026-01", "actor": people.officer, "confirmed_by": people.head}
    return Adoption(**{**facts, "effective_on": clock.today() - timedelta(days=400), "evidence": [uuid4()], **more})


def test_a_record_enters_at_any_stage(people):
    proposal = old_proposal(people)
    adopt(proposal, "recommended", adoption(people, note="Sổ theo dõi năm 2020"))
    proposal.refresh_from_db()
    event = Event.objects.get(subject_code=proposal.code)
    assert (proposal.state, event.kind, event.to_state) == ("recommended", "adopt", "recommended")
    assert entry(proposal, history(proposal)[0], people.officer).title == "Adopted; the history before is incomplete"
    assert faults()[0] == []
    assert held_by(proposal).holder == "Officer"


def test_two_persons_and_no_future(people):
    with pytest.raises(StepRefused) as caught:
        adopt(
            old_proposal(people),
            "recommended",
            adoption(
                people, actor=people.clerk, confirmed_by=people.clerk, effective_on=clock.today() + timedelta(days=1)
            ),
        )
    assert [str(one) for one in caught.value.refusals] == [
        "An officer enters records from before.",
        "A second person, the head of division, confirms the adoption.",
        "The effective date may not lie in the future.",
    ]


def test_what_is_here_already_is_not_adopted(people):
    call = make.draft_call(people)
    with pytest.raises(StepRefused) as caught:
        adopt(call, "closed", adoption(people))
    assert [str(one) for one in caught.value.refusals] == ["This record cannot be adopted."]


def test_a_state_changed_behind_the_door_is_found(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET state = 'listed' WHERE id = %s", [proposal.pk])
    found, count = faults()
    assert found == [f"proposal {proposal.code} is listed, its last event says submitted"]
    assert count > 1
    with pytest.raises(CommandError, match="1 faults"):
        call_command("lifecycle", "--check")


def test_the_check_counts_what_agrees(people):
    make.open_call(people)
    out = StringIO()
    call_command("lifecycle", "--check", stdout=out)
    assert out.getvalue() == "lifecycle: 1 records agree with their events\n"


def test_a_record_is_confirmed_once(people):
    proposal = old_proposal(people)
    adopt(proposal, "submitted", Adoption(batch="form", actor=people.officer, effective_on=clock.today()))
    key = uuid4()
    for _ in range(2):
        confirm_adoption(proposal, actor=people.head, note="Đã đối chiếu", key=key)
    assert Event.objects.filter(kind="adopt.confirmed").count() == 1
    with pytest.raises(StepRefused, match="Nothing waits to be confirmed"):
        confirm_adoption(proposal, actor=people.head, key=uuid4())
