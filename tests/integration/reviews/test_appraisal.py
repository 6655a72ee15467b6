"""A worked appraisal of a budget: five members, line by line, never more than was asked for."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.documents.models import Document
from core.money import VND
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import items_of, waiting
from reviews.selectors.seats import seats_of
from reviews.services import Granted
from tasks.models import Task
from tasks.selectors.papers import papers_of_task
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.asking import ruled
from tests.factories.funds import plan

K = CouncilKind.APPRAISAL
MILLION = 1_000_000


def granted(state=800, other=0, reason=""):
    return Granted(state_vnd=VND(state * MILLION), other_vnd=VND(other * MILLION), reason=reason)


def tell():
    """The team is sitting on the university's dossier of 1 000 million of the state and 100 million of its own."""
    people = make.cast()
    order, dossier = make.revised_dossier(people)
    council = make.sitting(people, K, [dossier], users=make.selection_board(order)[:1])
    return SimpleNamespace(people=people, team=(council, order, dossier))


@pytest.fixture
def team(story):
    return story.team


def test_the_granted_amounts_enter_the_estimate(people, team):
    council, order, dossier = team
    item = items_of(council)[0]
    lines = {1: granted(800), 2: granted(150, 100, "Vượt định mức")}

    services.appraise(item, lines, actor=people.secretary)
    make.step(council, "conclude_appraisal", seats_of(council)[0].user)

    dossier.refresh_from_db()
    order.refresh_from_db()
    assert (dossier.state, order.state) == ("appraised", "host_recommended")
    assert (dossier.appraised_state_vnd, dossier.appraised_other_vnd) == (950 * MILLION, 100 * MILLION)
    entered = dossier.budget_lines.order_by("sequence")
    assert [(line.approved_state_vnd, line.approved_other_vnd, line.reason) for line in entered] == [
        (800 * MILLION, 0, ""),
        (150 * MILLION, 100 * MILLION, "Vượt định mức"),
    ]
    minutes = Document.objects.get(subject_code=council.code, kind="appraisal_minutes").facts
    assert [(one["asked"], one["approved"]) for one in minutes["items"]] == [
        (800 * MILLION, 800 * MILLION),
        (300 * MILLION, 250 * MILLION),
    ]
    assert minutes["conclusions"][0] == "Thống nhất mức kinh phí thẩm định là 1.050.000.000 đồng"


def test_the_lines_of_the_task_make_its_approved_amounts_after_cuts_of_both_moneys(people, team):
    council, order, _dossier = team
    lines = {1: granted(800), 2: granted(150, 60, "Vượt định mức")}
    services.appraise(items_of(council)[0], lines, actor=people.secretary)
    make.step(council, "conclude_appraisal", seats_of(council)[0].user)
    order.refresh_from_db()
    plan(1_000_000_000, payer=order.payer)

    before.paper(order, "approve_task", people, people.chair)

    task = Task.objects.get(order=order)
    assert [(line.state_vnd, line.other_vnd) for line in task.budget_lines.order_by("sequence")] == [
        (800 * MILLION, 0),
        (150 * MILLION, 60 * MILLION),
    ]
    assert (task.approved_state_vnd, task.approved_other_vnd) == (950 * MILLION, 60 * MILLION)


def test_a_host_refused_meanwhile_is_not_appraised_to_the_end(people, team):
    council, order, dossier = team
    lines = {1: granted(800), 2: granted(150, 100, "Vượt định mức")}
    services.appraise(items_of(council)[0], lines, actor=people.secretary)
    make.step(order, "refuse_award", people.chair, reason="Không còn phù hợp")
    chair = seats_of(council)[0].user
    with override("en"):
        (offer,) = (one for one in available_steps(council, chair) if one.row.name == "conclude_appraisal")
        assert [str(one) for one in offer.refusals] == [f"These cannot come to a council now: {dossier.code}."]


def test_nobody_concludes_before_every_line_is_decided(people, team):
    council, _order, _dossier = team
    with pytest.raises(StepRefused):
        make.step(council, "conclude_appraisal", seats_of(council)[0].user)


@pytest.mark.parametrize(
    "lines",
    [
        {1: granted(800)},
        {1: granted(801), 2: granted(200, 100)},
        {1: granted(800), 2: granted(199, 100)},
        {1: granted(800), 2: granted(200, 101)},
        {1: granted(-1), 2: granted(200, 100)},
    ],
    ids=["a line is missing", "more than asked", "cut without a reason", "more of the host's money", "negative"],
)
def test_what_does_not_fit_is_refused(people, team, lines):
    council, _order, _dossier = team
    with pytest.raises(ValidationError):
        services.appraise(items_of(council)[0], lines, actor=people.secretary)


def test_somebody_of_the_scientific_council_must_be_in_the_team(people):
    _order, dossier = make.revised_dossier(people)
    council = make.seated(people, K, [dossier])

    # The circular speaks of tasks under the old rules; that it goes on under the new ones is to be confirmed.
    for regulation, is_sure in (("r1_2013", True), ("r2_2025", False)):
        council.regulation = regulation
        weights = [(source, blocking) for _text, source, blocking in ruled(council, "establish", people.director)]
        assert weights == [("Thông tư 15/2022/TT-BKHCN, Điều 20", is_sure)]


def test_a_team_without_a_secretary_is_lawful_and_all_its_members_sign(people):
    """Head, deputy, one of the council, finance officers (Circular 15/2022/TT-BKHCN, Article 20): nobody else."""
    order, dossier = make.revised_dossier(people)
    council = make.seated(people, K, [dossier], users=make.selection_board(order)[:1])
    council.seats.filter(position="secretary").update(position="member")
    assert ruled(council, "establish", people.director) == []
    council.seats.filter(position="chair").update(position="member")
    assert ("The council has no chair.", "", True) in ruled(council, "establish", people.director)


def test_a_dossier_waits_for_one_team_at_a_time(people):
    _order, dossier = make.revised_dossier(people)
    assert list(waiting(K)) == [dossier]
    make.draft(people, K, [dossier])
    assert not waiting(K).exists()


def test_the_file_of_a_task_holds_the_papers_of_its_proposals_and_councils(people, team):
    council, order, _dossier = team
    services.appraise(items_of(council)[0], {1: granted(800), 2: granted(200, 100)}, actor=people.secretary)
    make.step(council, "conclude_appraisal", seats_of(council)[0].user)
    order.refresh_from_db()
    plan(1_000_000_000, payer=order.payer)
    before.paper(order, "approve_task", people, people.chair)

    kept = papers_of_task(Task.objects.get(order=order)).values_list("kind", flat=True)

    everything = Document.objects.exclude(kind="call_announcement").values_list("kind", flat=True)
    assert sorted(kept) == sorted(everything)
    assert {"list_decision", "council_decision", "appraisal_minutes", "dossier_receipt"} <= set(kept)
