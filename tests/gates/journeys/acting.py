"""People at their screens: they sign in by one click, follow links, press buttons, fill in what stands beside a label.

Whoever acts on paper never comes to a screen: others enter what he signed, with its scan.

The words are those of the English catalogue; ``say`` gives what the Vietnamese page shows.
"""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pikepdf
from django.utils import translation
from playwright.sync_api import Error, Locator, expect

from tests.gates.browsing import sign_in

WAIT = 10_000


def say(words: str, context: str = "", **values: object) -> str:
    """The Vietnamese of an English message, as the page shows it."""
    with translation.override("vi"):
        found = translation.pgettext(context, words) if context else translation.gettext(words)
    return found % values if values else found


def scan() -> bytes:
    """A page that came out of a scanner."""
    paper, target = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    paper.save(target)
    return target.getvalue()


def escaped(words: str) -> str:
    """Words as part of a pattern that the browser reads too: there a slash would end it."""
    return re.escape(words).replace("/", r"\/")


def exactly(words: str) -> re.Pattern[str]:
    """A label, with or without the star of a required field."""
    return re.compile(rf"^\s*{escaped(words)}(\s*\*)?\s*$")


@dataclass
class Stage:
    """The browser, the server, the clock on the wall, and everybody who has come so far."""

    running: Any
    server: Any
    shots: Path
    people: dict[str, "Person"] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    on_paper: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> "Person":
        """The person of that demo account, signed in, at a browser of his own."""
        assert name not in self.on_paper, f"{name} acts on paper only"
        if name not in self.people:
            context = self.running.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
            host = urlsplit(self.server.url).hostname
            context.add_cookies([{"name": "django_language", "value": "vi", "domain": host, "path": "/"}])
            page = context.new_page()
            page.set_default_timeout(WAIT)
            page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
            page.on("console", lambda line: self._listen(name, line))
            sign_in(page, self.server.url, f"{name}@binhan.example")
            self.people[name] = Person(name, page)
        return self.people[name]

    def writer(self, name: str, typist: str) -> "Person":
        """Who sits at the keyboard: he himself, or whoever enters what he handed in on paper."""
        return self.person(typist if name in self.on_paper else name)

    def called(self, name: str) -> str:
        """The full name of a demo account, as the sign-in page tells it."""
        if not self.names:
            page = self.running.new_page()
            page.goto(f"{self.server.url}/account/login/")
            for button in page.locator("button[name=email]").all():
                account = button.get_attribute("value").split("@")[0]
                self.names[account] = button.locator(".demo-name").inner_text().strip()
            page.context.close()
        return self.names[name]

    def at(self, moment: str) -> None:
        """Let the wall clock stand at a moment, such as 2026-03-02 09:00."""
        instant = datetime.fromisoformat(moment)
        clock = self.server.database.parent / "clock"
        written = clock.with_name("clock.new")
        written.write_text(instant.isoformat(), encoding="utf-8")
        # At once: the server must never read half a moment.
        written.replace(clock)

    def today(self) -> str:
        """The day on the wall."""
        return (self.server.database.parent / "clock").read_text(encoding="utf-8")[:10]

    def picture(self, reason: str) -> None:
        """What everybody sees now, for whoever has to find out why it failed."""
        self.shots.mkdir(parents=True, exist_ok=True)
        for name, person in self.people.items():
            person.page.screenshot(path=self.shots / f"{reason}-{name}.png", full_page=True)

    def _listen(self, name: str, line) -> None:
        if line.type == "error":
            self.complaints.append(f"{name}: {line.text} ({line.location.get('url')})")


