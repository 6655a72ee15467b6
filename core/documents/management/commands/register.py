"""How a register of papers goes on when a body begins to use this system in the middle of a year."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.documents.kinds import Series
from core.numbers.models import Source
from core.numbers.services import NumberRefused, begin_series
from core.people.models import Organisation

KEPT = {"here": Source.OWN, "elsewhere": Source.EXTERNAL}


class Command(BaseCommand):
    help = "Say, before the first number of a year, who keeps a register and which number it has reached on paper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("body", help="the code of the issuing body, as its page shows it")
        parser.add_argument("series", choices=Series.values)
        parser.add_argument("--kept", choices=KEPT, default="here", help="who draws the numbers (default: here)")
        parser.add_argument("--last-number", type=int, default=0, help="the last number given on paper this year")
        parser.add_argument("--last-date", type=date.fromisoformat, help="its day: YYYY-MM-DD")
        parser.add_argument("--decision", required=True, help="the paper that says so; it stands in the audit chain")

    def handle(self, *_args: Any, **options: Any) -> None:
        body = Organisation.objects.filter(code=options["body"], is_internal=True).first()
        if body is None:
            raise CommandError(f"No body of the administration has the code {options['body']!r}.")
        try:
            series = begin_series(
                body.code,
                clock.today().year,
                options["series"],
                source=KEPT[options["kept"]],
                last_number=options["last_number"],
                last_date=options["last_date"],
                decision=options["decision"],
            )
        except NumberRefused as refused:
            raise CommandError(str(refused)) from refused
        follows = (
            f"the next number is {series.last_number + 1}" if series.source == Source.OWN else "numbers are entered"
        )
        self.stdout.write(f"{body} · {series.name} {series.year}: {follows}")
