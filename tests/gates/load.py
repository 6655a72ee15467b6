"""Load the demo into the database of DATABASE_URL, as of the gates' day: bin/test does it once for all processes."""

from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

TODAY = "2026-11-23"


def main() -> None:
    """Tables, cache table, demo; beside the database the list of its pages."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_demo", "--today", TODAY)
    # The pages are those of the demo's day.
    Path(settings.CLOCK_FILE).write_text(TODAY, encoding="utf-8")
    with pages_of(Path(str(connection.settings_dict["NAME"]))).open("w", encoding="utf-8") as file:
        call_command("demo_pages", stdout=file)


def pages_of(database: Path) -> Path:
    """Where the pages of a loaded demo are listed, one visit a line."""
    return database.with_name("pages.jsonl")


if __name__ == "__main__":
    main()
