"""What people are told: once, in the system and by mail, each in his own language; the mail leaves after the commit."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.audit.models import Event
from core.jobs.models import Job
from core.jobs.service import run_due_jobs
from core.notifications.models import Notice
from core.notifications.service import MAIL_JOB, address_of, mail_notices, mark_read, of_the_past, unread_count, words
from core.people.models import User as People
from core.people.roles import Role
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import Position
from reviews.selectors.agenda import head_items
from reviews.selectors.seats import seats_of
from tests.factories import proposals as make
from tests.factories import reviews, tasks
from tests.factories.people import user_with

LIST = 12

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A submitted proposal, with nothing left to mail and nobody waiting."""
    people = make.cast()
    found = make.submitted_proposal(people, make.open_call(people))
    Notice.objects.all().delete()
    Job.objects.all().delete()
    return SimpleNamespace(people=people, proposal=found)


@pytest.fixture
def proposal(story):
    return story.proposal


def told(subject):
    return sorted((notice.recipient.email, notice.tell) for notice in Notice.objects.filter(subject_code=subject.code))


def test_everybody_concerned_is_told_but_not_who_did_it(people):
    """The signer who submits is not told; the author and the officers are."""
    proposal = make.draft_proposal(people, make.open_call(people))
    Notice.objects.all().delete()
    make.step(proposal, "submit", people.signer)
    assert told(proposal) == sorted(
        [
            (people.applicant.email, "proposals.proposal_received"),
            (people.officer.email, "proposals.proposal_arrived"),
        ]
    )


def test_the_deactivated_are_not_told(people, proposal):
    people.applicant.is_active = False
    people.applicant.save()
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    assert told(proposal) == [(people.signer.email, "proposals.proposal_returned")]


