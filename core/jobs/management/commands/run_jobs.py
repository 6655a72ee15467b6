"""manage.py run_jobs: do the due jobs now and stop. For cron, and for looking at what fails."""

from typing import Any

from django.core.management.base import BaseCommand

from core.jobs.service import run_due_jobs


class Command(BaseCommand):
    help = "Run the due background jobs in this process."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"jobs done: {run_due_jobs()}")
