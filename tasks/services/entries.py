"""A task from before is completed and corrected on its page until a second person confirms or refuses it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.rows import check_row
from core.workflow.adoption import due_of, place_refusals
from core.workflow.chronicle import entered_on
from proposals.services import texts
from tasks.lifecycle import TaskState
from tasks.models import Task
from tasks.selectors.texts import text_of

from . import common
from .earlier import EarlierPapers, write_papers
from .opening import contract_deadline, set_facts, write_members, write_products

Rows = Iterable[Mapping[str, Any]]


def save_entry(task: Task, *, actor: User, facts: common.Facts, papers: EarlierPapers | None = None) -> Task:
    """Change the facts of the task itself, and which papers from before it cites; regulation and deadlines follow.

    Raises PermissionDenied, and ValidationError also when its rules, which are those of the day of approval, do not
    know the state it was entered in.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_entry")
        set_facts(held, facts)
        misplaced = place_refusals(held, held.state)
        if misplaced:
            raise ValidationError([str(refusal) for refusal in misplaced])
        is_approved = held.state == TaskState.APPROVED and not held.is_followed
        held.due_on = contract_deadline(held) if is_approved else due_of(held, entered_on(held) or clock.today())
        check_row(held, exclude=["code"], unique=False)
        held.save()
        if papers is not None:
            write_papers(held, papers)
        texts.remember(text_of(held))
        common.note("edit", held, actor, changed=sorted(facts))
    return held


def save_products(task: Task, *, actor: User, rows: Rows) -> Task:
    """Replace the promised results: ``name``, ``kind``, ``unit``, ``quantity``, ``quality``, what was delivered.

    Raises PermissionDenied, ValidationError.
    """
    return _replace(task, actor, "products", list(rows), write_products)


def save_members(task: Task, *, actor: User, rows: Rows) -> Task:
    """Replace the people: ``name``, ``organisation``, ``position``, ``months``.

    Raises PermissionDenied, ValidationError.
    """
    return _replace(task, actor, "members", list(rows), write_members)


def _replace(task: Task, actor: User, what: str, rows: list[Any], write: Callable[[Task, Rows], None]) -> Task:
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_entry")
        write(held, rows)
        common.note(what, held, actor, names=[row["name"] for row in rows])
    return held
