"""A task from before, entered on the pages part by part as an officer does it."""

from typing import Any

from django.urls import reverse

from tasks.models import Task
from tests.factories.browsing import FOUND, fill_in, typed_in
from tests.factories.entries import contract_words, task_words
from tests.factories.people import department

PRODUCT = {"products__0__name": "Quy trình nuôi", "products__0__unit": "quy trình", "products__0__quantity": "1"}
GRADED = {"grade": "pass", "accepted_on": "2026-02-10"}
ENDED_EARLY = {
    "ground": "5.3",
    "cause": "objective",
    "terminated_from": "2026-02-01",
    "explanation": "Vi phạm",
    "spent_vnd": "0",
    "accepted_vnd": "0",
    "returned_percent": "0",
    "percent_reason": "Không có khoản chi nào",
}
PAID = {"payments__0__paid_on": "2025-11-24", "payments__0__bank_reference": "KB-0711"}


def url(room: str, name: str, task: Task) -> str:
    """The address of a page about the task."""
    return reverse(f"{room}:{name}", args=[task.code])


def entered(who: Any, officer: Any, **more: Any) -> Task:
    """The facts of the task alone."""
    answer = officer.post(reverse("tasks:task-adopt"), task_words(who.people, **more))
    assert answer.status_code == FOUND, answer.context["form"].errors
    return Task.objects.latest("pk")


def complete(officer: Any, task: Task, **typed: Any) -> None:
    """Products, people, contract."""
    fill_in(officer, url("tasks", "products-edit", task), **PRODUCT)
    fill_in(officer, url("tasks", "members-edit", task), members__0__name="Trần Thị Thư Ký", members__0__months="12")
    address = url("tasks", "contract-edit", task)
    assert typed_in(officer, address, **contract_words(department(), **typed)).status_code == FOUND
    task.refresh_from_db()


def with_balance(officer: Any, task: Task, **more: Any) -> None:
    """The first instalment was paid, and of it 300 million settled."""
    money = {"settled_vnd": "300.000.000", "settled_on": "2026-01-30", "decision": "Sổ theo dõi năm 2025", **PAID}
    fill_in(officer, url("funds", "opening-edit", task), **{**money, **more})
