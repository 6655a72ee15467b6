"""The usual way: call, proposal, list, selection call, dossier, opening, approval."""

from datetime import timedelta

import pytest

from core import clock
from core.documents.models import Document
from core.jobs.service import run_due_jobs
from core.people.roles import Act, Role
from proposals.hooks.decisions import approval_decision
from proposals.models import Call
from tests.factories import proposals as make
from tests.factories.people import AuthorityFactory, department, fund

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_a_proposal_becomes_an_order_on_the_approved_list(people):
    call = make.open_call(people)
    proposal = make.recommended_proposal(people, call)
    order_list = make.draft_list(people)
    order = make.planned_order(people, order_list, proposal)

    decision = make.paper(order_list, "approve_list", people, people.chair)

    order.refresh_from_db()
    proposal.refresh_from_db()
    assert (order_list.state, order.state, proposal.state) == ("approved", "listed", "listed")
    assert list(order.proposals.all()) == [proposal]
    assert (order.title, order.state_budget_vnd, order.months) == (proposal.title, 1_200_000_000, 24)
    assert [item["code"] for item in decision.facts["items"]] == [order.code]


def test_an_order_is_called_opened_and_approved(people):
    order = make.called_order(people, make.open_call(people))
    winner, loser = make.submitted_dossier(people, order), make.submitted_dossier(make.bidder(), order)
    with clock.moved_to(clock.now() + timedelta(days=61)):
        run_due_jobs()
        assert Call.objects.get(orders=order).state == "closed"

        make.open_dossiers(people, order)
        winner.refresh_from_db()
        make.appraised_order(people, order, winner)
        as_reserve = [(loser, "hold")]
        make.as_effects(people, *as_reserve)

        assert order.state == "host_recommended"
    loser.refresh_from_db()
    assert loser.state == "reserve"
    kinds = Document.objects.filter(subject_code=order.code).values_list("kind", flat=True)
    assert list(kinds) == ["opening_minutes"]


def test_the_approval_names_who_will_sign_the_contract(people):
    call = make.open_call(people)
    order = make.invited_order(people, call)
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    dossier.refresh_from_db()
    make.appraised_order(people, order, dossier)
    told = approval_decision(order)
    assert (told["contractor"], told["implementers"]) == (department().name, [department().name, dossier.host.name])
    AuthorityFactory(act=Act.CONTRACT_SIGNER, body=fund(), positions=[Role.FUND_DIRECTOR.value])
    told = approval_decision(order)
    assert (told["contractor"], told["implementers"][1]) == (fund().name, fund().name)
