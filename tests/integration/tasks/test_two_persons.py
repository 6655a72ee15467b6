"""A report is not accepted by whoever filed it from paper; an inspection is not concluded by whoever wrote it down."""

from datetime import date
from uuid import uuid4

import pytest

from core import clock
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from tasks.models import Instalment, Precondition, Verdict
from tasks.selectors import instalment_obstacle
from tasks.services import save_report
from tests.factories import tasks as make
from tests.factories.people import user_with
from tests.factories.tasks import step

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("morning", "language"),
    pytest.mark.parametrize("language", ["en"], indirect=True),
]
SECOND = "A second person must enter this step: you took or entered another one (separation of duties)."
SAME = "The same person may not take both of these steps (separation of duties)."
REPORT = {
    "done": "Đã làm",
    "not_done": "",
    "next_steps": "Tiếp tục",
    "risks": "",
    "percent": 30,
    "spent_vnd": 0,
    "other_spent_vnd": 0,
}


def refused(subject, name, actor, **more):
    with pytest.raises(StepRefused) as caught:
        step(subject, name, actor, **more)
    return [str(one) for one in caught.value.refusals]


def on_paper(decider):
    return {"decided_by": decider, "channel": Channel.PAPER, "evidence": [uuid4()]}


def test_an_officer_who_filed_a_report_from_paper_does_not_accept_it(people):
    report = make.running(people).reports.first()
    save_report(report, actor=people.officer, facts=REPORT)
    step(report, "file", people.officer, **on_paper(people.signer))
    assert refused(report, "accept", people.officer) == [SECOND]
    other = user_with(Role.OFFICER)
    assert refused(report, "accept", people.officer) == [f"{SECOND} It can be taken by: {other.full_name}."]
    step(report, "accept", other)
    assert report.state == "accepted"


def test_nor_does_a_clerk_enter_both_steps_from_paper(people):
    report = make.running(people).reports.first()
    save_report(report, actor=people.clerk, facts=REPORT)
    step(report, "file", people.clerk, **on_paper(people.signer))
    said = refused(report, "accept", people.clerk, **on_paper(people.officer))
    assert said == [f"{SECOND} It can be taken by: {people.officer.full_name}."]
    step(report, "accept", people.officer)
    assert report.state == "accepted"


def test_whoever_wrote_down_an_inspection_does_not_open_the_instalment_by_it(people):
    task, day = make.running(people), date(2026, 3, 5)
    second = task.contract.instalments.get(sequence=2)
    Instalment.objects.filter(pk=second.pk).update(precondition=Precondition.INSPECTION_PASSED)
    inspection = make.planned_inspection(people, task, day)
    step(inspection, "announce", people.officer)
    officer, other = people.officer, user_with(Role.OFFICER)
    with clock.moved_to(make.at(day, 17)):
        make.recorded(people, inspection, by=officer)
        assert refused(inspection, "conclude", officer)[0] == f"{SAME} It can be taken by: {other.full_name}."
        # Nor is it entered by him in the other's name, nor by another in his.
        assert refused(inspection, "conclude", officer, **on_paper(other)) == [
            f"{SECOND} It can be taken by: {other.full_name}."
        ]
        assert refused(inspection, "conclude", people.clerk, **on_paper(officer))[0].startswith(SAME)
        step(inspection, "conclude", other)
    assert instalment_obstacle(Instalment.objects.get(pk=second.pk)) == ""


def test_an_inspection_that_says_stop_ends_what_the_one_before_opened(people):
    task = make.running(people)
    second = task.contract.instalments.get(sequence=2)
    Instalment.objects.filter(pk=second.pk).update(precondition=Precondition.INSPECTION_PASSED)
    answers = []
    for day, verdict in ((5, Verdict.CONTINUE), (12, Verdict.STOP), (19, Verdict.ADJUST)):
        inspection = make.planned_inspection(people, task, date(2026, 3, day))
        step(inspection, "announce", people.officer)
        with clock.moved_to(make.at(date(2026, 3, day), 17)):
            make.recorded(people, inspection, verdict=verdict)
            step(inspection, "conclude", people.officer)
            answers.append(instalment_obstacle(Instalment.objects.get(pk=second.pk)) == "")
    assert answers == [True, False, True]


def test_whoever_wrote_it_down_last_counts(people):
    """What another has written anew is the other's."""
    task, day = make.running(people), date(2026, 3, 5)
    inspection = make.planned_inspection(people, task, day)
    step(inspection, "announce", people.officer)
    with clock.moved_to(make.at(day, 17)):
        make.recorded(people, inspection, by=people.officer)
        make.recorded(people, inspection, by=people.head)
        step(inspection, "conclude", people.officer)
    assert inspection.state == "concluded"
