"""manage.py similar_texts rebuild: the index by which a proposal's duplicates are found, made anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from proposals.services.texts import remember_everything


class Command(BaseCommand):
    help = "Make the index of texts anew: once after the migration that brings it. Searches find less meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"similar texts: {remember_everything()} in the index")
