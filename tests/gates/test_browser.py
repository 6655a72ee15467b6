"""Every page in a real browser: accessible, silent, inside the security policy, no wider than the screen."""

import pytest

from tests.gates.browsing import Visitor, axe_faults, browser

pytestmark = pytest.mark.browser
# Overflow, console and security policy everywhere; axe where it pays most. The full cross runs with the deep profile.
CROSS = [(language, width) for language in ("vi", "en", "ar") for width in (1280, 390)]
WITH_AXE = {("vi", 1280), ("ar", 390)}


@pytest.fixture(scope="module")
def running(chromium):
    with browser(chromium) as started:
        yield started


def walk(running, server, visits, language, width, axe):
    visitor = Visitor(running, server.url, language, width)
    return [fault for visit in visits for fault in visitor.faults(visit, axe)]


@pytest.mark.parametrize(("language", "width"), CROSS)
def test_every_page(running, shared_server, visits, axe, language, width):
    script = axe if (language, width) in WITH_AXE else ""
    assert walk(running, shared_server, visits, language, width, script) == []


@pytest.mark.deep
@pytest.mark.parametrize(("language", "width"), sorted(set(CROSS) - WITH_AXE))
def test_every_page_with_axe(running, shared_server, visits, axe, language, width):
    assert walk(running, shared_server, visits, language, width, axe) == []


def test_planted_faults_are_seen(running, shared_server, axe):
    visitor = Visitor(running, shared_server.url, "vi", 390)
    page = visitor.page_for("")
    page.goto(f"{shared_server.url}/account/login/")
    page.evaluate(
        "() => { const img = document.createElement('img'); img.src = '/static/app/none.png'; img.width = 900;"
        " img.style.maxWidth = 'none'; document.querySelector('main').append(img); }"
    )
    assert [fault.split(":")[0] for fault in axe_faults(page, axe)] == ["axe image-alt"]
    assert page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_script_from_elsewhere_is_refused_and_reported(running, shared_server):
    visitor = Visitor(running, shared_server.url, "vi", 1280)
    page, said = visitor.page_for(""), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{shared_server.url}/account/login/")
    page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = '1'; document.body.append(one); }"
    )
    assert any("Content Security Policy" in text for text in said)
