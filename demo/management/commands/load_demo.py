"""manage.py load_demo: the invented province with its proposals, councils, tasks and money, played up to a day."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.people.models import User
from demo.loader.load import load
from proposals.models import Proposal


class Command(BaseCommand):
    help = "Load the demo data into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the demo's day, YYYY-MM-DD (default: today)")
        parser.add_argument("--scale", type=int, default=1, help="divide all numbers, for a quick look")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO_SIGN_IN:
            raise CommandError("The demo is loaded only with demo or test settings.")
        if Proposal.objects.exists() or User.objects.exists():
            raise CommandError("The database already holds data: the demo is loaded only into an empty one.")
        today = options["today"]
        if today is not None:
            _stand_still(today)
        loading = load(today or clock.today(), scale=options["scale"])
        for line in loading.lines():
            self.stdout.write(line)


def _stand_still(today: date) -> None:
    """From now on the demo lives on that day; its time of day runs on."""
    path = Path(settings.CLOCK_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(today.isoformat(), encoding="utf-8")
