"""manage.py renew_statistics: after a restore or a mass of new rows, so that the lists stay fast."""

from typing import Any

from django.core.management.base import BaseCommand

from core.jobs.statistics import renew_statistics


class Command(BaseCommand):
    help = "Let the database count its tables anew (ANALYZE): after a restore or a mass of new rows."

    def handle(self, *_args: Any, **_options: Any) -> None:
        renew_statistics()
