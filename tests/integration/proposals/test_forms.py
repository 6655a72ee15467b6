"""Forms of calls, lists and orders with wrong input: errors beside their fields, nothing typed is lost."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from proposals import services
from proposals.lifecycle import CallKind
from proposals.models import Call, Order, OrderChange, OrderList, Proposal
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, call=make.open_call(people))


@pytest.fixture
def call(story):
    return story.call


@pytest.fixture
def officer(people, client_for):
    return client_for(people.officer, "en")


def page(name, *codes):
    return reverse(f"proposals:{name}", args=codes)


def refused(response, *typed):
    """The fields with errors; the page opens with their summary and holds what was typed."""
    assert response.status_code == 200
    html = response.content.decode()
    assert [word for word in ("error-summary", *typed) if word not in html] == []
    assert "Constraint" not in html
    return list(response.context["form"].errors)


def rows(prefix, count, initial=0):
    return {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": initial}


CALL = {"title": "Đợt tuyển chọn", "plan_year": "2027", "opens_at": "2026-03-02T08:00", "closes_at": "2026-05-02T17:00"}


def test_a_call_is_changed_while_it_is_a_draft_and_a_wrong_change_comes_back(people, officer):
    draft = make.draft_call(people)
    url = page("call-edit", draft.code)
    assert officer.get(url).context["form"].initial["title"] == draft.title
    wrong = officer.post(url, CALL | {"key": uuid4(), "plan_year": "27", "contact": "Bà Vân"})
    assert refused(wrong, "Bà Vân", "Đợt tuyển chọn") == ["plan_year"]
    answer = officer.post(url, CALL | {"key": uuid4()})
    draft.refresh_from_db()
    assert (answer.url, draft.title, draft.regulation) == (draft.get_absolute_url(), "Đợt tuyển chọn", "r2_2025")
    opened = make.open_call(people)
    assert officer.get(page("call-edit", opened.code)).status_code == 404


def test_a_call_that_closes_under_the_older_law_follows_it_when_its_closing_is_changed(people):
    draft = make.draft_call(people)
    older = {"opens_at": clock.now() - timedelta(days=300), "closes_at": clock.now() - timedelta(days=200)}
    assert services.edit_call(draft, actor=people.officer, facts=older).regulation == "r1_2013"


def test_a_selection_call_is_made_once_with_its_orders_however_often_it_is_sent(people, call, officer):
    order = make.listed_order(people, call)
    form = CALL | {"key": uuid4(), "orders": [order.code]}
    first, again = (officer.post(page("call-create-selection"), form) for _ in range(2))
    made = Call.objects.get(kind=CallKind.SELECTION)
    assert (first.url, again.status_code, list(made.orders.all())) == (made.get_absolute_url(), 302, [order])
    assert order.code in officer.get(made.get_absolute_url()).content.decode()
    officer.post(page("call-edit", made.code), CALL | {"key": uuid4(), "orders": []})
    assert list(made.orders.all()) == []


def test_an_order_of_another_draft_call_cannot_be_chosen(people, call, officer):
    order = make.listed_order(people, call)
    other = make.draft_call(people, CallKind.SELECTION)
    services.put_orders_on_call(other, actor=people.officer, orders=[order])
    wrong = officer.post(page("call-create-selection"), CALL | {"key": uuid4(), "orders": [order.code]})
    assert (refused(wrong, "Đợt tuyển chọn"), Call.objects.count()) == (["orders"], 2)


LIST = {"title": "Danh mục 2027", "plan_year": "2027", "level": "provincial", "payer": "fund"}


def test_a_list_is_written_and_its_orders_follow_its_year(people, call, officer):
    key = uuid4()
    wrong = officer.post(page("order_list-create"), LIST | {"key": key, "title": " ", "plan_year": "hai nghìn"})
    assert (refused(wrong, "hai nghìn"), OrderList.objects.count()) == (["title", "plan_year"], 0)
    for _ in range(2):
        officer.post(page("order_list-create"), LIST | {"key": key})
    order_list = OrderList.objects.get()
    order = make.planned_order(people, order_list, make.recommended_proposal(people, call))
    changed = LIST | {"key": uuid4(), "plan_year": "2028", "payer": "department_budget"}
    answer = officer.post(page("order_list-edit", order_list.code), changed)
    order.refresh_from_db()
    assert (answer.status_code, order.plan_year, order.payer) == (302, 2028, "department_budget")


def test_proposals_are_merged_or_split_and_each_wrong_choice_is_named(people, call, officer):
    one, two, three = (make.recommended_proposal(people, call, title=f"Đề xuất {number}") for number in (1, 2, 3))
    order_list = make.draft_list(people)
    url = page("order_list-compose", order_list.code)
    none = officer.post(url, {"key": uuid4(), "how": "merge", "titles": ""})
    assert refused(none) == ["proposals"]
    several = {"key": uuid4(), "how": "split", "proposals": [one.code, two.code], "titles": "Phần A\nPhần B"}
    assert refused(officer.post(url, several), "Phần A") == ["proposals"]
    merged = {"key": uuid4(), "how": "merge", "proposals": [one.code, two.code], "titles": ""}
    assert officer.post(url, merged).status_code == 302
    split = {"key": uuid4(), "how": "split", "proposals": [three.code], "titles": "Phần A\n\n Phần B "}
    assert [officer.post(url, form).status_code for form in (split, split, merged)] == [302, 302, 302]
    titles = Order.objects.order_by("code").values_list("title", flat=True)
    assert list(titles) == ["Đề xuất 1", "Phần A", "Phần B"]
    assert Proposal.objects.filter(orders=None).count() == 0


ORDER = {
    "title": "Nhiệm vụ theo chỉ đạo",
    "field": "agriculture",
    "research_type": "applied",
    "origin": "directive",
    "origin_note": "Thông báo 12/TB-UBND",
    "objectives": "Mục tiêu",
    "state_budget_vnd": "900000000",
    "other_budget_vnd": "0",
    "months": "18",
    "mode": "call",
}


def test_an_order_without_a_proposal_names_its_document_and_its_host(people, officer):
    order_list = make.draft_list(people)
    url = page("order_list-add", order_list.code)
    assert officer.get(url).status_code == 200
    direct = ORDER | {"key": uuid4(), "mode": "direct", "origin": "proposals", **rows("products", 0)}
    assert refused(officer.post(url, direct), "Thông báo 12/TB-UBND", "900000000") == ["origin", "direct_host"]
    nothing = ORDER | {"key": uuid4(), "products-0-quantity": "0", **rows("products", 1)}
    wrong = officer.post(url, nothing | {"products-0-name": "Quy trình"})
    assert (refused(wrong, "Quy trình"), Order.objects.count()) == ([], 0)
    for _ in range(2):
        officer.post(url, ORDER | {"key": nothing["key"], **rows("products", 0)})
    assert Order.objects.get().origin_note == "Thông báo 12/TB-UBND"


CHANGE = {
    name: ORDER[name] for name in ("title", "objectives", "state_budget_vnd", "other_budget_vnd", "months", "mode")
}


def test_a_change_to_direct_assignment_names_the_host_and_a_ground(people, call, officer):
    order = make.listed_order(people, call)
    url = page("order-change", order.code)
    assert officer.get(url).context["form"].initial["months"] == 24
    wrong = officer.post(url, CHANGE | {"key": uuid4(), "mode": "direct", "ground": " "})
    assert refused(wrong, "Nhiệm vụ theo chỉ đạo") == ["ground", "direct_host"]
    right = {"mode": "direct", "direct_host": people.university.code, "ground": "Chỉ một đơn vị đủ năng lực"}
    right |= {"receiver": people.receiver.code, "state_keeps_ownership": "on"}
    assert officer.post(url, CHANGE | {"key": uuid4(), **right}).status_code == 302
    assert OrderChange.objects.get().after["direct_host"] == people.university.code
    decision = make.paper(order, "amend", people, people.chair)
    printed = {row["item"]: (row["before"], row["after"]) for row in decision.facts["changes"]}
    words = [("Không", "Có"), ("1.200.000.000", "900.000.000"), ("–", people.university.name)]
    assert [pair for pair in words if pair not in printed.values()] == []
    shown = officer.get(order.get_absolute_url()).content.decode()
    assert [word for word in (people.university.name, "Chỉ một đơn vị đủ năng lực") if word not in shown] == []


def test_a_change_that_changes_nothing_comes_back_whole(people, call, officer):
    order = make.listed_order(people, call)
    facts = {name: getattr(order, name) for name in CHANGE} | {"receiver": order.receiver.code}
    wrong = officer.post(page("order-change", order.code), {**facts, "key": uuid4(), "ground": "Không rõ"})
    assert (refused(wrong, "Không rõ"), OrderChange.objects.count()) == (["__all__"], 0)


def test_the_ground_and_the_day_of_an_answer_are_checked(people, call, officer, client_for):
    order = make.listed_order(people, call, mode="direct", direct_host=people.university)
    ground, day = page("order-ground", order.code), page("order-answer-day", order.code)
    assert refused(officer.post(ground, {"key": uuid4(), "decision_ground": "  "})) == ["decision_ground"]
    officer.post(ground, {"key": uuid4(), "decision_ground": "Không còn nguồn vốn"})
    assert refused(officer.post(day, {"key": uuid4(), "answer_by": "2026-03-02"})) == ["answer_by"]
    officer.post(day, {"key": uuid4(), "answer_by": "2026-05-02"})
    order.refresh_from_db()
    assert (order.decision_ground, f"{order.answer_by:%d/%m/%Y}") == ("Không còn nguồn vốn", "02/05/2026")
    shown = officer.get(order.get_absolute_url()).content.decode()
    assert "Không còn nguồn vốn" in shown
    host = client_for(people.signer).get(order.get_absolute_url())
    assert (host.status_code, "Không còn nguồn vốn" in host.content.decode()) == (200, False)


@pytest.mark.parametrize("name", ["order-change", "order-ground", "order-answer-day", "order-edit"])
def test_nobody_outside_the_division_finds_the_forms_of_an_order(people, call, client_for, name):
    order = make.listed_order(people, call)
    for user in (people.applicant, people.clerk, make.bidder().signer):
        assert client_for(user).get(page(name, order.code)).status_code == 404
