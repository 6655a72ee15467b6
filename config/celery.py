"""The Celery application: used only where JOBS_RUNNER is "celery"."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("nhiemvu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.conf.beat_schedule = {"sweep": {"task": "core.jobs.run_due", "schedule": 60.0}}