@dataclass
class Person:
    """One person and the page in front of him."""

    name: str
    page: Any

    # ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def here(self):
        """Where he looks: the open dialog, or the page's contents."""
        dialog = self.page.locator("dialog[open]")
        return dialog if dialog.count() else self.page.locator("main")

    def sees(self, words: str) -> None:
        """The words stand on the page."""
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def is_told(self, words: str) -> None:
        """The page says what was just done."""
        expect(self.page.locator("main .notice").filter(has_text=words).first).to_be_visible()

    def reads_state(self, words: str) -> None:
        """The badge above the title."""
        expect(self.page.locator("main .heading-above .status")).to_have_text(words)

    def code(self) -> str:
        """The code above the title of the record he has open."""
        return self.page.locator("main .heading-above bdi").first.inner_text().strip()

    def title(self) -> str:
        """The title of what he has open."""
        return self.page.locator("main h1").inner_text().strip()

    def buttons(self) -> list[str]:
        """What the heading offers."""
        return [one.strip() for one in self.page.locator("main .heading .btn").all_inner_texts()]

    # ── Going ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def goes(self, menu: str, *tabs: str) -> None:
        """Follow the main navigation, then tabs of the page."""
        navigation = self.page.locator("nav.navigation")
        with self.page.expect_navigation() as going:
            navigation.get_by_role("link", name=re.compile(rf"^\s*{re.escape(menu)}(\s+\d+)?\s*$")).click()
        self._check(going.value)
        for tab in tabs:
            self.follows(tab)

    def follows(self, words: str) -> None:
        """Click a link of the page."""
        with self.page.expect_navigation() as going:
            self.here.get_by_role("link", name=exactly(words)).first.click()
        self._check(going.value)

    def picks(self, words: str, panel: str = "") -> None:
        """Open the record called so, or whose row or line holds the words, on the page or in one panel of it."""
        place = self.page.locator("main")
        if panel:
            place = place.locator(".panel").filter(has=self.page.get_by_role("heading", name=panel, exact=True))
        row = self._row(words, place)
        if self._named(words, place).count():
            row = self._named(words, place)
        called = row.get_by_role("link", name=words, exact=True)
        with self.page.expect_navigation() as going:
            (called if called.count() else row.get_by_role("link")).first.click()
        self._check(going.value)

    def _row(self, words: str, place: Locator | None = None) -> Locator:
        return (place or self.page.locator("main")).locator("tbody tr, li").filter(has_text=words)

    def _named(self, words: str, place: Locator | None = None) -> Locator:
        return self._row(words, place).filter(has=self.page.get_by_text(words, exact=True))

    def opens(self, words: str, menu: str, *tabs: str) -> None:
        """Find a record in a list of the navigation and open it."""
        self.goes(menu, *tabs)
        self.picks(words)

    def works_on(self, words: str) -> None:
        """Open what waits for this person, on whichever page of the list it stands."""
        self.goes(say("My work"))
        home = self.page.url
        parts = ("?show=decide", "?show=prepare", "?show=later", "")
        # The code of a task stands in the codes of its reports too: first what is called so, then what holds it.
        found = any(
            self._finds(rows, words, urljoin(home, part or "/")) for rows in (self._named, self._row) for part in parts
        )
        assert found, f"{self.name} has no {words} among his work"
        self.picks(words)

    def _finds(self, rows: Callable[[str], Locator], words: str, address: str) -> bool:
        """Turn the pages of a list until there is such a row; whether there is one."""
        self.page.goto(address)
        while not rows(words).count() and (following := self.page.locator("main a[rel=next]")).count():
            with self.page.expect_response(lambda answer: "page=" in answer.url):
                following.first.click()
            self.page.wait_for_load_state("networkidle")
        return bool(rows(words).count())

    # ── Acting ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def presses(self, words: str) -> None:
        """Press a button or follow a link that looks like one; a dialog opens or another page comes."""
        self._unfolds()
        target = self.here.get_by_role("button", name=words, exact=True).or_(
            self.here.get_by_role("link", name=words, exact=True)
        )
        if target.first.get_attribute("aria-haspopup") == "dialog":
            target.first.click()
            expect(self.page.locator("dialog[open]")).to_be_visible()
            return
        with self.page.expect_navigation() as going:
            target.first.click()
        self._check(going.value)

    def presses_beside(self, words: str, label: str) -> None:
        """Press the button in the line that holds the words; a dialog opens."""
        self._row(words).get_by_role("link", name=label, exact=True).first.click()
        expect(self.page.locator("dialog[open]")).to_be_visible()

    def _unfolds(self) -> None:
        """Open what the heading keeps under "More": a button there is no less a button."""
        more = self.page.locator("main .heading details.more:not([open]) > summary")
        if more.count() and not self.page.locator("dialog[open]").count():
            more.click()

    def fills(self, facts: dict, within: str = "") -> None:
        """Fill in fields by their labels; ``within`` names the group of a row of several."""
        place = self.here.get_by_role("group", name=within, exact=True).last if within else self.here
        for label, value in facts.items():
            self._fill(place, label, value)

    def answers(self, label: str | re.Pattern[str], *values: str | re.Pattern[str], within: str = "") -> None:
        """Choose among the choices of a question: radio buttons or boxes."""
        place = self.here.get_by_role("group", name=within, exact=True).last if within else self.here
        group = place.get_by_role("group", name=exactly(label) if isinstance(label, str) else label)
        for value in values:
            group.get_by_label(value, exact=True).check()

    def fills_beside(self, question: re.Pattern[str], label: str, value: str) -> None:
        """Fill in the field that stands beside a question with choices."""
        group = self.page.get_by_role("group", name=question)
        self.here.locator(".row").filter(has=group).last.get_by_label(exactly(label)).fill(value)

    def ticks(self, words: str) -> None:
        """Choose the box or the radio button whose label holds the words."""
        self.here.get_by_label(words).first.check()

    def chooses(self, words: str) -> None:
        """Follow one of the cards of a page."""
        with self.page.expect_navigation() as going:
            self.here.get_by_role("link").filter(has_text=words).first.click()
        self._check(going.value)

    def sends(self, words: str, told: str = "") -> None:
        """Press the button of a form; the form must be taken."""
        self.presses(words)
        self.is_not_refused()
        if told:
            self.is_told(told)

    def takes(self, step: str, reason: str = "", **facts: object) -> None:
        """Take a step: its button, its dialog, its confirmation."""
        self.presses(step)
        if reason:
            self._gives(reason)
        self.fills(facts)
        self.sends(step, say("Done: %(step)s.", step=step))

    def _gives(self, reason: str) -> None:
        """The reason that the step asks for, or the one that a rule asks for which speaks against it."""
        warned = say("Why the step is right in spite of the rule above")
        asked = self.here.get_by_label(exactly(warned)).count()
        self.fills({warned if asked else say("Reason"): reason})

    def downloads(self, words: str) -> bytes:
        """The file behind a link of the page, fetched in this person's session."""
        link = self.page.locator("main").get_by_role("link", name=words, exact=True).first
        answer = self.page.context.request.get(urljoin(self.page.url, link.get_attribute("href")))
        self._check(answer)
        return answer.body()

    def enters(self, step: str, decided_by: str, on: str, reason: str = "") -> None:
        """Enter a step that somebody else decided on paper: who, when, and the scan."""
        self.presses(say("Enter: %(step)s", step=step))
        if reason:
            self._gives(reason)
        self.fills(
            {
                say("How it was decided"): say("On paper"),
                say("Decided by"): decided_by,
                say("Effective on"): on,
                say("Scan or signed file"): "ban-ky.pdf",
            }
        )
        self.sends(step, say("Done: %(step)s.", step=step))

    def is_not_refused(self) -> None:
        """No summary of errors and no refusal stands on the page."""
        wrong = self.page.locator(".error-summary, .refusals")
        if wrong.count():
            raise AssertionError(f"{self.name} at {self.page.url}: {wrong.all_inner_texts()}")

    def is_refused(self, words: str) -> None:
        """The page says which rule refuses."""
        expect(self.here.locator(".refusals, .error-summary").filter(has_text=words).first).to_be_visible()

    # ── Inside ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fill(self, place, label: str, value: object) -> None:
        target = place.get_by_label(exactly(label)).first
        kind = target.evaluate("one => one.tagName + ' ' + (one.type || '')")
        if kind.startswith("SELECT"):
            target.select_option(label=self._option(target, str(value)))
        elif kind.endswith("checkbox"):
            target.set_checked(bool(value))
        elif kind.endswith("file"):
            target.set_input_files({"name": str(value), "mimeType": "application/pdf", "buffer": scan()})
        else:
            target.fill(str(value))

    def _option(self, target, words: str) -> str:
        """The choice that is called so, or the only one that holds the words."""
        labels = [one.strip() for one in target.locator("option").all_inner_texts()]
        found = [one for one in labels if one == words] or [one for one in labels if words in one]
        assert len(found) == 1, f"{self.name}: {words!r} among {labels}"
        return found[0]

    def _check(self, answer) -> None:
        if answer is not None and answer.status >= 400 and answer.status != 422:
            raise AssertionError(f"{self.name}: {answer.status} {answer.url}")


def play(stage: Stage, chapters: Iterable[Callable[[Stage, Any], None]], life: Any) -> None:
    """One chapter after the other; when one stops, a picture of every screen is kept; no page may have complained."""
    for chapter in chapters:
        try:
            chapter(stage, life)
        except (AssertionError, Error):
            stage.picture("stopped")
            raise
    assert stage.complaints == []
