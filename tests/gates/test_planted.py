"""Each gate but the browser's is seen to fail: on addresses and lists with a fault planted in them."""

import pytest

from core.people.models import User
from demo.pages import addresses, samples
from tasks.lifecycle import TaskState
from tasks.models import Task
from tests.gates import test_budget, test_matrix

URLS = pytest.mark.urls("tests.gates.planted")
OFFICER = "chuyenvien@binhan.example"


def address(name):
    return next(one for one in addresses() if one.name == f"planted:{name}")


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_that_declares_nothing_is_seen():
    assert test_matrix.undeclared() == ["planted:undeclared"]


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_open_to_a_wrong_role_is_seen():
    user = User.objects.get(email=OFFICER)
    applicant = User.objects.get(email=test_matrix.APPLICANT)
    for somebody in (user, applicant):
        client = test_matrix.signed_in(somebody)
        found = list(test_matrix.disagreements(client, address("open"), somebody))
        assert found != []
        assert {(status, allowed) for _path, status, allowed in found} == {(200, False)}


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_open_to_visitors_is_seen():
    found = [("planted:open", 200), ("planted:telling", 404), ("planted:visitors", 200)]
    assert test_matrix.open_to_visitors() == found


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_closed_to_a_right_role_is_seen():
    user = User.objects.get(email=OFFICER)
    found = list(test_matrix.disagreements(test_matrix.signed_in(user), address("closed"), user))
    assert found != []
    assert {(status, allowed) for _path, status, allowed in found} == {(404, True)}


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_that_tells_of_a_foreign_record_is_seen():
    found = test_matrix.telling(User.objects.get(email=test_matrix.APPLICANT))
    assert found == ["planted:open", "planted:telling"]


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_an_address_that_nobody_can_fill_stops_the_gates():
    assert test_matrix.without_sampler() == ["planted:two"]
    with pytest.raises(LookupError, match="register a sampler"):
        list(samples(address("two"), User.objects.get(email=OFFICER)))


@pytest.mark.matrix
@URLS
def test_an_address_that_nobody_opens_is_seen():
    visits = [{"name": one.name} for one in addresses() if one.name != "tasks:task-list" and one.name[:8] != "planted:"]
    names = ["closed", "dear", "open", "other", "record", "rows", "telling", "two", "undeclared", "visitors", "work"]
    assert test_matrix.unvisited(visits) == [*(f"planted:{name}" for name in names), "tasks:task-list"]


# ── Queries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def visit_of(name, code=""):
    return {
        "name": f"planted:{name}",
        "path": f"/planted/{name}/{code and f'{code}/'}",
        "email": OFFICER,
        "kind": "page",
    }


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_a_list_that_asks_for_each_row_is_seen():
    pages = [visit_of("rows")]
    [(few, many)] = test_budget.uneven(pages).values()
    assert many - few == 30 - 3
    assert test_budget.over(pages) != []


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_a_detail_that_asks_for_each_child_is_seen():
    task = Task.objects.filter(state=TaskState.RUNNING, reports=None).order_by("pk").first()
    [(few, many)] = test_budget.uneven([visit_of("record", task.code)]).values()
    assert many - few == 30 - 3


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_a_dashboard_that_asks_for_each_record_is_seen():
    [(few, many)] = test_budget.uneven([visit_of("work")]).values()
    assert many - few == 30 - 3


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
@pytest.mark.parametrize("name", ["dear", "other"])
def test_a_page_of_any_kind_that_asks_too_often_is_seen(name):
    [(path, email, found)] = test_budget.over([visit_of(name)])
    assert (path, email, found > 15) == (f"/planted/{name}/", OFFICER, True)


@pytest.mark.matrix
@pytest.mark.django_db
@URLS
def test_only_a_page_that_asks_for_each_row_is_called_uneven():
    assert test_budget.uneven([visit_of("dear")]) == {}
