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


@pytest.mark.slow
@pytest.mark.parametrize("walk", [make.seated, make.sitting, make.voting, make.counted])
def test_the_room(people, few, many, client_for, walk):
    small = walk(people, K, few)
    large = walk(people, K, many, size=11 if walk is make.seated else 9)
    for reader in (people.officer, people.secretary, people.head):
        client = client_for(reader)
        costs = [cost(client, council.get_absolute_url()) for council in (small, large)]
        assert costs[0] == costs[1] <= DETAIL, reader
    if walk is not make.seated:
        costs = [cost(client_for(seats_of(one)[4].user), one.get_absolute_url()) for one in (small, large)]
        assert costs[0] == costs[1] <= DETAIL


@pytest.mark.slow
def test_count_sheet_ballots_and_conclusions(people, few, many, client_for):
    small, large = (make.counted(people, K, proposals) for proposals in (few, many[:20]))
    client = client_for(people.head)
    secretary = client_for(people.secretary)
    for name in ("council-counts", "council-ballots"):
        costs = [cost(client, reverse(f"reviews:{name}", args=[one.code])) for one in (small, large)]
        assert costs[0] == costs[1] <= DETAIL, name
    costs = [cost(secretary, reverse("reviews:council-conclusions", args=[one.code])) for one in (small, large)]
    assert costs[0] == costs[1] <= DETAIL
    assert len(ballot_items(large)) == len(items_of(large)) == 20
