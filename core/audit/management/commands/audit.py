"""manage.py audit verify: is the chain of events whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.models import Event
from core.audit.verify import faults


class Command(BaseCommand):
    help = "Verify the hash chain of all events."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            message = f"audit: {len(found)} faults"
            raise CommandError(message)
        self.stdout.write(f"audit: {Event.objects.count()} events, chain whole")
