"""Pages cost the same with 3 and with 30 rows."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.browsing import cost

K = CouncilKind.IDENTIFICATION
LIST, DETAIL = 12, 20


def tell():
    """What comes before a small council and before a large one; each test leads them as far as it wants."""
    people = make.cast()
    call = before.open_call(people)
    few, many = (
        [before.screened_proposal(people, call, title=f"Đề xuất {at}") for at in range(number)] for number in (3, 30)
    )
    return SimpleNamespace(people=people, few=few, many=many)


@pytest.fixture
def few(story):
    """Three proposals."""
    return story.few


@pytest.fixture
def many(story):
    """Thirty others."""
    return story.many


@pytest.mark.slow
def test_the_list(people, many, client_for):
    found = {}
    for number in (3, 30):
        while Council.objects.count() < number:
            make.draft(people, K, [many[Council.objects.count()]])
        for name in ("officer", "head"):
            found[name, number] = cost(client_for(getattr(people, name)), reverse("reviews:council-list"))
    assert found["officer", 3] == found["officer", 30] <= LIST
    assert found["head", 3] == found["head", 30] <= LIST


def alike(people, client_for, name, councils, *readers):
    """A page of the small and of the large council costs each reader the same, within the budget."""
    for reader in readers:
        client = client_for(reader)
        costs = [cost(client, reverse(f"reviews:{name}", args=[one.code])) for one in councils]
        assert costs[0] == costs[1] <= DETAIL, (name, reader)


def room_is_alike(people, client_for, councils):
    alike(people, client_for, "council-detail", councils, people.officer, people.secretary, people.head)


def a_member_finds_it_alike(client_for, councils):
    costs = [cost(client_for(seats_of(one)[4].user), one.get_absolute_url()) for one in councils]
    assert costs[0] == costs[1] <= DETAIL


@pytest.mark.slow
def test_the_room_of_a_draft(people, few, many, client_for):
    room_is_alike(people, client_for, [make.seated(people, K, few), make.seated(people, K, many, size=11)])


@pytest.mark.slow
def test_the_room_from_the_sitting_to_the_count(people, few, many, client_for):
    councils = [make.sitting(people, K, few, size=7), make.sitting(people, K, many, size=9)]
    room_is_alike(people, client_for, councils)
    a_member_finds_it_alike(client_for, councils)
    for council in councils:
        make.step(council, "open_ballot", people.secretary, reason="Đã kiểm tra")
    room_is_alike(people, client_for, councils)
    a_member_finds_it_alike(client_for, councils)
    for council in councils:
        make.cast_all(council)
        make.step(council, "close_ballot", people.secretary)
    room_is_alike(people, client_for, councils)
    a_member_finds_it_alike(client_for, councils)
    alike(people, client_for, "council-counts", councils, people.head)
    alike(people, client_for, "council-ballots", councils, people.head)
    alike(people, client_for, "council-conclusions", councils, people.secretary)
    assert [len(ballot_items(one)) for one in councils] == [len(items_of(one)) for one in councils] == [3, 30]
