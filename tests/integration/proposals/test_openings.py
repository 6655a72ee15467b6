"""An order that is called again is opened again: each opening has minutes of its own, about its own dossiers."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from core import clock
from core.documents.models import Document
from core.people.policy import can
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.lifecycle import CallKind
from proposals.services.openings import Finding
from tests.factories import proposals as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
AFTER = timedelta(days=61)


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, order=make.called_order(people, make.open_call(people)))


@pytest.fixture
def order(story):
    return story.order


def minutes_of(order):
    """The minutes of every opening of the order, the oldest first."""
    return list(Document.objects.filter(kind="opening_minutes", subject_code=order.code).order_by("pk"))


def codes(paper):
    return [row["code"] for row in paper.facts["dossiers"]]


def failed(people, order, bidder):
    """The first call brings one dossier, which is not valid."""
    dossier = make.submitted_dossier(bidder, order)
    with clock.moved_to(clock.now() + AFTER):
        make.open_dossiers(people, order, {dossier.code: Finding(valid=False, reason="Thiếu đơn")})
        make.step(order, "find_no_dossier", people.officer, reason="Không có hồ sơ hợp lệ")
        make.step(order, "call_again", people.head, reason="Mở lại")
    return dossier


def called_again(people, order):
    selection = make.draft_call(people, CallKind.SELECTION, title="Tuyển chọn lần 2")
    services.put_orders_on_call(selection, actor=people.officer, orders=[order])
    make.paper(selection, "announce_selection", people, people.director)
    order.refresh_from_db()
    return order


def test_a_second_opening_has_its_own_minutes_and_the_first_stay_as_they_are(people, order):
    first_host, second_host = make.bidder(), make.bidder()
    first = failed(people, order, first_host)
    (before,) = minutes_of(order)
    with clock.moved_to(clock.now() + AFTER):
        called_again(people, order)
        second = make.submitted_dossier(second_host, order)
        with clock.moved_to(clock.now() + AFTER):
            make.open_dossiers(people, order)
    kept, after = minutes_of(order)
    assert (kept.pk, kept.symbol, kept.context) == (before.pk, before.symbol, before.context)
    assert (codes(kept), codes(after)) == ([first.code], [second.code])
    assert after.facts["opened_at"] > kept.facts["opened_at"]
    assert after.facts["call"]["symbol"] != kept.facts["call"]["symbol"]
    # The minutes name every bidder: each host reads those of the opening in which its own dossier was opened.
    reads = {
        name: [can(host.signer, "view", paper).allowed for paper in (kept, after)]
        for name, host in {"first": first_host, "second": second_host}.items()
    }
    assert reads == {"first": [True, False], "second": [False, True]}


def test_the_minutes_are_those_of_the_opening_that_was_held_last_whatever_hour_was_written(people, order):
    failed(people, order, make.bidder())
    with clock.moved_to(clock.now() + AFTER):
        called_again(people, order)
        second = make.submitted_dossier(people, order)
        with clock.moved_to(clock.now() + AFTER):
            wrong = replace(make.occasion(people), opened_at=clock.now() - 2 * AFTER)
            found = {second.code: Finding(valid=True)}
            services.record_opening(order, actor=people.head, occasion=wrong, findings=found)
            order.refresh_from_db()
            make.step(order, "open_dossiers", people.officer)
    assert codes(minutes_of(order)[-1]) == [second.code]


def recorded(people, order, *dossiers):
    """The head of division has written the record, and the dossiers are not opened yet."""
    found = {one.code: Finding(valid=True) for one in dossiers}
    services.record_opening(order, actor=people.head, occasion=make.occasion(people), findings=found)


def test_after_the_record_nothing_is_withdrawn_and_nothing_comes_in(people):
    order = make.called_order(people, make.open_call(people))
    rival = make.bidder()
    first, second = make.submitted_dossier(people, order), make.submitted_dossier(rival, order)
    with clock.moved_to(clock.now() + AFTER):
        recorded(people, order, first, second)
        with pytest.raises(StepRefused):
            make.step(first, "withdraw", people.signer, reason="Bổ sung hồ sơ")
        order.refresh_from_db()
        make.step(order, "open_dossiers", people.officer)
    assert sorted(codes(minutes_of(order)[0])) == sorted([first.code, second.code])


def test_whoever_wrote_the_record_does_not_open_the_dossiers_by_it(people, order):
    """One officer alone would throw a bidder out for good."""
    first, rival = make.submitted_dossier(people, order), make.submitted_dossier(make.bidder(), order)
    found = {first.code: Finding(valid=True), rival.code: Finding(valid=False, reason="Thiếu dấu")}
    with clock.moved_to(clock.now() + AFTER):
        services.record_opening(order, actor=people.officer, occasion=make.occasion(people), findings=found)
        order.refresh_from_db()
        with pytest.raises(StepRefused) as caught, override("en"):
            make.step(order, "open_dossiers", people.officer)
        said = ["The same person may not take both of these steps (separation of duties)."]
        assert [str(one) for one in caught.value.refusals] == said
        make.step(order, "open_dossiers", user_with(Role.OFFICER))
    rival.refresh_from_db()
    assert rival.state == "invalid"
