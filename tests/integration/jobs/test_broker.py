"""A job goes through a real Redis to a real Celery worker, and is not lost when the broker dies."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from core.jobs.models import Job, JobState
from core.jobs.service import run_due_jobs

ROOT = Path(__file__).resolve().parents[3]
# Seconds after which a program that says nothing is ended, so that the test fails instead of waiting for ever.
PATIENCE = 120

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


@contextmanager
def process(*command, until, **more):
    """A program of our own: yields its lines once it has said ``until``; ended with the block, or when it hangs."""
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    watchdog = threading.Timer(PATIENCE, running.kill)
    watchdog.start()
    lines = iter(running.stdout.readline, "")
    try:
        wait_for(lines, until)
        yield lines
    finally:
        watchdog.cancel()
        running.kill()
        running.wait()
        running.stdout.close()


def wait_for(lines, word):
    """Read until a line holds the word; the output of a program that ended instead is the failure's text."""
    said = []
    for line in lines:
        said.append(line)
        if word in line:
            return
    pytest.fail("".join(said))


def this_database():
    """DATABASE_URL of the tests' own database."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def redis(program, folder, port):
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with process(program, *settings, until="Ready to accept connections"):
        yield


def surroundings(port):
    """What worker and publisher see: the tests' database, and our broker."""
    broker = {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0", "JOBS_RUNNER": "celery"}
    place = {"DATABASE_URL": this_database(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return {**os.environ, **place, **broker}


@contextmanager
def worker(port):
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-l", "INFO", "-P", "solo"]
    with process(*command, until="ready.", cwd=ROOT, env=surroundings(port)) as lines:
        yield lines


def enqueued(key, port):
    """Another process commits a job that the product really has, and nudges; the row of the job."""
    words = f"from core.jobs.service import enqueue; enqueue('proposals.close_calls', {{'call': 'none'}}, key='{key}')"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", words]
    said = subprocess.run(command, cwd=ROOT, env=surroundings(port), capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return Job.objects.get(key=key)


def test_a_worker_hears_of_the_job_through_redis(redis_server, tmp_path):
    port = free_port()
    with redis(redis_server, tmp_path, port), worker(port) as lines:
        job = enqueued("heard", port)
        wait_for(lines, "succeeded")
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_what_the_broker_missed_is_done_with_the_next_nudge(redis_server, tmp_path):
    port = free_port()
    missed = enqueued("missed", port)
    assert missed.state == JobState.QUEUED
    with redis(redis_server, tmp_path, port), worker(port) as lines:
        enqueued("next", port)
        wait_for(lines, "succeeded")
    missed.refresh_from_db()
    assert missed.state == JobState.DONE
    assert run_due_jobs() == 0
