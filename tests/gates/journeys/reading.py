"""What somebody reads who opens a paper: its PDF as words on lines."""

import subprocess
from urllib.parse import urljoin

from .acting import Person, say


def downloads(person: Person, symbol: str) -> bytes:
    """With the record open, follow its paper of that symbol and take the PDF; the record is open again afterwards."""
    record = person.page.url
    person.picks(symbol, panel=say("Documents"))
    link = person.page.locator("main .heading").get_by_role("link", name=say("Open the PDF"), exact=True)
    answer = person.page.request.get(urljoin(person.page.url, link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    person.page.goto(record)
    return answer.body()


def words_of(pdf: bytes, pdftotext: str) -> str:
    """The text of a PDF in reading order, all white space one blank."""
    done = subprocess.run([pdftotext, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
