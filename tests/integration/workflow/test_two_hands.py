"""Nobody decides yesterday from his own chair, and what two persons must see is not entered by one of them alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.documents.services import issue_document, prepare_document
from core.people.models import Membership
from core.people.roles import Role
from core.workflow.rights import deciders
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step
from core.workflow.table import Channel
from tests.factories import funds as made
from tests.factories import proposals as make
from tests.factories.documents import scan
from tests.factories.people import MembershipFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def refused(caught):
    return [str(one) for one in caught.value.refusals]


SECOND = "A second person must enter this step: you took or entered another one (separation of duties)."


def by_another(subject, step, *barred):
    """The refusal with the names of those who can."""
    able = [one.full_name for one in deciders(subject, subject.row(step), clock.today()) if one not in barred]
    return [f"{SECOND} It can be taken by: {'; '.join(able)}."]


def on_paper(subject, step, *, actor, decided_by, **more):
    facts = {"channel": Channel.PAPER, "evidence": [uuid4()], "key": uuid4(), **more}
    return take_step(subject, step, actor=actor, decided_by=decided_by, **facts)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_signer_does_not_submit_yesterday(language):
    people = make.cast()
    proposal = make.draft_proposal(people, make.open_call(people))
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(StepRefused) as caught:
        take_step(proposal, "submit", actor=people.signer, effective_on=yesterday, evidence=[uuid4()], key=uuid4())
    assert "What is decided in the system counts from today." in refused(caught)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_entered_the_payment_does_not_confirm_it_on_paper_either(language):
    who = made.house()
    payment = made.entered(who, made.approved(who, made.running(who)))
    with pytest.raises(StepRefused) as caught:
        on_paper(payment, "pay", actor=who.fund_officer, decided_by=who.accountant)
    assert "Whoever entered the payment may not confirm it too (separation of duties)." in refused(caught)
    on_paper(payment, "pay", actor=user_with(Role.CLERK), decided_by=who.accountant)
    assert payment.state == "paid"


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_examined_does_not_enter_the_verification(language):
    who = made.house()
    payment = made.request(who, made.running(who))
    make.step(payment, "request", who.people.signer)
    make.step(payment, "examine", who.fund_officer)
    with pytest.raises(StepRefused) as caught:
        on_paper(payment, "verify", actor=who.fund_officer, decided_by=who.accountant)
    assert refused(caught) == by_another(payment, "verify")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_entered_the_request_of_the_host_does_not_check_it(language):
    who = made.house()
    payment = made.request(who, made.running(who))
    on_paper(payment, "request", actor=who.fund_officer, decided_by=who.people.signer)
    with pytest.raises(StepRefused) as caught:
        make.step(payment, "examine", who.fund_officer)
    assert refused(caught) == [SECOND]
    make.step(payment, "examine", user_with(Role.FUND_OFFICER))
    assert payment.state == "checked"


def test_old_decisions_need_a_reason_or_the_head_of_division():
    people = make.cast()
    call = make.open_call(people)
    proposal = make.draft_proposal(people, call)
    with clock.moved_to(clock.now() + timedelta(days=40)):
        day = clock.today() - timedelta(days=30)
        with pytest.raises(StepRefused):
            on_paper(proposal, "withdraw", actor=people.officer, decided_by=people.signer, effective_on=day)
        reason = {"reason": "Công văn đến chậm", "effective_on": day}
        on_paper(proposal, "withdraw", actor=people.head, decided_by=people.signer, **reason)
    assert proposal.state == "withdrawn"


def test_the_clerk_who_typed_a_step_still_numbers_the_signed_decision():
    who = made.house()
    payment = made.request(who, made.running(who))
    on_paper(payment, "request", actor=who.people.clerk, decided_by=who.people.signer)
    on_paper(payment, "examine", actor=user_with(Role.CLERK), decided_by=who.fund_officer)
    make.step(payment, "verify", who.accountant)
    made.fund_paper(who, payment, "approve")
    assert payment.state == "approved"


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_held_the_role_yesterday_does_not_act_for_yesterday(language):
    people = make.cast()
    proposal = make.submitted_proposal(people, make.open_call(people))
    with clock.moved_to(clock.now() + timedelta(days=3)):
        yesterday = clock.today() - timedelta(days=1)
        Membership.objects.filter(user=people.officer).update(valid_to=yesterday)
        MembershipFactory(user=people.officer, role=Role.CLERK, organisation=department())
        with pytest.raises(StepRefused) as caught:
            on_paper(proposal, "screen", actor=people.officer, decided_by=None, effective_on=yesterday)
    assert refused(caught) == ["This step belongs to another role or authority."]


def test_nobody_at_the_keyboard_decides_nothing():
    people = make.cast()
    proposal = make.submitted_proposal(people, make.open_call(people))
    with pytest.raises(StepRefused):
        on_paper(proposal, "screen", actor=None, decided_by=people.officer)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_drafts_a_paper_that_its_signer_has_not_seen_does_not_number_it(language):
    people = make.cast()
    MembershipFactory(user=people.officer, organisation=department(), role=Role.CLERK)
    draft = prepare_document(make.draft_call(people), "announce", actor=people.officer)
    facts = {"signer": people.director, "signed_on": clock.today(), "scan": scan(), "key": uuid4()}
    with pytest.raises(StepRefused) as caught:
        issue_document(draft, actor=people.officer, **facts)
    own = "You prepared this draft, and its signer did not agree here: another person numbers it."
    assert refused(caught) == [own]
    assert issue_document(draft, actor=people.clerk, **{**facts, "scan": scan()}).symbol.endswith("/TB-SKHCN")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_who_examined_a_payment_does_not_number_its_decision_unseen_by_the_director(language):
    who = made.house()
    both = user_with(Role.FUND_OFFICER)
    MembershipFactory(user=both, organisation=who.director.memberships.get().organisation, role=Role.CLERK)
    payment = made.request(who, made.running(who))
    make.step(payment, "request", who.people.signer)
    make.step(payment, "examine", both)
    make.step(payment, "verify", who.accountant)
    draft = prepare_document(payment, "approve", actor=who.fund_officer)
    facts = {"signer": who.director, "signed_on": clock.today(), "scan": scan(), "key": uuid4()}
    with pytest.raises(StepRefused) as caught:
        issue_document(draft, actor=both, **facts)
    assert refused(caught) == by_another(payment, "approve")
