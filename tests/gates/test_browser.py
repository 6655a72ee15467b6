"""Every page in a real browser: accessible, silent, inside the security policy, no wider than the screen.

In Vietnamese every page, in Arabic and English one of each address, each loaded once and looked at in both widths.
Two windows share the work, so that one renders while the server answers the other.
"""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gates.browsing import PHONE, WIDE, Visitor, browser

pytestmark = pytest.mark.browser
WINDOWS = 2
BOTH = (WIDE, PHONE)


def opened(visits: list[dict[str, str]]) -> list[dict[str, str]]:
    """What can be opened: pages and files."""
    return [visit for visit in visits if visit["kind"] in {"page", "file"}]


def sample(visits: list[dict[str, str]]) -> list[dict[str, str]]:
    """The first page of each address."""
    return list({visit["name"]: visit for visit in reversed(opened(visits))}.values())


def walk(chromium, server, visits, language, axe, axe_at: Collection[int]) -> list[str]:
    """What is wrong with the pages, found by several windows at once."""

    def one_window(some: list[dict[str, str]]) -> list[str]:
        with browser(chromium) as running:
            visitor = Visitor(running, server.url, language, axe)
            return [fault for visit in some for fault in visitor.faults(visit, BOTH, axe_at)]

    by_person = sorted(visits, key=lambda visit: visit["email"])
    with ThreadPoolExecutor(WINDOWS) as windows:
        found = windows.map(one_window, [by_person[place::WINDOWS] for place in range(WINDOWS)])
        return [fault for faults in found for fault in faults]


def test_every_page_in_vietnamese(chromium, shared_server, visits, axe):
    assert walk(chromium, shared_server, opened(visits), "vi", axe, [WIDE]) == []


def test_one_page_of_each_address_on_the_phone(chromium, shared_server, visits, axe):
    assert walk(chromium, shared_server, sample(visits), "ar", axe, [PHONE]) == []


def test_one_page_of_each_address_in_english(chromium, shared_server, visits, axe):
    assert walk(chromium, shared_server, sample(visits), "en", axe, []) == []


HEADER, NAME = ("document.querySelector('.masthead').offsetHeight", "document.querySelector('.menu-name').offsetHeight")
# Pixels at most: two rows, and a name on one line.
ROWS, LINE = 90, 20


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_the_header_leaves_the_screen_of_a_phone_to_the_page(chromium, shared_server, language):
    with browser(chromium) as running:
        visitor = Visitor(running, shared_server.url, language)
        visitor.become("chuyenvien@binhan.example")
        visitor.page.set_viewport_size({"width": PHONE, "height": 844})
        visitor.page.goto(shared_server.url)
        heights = [visitor.page.evaluate(part) for part in (HEADER, NAME)]
    assert [height <= most for height, most in zip(heights, (ROWS, LINE), strict=True)] == [True, True], heights


@pytest.mark.deep
@pytest.mark.parametrize("language", ["vi", "ar", "en"])
def test_every_page_in_every_language_and_width_with_axe(chromium, shared_server, visits, axe, language):
    assert walk(chromium, shared_server, opened(visits), language, axe, BOTH) == []
