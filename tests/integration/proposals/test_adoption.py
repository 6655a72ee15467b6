"""Proposals and orders from before this system: entered once, confirmed by a second person, and going on from there."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit.models import Event
from core.codes import fits_address
from core.documents.models import Document
from core.files.models import StoredFile
from core.workflow.adoption import Adoption
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from proposals import services
from proposals.lifecycle import OrderMode
from proposals.models import Order, Proposal
from tests.factories import proposals as make
from tests.factories import tasks as after
from tests.factories.browsing import fill_in, was_shown
from tests.factories.entries import order_words, proposal_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def post(client, name, data):
    return client.post(reverse(f"proposals:{name}"), data)


def test_an_old_proposal_goes_on_where_it_stands(people, client_for):
    scan = after.pdf("phieu")
    answer = post(client_for(people.officer), "proposal-adopt", {**proposal_words(people), "evidence": scan})
    proposal = Proposal.objects.get(code="DX-CU-17")
    assert answer.url == proposal.get_absolute_url()
    assert (proposal.state, proposal.received_on, proposal.regulation) == ("recommended", date(2025, 12, 10), "r2_2025")
    event = Event.objects.get(subject_code="DX-CU-17", kind="adopt")
    assert (event.actor, event.decided_by) == (people.officer, None)
    assert json.loads(event.payload)["facts"]["evidence"] == [str(StoredFile.objects.get(subject_code="DX-CU-17").uuid)]
    confirm(proposal, client_for(people.head))
    order_list = make.draft_list(people)
    order = services.merge_into_order(order_list, actor=people.officer, proposals=[proposal], key=uuid4())
    assert order.title == proposal.title


def test_an_old_order_is_invited_and_its_letter_cites_the_old_decision(people, client_for):
    client = client_for(people.officer)
    post(client, "order-adopt", order_words(people))
    order = Order.objects.get()
    assert (order.state, order.code, order.order_list) == ("listed", "DH.2026.001", None)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "12/QĐ-UBND" in page
    result = {"products__0__name": "Quy trình", "products__0__unit": "bộ", "products__0__quantity": "1"}
    fill_in(client, reverse("proposals:order-edit", args=[order.code]), **result)
    confirm(order, client_for(people.head))
    order = services.name_answer_day(order, actor=people.officer, day=date(2026, 4, 20))
    make.paper(order, "invite", people, people.director)
    assert order.state == "invited"
    letter = Document.objects.get(subject_code=order.code)
    decision = letter.facts["decision"]
    cited = {"name": "Quyết định", "symbol": "12/QĐ-UBND", "date": "2026-01-05", "issuer": "UBND tỉnh"}
    assert decision == cited


@pytest.mark.parametrize(("name", "data"), [("proposal-adopt", proposal_words), ("order-adopt", order_words)])
def test_the_form_sent_twice_enters_one_record(people, client_for, name, data):
    client, sent = client_for(people.officer), data(people)
    assert [post(client, name, sent).status_code for _ in range(2)] == [302, 302]
    assert Proposal.objects.count() + Order.objects.count() == 1


def test_every_error_comes_back_beside_its_field(people, client_for):
    make.draft_proposal(people, make.open_call(people))
    known = Proposal.objects.get().code
    sent = proposal_words(people, code=known, state="at_council", months="0", received_on="", title="")
    answer = post(client_for(people.officer), "proposal-adopt", sent)
    assert set(answer.context["form"].errors) == {"code", "state", "months", "received_on", "title"}
    assert "Hồ sơ giấy, tủ 3" in answer.content.decode()


def test_codes_of_records_from_before_are_passed_over(people, client_for):
    post(client_for(people.officer), "proposal-adopt", proposal_words(people, code="DX.2026.0001"))
    post(client_for(people.officer), "order-adopt", order_words(people, code="DH.2026.001"))
    assert make.draft_proposal(people, make.open_call(people)).code == "DX.2026.0002"
    post(client_for(people.officer), "order-adopt", order_words(people))
    assert list(Order.objects.order_by("code").values_list("code", flat=True)) == ["DH.2026.001", "DH.2026.002"]


def test_an_order_needs_the_decision_that_listed_it(people, client_for):
    answer = post(client_for(people.officer), "order-adopt", order_words(people, listed_symbol="", direct_host=""))
    assert set(answer.context["form"].errors) == {"listed_symbol", "direct_host"}


def confirm(record, client):
    """The head's own click on the record's page."""
    address = reverse("workflow:adoption-confirm", args=[record.lifecycle.name, record.code])
    assert address in client.get(record.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    words = {"key": uuid4(), "reason": "Đã đối chiếu hồ sơ giấy", **was_shown(client, address)}
    assert client.post(address, words).status_code == 302
    assert client.get(address).status_code == 404


def test_nothing_goes_on_before_a_second_person_confirms(people, client_for):
    post(client_for(people.officer), "proposal-adopt", proposal_words(people, state="submitted"))
    proposal = Proposal.objects.get()
    offers = {offer.row.name: offer.is_open for offer in available_steps(proposal, people.head)}
    assert set(offers.values()) == {False}
    with pytest.raises(PermissionDenied):
        services.write_ground(proposal, actor=people.officer, ground="Trùng lặp")
    with pytest.raises(StepRefused, match="chưa xác nhận"):
        make.paper(proposal, "refuse", people, people.head)
    confirm(proposal, client_for(people.head))
    make.refused(people, proposal)
    assert proposal.state == "rejected"


def test_nobody_confirms_what_he_entered(people, client_for):
    client = client_for(people.head)
    post(client, "proposal-adopt", proposal_words(people))
    address = reverse("workflow:adoption-confirm", args=["proposal", "DX-CU-17"])
    answer = client.post(address, {"key": uuid4(), "reason": "", **was_shown(client, address)})
    assert answer.status_code == 200
    assert len(answer.context["form"].refused) == 1
    assert client_for(people.officer).get(address).status_code == 404


@pytest.mark.parametrize("name", ["proposal-adopt", "order-adopt"])
def test_the_form_is_not_there_for_others(people, client_for, name):
    for person in (people.applicant, people.clerk, people.chair):
        assert client_for(person).get(reverse(f"proposals:{name}")).status_code == 404
    assert client_for(people.officer).get(reverse(f"proposals:{name}")).status_code == 200


def test_the_service_refuses_others_too(people):
    with pytest.raises(PermissionDenied):
        services.adopt_order(facts={}, state="listed", adoption=stranger(people), key=uuid4())
    with pytest.raises(PermissionDenied):
        services.adopt_proposal(facts={}, state="submitted", adoption=stranger(people), key=uuid4())


def stranger(people):
    return Adoption(batch="form", actor=people.applicant, confirmed_by=people.head, effective_on=date(2026, 2, 1))


def test_the_database_asks_for_the_decision_too(people):
    order = make.listed_order(people, make.open_call(people))
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(order_list=None, mode=OrderMode.CALL)


@pytest.mark.parametrize(
    ("name", "said", "model"),
    [
        ("proposal-adopt", proposal_words, Proposal),
        ("order-adopt", order_words, Order),
    ],
)
def test_an_old_code_with_a_slash_is_kept_beside_a_code_of_ours(people, client_for, name, said, model):
    client = client_for(people.officer)
    post(client, name, said(people, code="12/KHCN-2019"))
    record = model.objects.get(former_code="12/KHCN-2019")
    assert fits_address(record.code)
    assert "12/KHCN-2019" in client.get(record.get_absolute_url()).content.decode()
    found = client.get(reverse(f"proposals:{name.removesuffix('-adopt')}-list"), {"q": "12/khcn"})
    assert record.code in found.content.decode()


def test_two_old_codes_are_not_guessed(people, client_for):
    post(client_for(people.officer), "proposal-adopt", proposal_words(people, code="1/A", former_code="2/B"))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("code", ["12/KHCN-2019", "..", "new"])
def test_the_database_itself_refuses_a_code_without_an_address(people, code):
    proposal = make.draft_proposal(people, make.open_call(people))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(code=code)
