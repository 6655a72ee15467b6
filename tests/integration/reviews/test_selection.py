"""Worked sittings of selection councils: three rivals, nobody, equals, one passed over."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.documents.models import Document
from core.workflow.ruling import StepRefused
from proposals.lifecycle import DossierState
from proposals.models import Dossier
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import ballot_items, items_of
from reviews.selectors.seats import seats_of, unit_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.asking import said
from tests.factories.people import ExpertFactory

K = CouncilKind.SELECTION
AFTER_CLOSING = timedelta(days=63)


def tell():
    """Three dossiers on one order, opened after the closing of the call."""
    people = make.cast()
    order, dossiers = make.rivals(people)
    with clock.moved_to(clock.now() + AFTER_CLOSING):
        make.opened(people, order)
    return SimpleNamespace(people=people, contest=(order, dossiers))


@pytest.fixture
def contest(story):
    """The order and its dossiers; the clock stands after the closing."""
    with clock.moved_to(clock.now() + AFTER_CLOSING):
        yield story.contest


def states(*records):
    for record in records:
        record.refresh_from_db()
    return [record.state for record in records]


def test_the_best_of_three_is_recommended_and_one_waits_in_reserve(people, contest):
    order, (first, second, third) = contest
    missing = {first.code: 25, second.code: 12, third.code: 40}

    council = make.counted(
        people, K, [order], ballot=lambda item, _seat: make.even_scores(item, missing[item.dossier.code])
    )

    head, *rows = items_of(council)
    assert [(row.mean_hundredths, row.rank, row.passed) for row in rows] == [
        (7500, 2, True),
        (8800, 1, True),
        (6000, 3, False),
    ]
    assert (head.passed, head.recommended) == (True, second)
    services.write_conclusion(rows[1], actor=people.secretary, remarks="Bổ sung dự toán\nLàm rõ tiến độ")
    services.write_conclusion(head, actor=people.secretary, conclusion="Đề nghị giao đơn vị đạt điểm cao nhất")
    make.step(council, "conclude_selection", seats_of(council)[0].user)

    assert states(order, first, second, third) == ["host_recommended", "reserve", "selected", "not_selected"]
    assert (second.mean_hundredths, second.rank, second.remarks) == (8800, 1, "Bổ sung dự toán\nLàm rõ tiến độ")
    minutes = Document.objects.get(subject_code=council.code, kind="council_minutes").facts
    assert [(one["mean"], one["rank"], one["passed"]) for one in minutes["dossiers"]] == [
        ("75,00", 2, True),
        ("88,00", 1, True),
        ("60,00", 3, False),
    ]
    assert minutes["recommended"].startswith(f"đề nghị giao {second.host.name} chủ trì")
    assert minutes["revisions"] == ["Bổ sung dự toán", "Làm rõ tiến độ"]


def test_nobody_passes(people, contest):
    order, dossiers = contest
    council = make.counted(people, K, [order], ballot=lambda item, _seat: make.even_scores(item, 31))
    assert items_of(council)[0].recommended is None

    make.conclude(people, council)

    assert states(order, *dossiers) == ["no_winner", *["not_selected"] * 3]


def test_equals_are_told_apart_by_the_chair(people, contest):
    """Two means of 80; the chair gave the second dossier 86 and the first 74."""
    order, (_first, second, third) = contest

    def ballot(item, seat):
        if item.dossier == third:
            return make.even_scores(item, 35)
        better = (item.dossier == second) == (seat.position == "chair")
        return make.even_scores(
            item, (20 - 6 if better else 20 + 6) if seat.position in {"chair", "vice_chair"} else 20
        )

    council = make.counted(people, K, [order], ballot=ballot)

    head, *rows = items_of(council)
    assert [(row.mean_hundredths, row.rank) for row in rows] == [(8000, 2), (8000, 1), (6500, 3)]
    assert head.recommended == second


def test_where_nothing_tells_them_apart_the_council_chooses(people, contest):
    order, (first, second, third) = contest
    council = make.counted(people, K, [order], ballot=lambda item, _seat: make.even_scores(item, 20))
    head, *rows = items_of(council)
    assert ([row.rank for row in rows], [row.flags for row in rows]) == ([1, 1, 1], [["tie"]] * 3)
    chair = seats_of(council)[0].user

    services.write_conclusion(head, actor=people.secretary, conclusion="Ba hồ sơ bằng điểm")
    with pytest.raises(StepRefused):
        make.step(council, "conclude_selection", chair)
    services.write_conclusion(head, actor=people.secretary, conclusion="Chọn hồ sơ thứ ba", recommended=third)
    make.step(council, "conclude_selection", chair)

    assert states(first, second, third) == ["reserve", "reserve", "selected"]


def test_zero_points_refuse_a_dossier_and_an_outlier_is_only_flagged(people, contest):
    """The first gets 84 with nothing for the last criterion; on the second one member is 50 points off."""
    order, (first, second, _third) = contest

    def ballot(item, seat):
        if item.dossier == first:
            return make.scores(item, 84)
        if item.dossier == second and seat.position == "vice_chair":
            return make.even_scores(item, 60)
        return make.even_scores(item, 10)

    council = make.counted(people, K, [order], ballot=ballot)

    rows = {item.dossier: item for item in ballot_items(council)}
    assert (rows[first].mean_hundredths, rows[first].passed, rows[first].flags) == (8400, False, ["zero:capacity"])
    assert rows[second].mean_hundredths == 8286
    assert [flag.split(":")[0] for flag in rows[second].flags] == ["outlier"]
    assert rows[second].valid == 7


def test_a_selection_takes_one_order(people, contest):
    order, _dossiers = contest
    with pytest.raises(ValidationError):
        make.draft(people, K, [order, order])


def test_a_member_without_a_unit_is_called_what_he_is(people):
    independent = ExpertFactory(position="Chuyên gia độc lập").user
    of_a_house = ExpertFactory(position="Trưởng khoa", affiliation=people.university).user
    assert [unit_of(one) for one in (independent, of_a_house, people.officer)] == [
        "Chuyên gia độc lập",
        people.university.name,
        "",
    ]


def test_a_selection_council_judges_exactly_the_valid_dossiers(people, contest):
    order, dossiers = contest
    council = make.seated(people, K, [order])
    assert said(council, "establish", people.director) == []
    before.as_effects(people, (Dossier.objects.get(pk=dossiers[1].pk), "pass_over"))
    assert Dossier.objects.get(pk=dossiers[1].pk).state == DossierState.NOT_SELECTED
    stale = "The agenda does not hold exactly the valid dossiers of the order: draft it anew."
    assert said(council, "establish", people.director) == [stale]
