"""Print, write or check the rule book."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.regulations.printing import markdown


class Command(BaseCommand):
    help = (
        "Print the rule book as Markdown; --write puts it into docs/rule-book.md, --check says whether that is stale."
    )
    # The system checks of the rule book run before every command: a faulty book never gets here.
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--write", action="store_true", help="write docs/rule-book.md")
        choice.add_argument("--check", action="store_true", help="fail when docs/rule-book.md is stale")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        page, path = markdown(), Path(settings.BASE_DIR) / "docs" / "rule-book.md"
        if options["write"]:
            path.write_text(page, encoding="utf-8")
            self.stdout.write(f"{path} written")
        elif options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != page:
                raise CommandError("docs/rule-book.md is stale: run manage.py rule_book --write")
            self.stdout.write("docs/rule-book.md is current")
        else:
            self.stdout.write(page)
