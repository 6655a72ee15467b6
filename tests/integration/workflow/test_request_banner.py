"""While something waits for a second person, the record's page says so on top: who asked, when, why, what to answer."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.workflow.corrections import ask_correction
from core.workflow.data_corrections import ask_data_correction
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DETAIL = 20


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.screened_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def banner(proposal, user, client_for):
    """Title, words and buttons of the banner; empty where there is none."""
    client = client_for(user, "en")
    client.get(proposal.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        page = client.get(proposal.get_absolute_url())
    assert len(queries) <= DETAIL
    found = [one for one in page.context["notes"] if "actions" in one]
    assert all(str(one["title"]) in page.text for one in found)
    return [
        (str(one["title"]), str(one["text"]), [(str(action.label), action.url) for action in one["actions"]])
        for one in found
    ]


def answers(proposal, *labels):
    """Both buttons, with the pages that they open."""
    names = ("undo", "keep")
    return [
        (label, reverse(f"workflow:correction-{name}", args=["proposal", proposal.code]))
        for name, label in zip(names, labels, strict=True)
    ]


def test_a_correction_that_waits_is_answered_from_the_record_s_page(people, proposal, client_for):
    ask_correction(proposal, actor=people.officer, reason="Bấm nhầm")
    title = "A request to undo the last step waits for the head of division"
    asked = f"Asked by {people.officer.full_name} on {clock.today():%d/%m/%Y}. Reason: Bấm nhầm"
    ((said, text, buttons),) = banner(proposal, people.head, client_for)
    assert (said, text.split(". ", 1)[1]) == (title, asked)
    assert buttons == answers(proposal, "Undo the last step", "Leave the step as it is")
    assert banner(proposal, people.officer, client_for) == [(title, text, [])]
    assert banner(proposal, people.signer, client_for) == []


def test_a_correction_of_data_says_both_values(people, proposal, client_for):
    ask_data_correction(proposal, actor=people.officer, values={"months": 30}, reason="Ghi nhầm")
    ((title, text, buttons),) = banner(proposal, people.head, client_for)
    assert title == "A correction of data waits for the head of division"
    assert "24 → 30" in text
    assert buttons == answers(proposal, "Correct the data", "Leave the data as they are")


def test_whoever_took_the_step_outside_reads_only_that_something_waits(people, client_for):
    proposal = make.submitted_proposal(people, make.open_call(people))
    ask_data_correction(proposal, actor=people.officer, values={"months": 30}, reason="Ghi nhầm")
    assert banner(proposal, people.signer, client_for) == [
        ("A correction of data waits for the head of division", "", [])
    ]
