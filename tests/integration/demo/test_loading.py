"""A small province, loaded once: everything that was played agrees with its events, its books and its chain."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core import clock
from core.audit import verify as audit
from core.audit.models import Event
from core.documents.models import Document
from core.jobs.models import Job
from core.notifications.models import Notice
from core.people.models import RightsRequest, User
from core.people.policy import can
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow import integrity
from core.workflow.entries import lacking
from core.workflow.registry import subjects
from core.workflow.selectors import confirmations_waiting
from demo.figures import Figure
from demo.loader.load import load
from demo.rounds import InProcess, homes
from funds import verification as ledger
from funds.models import Disbursement
from proposals.models import Order, Proposal
from reviews.models import Council
from tasks.models import Task

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", autouse=True)
def loading(django_db_setup, django_db_blocker):
    """Loaded once for this file and undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(TODAY, scale=40)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _on_the_day(db):
    with clock.moved_to(clock.instant(TODAY)):
        yield


def test_every_record_agrees_with_its_events():
    faults, records = integrity.faults()
    assert faults == []
    assert records > 30


def test_what_waits_for_its_second_person_lacks_nothing():
    waiting = [subjects[event.subject_type].objects.get(code=event.subject_code) for event in confirmations_waiting()]
    assert sorted(record.lifecycle.name for record in waiting) == ["order", "task"]
    assert [str(one) for record in waiting for answer in lacking.of(record) for one in answer(record)] == []


def test_the_books_agree():
    assert list(ledger.faults()) == []
    assert Disbursement.objects.filter(state="paid").exists()


def test_the_chain_is_whole_and_in_the_order_of_time():
    assert list(audit.faults()) == []
    instants = list(Event.objects.order_by("sequence").values_list("recorded_at", flat=True))
    assert instants == sorted(instants)
    assert instants[-1] <= clock.now()


def test_one_order_went_all_the_way_to_a_contract():
    assert Order.objects.get(state="awarded").tasks.get().state == "contracted"
    assert Council.objects.filter(state="concluded").count() == 3


def test_proposals_are_of_the_coming_year():
    assert set(Proposal.objects.values_list("plan_year", flat=True)) == {TODAY.year + 1}
    assert Task.objects.filter(synthetic=False).exists()


def test_nothing_of_the_past_is_mailed_or_rendered():
    # What is left is of the days to come: calls that close, contracts that begin.
    assert set(Job.objects.values_list("name", flat=True)) <= {"proposals.close_calls", "tasks.start"}
    assert not Notice.objects.filter(mailed_at=None).exists()
    assert Notice.objects.filter(read_at=None).exists()
    assert not Document.objects.filter(files__isnull=False).exists()


def test_each_of_the_demo_people_finds_a_home_page():
    lines = list(homes(InProcess()))
    assert len(lines) >= 14
    assert [text for text, is_right in lines if not is_right] == []


def checked(*parts):
    """What ``check_demo`` says of these parts of the small province."""
    said = StringIO()
    call_command("check_demo", only=parts, stdout=said)
    return said.getvalue().splitlines()


def test_the_check_finds_the_records_in_order_and_every_page_open():
    lines = checked("records", "pages")
    assert lines[-1] == "The demo is as it should be."
    assert {line.split()[0] for line in lines[:-1]} == {"records", "lifecycle:", "ledger:", "audit:", "home", "paper"}


def test_the_check_misses_what_a_small_province_lacks():
    with pytest.raises(CommandError):
        checked("figures")


def test_the_check_finds_a_record_that_moved_without_an_event():
    proposal = Proposal.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET state = 'forwarded' WHERE id = %s", [proposal.pk])
    said = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("check_demo", only=["records"], stdout=said)
    assert caught.value.returncode == 1
    words = f"proposal {proposal.code} is forwarded, its last event says {proposal.state}"
    assert f"WRONG: lifecycle: {words}" in said.getvalue().splitlines()


def test_the_report_says_how_long_a_step_took(loading):
    first, *others = loading.lines()
    assert "ms per step" in first
    assert others


def test_a_database_that_holds_somebody_is_not_loaded():
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert User.objects.count() == before


def test_without_demo_settings_nothing_is_loaded(settings):
    settings.DEMO_SIGN_IN = False
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_a_figure_says_what_was_wanted():
    assert str(Figure("proposals", 214, 214)) == "proposals 214"
    assert str(Figure("payments", 12, 300, at_least=True)) == "payments 12 (wanted: at least 300)"
    assert Figure("payments", 301, 300, at_least=True).is_right
    assert not Figure("proposals", 215, 214).is_right


def test_a_right_waits_for_its_second_person():
    (request,) = RightsRequest.objects.filter(granted=None)
    confirmers = users_with_role(Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_DIRECTOR).exclude(pk=request.asked_by_id)
    assert [bool(can(user, "confirm", request)) for user in confirmers] == [True, True]
