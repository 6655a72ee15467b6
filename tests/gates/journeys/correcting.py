"""Forms that come back: what the page says is wrong, where, and whether anything typed was lost; forms sent twice."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.gates.browsing import sign_in

from .acting import WAIT, Person, Stage

SUMMARY = "main .error-summary, dialog[open] .error-summary"
# Each line of the summary that leads to a field, with what the field itself says about its state.
LINES = """summary => [...summary.querySelectorAll('a')].map(link => {
  const field = document.getElementById(link.getAttribute('href').slice(1));
  const place = field?.closest('.field');
  const said = (field?.getAttribute('aria-describedby') ?? place?.getAttribute('aria-describedby') ?? '').split(' ')
    .map(one => document.getElementById(one)?.textContent.trim() ?? '').join(' ');
  return {line: link.textContent.trim(), name: field?.name ?? '', wrong: place?.matches('.field-wrong') ?? false,
          invalid: field?.getAttribute('aria-invalid') ?? '', said};
})"""
VALUES = """() => Object.fromEntries([...document.querySelectorAll('main form.form [name]')]
  .filter(one => one.type !== 'hidden').map(one => [one.name, one.value]))"""


def typed(person: Person) -> dict[str, str]:
    """What stands in the fields of the form, by their names."""
    found: dict[str, str] = person.page.evaluate(VALUES)
    return found


def writes(person: Person, **values: str) -> None:
    """Type into the fields by their names: the same in every language."""
    for name, value in values.items():
        field = person.page.locator(f"main form.form [name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value=value)
        else:
            field.fill(value)


def submits(person: Person) -> None:
    """Press the button of the form, whatever its words."""
    with person.page.expect_navigation():
        person.page.locator("main form.form button.btn-primary").click()


def comes_back(person: Person, names: set[str], before: dict[str, str]) -> None:
    """The summary has the focus and leads to each wrong field; beside it stands why; all that was typed is there."""
    summary = person.page.locator(SUMMARY)
    expect(summary).to_be_focused()
    lines = summary.evaluate(LINES)
    assert {one["name"] for one in lines} == names, lines
    for one in lines:
        # "Field: message", or "Row: field: message" of a table.
        words = one["line"].split(": ")
        is_said = any(": ".join(words[first:]) in one["said"] for first in (1, 2))
        assert (one["wrong"], one["invalid"], is_said) == (True, "true", True), one
    assert typed(person) == before


@dataclass
class Sending:
    """A form as it went over the wire."""

    person: Person
    url: str
    body: bytes
    kind: str

    def again(self) -> tuple[int, str]:
        """Send the very same bytes once more, as an impatient network does; status and address where it ends."""
        headers = {"content-type": self.kind, "referer": self.url}
        answer = self.person.page.request.post(self.url, data=self.body, headers=headers)
        return int(answer.status), str(answer.url)


def presses_twice(person: Person, button: str) -> Sending:
    """A double click on the button of the open form or dialog; what was sent is remembered."""
    sent = []
    person.page.on("request", lambda one: sent.append(one) if one.method == "POST" else None)
    with person.page.expect_navigation():
        person.here.get_by_role("button", name=button, exact=True).dblclick(no_wait_after=True)
    person.page.wait_for_load_state()
    first = sent[0]
    return Sending(person, first.url, first.post_data_buffer, first.headers["content-type"])


def speaker(stage: Stage, name: str, language: str) -> Person:
    """The same person at a browser that speaks another language."""
    context = stage.running.new_context(viewport={"width": 1280, "height": 900})
    host = urlsplit(stage.server.url).hostname
    context.add_cookies([{"name": "django_language", "value": language, "domain": host, "path": "/"}])
    page = context.new_page()
    page.set_default_timeout(WAIT)
    sign_in(page, stage.server.url, f"{name}@binhan.example")
    return Person(name, page)
