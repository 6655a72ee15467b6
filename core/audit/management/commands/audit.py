"""manage.py audit verify: is the chain of events whole, and does it still hold the head that was noted earlier?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit.models import Event
from core.audit.verify import Head, faults, faults_since, head


class Command(BaseCommand):
    help = "Verify the hash chain of all events."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument(
            "--head",
            metavar="SEQUENCE:HASH",
            type=Head.read,
            help="a head that an earlier verify printed and that was kept outside",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        kept: Head | None = options["head"]
        found = [*faults(), *(faults_since(kept) if kept else ())]
        for fault in found:
            self.stderr.write(fault)
        if found:
            message = f"audit: {len(found)} faults"
            raise CommandError(message)
        self.stdout.write(f"audit: {Event.objects.count()} events, chain whole")
        self.stdout.write(f"audit: head {head()}")
