"""The pages: who may open them, what a wrong form answers, how many questions they ask the database."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from proposals.models import Call, Dossier, Order, OrderList, Proposal
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, call=make.open_call(people))


@pytest.fixture
def call(story):
    return story.call


def page(name, *codes):
    return reverse(f"proposals:{name}", args=codes)


def errors_of(response):
    return response.context["form"].errors


def test_a_visitor_is_sent_to_the_sign_in_page(client, call):
    assert client.get(page("call-detail", call.code)).status_code == 302


def test_a_stranger_sees_neither_the_draft_nor_whether_it_exists(people, call, client_for):
    draft = make.draft_proposal(people, call)
    stranger = client_for(make.bidder().applicant)
    for name in ("proposal-detail", "proposal-edit"):
        found, missing = (stranger.get(page(name, code)) for code in (draft.code, "DX.2026.9999"))
        assert (found.status_code, missing.status_code) == (404, 404)


def test_a_draft_is_saved_from_the_form_with_its_texts(people, call, client_for):
    form = {
        "key": uuid4(),
        "organisation": people.university.code,
        "title": "Nuôi tôm tuần hoàn",
        "level": "provincial",
        "state_budget_vnd": "1.200.000.000",
        "text_bases": "Nghị quyết 57",
    }
    url = f"{page('proposal-create')}?call={call.code}"
    client = client_for(people.applicant)
    first, again = client.post(url, form), client.post(url, form)
    proposal = Proposal.objects.get()
    assert (first.status_code, first.url, again.url) == (302, proposal.get_absolute_url(), proposal.get_absolute_url())
    assert (proposal.call, proposal.state_budget_vnd, proposal.narrative) == (
        call,
        1_200_000_000,
        {"bases": "Nghị quyết 57"},
    )


def test_a_wrong_form_comes_back_with_every_error_and_everything_typed(people, call, client_for):
    form = {"key": uuid4(), "level": "provincial", "months": "-3", "state_budget_vnd": "1,5 tỷ", "text_bases": "Căn cứ"}
    response = client_for(people.applicant).post(page("proposal-create"), form)
    assert sorted(errors_of(response)) == ["months", "organisation", "state_budget_vnd", "title"]
    html = response.content.decode()
    assert [typed in html for typed in ("1,5 tỷ", "Căn cứ", "error-summary")] == [True, True, True]
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("amount", ["-1", "1.5", "mười", "1000000000000001"])
def test_impossible_amounts_are_refused_beside_their_field(people, call, client_for, amount):
    form = {"key": uuid4(), "title": "Một", "level": "provincial", "other_budget_vnd": amount}
    form["organisation"] = people.university.code
    response = client_for(people.applicant).post(page("proposal-create"), form)
    assert list(errors_of(response)) == ["other_budget_vnd"]


def test_a_call_that_closes_before_it_opens_is_refused(people, call, client_for):
    form = {"key": uuid4(), "title": "Đợt", "plan_year": 2027}
    form |= {"opens_at": "2026-04-01T08:00", "closes_at": "2026-03-01T17:00"}
    response = client_for(people.officer).post(page("call-create"), form)
    assert list(errors_of(response)) == ["closes_at"]
    assert list(Call.objects.all()) == [call]


def test_the_screening_page_shows_the_resembling_texts(people, call, client_for):
    first = make.submitted_proposal(people, call)
    second = make.submitted_proposal(people, call)
    client = client_for(people.officer)
    assert first.code in client.get(page("proposal-screen", second.code)).content.decode()
    found = {"is_complete": "True", "is_duplicate": "False"}
    client.post(page("proposal-screen", second.code), {"key": uuid4(), **found, "note": "Khác phạm vi"})
    second.refresh_from_db()
    assert (second.screening.is_complete, second.screening.note) == (True, "Khác phạm vi")


def test_the_list_page_composes_one_order_of_each_proposal(people, call, client_for):
    chosen = [make.recommended_proposal(people, call, title=f"Đề xuất {number}") for number in (1, 2)]
    order_list = make.draft_list(people)
    form = {"key": uuid4(), "proposals": [one.code for one in chosen], "how": "each", "titles": ""}
    client = client_for(people.officer)
    client.post(page("order_list-compose", order_list.code), form)
    client.post(page("order_list-compose", order_list.code), form)
    assert sorted(Order.objects.values_list("title", flat=True)) == ["Đề xuất 1", "Đề xuất 2"]


def test_splitting_asks_for_titles(people, call, client_for):
    one = make.recommended_proposal(people, call)
    order_list = make.draft_list(people)
    form = {"key": uuid4(), "proposals": [one.code], "how": "split", "titles": "Chỉ một"}
    response = client_for(people.officer).post(page("order_list-compose", order_list.code), form)
    assert list(errors_of(response)) == ["titles"]


def rows(prefix, count, initial=0):
    return {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": initial}


def test_an_order_and_its_results_are_written_on_one_page(people, call, client_for):
    order = make.planned_order(people, make.draft_list(people), make.recommended_proposal(people, call))
    form = {
        "key": uuid4(),
        "title": "Tên sau khi sửa",
        "field": "agriculture",
        "research_type": "applied",
        "origin": "proposals",
        "objectives": "Mục tiêu",
        "state_budget_vnd": "900000000",
        "other_budget_vnd": "0",
        "months": "18",
        "mode": "call",
        "receiver": people.receiver.code,
        **rows("products", 2, 1),
        "products-0-name": "Quy trình",
        "products-0-kind": "scientific",
        "products-0-unit": "bộ",
        "products-0-quantity": "1",
        "products-0-DELETE": "on",
        "products-1-name": "Báo cáo",
        "products-1-kind": "publication",
        "products-1-unit": "bài",
        "products-1-quantity": "2",
    }
    client_for(people.officer).post(page("order-edit", order.code), form)
    order.refresh_from_db()
    assert (order.title, order.months) == ("Tên sau khi sửa", 18)
    assert list(order.products.values_list("name", "quantity")) == [("Báo cáo", 2)]


def test_a_dossier_is_written_on_one_page(people, call, client_for):
    order = make.called_order(people, call)
    form = {
        "key": uuid4(),
        "host": people.university.code,
        "principal_investigator": people.applicant.code,
        "months": "24",
        "lump_sum": "final",
        "text_overview": "Tổng quan",
        **rows("members", 1),
        "members-0-name": "Lê Thư Ký",
        "members-0-position": "secretary",
        "members-0-months": "6",
        **rows("partners", 0),
        **rows("lines", 1),
        "lines-0-item": "labour",
        "lines-0-requested_state_vnd": "700.000.000",
    }
    client = client_for(people.applicant)
    client.post(page("dossier-create", order.code), form)
    client.post(page("dossier-create", order.code), form)
    dossier = Dossier.objects.get()
    assert (dossier.state_requested_vnd, dossier.members.get().name, dossier.lump_sum) == (
        700_000_000,
        "Lê Thư Ký",
        "final",
    )


def test_a_selection_call_leads_a_bidder_to_its_dossier(people, call, client_for):
    order = make.called_order(people, call)
    address = page("call-detail", order.selection_call.code)
    lead = page("dossier-create", order.code)
    assert lead in client_for(people.applicant).get(address).text
    assert lead not in client_for(people.chair).get(address).text


def test_among_several_orders_of_a_selection_call_the_bidder_is_told_to_choose(people, call, client_for):
    orders = [make.listed_order(people, call) for _ in range(2)]
    selection = make.announced_selection(people, *orders)
    told = "One dossier for each order"
    assert told in client_for(people.applicant, "en").get(page("call-detail", selection.code)).text
    assert told not in client_for(people.officer, "en").get(page("call-detail", selection.code)).text


def test_a_wrong_line_of_the_estimate_names_its_field(people, call, client_for):
    order = make.called_order(people, call)
    form = {
        "key": uuid4(),
        "host": people.university.code,
        "principal_investigator": people.applicant.code,
        "lump_sum": "final",
        **rows("members", 0),
        **rows("partners", 0),
        **rows("lines", 1),
        "lines-0-item": "assets",
        "lines-0-note": "Máy đo",
    }
    response = client_for(people.applicant).post(page("dossier-create", order.code), form)
    lines = response.context["parts"][2].forms
    assert [list(row.errors) for row in lines] == [["requested_state_vnd"]]
    assert Dossier.objects.count() == 0


def test_a_sealed_dossier_shows_nothing_of_its_content(people, call, client_for):
    dossier = make.submitted_dossier(people, make.called_order(people, call))
    url = page("dossier-detail", dossier.code)
    officer, signer = (client_for(user).get(url).content.decode() for user in (people.officer, people.signer))
    secret = "Trần Thị Thư Ký"
    assert (secret in officer, secret in signer) == (False, True)


def test_the_opening_is_recorded_on_its_page(people, call, client_for):
    order = make.called_order(people, call)
    dossier = make.submitted_dossier(people, order)
    with clock.moved_to(clock.now() + timedelta(days=61)):
        now = clock.local(clock.now())
        form = {
            "key": uuid4(),
            "opened_at": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            "ended_at": f"{now:%Y-%m-%dT%H:%M}",
            "place": "Phòng họp",
            "chair": people.head.code,
            "secretary": people.officer.code,
            **rows("findings", 1, 1),
            "findings-0-code": dossier.code,
            "findings-0-verdict": "invalid",
        }
        client = client_for(people.officer)
        url = page("order-opening", order.code)
        response = client.post(url, form)
        assert [list(row.errors) for row in response.context["parts"][0].forms] == [["reason"]]
        client.post(url, form | {"findings-0-reason": "Thiếu con dấu"})
    dossier.refresh_from_db()
    assert (dossier.opening_valid, dossier.opening_note) == (False, "Thiếu con dấu")


LISTS = ("proposal-list", "call-list", "order_list-list", "order-list", "dossier-list")


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_stay_within_twelve_queries_and_pages_within_twenty(people, call, client_for):
    order = make.called_order(people, call)
    dossier = make.submitted_dossier(people, order)
    client = client_for(people.officer)
    before = {name: queries(client, page(name)) for name in LISTS}
    for number in range(4):
        make.draft_call(people, title=f"Đợt {number}")
        make.draft_list(people, title=f"Danh mục {number}")
        make.submitted_proposal(people, call, title=f"Đề xuất {number}")
        make.submitted_dossier(make.bidder(), order)
    assert {name: queries(client, page(name)) for name in LISTS} == before
    assert max(before.values()) <= 12
    proposal = Proposal.objects.get(orders=order)
    details: dict[str, Any] = {
        "proposal-detail": proposal,
        "call-detail": order.selection_call,
        "order_list-detail": OrderList.objects.get(orders=order),
        "order-detail": order,
        "dossier-detail": dossier,
    }
    asked = {name: queries(client, page(name, record.code)) for name, record in details.items()}
    assert {name: number for name, number in asked.items() if number > 20} == {}
