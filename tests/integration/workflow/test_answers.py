"""A request is answered once: the second answer is refused, and the first is never changed."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.workflow.corrections import refuse_correction
from core.workflow.models import CorrectionRequest
from core.workflow.paper_entries import confirm_entry
from core.workflow.ruling import StepRefused
from tests.conftest import MORNING
from tests.factories import proposals as make
from tests.factories.racing import meanwhile


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["refuse", "confirm"])
def test_of_two_answers_to_an_entry_from_paper_one_counts(first):
    """One person refuses it while another confirms it: whoever comes second is told, and nothing moves twice."""
    with clock.moved_to(MORNING):
        people = make.cast()
        proposal = make.submitted_proposal(people, make.open_call(people))
        make.entered(proposal, "withdraw", people.signer, people.clerk)
        answers = {
            "refuse": lambda: refuse_correction(proposal, actor=people.head, reason="Không đúng bản giấy"),
            "confirm": lambda: confirm_entry(proposal, actor=people.officer, key=uuid4()),
        }
        wrong = meanwhile(answers.pop(first), *answers.values())
    assert [type(error) for error in wrong] == [StepRefused]
    proposal.refresh_from_db()
    confirmed = first == "confirm"
    assert (CorrectionRequest.objects.get().granted, proposal.state == "withdrawn") == (confirmed, confirmed)


@pytest.mark.django_db
def test_an_answered_request_is_never_answered_anew(morning):
    people = make.cast()
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.entered(proposal, "withdraw", people.signer, people.clerk)
    refuse_correction(proposal, actor=people.head, reason="Không đúng bản giấy")
    for change in ({"granted": True}, {"decided_by": people.officer}, {"granted": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CorrectionRequest.objects.update(**change)
