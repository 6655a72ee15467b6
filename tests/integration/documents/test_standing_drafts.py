"""A draft stays true from day to day and from server to server as long as nobody changes the record."""

from datetime import timedelta

import pytest

from core import clock
from core.documents.selectors import subject_of
from core.documents.services import is_current, prepare_document
from tests.factories import tasks as make
from tests.factories.documents import call_draft
from tests.factories.proposals import draft_list, open_call, planned_order, recommended_proposal

LATER = timedelta(days=9)


def drafts(people):
    """An announcement, a list, a contract: each with the record it is about."""
    announcement = call_draft(people)
    order_list = draft_list(people)
    planned_order(people, order_list, recommended_proposal(people, open_call(people)))
    troupe = make.cast()
    task = make.adopted(troupe)
    make.written_contract(troupe, task)
    yield announcement
    yield prepare_document(order_list, "approve_list", actor=people.officer)
    yield prepare_document(task, "sign_contract", actor=troupe.officer)


def test_a_draft_is_current_on_a_later_day(people):
    made = list(drafts(people))
    with clock.moved_to(clock.now() + LATER):
        assert [is_current(draft, subject_of(draft)) for draft in made] == [True] * len(made)


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://localhost:8123", "http://127.0.0.1:80"])
def test_no_paper_names_the_machine_it_was_written_on(people, settings, address):
    settings.SITE_BASE_URL = address
    assert call_draft(people).facts["portal"] == "Hệ thống quản lý nhiệm vụ khoa học và công nghệ của Sở"


def test_a_public_address_is_printed(people, settings):
    settings.SITE_BASE_URL = "https://nhiemvu.binhan.example/"
    assert call_draft(people).facts["portal"] == "https://nhiemvu.binhan.example"


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Đề xuất đột xuất về dịch tả lợn châu Phi", "đề xuất đột xuất về dịch tả lợn châu Phi"),
        ("Thông báo về việc đề xuất bổ sung", "đề xuất bổ sung"),
        ("KH&CN: đề xuất bổ sung", "KH&CN: đề xuất bổ sung"),
    ],
)
def test_an_announcement_says_what_its_own_call_is_about(people, title, about):
    assert call_draft(people, title=title).facts["about"] == about
