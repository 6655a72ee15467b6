"""Whoever is said to have decided on paper hears of it, with his organisation's signers and the heads of division."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail

from core import clock
from core.documents.services import issue_document, prepare_document
from core.jobs.models import Job
from core.jobs.service import run_due_jobs
from core.notifications.models import Notice
from core.notifications.service import MAIL_JOB, of_the_past, words
from core.people.roles import Role
from core.workflow.table import Channel
from tests.factories import proposals as make
from tests.factories.documents import scan
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
YOURS, ANOTHERS = "core.in_your_name", "core.in_anothers_name"


def tell():
    people = make.cast()
    found = make.draft_proposal(people, make.open_call(people))
    forget()
    return SimpleNamespace(people=people, proposal=found)


@pytest.fixture
def proposal(story):
    return story.proposal


def forget():
    Notice.objects.all().delete()
    Job.objects.all().delete()


def on_paper(subject, step, actor, decider, **more):
    more = {"channel": Channel.PAPER, "evidence": [uuid4()], **more}
    return make.step(subject, step, actor, decided_by=decider, **more)


def told(subject):
    return sorted((one.recipient.email, one.tell) for one in Notice.objects.filter(subject_code=subject.code))


def test_a_host_whose_proposal_was_submitted_from_paper_hears_of_it(people, proposal):
    """All its signers and the heads; who is told so is not told of the same event in other words too."""
    colleague = user_with(Role.ORGANISATION_SIGNER, people.university)
    on_paper(proposal, "submit", people.clerk, people.signer)
    assert told(proposal) == sorted(
        [
            (people.signer.email, YOURS),
            (colleague.email, ANOTHERS),
            (people.head.email, ANOTHERS),
            (people.applicant.email, "proposals.proposal_received"),
            (people.officer.email, "proposals.proposal_arrived"),
        ]
    )


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_notice_says_who_entered_whose_step_and_is_mailed(people, proposal, language):
    on_paper(proposal, "submit", people.clerk, people.signer)
    said = {one.tell: words(one) for one in Notice.objects.filter(tell__in=[YOURS, ANOTHERS])}
    step, typist, decider = "“Submit the proposal”", people.clerk.full_name, people.signer.full_name
    assert said == {
        YOURS: f"{proposal.code}: {step} was recorded in your name from paper by {typist}. "
        "If this is wrong, tell the head of division.",
        ANOTHERS: f"{proposal.code}: {step} was recorded in the name of {decider} from paper by {typist}. "
        "If this is wrong, the head of division must know.",
    }
    run_due_jobs()
    assert [letter.to for letter in mail.outbox].count([people.signer.email]) == 1


def test_an_officer_in_whose_name_a_clerk_screens_is_told_and_the_host_is_not(people, proposal):
    make.step(proposal, "submit", people.signer)
    make.screening(proposal, people)
    forget()
    on_paper(proposal, "screen", people.clerk, people.officer)
    assert told(proposal) == sorted([(people.officer.email, YOURS), (people.head.email, ANOTHERS)])


def test_a_head_who_types_himself_is_not_told_but_another_is(people, proposal):
    other = user_with(Role.HEAD_OF_DIVISION)
    make.step(proposal, "submit", people.signer)
    make.screening(proposal, people)
    forget()
    on_paper(proposal, "screen", people.head, people.officer)
    assert told(proposal) == sorted([(people.officer.email, YOURS), (other.email, ANOTHERS)])


def test_a_paper_signed_outside_is_told_to_its_signer(people):
    draft = prepare_document(make.draft_call(people), "announce", actor=people.officer)
    facts = {"signer": people.director, "signed_on": clock.today(), "scan": scan(), "key": uuid4()}
    issue_document(draft, actor=people.clerk, **facts)
    found = Notice.objects.filter(tell__in=[YOURS, ANOTHERS]).values_list("recipient__email", "tell")
    assert sorted(found) == sorted([(people.director.email, YOURS), (people.head.email, ANOTHERS)])


def test_what_is_decided_in_the_system_tells_nobody_of_paper(people, proposal):
    make.step(proposal, "submit", people.signer)
    make.open_call(people)
    assert not Notice.objects.filter(tell__in=[YOURS, ANOTHERS]).exists()


def test_an_entry_of_long_ago_is_neither_mailed_nor_kept(people, proposal):
    with of_the_past(kept=False):
        on_paper(proposal, "submit", people.clerk, people.signer)
    assert (Notice.objects.count(), Job.objects.filter(name=MAIL_JOB).count()) == (0, 0)


def test_whoever_has_left_is_told_nothing(people, proposal):
    make.step(proposal, "submit", people.signer)
    make.screening(proposal, people)
    forget()
    people.head.is_active = False
    people.head.save()
    on_paper(proposal, "screen", people.clerk, people.officer)
    assert told(proposal) == [(people.officer.email, YOURS)]
