"""manage.py lifecycle: the whole table as text, as a diagram, or as a check of every record."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from core.workflow.confirmation import mark_waiting
from core.workflow.diagram import page
from core.workflow.integrity import faults

PAGE = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"


class Command(BaseCommand):
    help = (
        "Show the lifecycles (--mermaid), write docs/lifecycle.md (--write), check every record (--check), or let the "
        "entries from before that nobody has confirmed say so (--mark-waiting)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--mermaid", action="store_true", help="print the page of docs/lifecycle.md")
        action.add_argument("--write", action="store_true", help="write docs/lifecycle.md")
        action.add_argument("--check", action="store_true", help="compare every record's state with its last event")

        action.add_argument(
            "--mark-waiting", action="store_true", help="once after the migration that brings the column"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        if options["mark_waiting"]:
            self.stdout.write(f"lifecycle: {mark_waiting()} entries from before say now that they wait")
            return
        with translation.override("en"):
            text = page()
        if options["write"]:
            PAGE.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")

    def _check(self) -> None:
        found, count = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            message = f"lifecycle: {len(found)} faults"
            raise CommandError(message)
        self.stdout.write(f"lifecycle: {count} records agree with their events")
