"""manage.py demo_pages: every page of the site as JSON, with somebody of the demo who may open it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from demo.visits import visits


class Command(BaseCommand):
    help = "List every page with a demo user who may open it, as JSON lines."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for visit in visits():
            self.stdout.write(json.dumps(asdict(visit)))
