"""The Celery application: used only where JOBS_RUNNER is "celery". DJANGO_SETTINGS_MODULE must be set."""

from celery import Celery

app = Celery("nhiemvu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.conf.beat_schedule = {"sweep": {"task": "core.jobs.run_due", "schedule": 60.0}}
