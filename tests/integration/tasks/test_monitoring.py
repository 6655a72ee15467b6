"""The monitoring page's figures: each đồng is counted once."""

from datetime import date

import pytest

from core.money import VND
from tasks import services
from tasks.models import Precondition, Task
from tasks.selectors.contracts import InstalmentPlan
from tasks.selectors.lists import planned_by_month
from tests.factories import tasks as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MILLION = make.MILLION
PLANNED = {date(2026, 3, 10): 300, date(2026, 3, 20): 100, date(2026, 9, 1): 400, date(2027, 3, 1): 100}


def planned(amounts: dict[int, int]) -> list[int]:
    return [amounts.get(month, 0) * MILLION for month in range(1, 13)]


def test_an_instalment_is_planned_once_however_many_the_contract_has_in_the_year():
    people = make.cast()
    task = make.adopted(people)
    plans = [
        InstalmentPlan(
            amount_vnd=VND(amount * MILLION), precondition=Precondition.SIGNED, planned_on=day, budget_year=day.year
        )
        for day, amount in PLANNED.items()
    ]
    services.save_contract(task, actor=people.officer, facts=make.contract_facts(task), instalments=plans)
    assert planned_by_month(Task.objects.all(), 2026) == planned({3: 400, 9: 400})
    assert planned_by_month(Task.objects.all(), 2027) == planned({3: 100})
    assert planned_by_month(Task.objects.exclude(pk=task.pk), 2026) == planned({})
