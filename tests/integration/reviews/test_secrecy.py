"""Who reads what, asked of the pages: canary words of others' ballots, names of members, sums before their time."""

from types import SimpleNamespace
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.documents.models import Document
from core.people.models import User
from core.people.policy import can, visible_to
from core.people.roles import Role
from core.people.standing import forget_standing
from proposals.models import Dossier, Proposal
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Council, ScoreBallot, VoteBallot
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.people import MembershipFactory, department, user_with

K = CouncilKind.IDENTIFICATION
CANARY = "Ý KIẾN BÍ MẬT"
INSIDE = ("officer", "head", "director", "chair", "clerk", "secretary", "second")
PAGES = ("council-detail", "council-counts", "council-ballots", "council-conclusions", "council-members")


def with_canary(item, seat):
    return make.vote(comment=f"{CANARY} {seat.pk}")


def tell():
    """The ballot of a council is open; another proposal comes before no council yet, nor does an order."""
    people = make.cast()
    call = before.open_call(people)
    judged, proposal = (before.screened_proposal(people, call) for _ in range(2))
    council = make.voting(people, K, [judged])
    order, dossier = make.assigned_order(people)
    return SimpleNamespace(
        people=people, judged=judged, council=council, proposal=proposal, order=order, dossier=dossier
    )


@pytest.fixture
def council(story):
    """The council whose ballot is open; nobody has voted yet."""
    return story.council


@pytest.fixture
def judged(story):
    """What that council judges."""
    return story.judged


@pytest.fixture
def proposal(story):
    """Screened, and before no council yet."""
    return story.proposal


@pytest.fixture
def order(story):
    """Assigned directly to the university, its dossier opened and valid."""
    return story.order


@pytest.fixture
def dossier(story):
    return story.dossier


def count(people, council):
    """Everybody votes with the canary words, and the ballot is closed."""
    make.cast_all(council, with_canary)
    make.step(council, "close_ballot", people.secretary)


def pages_of(client, council):
    """The text of every page of a council that opens for the client."""
    answers = [client.get(reverse(f"reviews:{name}", args=[council.code])) for name in PAGES]
    answers.append(client.get(reverse("reviews:council-list")))
    return {answer.wsgi_request.path: answer.content.decode() for answer in answers if answer.status_code == 200}


def seen(client, council, *words):
    found = pages_of(client, council)
    return {word for word in words if any(word in text for text in found.values())}


def test_before_the_count_nobody_reads_another_s_ballot_or_a_sum(people, council, client_for):
    make.cast_all(council, with_canary)
    item, seats = items_of(council)[0], seats_of(council)
    inspector = user_with(Role.INSPECTOR)
    readers = [*(getattr(people, name) for name in INSIDE), inspector, *(seat.user for seat in seats)]

    for reader in readers:
        client = client_for(reader)
        assert seen(client, council, CANARY) == set()
        assert client.get(reverse("reviews:council-counts", args=[council.code])).status_code == 404
        assert client.get(reverse("reviews:council-ballots", args=[council.code])).status_code == 404
        others = visible_to(reader, VoteBallot).exclude(seat__user=reader)
        assert not others.exists()
    assert not item.agree


def test_while_the_ballot_is_open_only_who_takes_it_over_sees_who_has_voted_and_never_how(people, council, client_for):
    (item,), seats = items_of(council), seats_of(council)
    make.services.cast_ballot(item, with_canary(item, seats[0]), actor=seats[0].user)
    notes = {}
    for reader in (people.secretary, people.officer, people.head, people.director, seats[0].user, seats[1].user):
        answer = client_for(reader, "en").get(council.get_absolute_url())
        assert CANARY not in answer.content.decode() or reader == seats[0].user
        (panel,) = [one for one in answer.context["slots"]["people"] if str(one.title) == "Members"]
        notes[reader.pk] = [person.note for person in panel.context["people"]][:2]
    told = ["Ballots in: 1 of 1", "Ballots in: 0 of 1"]
    assert [notes[one.pk] for one in (people.secretary, people.officer, people.head)] == [told] * 3
    silent = (people.director, seats[0].user, seats[1].user)
    assert [one for one in silent if any("Ballots in" in note for note in notes[one.pk])] == []


