"""A task whose contract is written, and the draft that both parties have to sign."""

from types import SimpleNamespace

import pytest

from core.documents.services import prepare_document
from tests.factories import tasks as make


@pytest.fixture(scope="module")
def teller(request):
    """A module without a story of its own begins with the draft."""
    return getattr(request.module, "tell", drafted)


def drafted():
    people = make.cast()
    task = make.adopted(people)
    make.written_contract(people, task)
    return SimpleNamespace(
        people=people, task=task, draft=prepare_document(task, "sign_contract", actor=people.officer)
    )


@pytest.fixture
def task(story):
    return story.task


@pytest.fixture
def draft(story, people, task):
    return vars(story).get("draft") or prepare_document(task, "sign_contract", actor=people.officer)
