"""A task whose contract is written, and the draft that both parties have to sign."""

import pytest

from core.documents.services import prepare_document
from tests.factories import tasks as make


@pytest.fixture
def people(db, morning):
    return make.cast()


@pytest.fixture
def task(people):
    made = make.adopted(people)
    make.written_contract(people, made)
    return made


@pytest.fixture
def draft(people, task):
    return prepare_document(task, "sign_contract", actor=people.officer)