def test_after_the_count_sums_are_for_the_council_and_names_for_three(people, council, client_for):
    count(people, council)
    seats = seats_of(council)
    chair, vice, scientific = (seat.user for seat in seats[:3])
    may_read_names = {chair.pk, scientific.pk, people.head.pk}
    may_read_sums = {people.head.pk, people.secretary.pk, people.second.pk, *(seat.user_id for seat in seats)}

    for reader in [*(getattr(people, name) for name in INSIDE), *(seat.user for seat in seats)]:
        client = client_for(reader)
        assert (CANARY in seen(client, council, CANARY)) == (reader.pk in may_read_names)
        counts = client.get(reverse("reviews:council-counts", args=[council.code])).status_code
        assert (counts == 200) == (reader.pk in may_read_sums)
        assert can(reader, "see_names", council).allowed == (reader.pk in may_read_names)
    assert vice.pk not in may_read_names


def test_a_typist_reads_a_paper_ballot_only_while_it_is_open(people, council):
    item, seats = items_of(council)[0], seats_of(council)
    for seat in seats[1:]:
        make.services.cast_ballot(item, make.vote(), actor=seat.user)
    paper = make.services.Paper(seat=seats[0], scan=make.scan())
    ballot = make.services.enter_paper_ballot(item, make.vote(), paper=paper, actor=people.secretary)
    assert can(people.secretary, "view", ballot)
    assert can(people.second, "view", ballot)
    make.services.confirm_ballot(ballot, actor=people.second)

    make.step(council, "close_ballot", people.secretary)

    assert not can(people.secretary, "view", ballot)
    assert not can(people.second, "view", ballot)
    assert can(people.head, "view", ballot)


def test_whoever_sits_in_the_council_reads_no_paper_ballot_of_the_others(people, proposal, client_for):
    """Officer, head and secretary may be members too: they would know how the others voted before they vote."""
    staff = [people.officer, people.head, people.second]
    for one in staff:
        MembershipFactory(user=one, organisation=department(), role=Role.COUNCIL_MEMBER)
        forget_standing(one)
    council = make.voting(people, K, [proposal], users=staff)
    item, seats = items_of(council)[0], seats_of(council)
    paper = make.services.Paper(seat=seats[5], scan=make.scan())
    ballot = make.services.enter_paper_ballot(item, make.vote(comment=CANARY), paper=paper, actor=people.secretary)

    for one in staff:
        client, room = client_for(one, "en"), client_for(one, "en").get(council.get_absolute_url()).text
        assert can(one, "vote", item)
        assert [can(one, action, ballot).allowed for action in ("view", "confirm")] == [False, False]
        pages = ("ballot-scan-identification", "ballot-confirm-identification")
        assert [client.get(reverse(f"reviews:{page}", args=[ballot.code])).status_code for page in pages] == [404, 404]
        assert [word for word in (CANARY, "Ballots on paper", ballot.code) if word in room] == []
        with pytest.raises(PermissionDenied):
            make.services.confirm_ballot(ballot, actor=one)
    assert client_for(people.second).get(reverse("reviews:ballot-type", args=[item.code])).status_code == 404
    with pytest.raises(PermissionDenied):
        make.services.enter_paper_ballot(item, make.vote(), paper=paper, actor=people.second)

    other = user_with(Role.OFFICER)
    assert make.services.confirm_ballot(ballot, actor=other).confirmed_by == other


def test_the_inspector_reads_after_the_conclusion(people, council, client_for):
    count(people, council)
    inspector = user_with(Role.INSPECTOR)
    assert pages_of(client_for(inspector), council).keys() == {reverse("reviews:council-list")}

    make.conclude(people, council)

    assert seen(client_for(inspector), council, CANARY) == {CANARY}


def test_whoever_applies_sees_neither_councils_nor_the_names_in_them(people, council, judged, client_for):
    count(people, council)
    make.conclude(people, council)
    names = [seat.user.full_name for seat in seats_of(council)]
    judged.refresh_from_db()

    for reader in (people.applicant, people.signer):
        client = client_for(reader)
        page = client.get(judged.get_absolute_url())
        text = page.content.decode()
        assert page.status_code == 200
        assert [name for name in names if name in text] == []
        assert council.code not in text
        assert CANARY not in text
        assert client.get(council.get_absolute_url()).status_code == 404
        assert client.get(reverse("reviews:council-list")).status_code == 404
        assert not visible_to(reader, Council).exists()
        assert not visible_to(reader, AgendaItem).exists()
        assert not visible_to(reader, VoteBallot).exists()


