"""manage.py ledger verify: do the books agree?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funds.models import Account, Transfer
from funds.verification import faults


class Command(BaseCommand):
    help = "Verify the ledger: totals, balances, tasks, events, papers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            message = f"ledger: {len(found)} faults"
            raise CommandError(message)
        self.stdout.write(f"ledger: {Transfer.objects.count()} transfers, {Account.objects.count()} accounts, balanced")
