"""A step before the award is undone only while nothing else has taken its place."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from core import clock
from core.people.roles import Role
from core.workflow.corrections import ask_correction, correct_step
from core.workflow.ruling import StepRefused
from proposals.lifecycle import DossierState, OrderState
from tests.factories import proposals as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def refused(subject, head):
    with pytest.raises(StepRefused) as caught:
        correct_step(subject, actor=head, reason="Đồng ý", key=uuid4())
    subject.refresh_from_db()
    return [str(one) for one in caught.value.refusals]


@pytest.fixture
def withdrawn(people):
    """A dossier that its signer withdrew by mistake and asks back."""
    dossier = make.submitted_dossier(people, make.called_order(people, make.open_call(people)))
    make.step(dossier, "withdraw", people.signer, reason="Nhầm")
    ask_correction(dossier, actor=people.signer, reason="Bấm nhầm")
    return dossier


def test_a_withdrawn_dossier_comes_back_before_the_closing(people, withdrawn):
    correct_step(withdrawn, actor=people.head, reason="Đồng ý", key=uuid4())
    assert withdrawn.state == DossierState.SUBMITTED


def test_a_withdrawn_dossier_does_not_come_back_beside_a_new_one(people, withdrawn):
    make.draft_dossier(people, withdrawn.order)
    assert refused(withdrawn, people.head) == ["A newer dossier of this organisation stands in its place."]
    assert withdrawn.state == DossierState.WITHDRAWN


def test_a_withdrawn_dossier_does_not_come_back_after_the_closing(people, withdrawn):
    with clock.moved_to(clock.now() + timedelta(days=61)):
        assert refused(withdrawn, people.head) == ["The time to hand in dossiers is over."]
    assert withdrawn.state == DossierState.WITHDRAWN


def test_an_order_does_not_come_back_into_a_list_that_was_approved(people):
    call = make.open_call(people)
    order_list = make.draft_list(people)
    dropped = make.planned_order(people, order_list, make.recommended_proposal(people, call))
    make.planned_order(people, order_list, make.recommended_proposal(people, call))
    make.step(dropped, "drop", people.head, reason="Nhầm")
    ask_correction(dropped, actor=people.head, reason="Bấm nhầm")
    make.paper(order_list, "approve_list", people, people.chair)
    assert refused(dropped, user_with(Role.HEAD_OF_DIVISION)) == [
        "The list is approved already: the order goes into another list."
    ]
    assert dropped.state == OrderState.CANCELLED
