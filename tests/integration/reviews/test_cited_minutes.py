"""Which minutes of an acceptance the later papers cite: those of the task's own council, and never void ones."""

import pytest

from core.documents.models import Document
from core.documents.snapshot import check_references
from core.workflow.ruling import StepRefused
from reviews.lifecycle import CouncilKind
from tasks.models import Grade
from tasks.selectors.papers import acceptance_of
from tests.factories import reviews as make
from tests.factories import tasks
from tests.factories.documents import voided

K = CouncilKind.ACCEPTANCE


def minutes_of(council):
    return Document.objects.get(subject_code=council.code, kind="acceptance_minutes")


@pytest.fixture
def task(people):
    return tasks.adopted(people, "acceptance_filed")


def test_the_minutes_of_the_council_are_cited_by_number_and_day(people, task):
    paper = minutes_of(make.concluded(people, K, [task]))
    found = acceptance_of(task)
    assert (found["symbol"], found["date"]) == (paper.symbol, paper.day.isoformat())
    assert (found["name"], found["issuer"]) == ("Biên bản họp", paper.body.name_on(paper.day).name_vi)


def test_void_minutes_are_not_cited_and_no_paper_rests_on_them(people, task):
    voided(people, minutes_of(make.concluded(people, K, [task])))
    task.refresh_from_db()
    found = acceptance_of(task)
    assert (found["symbol"], found["date"]) == ("", "")
    with pytest.raises(StepRefused, match="Hội đồng nghiệm thu"):
        check_references({"acceptance": found})


def test_each_task_cites_the_minutes_of_its_own_council(people, task):
    other = tasks.adopted(people, "acceptance_filed")
    mine, theirs = (minutes_of(make.concluded(people, K, [one])) for one in (task, other))
    assert mine.symbol != theirs.symbol
    assert [acceptance_of(one)["symbol"] for one in (task, other)] == [mine.symbol, theirs.symbol]


def test_a_task_accepted_before_this_system_is_cited_by_the_day(people):
    task = tasks.graded(people, Grade.PASS)
    assert acceptance_of(task) == {
        "name": "Biên bản họp Hội đồng nghiệm thu",
        "symbol": "",
        "date": task.accepted_on.isoformat(),
        "issuer": "",
    }
