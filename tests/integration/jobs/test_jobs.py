"""The outbox: what was committed is done, once, whatever dies on the way."""

import socket
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core import clock
from core.jobs import jobs, nudge, service
from core.jobs.models import Job, JobState
from core.jobs.registry import handlers, job
from core.jobs.service import LEASE, MAX_ATTEMPTS, claim, enqueue, run, run_due_jobs
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
done: list[str] = []


@pytest.fixture(autouse=True)
def _handlers():
    done.clear()
    handlers["test.note"] = lambda payload: done.append(payload["text"])

    def fail(_payload):
        raise ValueError("no\x00pe")

    handlers["test.fail"] = fail
    yield
    del handlers["test.note"], handlers["test.fail"]


def test_a_job_is_done_once():
    enqueue("test.note", {"text": "a"}, key="a")
    assert run_due_jobs() == 1
    assert run_due_jobs() == 0
    assert done == ["a"]
    assert Job.objects.get().state == JobState.DONE


def test_the_same_key_is_one_job():
    first, second = (enqueue("test.note", {"text": "a"}, key="a") for _ in range(2))
    assert first == second
    assert run_due_jobs() == 1


def test_a_rolled_back_job_is_not_done():
    with transaction.atomic():
        enqueue("test.note", {"text": "a"}, key="a")
        transaction.set_rollback(True)
    assert run_due_jobs() == 0


def test_a_name_that_nobody_does_is_refused():
    with pytest.raises(KeyError):
        enqueue("test.unknown", {}, key="a")


def test_two_functions_for_one_job_are_refused():
    with pytest.raises(ValueError, match="two functions do the job"):
        job("test.note")(lambda _payload: None)


def test_a_failed_job_is_tried_again_later_and_given_up_in_the_end():
    enqueue("test.fail", {}, key="a")
    moment = MORNING
    for attempt in range(1, MAX_ATTEMPTS + 1):
        moment += timedelta(hours=1)
        with clock.moved_to(moment + timedelta(days=365)):
            assert run_due_jobs(limit=1) == 0
        assert Job.objects.get().attempts == attempt
    row = Job.objects.get()
    assert (row.state, row.last_error) == (JobState.FAILED, "ValueError: nope")


def test_a_job_waits_after_a_failure(morning):
    enqueue("test.fail", {}, key="a")
    assert run_due_jobs(limit=1) == 0
    assert claim() is None


def test_a_lease_that_ran_out_is_taken_over(morning):
    enqueue("test.note", {"text": "a"}, key="a")
    dead = claim()
    assert claim() is None
    with clock.moved_to(morning + LEASE + timedelta(seconds=1)):
        heir = claim()
        assert heir is not None
        assert heir.attempts == 2
        run(heir)
    # The first worker comes back from the dead and finishes: the row stays as the heir left it.
    finished = Job.objects.get().done_at
    run(dead)
    assert Job.objects.get().done_at == finished


def test_the_commit_rings_the_bell(django_capture_on_commit_callbacks):
    nudge.bell.clear()
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("test.note", {"text": "a"}, key="a")
        assert not nudge.bell.is_set()
    assert nudge.bell.is_set()


@pytest.fixture
def silent_port():
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("is_silent", [False, True], ids=["away", "silent"])
def test_a_broker_that_does_not_answer_loses_nothing(
    settings, django_capture_on_commit_callbacks, caplog, silent_port, is_silent
):
    settings.JOBS_RUNNER = "celery"
    nudge.current_app.conf.broker_url = f"redis://127.0.0.1:{silent_port if is_silent else 1}/0"
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("test.note", {"text": "a"}, key="a")
    assert run_due_jobs() == 1
    assert "nudge" in caplog.text


def test_the_celery_task_and_the_command_run_what_is_due(capsys):
    enqueue("test.note", {"text": "a"}, key="a")
    assert jobs.run_due() == 1
    enqueue("test.note", {"text": "b"}, key="b")
    call_command("run_jobs")
    assert capsys.readouterr().out == "jobs done: 1\n"


@pytest.mark.parametrize(("hour", "night"), [(1, "2026-03-02"), (9, "2026-03-03")])
def test_the_jobs_of_the_night_are_planned_once_and_done_in_it(monkeypatch, hour, night):
    monkeypatch.setattr(service, "nightly", ["test.note"])
    handlers["test.note"] = lambda _payload: done.append(clock.local(clock.now()).isoformat())
    with clock.moved_to(MORNING.replace(hour=hour)):
        assert (jobs.run_due(), jobs.run_due()) == (0, 0)
    assert Job.objects.get().key == f"test.note:{night}"
    later = datetime.fromisoformat(f"{night}T02:00").replace(tzinfo=clock.ZONE)
    with clock.moved_to(later):
        assert jobs.run_due() == 1
    assert done == [f"{night}T02:00:00+07:00"]
    # The next one waits.
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


def test_a_leased_job_needs_a_lease():
    enqueue("test.note", {"text": "a"}, key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(state=JobState.LEASED, lease_until=None)


def test_a_job_reads_as_words():
    assert str(enqueue("test.note", {"text": "a"}, key="a")) == "test.note a"


def test_a_job_that_kills_its_workers_is_given_up(morning):
    """Each worker leased it and never came back: the one after the last attempt does not take it."""
    enqueue("test.note", {"text": "a"}, key="a")
    enqueue("test.note", {"text": "b"}, key="b", run_after=morning + timedelta(days=2))
    later = morning
    for _ in range(MAX_ATTEMPTS):
        with clock.moved_to(later):
            assert claim().key == "a"
        later += LEASE + timedelta(seconds=1)
    with clock.moved_to(later):
        assert claim() is None
    job = Job.objects.get(key="a")
    assert (job.state, job.attempts, bool(job.last_error)) == (JobState.FAILED, MAX_ATTEMPTS, True)
