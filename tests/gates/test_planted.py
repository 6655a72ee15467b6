"""Each gate is seen to fail: on pages, addresses and lists with a fault planted in them."""

import pytest

from core.people.models import User
from demo.pages import addresses, samples
from tasks.lifecycle import TaskState
from tasks.models import Task
from tests.gates import planted, test_budget, test_matrix
from tests.gates.browsing import PHONE, WIDE, Visitor, browser

URLS = pytest.mark.urls("tests.gates.planted")
OFFICER = "chuyenvien@binhan.example"


def address(name):
    return next(one for one in addresses() if one.name == f"planted:{name}")


# ── In the browser ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def visitor(chromium, shared_server, axe):
    with browser(chromium) as running:
        found = Visitor(running, shared_server.url, "vi", axe)
        planted.serve(found)
        yield found


def said(visitor, name, widths=(WIDE, PHONE), axe_at=(WIDE,)):
    """What the gate says of a planted page, without the page's own name."""
    visit = {"name": name, "path": f"/planted/{name}/", "email": "", "kind": "page"}
    lead = f"{name} /planted/{name}/ as visitor: "
    return [fault.removeprefix(lead) for fault in visitor.faults(visit, widths, axe_at)]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "beginnings"),
    [
        ("clean", []),
        ("pale", ["at 1280 px: axe color-contrast: p"]),
        ("unnamed", ["at 1280 px: axe image-alt: img"]),
        ("wide", ["at 1280 px: ", "at 390 px: "]),
        ("cut", ["at 1280 px: cut off: Dự toán", "at 390 px: cut off: Dự toán"]),
        ("drawing", ["at 1280 px: cut off: Kinh phí", "at 390 px: cut off: Kinh phí"]),
        ("error", ["console: something went wrong"]),
        ("throw", ["script: nobody caught it"]),
        ("absent", ["console: Failed to load resource"]),
        ("english", ["another language than asked for"]),
    ],
)
def test_a_planted_fault_of_a_page_is_seen(visitor, name, beginnings):
    faults = said(visitor, name)
    assert len(faults) == len(beginnings), faults
    for fault, beginning in zip(faults, beginnings, strict=True):
        assert fault.startswith(beginning)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["style", "script"])
def test_what_the_security_policy_refuses_is_seen(visitor, name):
    assert any("Content Security Policy" in fault for fault in said(visitor, name))


@pytest.mark.browser
def test_a_page_that_is_not_there_is_seen(visitor):
    visit = {"name": "none", "path": "/none/", "email": "", "kind": "page"}
    assert any("status 404" in fault for fault in visitor.faults(visit, (WIDE,)))


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
