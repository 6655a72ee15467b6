"""Whoever owes something, or waits for something, is told when a step takes it away."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from core import clock
from core.money import VND
from core.notifications.models import Notice
from core.people.models import User
from core.people.policy import can
from proposals.services import write_ground
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.selectors.seats import seats_of
from tasks.models import Grade, Task
from tests.factories import funds as money
from tests.factories import proposals as before
from tests.factories import reviews
from tests.factories import tasks as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def told(subject, tell):
    """Who was told of it; each of them may open what the notice leads to."""
    people = [one.recipient for one in Notice.objects.filter(subject_code=subject.code, tell=tell)]
    assert [one for one in people if not can(one, "view", subject)] == []
    return addresses(people)


def addresses(people: Iterable[User]):
    return sorted(one.email for one in people)


def approved_order(people, rival=None):
    """An order that was awarded to the university; the rival's dossier waits in reserve."""
    order = before.called_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    second = before.submitted_dossier(rival, order) if rival else None
    with clock.moved_to(order.selection_call.closes_at + timedelta(hours=1)):
        before.open_dossiers(people, order)
        before.appraised_order(people, order, dossier)
        if second:
            before.as_effects(people, (second, "hold"))
    return order


def with_ground(people, order):
    write_ground(order, actor=people.officer, ground="Chủ trì xin rút")
    order.refresh_from_db()


def test_the_winner_is_told_that_the_approval_is_revoked():
    people = make.cast()
    order = approved_order(people)
    with clock.moved_to(clock.instant(clock.today() + timedelta(days=90))):
        money.plan(1_000 * money.MILLION)
        before.paper(order, "approve_task", people, people.chair)
        with_ground(people, order)
        before.paper(order, "revoke", people, people.chair)
    winner = addresses([people.applicant, people.signer])
    assert told(order, "proposals.award_revoked") == winner
    assert told(Task.objects.get(order=order), "tasks.task_revoked") == winner


def test_the_winner_is_told_that_the_reserve_takes_the_place_and_the_reserve_that_it_does():
    people, rival = make.cast(), before.bidder()
    order = approved_order(people, rival)
    with clock.moved_to(clock.instant(clock.today() + timedelta(days=90))):
        money.plan(1_000 * money.MILLION)
        before.paper(order, "approve_task", people, people.chair)
        with_ground(people, order)
        before.paper(order, "replace_host", people, people.chair)
    winner, reserve = addresses([people.applicant, people.signer]), addresses([rival.applicant, rival.signer])
    assert told(order, "proposals.award_revoked") == winner
    assert told(Task.objects.get(order=order), "tasks.task_revoked") == winner
    assert told(order.dossiers.get(host=rival.university), "proposals.dossier_selected") == reserve


def test_the_host_of_a_task_from_before_is_told_that_its_approval_is_revoked():
    people = make.cast()
    task = make.adopted(people)
    make.step(task, "revoke_without_order", people.chair, reason="Không còn cần thiết")
    assert told(task, "tasks.task_revoked") == addresses([people.applicant, people.signer])


def test_the_host_is_told_that_the_results_may_be_judged_again():
    people = make.cast()
    task = make.graded(people, Grade.FAIL)
    make.step(task, "allow_second_acceptance", people.chair, reason="Có thể khắc phục")
    assert told(task, "tasks.second_acceptance_allowed") == addresses([people.applicant, people.signer])


def test_the_host_is_told_that_it_owes_nothing_any_more():
    who = money.house()
    task = money.running(who)
    money.paid(who, task)
    money.terminated(who, task, spent=300 * money.MILLION, accepted=250 * money.MILLION)
    money.recovering(who, task, VND(300 * money.MILLION))
    make.step(money.recorded(who, task, 300 * money.MILLION), "confirm", who.accountant)
    make.step(task, "close_recovery", who.accountant)
    assert told(task, "tasks.recovery_ended") == addresses([who.people.applicant, who.people.signer])


def test_the_host_is_told_that_an_inspection_it_was_announced_does_not_come():
    people = make.cast()
    inspection = make.planned_inspection(people, make.running(people), date(2026, 3, 16))
    make.step(inspection, "announce", people.officer)
    make.step(inspection, "cancel", people.head, reason="Bão số 3")
    assert told(inspection, "tasks.inspection_cancelled") == addresses([people.applicant, people.signer])


def test_nobody_is_told_of_an_inspection_that_was_never_announced():
    people = make.cast()
    inspection = make.planned_inspection(people, make.running(people), date(2026, 3, 16))
    make.step(inspection, "cancel", people.head, reason="Bão số 3")
    assert not Notice.objects.filter(subject_code=inspection.code).exists()


def test_the_members_are_told_that_their_council_is_dissolved_and_read_its_page(client_for):
    people = reviews.cast()
    proposal = before.screened_proposal(people, before.open_call(people))
    council = reviews.established(people, CouncilKind.IDENTIFICATION, [proposal])
    stranger = reviews.established(
        people, CouncilKind.IDENTIFICATION, [before.screened_proposal(people, before.open_call(people))]
    )
    members = [seat.user for seat in seats_of(council)]
    council = services.write_dissolution_reason(council, actor=people.officer, reason="Thay đổi kế hoạch")
    before.paper(council, "dissolve", people, people.director, reason="Thay đổi kế hoạch")
    assert told(council, "reviews.council_dissolved") == addresses(members)
    assert client_for(members[0]).get(council.get_absolute_url()).status_code == 200
    assert client_for(members[0]).get(proposal.get_absolute_url()).status_code == 404
    assert not any(can(one.user, "view", council) for one in seats_of(stranger))