def test_one_event_tells_a_person_once(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    notice = Notice.objects.filter(recipient=people.signer).get()
    assert str(notice) == f"proposals.proposal_returned {proposal.code}"
    notice.pk, notice.uuid = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_a_step_that_tells_nobody_queues_no_mail(people, proposal):
    make.services.record_screening(proposal, actor=people.officer, is_complete=True, is_duplicate=False)
    make.step(proposal, "screen", people.officer)
    assert (Notice.objects.count(), Job.objects.filter(name=MAIL_JOB).count()) == (0, 0)


def test_each_is_mailed_in_his_own_language_with_the_way_to_the_record(people, proposal, settings):
    settings.SITE_BASE_URL = "https://so.binhan.example/"
    people.applicant.language = "en"
    people.applicant.save()
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    assert mail.outbox == []
    run_due_jobs()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    english = letters[people.applicant.email]
    assert english.subject == f"[{proposal.code}] Proposal {proposal.code} was returned: please complete it."
    assert f"https://so.binhan.example{proposal.get_absolute_url()}" in english.body
    assert f"{proposal.title}\n\nReason: Thiếu\n\n" in english.body
    assert "Lý do: Thiếu" in letters[people.signer.email].body
    assert letters[people.signer.email].subject != english.subject
    assert len(letters) == 2


def test_a_second_mailing_sends_nothing(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    event = str(Event.objects.filter(step="return_for_completion").get().uuid)
    assert [mail_notices(event), mail_notices(event)] == [2, 0]
    assert len(mail.outbox) == 2


def test_notices_of_the_past_are_neither_mailed_nor_waiting(people, proposal):
    with of_the_past():
        make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    assert [unread_count(people.signer), Job.objects.filter(name=MAIL_JOB).count()] == [0, 0]
    with of_the_past(read=False):
        make.step(proposal, "submit", people.signer)
    assert [unread_count(people.officer), Job.objects.filter(name=MAIL_JOB).count()] == [1, 0]


def test_all_of_ones_own_notices_are_read_at_once(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    make.step(proposal, "submit", people.signer)
    make.step(proposal, "return_for_completion", people.officer, reason="Vẫn thiếu")
    # Both returns, and the receipt of the completed file between them.
    assert [mark_read(people.applicant), mark_read(people.applicant)] == [3, 0]
    assert [unread_count(people.applicant), unread_count(people.signer)] == [0, 2]


def test_a_notice_nobody_words_any_more_still_shows(people):
    notice = Notice(tell="gone.old_notice", subject_type="gone", subject_code="X.1", recipient=people.officer)
    assert (words(notice), address_of(notice)) == ("gone.old_notice", "")


def test_the_list_shows_ones_own_notices_and_marks_them_read(people, proposal, client_for):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    signer = client_for(people.signer, "en")
    page = signer.get(reverse("notifications:list"))
    assert f"Proposal {proposal.code} was returned: please complete it." in page.content.decode()
    assert [str(one.links[0].label) for one in page.context["entries"]] == [proposal.code]
    assert len(page.context["actions"]) == 1
    assert signer.post(reverse("notifications:read")).url == reverse("notifications:list")
    assert unread_count(people.signer) == 0
    assert unread_count(people.applicant) == 1


def test_an_empty_list_has_no_button(people, client_for):
    page = client_for(user_with(Role.CLERK), "en").get(reverse("notifications:list"))
    assert (page.context["entries"], page.context["actions"]) == ([], [])


def test_reading_is_a_post(people, client_for):
    assert client_for(people.clerk).get(reverse("notifications:read")).status_code == 405


def test_a_notice_remembers_when_and_of_what(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    notice = Notice.objects.get(recipient=people.signer)
    event = Event.objects.get(step="return_for_completion")
    assert (notice.event_uuid, notice.created_at, notice.title) == (event.uuid, clock.now(), proposal.title)
    with override("en"):
        assert words(notice) == f"Proposal {proposal.code} was returned: please complete it."


def test_what_a_council_says_inside_is_mailed_to_no_applicant():
    board = reviews.cast()
    proposal = make.screened_proposal(board, make.open_call(board))
    council = reviews.counted(board, CouncilKind.IDENTIFICATION, [proposal])
    for item in head_items(council):
        services.write_conclusion(item, actor=board.secretary, conclusion="Thống nhất", remarks="")
    chair = next(seat.user for seat in seats_of(council) if seat.position == Position.CHAIR)
    run_due_jobs()
    mail.outbox.clear()
    make.step(council, "conclude_identification", chair, reason="Ủy viên X phản đối gay gắt")
    run_due_jobs()
    assert board.applicant.email in [letter.to[0] for letter in mail.outbox]
    assert [letter.to for letter in mail.outbox if "gay gắt" in str(letter.body)] == []


def test_a_word_against_an_unconfirmed_rule_stays_inside_and_the_reason_of_a_return_goes_out(people):
    proposal = make.draft_proposal(people, make.open_call(people))
    mail.outbox.clear()
    make.step(proposal, "submit", people.signer, reason="Quy tắc chưa áp dụng")
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu phụ lục")
    run_due_jobs()
    bodies = [str(letter.body) for letter in mail.outbox]
    assert ["Quy tắc" in body for body in bodies] == [False] * len(bodies)
    assert (
        sum("Thiếu phụ lục" in body for body in bodies)
        == Notice.objects.filter(tell="proposals.proposal_returned").count()
    )


def test_a_title_that_the_system_makes_is_read_in_the_language_of_the_reader(client_for):
    """Whoever files in Vietnamese is read in English; what people typed stays as it is."""
    people = tasks.cast()
    task = tasks.running(people)
    reports = list(task.reports.all()[:2])
    with override("vi"):
        for report in reports:
            tasks.filed_report(people, report)
    People.objects.filter(pk=people.officer.pk).update(language="en")
    mail.outbox.clear()
    run_due_jobs()
    mine = [one for one in mail.outbox if one.to == [people.officer.email] and "eport" in one.subject]
    assert sorted(line for one in mine for line in one.body.splitlines() if line.startswith("Progress")) == [
        "Progress report no. 1",
        "Progress report no. 2",
    ]
    client = client_for(people.officer, "en")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("notifications:list"))
    made = [str(one.title) for one in page.context["entries"] if "no. " in str(one.title)]
    assert [title.rpartition(": ")[2] for title in made] == ["Progress report no. 2", "Progress report no. 1"]
    assert len(asked) <= LIST
