"""What a province decides otherwise is obeyed: its flags, its numbers, its units."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from core import clock
from core.people.models import OrganisationKind
from proposals.selectors.eligibility import eligibility_refusals
from tasks.lifecycle import TaskState
from tasks.models import AcceptanceFile, Cause, Grade
from tasks.selectors.eligibility import host_obstacles, investigator_obstacles
from tests.factories import tasks as make
from tests.factories.asking import said
from tests.factories.people import OrganisationFactory, department
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
R2 = "r2_2025"
DAY = timedelta(days=1)


@pytest.fixture
def people():
    return make.cast()


@pytest.fixture
def province(settings, tmp_path):
    """``province(key, value)``: from now on the province says so."""

    def say(key, value, **more):
        province_says(settings, tmp_path, key, value, **more)

    return say


def test_recognition_waits_for_the_certificate_only_where_the_rule_book_says_so(people, province):
    task = make.adopted(people, TaskState.REGISTERED)
    unissued = "The certificate of registration has not been issued."
    assert unissued in said(task, "recognise_results", people.chair)
    province("recognition.needs_certificate", "false")
    assert unissued not in said(task, "recognise_results", people.chair)


def test_a_division_may_host_where_no_legal_entity_is_asked_for(people, province):
    order = make.before.called_order(people, make.before.open_call(people))
    dossier = make.before.draft_dossier(people, order)
    dossier.host = OrganisationFactory(kind=OrganisationKind.DIVISION, parent=department(), is_internal=True)
    assert len(eligibility_refusals(dossier, clock.today())) == 1
    province("eligibility.organisation.legal_entity", "false")
    assert eligibility_refusals(dossier, clock.today()) == []


def test_the_notice_of_an_inspection_is_counted_in_the_unit_of_the_rule(people, province):
    task = make.running(people)
    inspection = make.planned_inspection(people, task, clock.today() + 10 * DAY)
    assert said(inspection, "announce", people.officer) == []
    province("inspection.notice_days", "1", unit="months")
    day = f"{inspection.planned_on:%d/%m/%Y}"
    assert said(inspection, "announce", people.officer) == [
        f"The inspection of {day} must be announced earlier: 1 month before."
    ]


def test_a_suspension_is_counted_in_the_unit_of_the_rule(people, province):
    task = make.running(people)
    until = clock.add_days(clock.today(), 5, "months")
    words = {"from_on": clock.today(), "until": until, "conditions": "Khắc phục", "ground": "Thiên tai"}
    make.services.save_suspension(task, actor=people.officer, facts=words)
    assert said(task, "suspend", people.chair) == []
    province("suspension.months_max", "30", unit="days")
    assert len(said(task, "suspend", people.chair)) == 1


@pytest.mark.parametrize(("unit", "speaks"), [("days", True), ("working_days", False)])
def test_a_dossier_not_filed_is_late_by_the_unit_of_the_rule(people, province, unit, speaks):
    ended = clock.today() - 35 * DAY
    make.adopted(people, "running", starts_on=date(2024, 1, 1), ends_on=ended)
    province("eligibility.organisation.late_acceptance_days", "30", unit=unit)
    assert bool(list(host_obstacles(people.university, clock.today(), R2))) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("years", True), ("months", False)])
def test_bans_are_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    make.terminated(people, Cause.SUBJECTIVE)
    province("eligibility.organisation.violation_ban_years", "1", unit=unit)
    found = host_obstacles(people.university, clock.today() + 60 * DAY, R2)
    assert bool(list(found)) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("years", True), ("months", False)])
def test_the_ban_after_a_failure_is_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    make.adopted(people, TaskState.ARCHIVED, grade=Grade.FAIL, accepted_on=clock.today() - 200 * DAY)
    province("eligibility.investigator.failed_ban_years", "3", unit=unit)
    assert bool(list(investigator_obstacles(people.applicant, clock.today(), R2))) is speaks


@pytest.mark.parametrize(("unit", "speaks"), [("days", True), ("working_days", False), ("months", False)])
def test_a_late_filing_is_counted_in_the_unit_of_the_rule(people, province, unit, speaks):
    task = make.adopted(people, TaskState.ARCHIVED)
    AcceptanceFile.objects.create(
        task=task,
        attempt=1,
        final_report_on=clock.today(),
        summary="Tóm tắt",
        self_grade=Grade.PASS,
        self_assessment="Đạt",
        spent_vnd=0,
        other_spent_vnd=0,
        filed_on=clock.today() - DAY,
        late_days=31,
    )
    province("eligibility.investigator.late_from_days", "30" if unit != "months" else "2", unit=unit)
    with override("en"):
        found = [str(one) for one in investigator_obstacles(people.applicant, clock.today(), R2)]
    assert found == ([f"{people.applicant.full_name} handed in task {task.code} late."] if speaks else [])
