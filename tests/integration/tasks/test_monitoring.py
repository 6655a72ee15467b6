"""The monitoring page's figures: each đồng is counted once."""

from datetime import date

import pytest
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.money import VND
from core.people.models import OrganisationKind
from proposals.hooks.paper_parts import department
from tasks import services
from tasks.models import Precondition, Task
from tasks.selectors.contracts import InstalmentPlan
from tasks.selectors.lists import planned_by_month
from tests.factories import tasks as make
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MILLION = make.MILLION
PLANNED = {date(2026, 3, 10): 300, date(2026, 3, 20): 100, date(2026, 9, 1): 400, date(2027, 3, 1): 100}


def planned(amounts: dict[int, int]) -> list[int]:
    return [amounts.get(month, 0) * MILLION for month in range(1, 13)]


def test_an_instalment_is_planned_once_however_many_the_contract_has_in_the_year(people):
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


def test_the_minutes_of_a_visit_to_a_followed_task_stand_in_our_own_register(people):
    words = {"starts_on": date(2026, 1, 5), "ends_on": date(2027, 1, 5)}
    ministry = OrganisationFactory(kind=OrganisationKind.OTHER, is_internal=False)
    task = make.adopted(people, "running", management="followed", level="ministry", managing_body=ministry, **words)
    inspection = make.planned_inspection(people, task, date(2026, 3, 5))
    make.step(inspection, "announce", people.officer)
    with clock.moved_to(make.at(date(2026, 3, 5), 17)):
        make.recorded(people, inspection)
        make.step(inspection, "conclude", people.officer)
    minutes = Document.objects.get(subject_code=inspection.code)
    assert minutes.body == department()


def test_what_is_overdue_comes_first_and_what_waits_for_no_day_last(people, client_for):
    words = {"starts_on": date(2025, 1, 5), "ends_on": date(2027, 1, 5)}
    undated = make.adopted(people, "running", title="Chưa có hạn")
    later, late = (make.adopted(people, "running", title=title, **words) for title in ("Còn hạn", "Quá hạn"))
    Task.objects.filter(pk=undated.pk).update(acceptance_due_on=None)
    Task.objects.filter(pk=late.pk).update(acceptance_due_on=clock.add_days(clock.today(), -1, clock.Unit.DAYS))
    page = client_for(people.officer).get(reverse("tasks:task-monitor"))
    assert [task.pk for task in page.context["page"].object_list] == [late.pk, later.pk, undated.pk]
    listed = client_for(people.officer).get(f"{reverse('tasks:task-list')}?sort=next_due")
    assert [task.pk for task in listed.context["page"].object_list] == [late.pk, later.pk, undated.pk]
