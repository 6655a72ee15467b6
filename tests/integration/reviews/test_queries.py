"""Pages cost the same with 3 and with 30 rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make

K = CouncilKind.IDENTIFICATION
LIST, DETAIL = 12, 20


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def proposals(people, call, number):
    return [before.screened_proposal(people, call, title=f"Đề xuất {at}") for at in range(number)]


@pytest.mark.slow
def test_the_list(people, client_for):
    call = before.open_call(people)
    waiting = proposals(people, call, 30)
    found = {}
    for number in (3, 30):
        while Council.objects.count() < number:
            make.draft(people, K, [waiting[Council.objects.count()]])
        for name in ("officer", "head"):
            found[name, number] = cost(client_for(getattr(people, name)), reverse("reviews:council-list"))
    assert found["officer", 3] == found["officer", 30] <= LIST
    assert found["head", 3] == found["head", 30] <= LIST


@pytest.mark.slow
@pytest.mark.parametrize("walk", [make.seated, make.sitting, make.voting, make.counted])
def test_the_room(people, client_for, walk):
    call = before.open_call(people)
    small = walk(people, K, proposals(people, call, 3))
    large = walk(people, K, proposals(people, call, 30), size=11 if walk is make.seated else 9)
    for reader in (people.officer, people.secretary, people.head):
        client = client_for(reader)
        few, many = (cost(client, council.get_absolute_url()) for council in (small, large))
        assert few == many <= DETAIL, reader
    if walk is not make.seated:
        few, many = (cost(client_for(seats_of(one)[4].user), one.get_absolute_url()) for one in (small, large))
        assert few == many <= DETAIL


@pytest.mark.slow
def test_count_sheet_ballots_and_conclusions(people, client_for):
    call = before.open_call(people)
    small, large = (make.counted(people, K, proposals(people, call, number)) for number in (3, 20))
    client = client_for(people.head)
    secretary = client_for(people.secretary)
    for name in ("council-counts", "council-ballots"):
        few, many = (cost(client, reverse(f"reviews:{name}", args=[one.code])) for one in (small, large))
        assert few == many <= DETAIL, name
    few, many = (cost(secretary, reverse("reviews:council-conclusions", args=[one.code])) for one in (small, large))
    assert few == many <= DETAIL
    assert len(ballot_items(large)) == len(items_of(large)) == 20
