"""What a second person has to confirm on councils waits on his first page, with a link to where he answers."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from portal.selectors import answers_of
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import DeclaredConflict, Departure
from reviews.selectors.agenda import ballot_items
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make

K = CouncilKind.IDENTIFICATION
DASHBOARD = 15


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=before.screened_proposal(people, before.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def asked(user):
    with translation.override("en"):
        return [(one.code, str(one.kind_label), one.url) for one in answers_of(user)]


def one(council, label, name, row):
    return [(council.code, label, reverse(f"reviews:{name}", args=[row.code]))]


def waits_for(people, expected, *, others=("officer", "head", "second"), never=("secretary", "clerk", "applicant")):
    """The same answer is wanted of each of the others, of those never: the typist, whoever has no part in it."""
    assert {name: asked(getattr(people, name)) for name in (*others, *never)} == {
        **dict.fromkeys(others, expected),
        **{name: [] for name in never},
    }


def test_a_typed_ballot_waits_for_a_second_person(people, proposal, client_for):
    council = make.voting(people, K, [proposal])
    item, seat = ballot_items(council)[0], seats_of(council)[0]
    paper = services.Paper(seat=seat, scan=make.scan())
    ballot = services.enter_paper_ballot(item, make.vote(), paper=paper, actor=people.secretary)
    waits_for(people, one(council, "Paper ballot to confirm", f"ballot-confirm-{K.value}", ballot))
    assert asked(seat.user) == []
    client = client_for(people.head, "en")
    assert client.get(answers_of(people.head)[0].url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert "Paper ballot to confirm" in client.get("/").text
    assert len(queries) <= DASHBOARD


def test_a_replacement_waits_for_a_second_person_until_it_is_confirmed(people, proposal):
    council = make.convened(people, K, [proposal])
    row = make.replacement(people, seats_of(council)[4])
    waits_for(people, one(council, "Replacement of a member to confirm", "replacement-confirm", row))
    assert asked(row.decided_by) == asked(people.head)
    services.confirm_replacement(row, actor=people.head)
    assert asked(people.officer) == []


def test_a_departure_waits_for_those_who_were_in_the_room(people, proposal):
    council = make.sitting(people, K, [proposal])
    seat = seats_of(council)[3]
    make.attend(people, council, absent=[seat])
    row = Departure.objects.get(seat=seat)
    waits_for(people, one(council, "Departure from the sitting to confirm", "departure-confirm", row))
    assert asked(seats_of(council)[0].user) == asked(seat.user) == asked(people.head)
    assert asked(seats_of(council)[4].user) == []


def test_a_noted_conflict_waits_for_whoever_judges_it(people, proposal):
    council = make.sitting(people, K, [proposal])
    seat, words = seats_of(council)[3], "Anh ruột của chủ nhiệm"
    row = services.note_conflict(seat, actor=people.secretary, conflict=DeclaredConflict.RELATIVE, words=words)
    expected = one(council, "Noted conflict of interest to judge", "conflict-clear", row)
    waits_for(people, expected, others=("head",), never=("secretary", "second", "officer"))
    assert (asked(seats_of(council)[0].user), asked(seat.user)) == (expected, [])
    services.clear_conflict(row, actor=people.head, reason="Không phải họ hàng")
    assert asked(people.head) == []
