"""Worked sittings of acceptance councils: grades computed from a matrix of products and criteria."""

from datetime import date, timedelta

import pytest

from core import clock
from core.documents.models import Document
from core.money import VND
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from reviews import services
from reviews.lifecycle import CouncilKind
from reviews.models import GradeBallot, Level
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from tasks.models import AcceptanceFile, Grade
from tests.factories import reviews as make
from tests.factories import tasks
from tests.factories.asking import objections
from tests.factories.rules import province_says

K = CouncilKind.ACCEPTANCE


def filed(people, **more):
    return tasks.adopted(people, "acceptance_filed", **more)


def test_everything_meets_the_order(people):
    task = filed(people)

    council = make.concluded(people, K, [task])

    task.refresh_from_db()
    item = items_of(council)[0]
    assert (item.grade, item.passed, item.valid) == ("pass", True, 7)
    assert (task.state, task.grade) == ("accepted", "pass")
    minutes = Document.objects.get(subject_code=council.code, kind="acceptance_minutes").facts
    assert minutes["grade"] == "Đạt"
    assert [(one["criterion"], one["excellent"], one["passed"], one["failed"]) for one in minutes["products"]] == [
        ("Số lượng, khối lượng", 0, 7, 0),
        ("Chất lượng", 0, 7, 0),
        ("Chủng loại", 0, 7, 0),
    ]
    assert [one["ballot"] for one in minutes["grades"]] == ["01", "02", "03", "04", "05", "06", "07"]
    assert minutes["revisions"] == ["Làm rõ phương pháp"]


def test_the_minutes_of_an_extended_task_name_the_months_between_its_days(people):
    task = filed(people, months=24, starts_on=date(2024, 3, 2), ends_on=date(2026, 9, 1))
    council = make.concluded(people, K, [task])
    told = Document.objects.get(subject_code=council.code, kind="acceptance_minutes").facts["task"]
    assert (told["months"], told["starts_on"], told["ends_on"]) == (30, "2024-03-02", "2026-09-01")


def test_six_of_seven_excellent_are_more_than_three_quarters(people):
    def ballot(item, seat):
        return make.grades(item, Level.PASS if seat.position == "chair" else Level.EXCELLENT)

    council = make.counted(people, K, [filed(people)], ballot=ballot)

    assert items_of(council)[0].grade == "excellent"
    assert sorted(GradeBallot.objects.values_list("grade", flat=True)) == ["excellent"] * 6 + ["pass"]


def test_more_than_a_third_say_fail(people):
    """3 of 7 is more than 1/3: their report level is Fail."""

    def ballot(item, seat):
        fails = seat.position in {"chair", "vice_chair", "secretary"}
        return make.grades(item, report=Grade.FAIL if fails else Grade.PASS)

    task = filed(people)
    council = make.counted(people, K, [task], ballot=ballot)
    make.conclude(people, council)

    task.refresh_from_db()
    assert (items_of(council)[0].grade, task.state, task.grade) == ("fail", "failed", "fail")


@pytest.mark.parametrize(
    ("limit", "grade"), [(None, "fail"), (("40", "days"), "excellent"), (("2", "months"), "excellent")]
)
def test_a_late_dossier_fails_whatever_the_members_think(people, settings, tmp_path, limit, grade):
    if limit:
        province_says(settings, tmp_path, "acceptance.late_fail_days", limit[0], unit=limit[1])
    task = filed(people)
    task.acceptance_file = AcceptanceFile.objects.create(
        task=task,
        attempt=task.acceptance_attempt,
        final_report_on=clock.today(),
        summary="Tóm tắt",
        self_grade=Grade.EXCELLENT,
        self_assessment="Vượt yêu cầu",
        spent_vnd=VND(0),
        other_spent_vnd=VND(0),
        filed_on=clock.today(),
        due_on=clock.today() - timedelta(days=1),
    )
    task.save(update_fields=["acceptance_file"])
    council = make.counted(people, K, [task], ballot=lambda item, _seat: make.grades(item, Level.EXCELLENT))

    assert items_of(council)[0].grade == grade


def test_an_old_task_needs_nine_members_among_them_three_representatives(people):
    task = tasks.adopted(people, "grassroots_accepted", approved_on=date(2024, 5, 6))
    assert task.regulation == "r1_2013"
    small = make.seated(people, K, [task])
    with pytest.raises(StepRefused) as refused:
        make.before.prepare_document(small, "establish", actor=people.officer)
    assert "Thông tư 11/2014/TT-BKHCN" in refused.value.refusals[0].source
    make.step(small, "cancel", people.head, reason="Sai số lượng")

    council = make.concluded(people, K, [task], size=9)

    assert (council.regulation, council.state, len(seats_of(council))) == ("r1_2013", "concluded", 9)


@pytest.mark.parametrize(
    ("approved_on", "before"),
    [(date(2024, 5, 6), "grassroots_accepted"), (date(2026, 1, 5), "acceptance_filed")],
)
def test_a_dissolved_council_gives_the_task_back_as_it_took_it(people, approved_on, before):
    task = tasks.adopted(people, before, approved_on=approved_on)
    council = make.established(people, K, [task], size=9)
    task.refresh_from_db()
    assert task.state == "at_council"

    council = services.write_dissolution_reason(council, actor=people.officer, reason="Thay đổi nhân sự")
    make.paper(council, "dissolve", people, people.director, reason="Thay đổi nhân sự")

    task.refresh_from_db()
    days = parameter("council.acceptance.setup_days", task.regulation)
    assert (task.state, task.due_on) == (before, clock.deadline(clock.today(), days.value, days.unit))


def test_somebody_of_the_earlier_council_must_sit(people):
    """TT 11/2014/TT-BKHCN: sure for old tasks, to be confirmed for new ones; where an earlier council is known here."""
    order, dossier = make.assigned_order(people)
    make.concluded(people, CouncilKind.SELECTION, [order])
    former = make.selection_board(order)
    task = filed(people)
    task.order, task.dossier = order, dossier
    task.save(update_fields=["order", "dossier"])

    strangers = make.seated(people, K, [task])
    found = objections(strangers, "establish", people.director)
    assert [(one.source, one.blocking) for one in found] == [("Thông tư 11/2014/TT-BKHCN", False)]
    strangers.regulation = "r1_2013"
    old = objections(strangers, "establish", people.director)
    assert [one.blocking for one in old if str(one) == str(found[0])] == [True]
    strangers.refresh_from_db()
    make.step(strangers, "cancel", people.head, reason="Thiếu thành viên cũ")

    council = make.established(people, K, [task], users=[None, None, None, former[3]])
    assert council.state == "established"
