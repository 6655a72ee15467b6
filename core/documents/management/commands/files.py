"""manage.py files verify: do the bytes agree with their rows? manage.py files sweep: delete what no row names."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.documents.safekeeping import count, faults, leftovers


class Command(BaseCommand):
    help = "Verify the bytes of uploads and papers, or delete what a process that died left behind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "sweep"])

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["action"] == "sweep":
            self._sweep()
        else:
            self._verify()

    def _verify(self) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            message = f"files: {len(found)} faults"
            raise CommandError(message)
        self.stdout.write(f"files: {count()} files, bytes as stored")

    def _sweep(self) -> None:
        found = leftovers()
        for path in found:
            default_storage.delete(path)
            self.stdout.write(path)
        self.stdout.write(f"files: {len(found)} left over, deleted")
