"""A browser for the gates: one window that every person uses in turn; it remembers what a page complained about."""

from collections.abc import Collection, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OK, WIDE, PHONE = 200, 1280, 390
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Folded menus are measured open: how far one of them stands beyond the window, at either side.
UNFOLD = "open => document.querySelectorAll('details.menu').forEach(one => { one.open = open; })"
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const beyond = box => Math.ceil(Math.max(-box.left, box.right - width));
  const menus = [...document.querySelectorAll('details.menu > .menu-list')];
  return menus.map(one => beyond(one.getBoundingClientRect())).filter(pixels => pixels > 0);
}"""
# Words that the page shows and cuts off: in a box that hides what does not fit, or beyond the edge of a drawing.
CUT = """() => {
  const shown = one => one.getClientRects().length && !one.closest('.visually-hidden, .table-main thead');
  const hides = one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
  const others = 'script, style, svg, svg *, progress, select, select *, textarea';
  const boxes = [...document.querySelectorAll(`body *:not(${others})`)]
    .filter(one => one.textContent.trim() && one.scrollWidth > one.clientWidth + 1 && hides(one) && shown(one));
  const outside = word => {
    const [inner, outer] = [word.getBoundingClientRect(), word.closest('svg').getBoundingClientRect()];
    return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
  };
  const drawn = [...document.querySelectorAll('svg text')].filter(outside);
  return [...boxes, ...drawn].map(one => one.textContent.trim().slice(0, 40));
}"""
# Pills of a table that stand beyond their cell: the last of a row crosses the border of its card.
SPILT = """() => [...document.querySelectorAll('.table-main td .status')]
  .filter(one => {
    const [inner, cell] = [one.getBoundingClientRect(), one.closest('td').getBoundingClientRect()];
    return inner.width && (inner.left < cell.left - 1 || inner.right > cell.right + 1);
  })
  .map(one => one.textContent.trim().slice(0, 40))"""
AXE = """async (tags) => {
  const result = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  const places = one => one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ');
  return result.violations.map(one => one.id + ': ' + places(one));
}"""


@contextmanager
def browser(chromium):
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            yield running
        finally:
            running.close()


@dataclass
class Visitor:
    """Opens pages as the people of the demo, in one window that changes hands, and collects what is wrong with them."""

    running: Any
    url: str
    language: str
    axe: str = ""
    said: list[str] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    page: Any = None
    devtools: Any = None

    def __post_init__(self) -> None:
        context = self.running.new_context(viewport={"width": WIDE, "height": 900})
        context.add_cookies([self._cookie("django_language", self.language)])
        self.page = context.new_page()
        self.devtools = context.new_cdp_session(self.page)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.said.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if "csp-report" in request.url:
            self.said.append("a report of the security policy")

    def _cookie(self, name: str, value: str) -> dict[str, str]:
        return {"name": name, "value": value, "domain": str(urlsplit(self.url).hostname), "path": "/"}

    def become(self, email: str) -> None:
        """Hand the window to one of the demo's people, or to a visitor: each signs in once."""
        context = self.page.context
        if email and email not in self.sessions:
            context.clear_cookies(name="sessionid")
            context.request.get(f"{self.url}/account/login/")
            token = next(one["value"] for one in context.cookies() if one["name"] == "csrftoken")
            form = {"email": email, "csrfmiddlewaretoken": token}
            context.request.post(f"{self.url}/demo-sign-in/", form=form, max_redirects=0)
            self.sessions[email] = next(one["value"] for one in context.cookies() if one["name"] == "sessionid")
        context.clear_cookies(name="sessionid")
        if email:
            context.add_cookies([self._cookie("sessionid", self.sessions[email])])

    def faults(self, visit: dict[str, str], widths: Sequence[int], axe_at: Collection[int] = ()) -> list[str]:
        """What is wrong with one page at each of the widths, in words. The page is loaded once."""
        self.become(visit["email"])
        self.said.clear()
        found = self._file(visit) if visit["kind"] == "file" else self._page(visit, widths, axe_at)
        return [f"{visit['name']} {visit['path']} as {visit['email'] or 'visitor'}: {one}" for one in found]

    def _file(self, visit: dict[str, str]) -> list[str]:
        # A register of a whole month is a long paper: a slow machine may take its time, the suite's own limit holds.
        status = self.page.context.request.get(self.url + visit["path"], timeout=0).status
        return [] if status == OK else [f"status {status}"]

    def _page(self, visit: dict[str, str], widths: Sequence[int], axe_at: Collection[int]) -> list[str]:
        page = self.page
        page.set_viewport_size({"width": widths[0], "height": 900})
        status = page.goto(self.url + visit["path"]).status
        found = [] if status == OK else [f"status {status}"]
        if page.evaluate("document.documentElement.lang") != self.language:
            found.append("another language than asked for")
        for width in widths:
            if page.viewport_size["width"] != width:
                page.set_viewport_size({"width": width, "height": 900})
            found += [f"at {width} px: {one}" for one in self._looks(axe=width in axe_at)]
        return [*found, *self.said]

    def _looks(self, *, axe: bool) -> list[str]:
        over = self.page.evaluate(OVERFLOW)
        found = [f"{over} px too wide"] if over > 0 else []
        self.page.evaluate(UNFOLD, True)
        found += [f"a menu stands {pixels} px outside" for pixels in self.page.evaluate(OUTSIDE)]
        found += [f"cut off: {words}" for words in self.page.evaluate(CUT)]
        found += [f"beyond its cell: {words}" for words in self.page.evaluate(SPILT)]
        self.page.evaluate(UNFOLD, False)
        return found + (axe_faults(self.devtools, self.axe) if axe else [])


def sign_in(page, url: str, email: str) -> None:
    """One click on the sign-in page of the demo."""
    page.goto(f"{url}/account/login/")
    page.locator(f"button[name=email][value='{email}']").click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


def axe_faults(devtools: Any, axe: str) -> list[str]:
    """WCAG 2.2 AA violations that axe finds on the open page. The script runs in an isolated world, past the CSP."""
    frame = devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = devtools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
    devtools.send("Runtime.evaluate", {"expression": axe, "contextId": world})
    found = devtools.send(
        "Runtime.evaluate",
        {"expression": f"({AXE})({AXE_RULES})", "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    return [f"axe {one}" for one in found["result"]["value"]]
