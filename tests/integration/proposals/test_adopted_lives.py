"""Old proposals and orders are entered on the pages, confirmed, and go on to their end like any other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.people.policy import can, visible_to
from proposals import services
from proposals.lifecycle import CallKind
from proposals.models import Dossier, Order, Proposal
from proposals.selectors.similar import similar_to
from proposals.services.calls import callable_orders
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import waiting
from tasks.models import Task
from tests.factories import proposals as make
from tests.factories import reviews
from tests.factories.browsing import confirm, fill_in, refusals, was_shown
from tests.factories.entries import order_words, proposal_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
RESULT = {"products__0__name": "Quy trình canh tác", "products__0__unit": "quy trình", "products__0__quantity": "1"}


@pytest.fixture
def people():
    return reviews.cast()


@pytest.fixture
def officer(people, client_for):
    return client_for(people.officer)


@pytest.fixture
def head(people, client_for):
    return client_for(people.head, "en")


def post(client, name, data):
    return client.post(reverse(f"proposals:{name}"), data)


def entered_order(people, officer, **more):
    """An order of an old list, with its results."""
    assert post(officer, "order-adopt", order_words(people, **more)).status_code == 302
    order = Order.objects.latest("pk")
    fill_in(officer, reverse("proposals:order-edit", args=[order.code]), **RESULT)
    return order


def test_an_old_order_goes_from_its_list_to_an_approved_task(people, officer, head):
    order = confirm(head, entered_order(people, officer, payer="other", state_budget_vnd="1.200.000.000"))
    order = services.name_answer_day(order, actor=people.officer, day=clock.today() + timedelta(days=40))
    make.paper(order, "invite", people, people.director)
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    reviews.concluded(people, CouncilKind.SELECTION, [order])
    dossier.refresh_from_db()
    services.answer_remarks(dossier, actor=people.applicant, answer="Đã bổ sung mục 3")
    make.step(dossier, "revise", people.signer)
    Dossier.objects.filter(pk=dossier.pk).update(appraised_state_vnd=900_000_000, appraised_other_vnd=0)
    dossier.refresh_from_db()
    make.as_effects(people, (dossier, "appraise"))
    order.refresh_from_db()
    make.paper(order, "approve_task", people, people.chair)
    task = Task.objects.get(order=order)
    assert (order.state, task.state) == ("awarded", "approved")
    assert [product.name for product in task.products.all()] == ["Quy trình canh tác"]


def test_an_old_order_whose_host_is_sought_is_called(people, officer, head):
    order = confirm(head, entered_order(people, officer, mode="call", direct_host=""))
    selection = make.draft_call(people, CallKind.SELECTION, title="Tuyển chọn tổ chức chủ trì")
    services.put_orders_on_call(selection, actor=people.officer, orders=[order])
    make.paper(selection, "announce_selection", people, people.director)
    order.refresh_from_db()
    assert order.state == "call_open"


def test_an_old_order_without_a_winner_is_called_again(people, officer, head):
    order = confirm(head, entered_order(people, officer, mode="call", direct_host="", state="no_winner"))
    make.step(order, "call_again", people.head, reason="Chưa có tổ chức trúng tuyển")
    assert order.state == "listed"


def test_an_old_proposal_goes_from_its_screening_to_an_approved_list(people, officer, head):
    post(officer, "proposal-adopt", proposal_words(people, state="screened", plan_year="2027"))
    proposal = Proposal.objects.get()
    words = {"text__general_objective": "Giống lúa chịu hạn", "receiver": people.receiver.code}
    fill_in(
        officer,
        reverse("proposals:proposal-edit", args=[proposal.code]),
        **{name.replace("text__", "text_"): value for name, value in words.items()},
    )
    confirm(head, proposal)
    reviews.concluded(people, CouncilKind.IDENTIFICATION, [proposal])
    proposal.refresh_from_db()
    assert proposal.state == "recommended"
    order_list = make.draft_list(people)
    order = make.planned_order(people, order_list, proposal)
    make.paper(order_list, "approve_list", people, people.chair)
    order.refresh_from_db()
    proposal.refresh_from_db()
    assert (proposal.state, order.state, order.objectives) == ("listed", "listed", "Giống lúa chịu hạn")


def test_the_confirmation_names_everything_an_order_lacks(people, officer, head):
    post(officer, "order-adopt", order_words(people, objectives="", receiver="", state_budget_vnd="0"))
    order = Order.objects.get()
    assert refusals(head, order) == ["Still missing: Objectives; Receiving organisation; Budget; Results."]
    cancelled = order_words(people, objectives="", receiver="", state="cancelled")
    post(officer, "order-adopt", cancelled)
    assert refusals(head, Order.objects.latest("pk")) == []


def test_where_it_went_is_entered_on_its_page(people, officer, head):
    for state, name, typed in [
        ("forwarded", "proposal-forward", {"forward_body": "Bộ Nông nghiệp và Môi trường"}),
        ("deferred", "proposal-defer", {"deferral_year": "2028"}),
    ]:
        post(officer, "proposal-adopt", proposal_words(people, state=state, code=f"DX-{state}"))
        proposal = Proposal.objects.latest("pk")
        assert len(refusals(head, proposal)) == 1
        page = officer.get(proposal.get_absolute_url()).content.decode()
        pages = [reverse(f"proposals:{one}", args=[proposal.code]) for one in ("proposal-forward", "proposal-defer")]
        assert [address in page for address in pages] == [state == "forwarded", state == "deferred"]
        fill_in(officer, reverse(f"proposals:{name}", args=[proposal.code]), **typed)
        assert not confirm(head, proposal).unconfirmed


def test_nothing_is_built_on_what_nobody_has_confirmed(people, officer):
    order = entered_order(people, officer, mode="call", direct_host="")
    post(officer, "proposal-adopt", proposal_words(people, plan_year="2027"))
    post(officer, "proposal-adopt", proposal_words(people, state="screened", code="DX-CU-18"))
    recommended, screened = Proposal.objects.order_by("pk")
    assert (list(callable_orders()), list(waiting(CouncilKind.IDENTIFICATION))) == ([], [])
    with pytest.raises(ValidationError):
        make.planned_order(people, make.draft_list(people), recommended)
    with pytest.raises(ValidationError):
        reviews.draft(people, CouncilKind.IDENTIFICATION, [screened])
    assert not can(people.officer, "change", order)
    assert not can(people.officer, "redirect", recommended)
    assert not visible_to(people.signer, Proposal).exists()


def test_a_void_entry_is_found_only_by_who_asks_for_it(people, officer, head):
    post(officer, "proposal-adopt", proposal_words(people))
    order = entered_order(people, officer)
    for record in (Proposal.objects.get(), order):
        address = reverse("workflow:adoption-refuse", args=[record.lifecycle.name, record.code])
        words = {"key": uuid4(), "reason": "Nhập nhầm", **was_shown(head, address)}
        assert head.post(address, words).status_code == 302
        record.refresh_from_db()
        listed = reverse(f"proposals:{record.lifecycle.name}-list")
        assert record.code not in officer.get(listed).content.decode()
        assert record.code in officer.get(f"{listed}?state=void").content.decode()
    again = make.draft_proposal(people, make.open_call(people), title=order.title)
    assert similar_to(again) == []
    assert post(officer, "proposal-adopt", proposal_words(people)).url.endswith("/DX-CU-17/")
