"""The gate of the browser is seen to fail: on pages with a fault planted in them.

Of its own file: while a browser runs in a process, Django asks no database there.
"""

import pytest

from tests.gates import planted
from tests.gates.browsing import PHONE, WIDE, Visitor, browser

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize(
    ("name", "beginnings"),
    [
        ("clean", []),
        ("pale", ["at 1280 px: axe color-contrast: p"]),
        ("unnamed", ["at 1280 px: axe image-alt: img"]),
        ("wide", ["at 1280 px: ", "at 390 px: "]),
        ("cut", ["at 1280 px: cut off: Dự toán", "at 390 px: cut off: Dự toán"]),
        ("drawing", ["at 1280 px: cut off: Kinh phí", "at 390 px: cut off: Kinh phí"]),
        ("spilt", ["at 1280 px: beyond its cell: Quá hạn", "at 390 px: beyond its cell: Quá hạn"]),
        ("start", ["at 1280 px: a menu stands ", "at 390 px: a menu stands "]),
        ("end", ["at 1280 px: a menu stands ", "at 390 px: a menu stands "]),
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


@pytest.mark.parametrize("name", ["style", "script"])
def test_what_the_security_policy_refuses_is_seen(visitor, name):
    assert any("Content Security Policy" in fault for fault in said(visitor, name))


def test_a_page_that_is_not_there_is_seen(visitor):
    visit = {"name": "none", "path": "/none/", "email": "", "kind": "page"}
    assert any("status 404" in fault for fault in visitor.faults(visit, (WIDE,)))
