"""Figures of reports, inspections and dossiers beside the ledger and the contract: they warn and ask for the reason."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.money import VND
from core.workflow.ruling import StepRefused
from tasks.services import record_inspection, save_acceptance_file, save_report
from tests.factories import funds as made
from tests.factories import tasks as after
from tests.factories.asking import ruled
from tests.factories.funds import MILLION
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A running task that was paid 450 million đồng."""
    who = made.house()
    task = made.running(who)
    made.paid(who, task)
    return SimpleNamespace(who=who, task=task)


@pytest.fixture
def task(story):
    return story.task


def warned(subject, name, user):
    return [(text, blocking) for text, _source, blocking in ruled(subject, name, user)]


def written(who, task, spent):
    report = task.reports.order_by("due_date").first()
    save_report(
        report,
        actor=who.people.applicant,
        facts={"done": "Đã xây dựng mô hình", "percent": 50, "spent_vnd": VND(spent)},
        spending=[{"item": "Công lao động", "state_vnd": VND(spent)}],
    )
    report.refresh_from_db()
    return report


def test_a_report_spends_more_than_was_paid_only_for_a_reason(who, task):
    report = written(who, task, 451 * MILLION)
    text = "451,000,000 đồng of the State are said to be spent, but only 450,000,000 đồng were paid: say why."
    assert warned(report, "file", who.people.signer) == [(text, False)]
    with pytest.raises(StepRefused):
        step(report, "file", who.people.signer)
    step(report, "file", who.people.signer, reason="Đơn vị ứng vốn")
    assert report.state == "filed"


def test_a_report_within_what_was_paid_passes(who, task):
    assert warned(written(who, task, 450 * MILLION), "file", who.people.signer) == []


def test_minutes_settle_more_than_was_spent_only_for_a_reason(who, task):
    inspection = after.planned_inspection(who.people, task, clock.today() + timedelta(days=30))
    step(inspection, "announce", who.people.officer)
    facts = {"spent_vnd": VND(100 * MILLION), "settled_vnd": VND(120 * MILLION)}
    with clock.moved_to(after.at(inspection.planned_on, 17)):
        after.recorded(who.people, inspection)
        kept = {**facts, "verdict": "continue"}
        record_inspection(inspection, actor=who.people.head, facts=kept, findings=[])
        inspection.refresh_from_db()
        text = "120,000,000 đồng are said to be settled, but only 100,000,000 đồng to be spent: say why."
        assert warned(inspection, "conclude", who.people.officer) == [(text, False)]


def test_the_dossier_spends_more_than_the_contract_gives_only_for_a_reason(who, task):
    after.drop_reports(who.people, task)
    after.dossier_written(who.people, task)
    task.refresh_from_db()
    assert warned(task, "file_acceptance", who.people.signer) == []
    save_acceptance_file(task, actor=who.people.applicant, facts={"spent_vnd": VND(901 * MILLION)})
    task.refresh_from_db()
    text = "901,000,000 đồng of the State are said to be spent; the contract gives 900,000,000 đồng: say why."
    assert warned(task, "file_acceptance", who.people.signer) == [(text, False)]


def test_the_final_report_is_not_dated_tomorrow(who, task):
    after.dossier_written(who.people, task)
    tomorrow = {"final_report_on": clock.today() + timedelta(days=1)}
    with pytest.raises(ValidationError) as refused:
        save_acceptance_file(task, actor=who.people.applicant, facts=tomorrow)
    assert list(refused.value.message_dict) == ["final_report_on"]
