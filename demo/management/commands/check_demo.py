"""manage.py check_demo: does the demo hold what it should, do its records agree, do its pages and papers open?"""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import verify as audit
from core.workflow import integrity
from demo.figures import figures
from demo.rounds import InProcess, Served, homes, papers
from funds import verification as ledger

Line = tuple[str, bool]
PARTS = ("figures", "records", "pages")


class Command(BaseCommand):
    help = "Check the demo: figures, lifecycle, ledger, audit, the home page of each role, one paper of each kind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="", help="ask the server at this address, not this process")
        parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts instead of all")

    def handle(self, *_args: Any, **options: Any) -> None:
        wrong = 0
        for text, is_right in _lines(options["url"], options["only"]):
            wrong += not is_right
            self.stdout.write(text if is_right else f"WRONG: {text}")
        if wrong:
            message = f"The demo is not as it should be: {wrong} of the lines above."
            raise CommandError(message)
        self.stdout.write("The demo is as it should be.")


def _lines(url: str, parts: Collection[str]) -> Iterator[Line]:
    if "figures" in parts:
        yield from ((str(figure), figure.is_right) for figure in figures())
    if "records" in parts:
        yield from _verified()
    if "pages" in parts:
        site = Served(url) if url else InProcess()
        yield from homes(site)
        yield from papers(site)


def _verified() -> Iterator[Line]:
    disagreeing, records = integrity.faults()
    found = {"lifecycle": disagreeing, "ledger": list(ledger.faults()), "audit": list(audit.faults())}
    yield f"records {records}", True
    for name, faults in found.items():
        yield f"{name}: {'; '.join(faults[:5]) or 'whole'}", not faults