def test_a_host_reads_the_remarks_after_the_conclusion_and_no_names(people, order, dossier, client_for):
    council = make.counted(
        people, CouncilKind.SELECTION, [order], ballot=lambda item, _seat: make.even_scores(item, comment=CANARY)
    )
    make.services.write_conclusion(ballot_items(council)[0], actor=people.secretary, remarks="Cần làm rõ phương pháp")
    client = client_for(people.signer)
    assert "Cần làm rõ phương pháp" not in client.get(dossier.get_absolute_url()).content.decode()

    head = items_of(council)[0]
    make.services.write_conclusion(head, actor=people.secretary, conclusion="Thống nhất")
    make.step(council, "conclude_selection", seats_of(council)[0].user)

    text = client.get(dossier.get_absolute_url()).content.decode()
    assert "Cần làm rõ phương pháp" in text
    assert CANARY not in text
    assert [seat.user.full_name for seat in seats_of(council) if seat.user.full_name in text] == []


def test_a_member_of_one_council_knows_nothing_of_another(people, proposal, client_for):
    mine = make.established(people, K, [proposal])
    other = make.established(people, K, [before.screened_proposal(people, proposal.call)])
    user = seats_of(mine)[5].user

    assert list(visible_to(user, Council)) == [mine]
    assert list(visible_to(user, Proposal)) == [proposal]
    assert client_for(user).get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("query", ["q={name}", "state=voting", "sort=-state", "kind=identification", "plan_year=2027"])
def test_filters_and_orders_of_the_list_tell_nothing_of_members(people, council, client_for, query):
    """Searching a member's name finds no council, for staff as for members: names are no column of the list."""
    name = seats_of(council)[4].user.full_name
    client = client_for(seats_of(council)[5].user)
    text = client.get(f"{reverse('reviews:council-list')}?{query.format(name=quote(name))}").content.decode()
    assert name not in text.replace(f'value="{name}"', "")
    assert (council.code in text) == (query != "q={name}")


def test_a_removed_member_reads_nothing_any_more(people, proposal, client_for):
    council = make.established(people, K, [proposal])
    seat = seats_of(council)[5]
    make.replaced(people, seat)
    assert not visible_to(seat.user, Council).exists()
    assert not visible_to(seat.user, Proposal).exists()


def test_the_dossiers_of_a_selection_are_open_to_its_members_alone(people, order, dossier):
    council = make.established(people, CouncilKind.SELECTION, [order])
    stranger = user_with(Role.COUNCIL_MEMBER)
    assert list(visible_to(seats_of(council)[4].user, Dossier)) == [dossier]
    assert not visible_to(stranger, Dossier).exists()
    assert not ScoreBallot.objects.exists()


def test_a_member_whose_role_ended_neither_reads_nor_votes(people, council, judged, client_for):
    item, seats = ballot_items(council)[0], seats_of(council)
    member, chair = seats[-1].user, seats[0].user
    assert can(member, "vote", item).allowed
    for user in (member, chair):
        user.memberships.update(valid_from=make.clock.add_days(make.clock.today(), -90, "days"))
        user.memberships.update(valid_to=make.clock.add_days(make.clock.today(), -1, "days"))
    former, presiding = (User.objects.get(pk=user.pk) for user in (member, chair))
    asked = [("view", council), ("view", item), ("vote", item), ("view", judged)]
    assert [can(former, action, one).allowed for action, one in asked] == [False] * 4
    client = client_for(former)
    sent = client.post(reverse("reviews:ballot-cast", args=[item.code]), {"key": uuid4(), "answer": "agree"})
    assert (sent.status_code, VoteBallot.objects.count()) == (404, 0)
    assert not can(presiding, "conclude", council)


def test_with_the_conclusion_a_member_stops_reading_what_was_judged_and_keeps_the_minutes(
    people, order, dossier, client_for
):
    council = make.counted(people, CouncilKind.SELECTION, [order])
    member = seats_of(council)[-1].user
    assert can(member, "read", dossier).allowed
    make.conclude(people, council)
    assert (can(member, "view", dossier).allowed, can(member, "read", dossier).allowed) == (False, False)
    assert can(member, "view", council).allowed
    assert set(visible_to(member, Document).values_list("kind", flat=True)) >= {"council_minutes"}
    client = client_for(member)
    for page in ("council-detail", "council-counts"):
        text = client.get(reverse(f"reviews:{page}", args=[council.code])).content.decode()
        assert (dossier.code in text, f'href="{dossier.get_absolute_url()}"' in text) == (True, False)
