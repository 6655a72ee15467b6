"""Titles of the demo: real ones once, invented ones never alike."""

import csv

from core import text
from demo.loader.plan_proposals import proposal_plans
from demo.loader.plan_tasks import UNLUCKY, task_plans
from demo.loader.titles import DATA, TitleBook, invented_titles, real_titles
from proposals.choices import Field
from proposals.lifecycle import ProposalState


def every_plan():
    book = TitleBook()
    return proposal_plans(book), task_plans(book)


def test_the_word_plan_gives_no_two_titles_alike():
    titles = [text.fold(title.text) for title in invented_titles()]
    assert len(set(titles)) == len(titles) == 422


def test_every_invented_title_names_the_province_and_is_synthetic():
    titles = invented_titles()
    assert all("Bình An" in title.text and title.synthetic for title in titles)
    assert {title.field for title in titles} == set(Field)


def test_no_placeholder_of_the_word_plan_is_left():
    assert not [title for title in invented_titles() if "{" in title.text]


def test_every_real_title_is_used_exactly_once():
    proposals, tasks = every_plan()
    used = [plan.title.text for plan in (*proposals, *tasks) if not plan.title.synthetic]
    with (DATA / "real_titles.csv").open(encoding="utf-8", newline="") as rows:
        published = [row["title"] for row in csv.DictReader(rows)]
    assert sorted(used) == sorted(published)


def test_no_title_of_the_demo_is_used_twice():
    proposals, tasks = every_plan()
    titles = [plan.title.text for plan in (*proposals, *tasks)]
    assert len(set(titles)) == len(titles)


def test_a_real_title_never_meets_an_invented_failure():
    proposals, tasks = every_plan()
    bad = {ProposalState.REJECTED, ProposalState.WITHDRAWN, ProposalState.RETURNED}
    assert not [plan for plan in proposals if plan.story.state in bad and not plan.title.synthetic]
    assert not [plan for plan in tasks if plan.life in UNLUCKY and not plan.title.synthetic]


def test_a_book_without_real_titles_goes_on_with_invented_ones():
    book = TitleBook()
    number = len(real_titles()["proposed"])
    assert [book.real("proposed").synthetic for _ in range(number + 1)] == [*[False] * number, True]
