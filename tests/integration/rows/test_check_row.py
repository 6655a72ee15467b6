"""A row is refused with the words of ``full_clean``, and a right one costs one question for all its constraints."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.money import VND
from core.people.models import User
from core.rows import check_row
from tasks.models import TaskProduct
from tests.factories.people import user_with
from tests.factories.tasks import adopted, cast

pytestmark = pytest.mark.django_db


def words(question, *arguments, **named):
    with pytest.raises(ValidationError) as refused:
        question(*arguments, **named)
    return refused.value.message_dict


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": None},
        {"title": ""},
        {"months": 0},
        {"approved_state_vnd": VND(-1)},
        {"field": "no such field"},
        {"managing_body": None},
    ],
    ids=",".join,
)
def test_a_wrong_row_is_refused_in_the_words_of_full_clean(wrong):
    task = adopted(cast())
    for name, value in wrong.items():
        setattr(task, name, value)
    assert words(check_row, task) == words(task.full_clean)


def test_where_django_names_a_constraint_the_row_is_refused_in_words():
    task = adopted(cast())
    task.ends_on = date(2019, 1, 1)
    with translation.override("en"):
        assert words(check_row, task) == {"__all__": ["These do not go together: “Ends on”, “Starts on”."]}


def test_a_second_row_with_the_same_unique_column_is_refused():
    first = user_with("officer")
    second = User.objects.build(first.email.upper(), full_name="Người thứ hai")
    assert words(check_row, second) == words(second.full_clean)
    assert check_row(second, unique=False) is None


def test_a_second_row_with_the_same_unique_pair_is_refused():
    task = adopted(cast())
    facts = {"name": "Giống lúa", "kind": "prototype", "unit": "giống", "quantity": 1}
    TaskProduct.objects.create(task=task, sequence=90, **facts)
    second = TaskProduct(task=task, sequence=90, **facts)
    assert words(check_row, second) == words(second.full_clean)


def test_a_right_row_costs_one_question():
    task = adopted(cast())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        check_row(task, unique=False)
    questions = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(questions) == 1
