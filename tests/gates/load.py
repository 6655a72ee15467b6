"""Load the demo into the database of DATABASE_URL, as of the gates' day: bin/test does it once for all processes."""

import django
from django.core.management import call_command

TODAY = "2026-11-23"


def main() -> None:
    """Tables, cache table, demo."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_demo", "--today", TODAY)


if __name__ == "__main__":
    main()
