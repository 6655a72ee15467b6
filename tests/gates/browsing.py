"""A browser for the gates: one context per person, language and width; it remembers what a page complained about."""

from contextlib import contextmanager
from dataclasses import dataclass, field
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
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
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
    """Opens pages as the people of the demo and collects what is wrong with them."""

    running: object
    url: str
    language: str
    width: int
    contexts: dict = field(default_factory=dict)

    def page_for(self, email: str):
        """The page of one person, signed in by one click on the demo's sign-in page."""
        if email not in self.contexts:
            context = self.running.new_context(viewport={"width": self.width, "height": 900}, bypass_csp=False)
            host = urlsplit(self.url).hostname
            context.add_cookies([{"name": "django_language", "value": self.language, "domain": host, "path": "/"}])
            page = context.new_page()
            if email:
                sign_in(page, self.url, email)
            self.contexts[email] = page
        return self.contexts[email]

    def faults(self, visit: dict, axe: str = "") -> list[str]:
        """What is wrong with one page, in words."""
        page, said = self.page_for(visit["email"]), []
        listeners = {
            "console": lambda message: said.append(f"console: {message.text}") if message.type == "error" else None,
            "pageerror": lambda error: said.append(f"script: {error}"),
            "request": lambda request: said.append("a CSP report") if "csp-report" in request.url else None,
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        answer = page.goto(self.url + visit["path"])
        if answer.status != 200:
            said.append(f"status {answer.status}")
        over = page.evaluate(OVERFLOW)
        if over > 0:
            said.append(f"{over} px too wide")
        if page.evaluate("document.documentElement.lang") != self.language:
            said.append("another language than asked for")
        if axe:
            said += axe_faults(page, axe)
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        return [f"{visit['name']} {visit['path']} as {visit['email'] or 'visitor'}: {one}" for one in said]


def sign_in(page, url: str, email: str) -> None:
    """One click on the sign-in page of the demo."""
    page.goto(f"{url}/account/login/")
    page.locator(f"button[name=email][value='{email}']").click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


def axe_faults(page, axe: str) -> list[str]:
    """WCAG 2.2 AA violations that axe finds on the open page. The script runs in an isolated world, past the CSP."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": axe, "contextId": world})
    found = session.send(
        "Runtime.evaluate",
        {"expression": f"({AXE})({AXE_RULES})", "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    session.detach()
    return [f"axe {one}" for one in found["result"]["value"]]
