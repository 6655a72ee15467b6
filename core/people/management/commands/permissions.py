"""manage.py permissions: who may do what, as a page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from core.people.permissions import page

PAGE = Path(settings.BASE_DIR) / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Print docs/permissions.md, or write it (--write)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/permissions.md")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override("en"):
            text = page()
        if options["write"]:
            PAGE.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
