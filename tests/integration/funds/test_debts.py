"""What a host owes after a recovery was ordered: closed on a ground, paid back, or still owed."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from core.workflow.waiting import waiting
from funds import services
from funds.choices import Bucket, ClosingGround
from funds.verification import faults
from proposals.models import Dossier
from proposals.selectors.eligibility import eligibility_refusals
from tasks.models import Task
from tests.factories import funds as made
from tests.factories.funds import MILLION, lies
from tests.factories.rules import province_says
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A terminated task whose whole payment is to be paid back."""
    who = made.house()
    task = made.running(who)
    made.paid(who, task)
    made.terminated(who, task, spent=450 * MILLION, accepted=250 * MILLION)
    made.recovering(who, task, 450 * MILLION)
    return SimpleNamespace(who=who, task=task)


@pytest.fixture
def task(story):
    return story.task


def closing(**more):
    facts = {"ground": ClosingGround.WRITTEN_OFF, "decision": "QĐ 99/QĐ-UBND", "decided_on": clock.today()}
    return {**facts, **more}


def waits(user, task):
    return waiting(user, Task).filter(pk=task.pk).values_list("waits", flat=True).first()


def test_an_open_recovery_waits_for_the_fund_officer_then_for_the_accountant(who, task, client_for):
    missing = "close_recovery:facts"
    pages = [reverse(f"funds:{name}", args=[task.code]) for name in ("repayment-create", "closing-create")]
    words = "waits for a repayment of the host, or for a ground for closing"
    assert [waits(user, task) for user in (who.fund_officer, who.accountant)] == [
        f"prepare:{missing}",
        f"later:{missing}",
    ]
    officer = client_for(who.fund_officer, "en")
    record, home = officer.get(task.get_absolute_url()), officer.get("/")
    assert ([page in record.text for page in pages], words in home.text) == ([True, True], True)
    assert (str(record.context["due"].holder), str(record.context["due"].note)) == ("Fund officer", words)
    services.record_closing(task, actor=who.fund_officer, facts=closing(), key=uuid4())
    assert [waits(user, task) for user in (who.fund_officer, who.accountant)] == [None, "decide:close_recovery:"]
    step(made.recorded(who, task, 50 * MILLION), "confirm", who.accountant)
    assert waits(who.fund_officer, task) == f"prepare:{missing}"
    step(made.recorded(who, task, 400 * MILLION), "confirm", who.accountant)
    assert [waits(user, task) for user in (who.fund_officer, who.accountant)] == [None, "decide:close_recovery:"]


@pytest.mark.parametrize("ground", list(ClosingGround))
def test_a_recovery_is_closed_on_a_ground_entered_by_another_person(who, task, ground):
    key = uuid4()
    first = services.record_closing(task, actor=who.fund_officer, facts=closing(ground=ground), key=key)
    assert services.record_closing(task, actor=who.fund_officer, facts=closing(ground=ground), key=key) == first
    step(task, "close_recovery", who.accountant)
    made.liquidate(who, task)
    written_off = ground == ClosingGround.WRITTEN_OFF
    assert lies(task) == {Bucket.SETTLED if written_off else Bucket.RECOVERABLE: 450}
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
@pytest.mark.parametrize("ground", list(ClosingGround))
def test_a_host_whose_debt_was_closed_without_payment_still_owes_it(who, task, ground, language, settings, tmp_path):
    bid = Dossier(host=who.people.university, principal_investigator=who.people.signer, regulation="r2_2025")
    unpaid = f"{task.host.name} has not paid back what was recovered from task {task.code}."
    assert [str(one) for one in eligibility_refusals(bid, clock.today())].count(unpaid) == 1

    services.record_closing(task, actor=who.fund_officer, facts=closing(ground=ground), key=uuid4())
    step(task, "close_recovery", who.accountant)

    found = [one for one in eligibility_refusals(bid, clock.today()) if str(one) == unpaid]
    assert [one.source for one in found] == [parameter("eligibility.organisation.unpaid_recovery").source]
    province_says(settings, tmp_path, "eligibility.counted_levels", '["national"]', unit="list")
    assert unpaid not in [str(one) for one in eligibility_refusals(bid, clock.today())]


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_host_that_paid_everything_back_owes_nothing(who, task, language):
    step(made.recorded(who, task, 450 * MILLION), "confirm", who.accountant)
    step(task, "close_recovery", who.accountant)
    bid = Dossier(host=who.people.university, principal_investigator=who.people.signer, regulation="r2_2025")
    assert not [one for one in eligibility_refusals(bid, clock.today()) if "paid back" in str(one)]


def test_a_ground_holds_for_the_debt_it_was_written_for(who, task):
    services.record_closing(task, actor=who.fund_officer, facts=closing(), key=uuid4())
    step(made.recorded(who, task, 50 * MILLION), "confirm", who.accountant)
    with pytest.raises(StepRefused) as refused:
        step(task, "close_recovery", who.accountant)
    assert len(refused.value.refusals) == 1


def test_nothing_owed_needs_no_ground(who, task):
    step(made.recorded(who, task, 450 * MILLION), "confirm", who.accountant)
    with pytest.raises(ValidationError):
        services.record_closing(task, actor=who.fund_officer, facts=closing(), key=uuid4())
