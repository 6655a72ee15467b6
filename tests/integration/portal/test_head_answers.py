"""What was asked of the head of division stands on his first page, by title."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.workflow.corrections import ask_correction, refuse_correction
from portal.selectors import answers_of
from tests.factories import proposals as before
from tests.factories import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DASHBOARD = 15


@pytest.fixture
def people():
    return tasks.cast()


def test_the_head_finds_what_was_asked_of_him(people, client_for):
    proposal = before.screened_proposal(people, before.open_call(people))
    ask_correction(proposal, actor=people.officer, reason="Bấm nhầm")
    asked = [(one.code, one.heading, str(one.kind_label), one.url) for one in answers_of(people.head)]
    assert asked == [(proposal.code, proposal.title, "Đính chính · Đề xuất", proposal.get_absolute_url())]
    report = tasks.filed_report(people, tasks.running(people).reports.first())
    tasks.step(report, "accept", people.officer)
    ask_correction(report, actor=people.officer, reason="Bấm nhầm")
    # The system makes the title of a report: it is called by its kind.
    assert [one.heading for one in answers_of(people.head)] == [proposal.title, "Báo cáo tiến độ"]
    assert answers_of(people.officer) == []
    client = client_for(people.head)
    client.get(reverse("portal:home"))
    with CaptureQueriesContext(connection) as asked_of_the_database:
        page = client.get(reverse("portal:home")).content.decode()
    assert len(asked_of_the_database) <= DASHBOARD
    assert "Chờ tôi trả lời" in page
    for record in (proposal, report):
        refuse_correction(record, actor=people.head, reason="Giữ nguyên")
    assert answers_of(people.head) == []
