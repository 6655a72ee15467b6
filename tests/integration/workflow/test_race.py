"""Eight threads take nested steps on the same records at once: no deadlock, no half step, no đồng lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from core import clock
from core.audit import verify as audit
from core.audit.models import Event
from core.documents.services import endorse_document, issue_document, prepare_document
from core.workflow import integrity
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step
from funds import verification as ledger
from funds.models import Disbursement
from funds.selectors.books import books_of
from proposals.models import Dossier, Order
from proposals.services import answer_remarks
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from reviews.services import Granted, appraise
from tasks.models import Task
from tasks.services import save_suspension
from tests.conftest import MORNING
from tests.factories import funds as made
from tests.factories import proposals as before
from tests.factories import reviews as judged
from tests.factories import tasks as after

TASKS = 4
QUARTER = timedelta(days=90)
INSTALMENT = 450_000_000

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("morning")]


def deadlocks():
    """How many the server has counted in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def at_once(*acts):
    """Do all the acts at once, each with a connection of its own; return what each says: done, or refused."""

    def do(act):
        try:
            with clock.moved_to(MORNING):
                act()
        except StepRefused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def pay(who, disbursement):
    found = Disbursement.objects.get(pk=disbursement.pk)
    take_step(found, "pay", actor=who.accountant, key=uuid4())


def suspension(who, task):
    """The signed paper that suspends the task; its number is drawn by whoever comes first."""
    today = clock.today()
    facts = {"ground": "Chưa quyết toán", "from_on": today, "until": today + QUARTER, "conditions": "Quyết toán đợt 1"}
    save_suspension(task, actor=who.people.officer, facts=facts)
    draft = prepare_document(task, "suspend", actor=who.people.officer)
    endorse_document(draft, actor=who.people.chair)
    return draft


def suspend(who, draft, number):
    day = clock.today()
    issue_document(
        draft,
        actor=who.people.clerk,
        signer=who.people.chair,
        signed_on=day,
        reason="Chưa quyết toán",
        number=number,
        numbered_on=day,
        key=uuid4(),
    )


def test_payments_and_suspensions_of_the_same_tasks():
    who = made.house()
    tasks = [made.running(who) for _ in range(TASKS)]
    decided = [made.approved(who, task) for task in tasks]
    drafts = [suspension(who, task) for task in tasks]
    payments = [made.entered(who, one) for one in decided]
    counted = deadlocks()
    acts = [
        act
        for number, (payment, draft) in enumerate(zip(payments, drafts, strict=True))
        for act in (lambda p=payment: pay(who, p), lambda d=draft, n=number: suspend(who, d, 500 + n))
    ]
    said = at_once(*acts)
    assert said[::2] == ["done"] * TASKS, "what the bank has paid is booked, whatever comes meanwhile"
    assert [books_of(task).paid_vnd for task in tasks] == [INSTALMENT] * TASKS
    # A suspension that came before the bank's answer was confirmed was refused, and left no trace.
    states = list(Task.objects.order_by("pk").values_list("state", flat=True))
    assert states == [{"done": "suspended", "refused": "running"}[word] for word in said[1::2]]
    assert deadlocks() == counted
    assert_everything_agrees()


def test_one_form_sent_eight_times_at_once_acts_once():
    who = made.house()
    payment = made.entered(who, made.approved(who, made.running(who)))
    key = uuid4()

    def send():
        take_step(Disbursement.objects.get(pk=payment.pk), "pay", actor=who.accountant, key=key)

    assert at_once(*[send] * 8) == ["done"] * 8
    assert Event.objects.filter(subject_code=payment.code, step="pay").count() == 1
    assert books_of(payment.task).paid_vnd == INSTALMENT
    assert_everything_agrees()


def test_reports_are_filed_while_payments_are_made():
    who = made.house()
    tasks = [made.running(who) for _ in range(TASKS)]
    payments = [made.entered(who, made.approved(who, task)) for task in tasks]
    reports = [task.reports.order_by("due_date").first() for task in tasks]
    counted = deadlocks()
    acts = [
        act
        for payment, report in zip(payments, reports, strict=True)
        for act in (lambda p=payment: pay(who, p), lambda r=report: after.filed_report(who.people, r))
    ]
    assert at_once(*acts) == ["done"] * len(acts)
    assert deadlocks() == counted
    assert_everything_agrees()


def selected(people):
    """An order whose recommended dossier answers what the council remarked, and waits for its signer."""
    order, dossier = judged.assigned_order(people)
    before.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (dossier, "select"))
    Dossier.objects.filter(pk=dossier.pk).update(remarks="Làm rõ phương pháp")
    dossier.refresh_from_db()
    answer_remarks(dossier, actor=people.applicant, answer="Đã bổ sung mục 3")
    return order, dossier


def refuse_award(people, order):
    found = Order.objects.get(pk=order.pk)
    take_step(found, "refuse_award", actor=people.chair, reason="Chưa bố trí được kinh phí", key=uuid4())


def revise(people, dossier):
    take_step(Dossier.objects.get(pk=dossier.pk), "revise", actor=people.signer, key=uuid4())


def test_dossiers_are_revised_while_their_awards_are_refused():
    """The step of a dossier also writes how long its order waits: both are held before the first word is written."""
    people = judged.cast()
    pairs = [selected(people) for _ in range(TASKS)]
    acts = [
        act
        for order, dossier in pairs
        for act in (lambda d=dossier: revise(people, d), lambda o=order: refuse_award(people, o))
    ]
    assert_all_refused_without_a_deadlock(acts)


def appraised(people):
    """A team that has decided on every line of a revised dossier, and the order that waits for it."""
    order, dossier = judged.revised_dossier(people)
    team = judged.sitting(people, CouncilKind.APPRAISAL, [dossier], users=judged.selection_board(order)[:1])
    lines = dossier.budget_lines.all()
    decided = {
        one.sequence: Granted(state_vnd=one.requested_state_vnd, other_vnd=one.requested_other_vnd) for one in lines
    }
    appraise(items_of(team)[0], decided, actor=people.secretary)
    return order, team


def conclude_appraisal(team):
    found = Council.objects.get(pk=team.pk)
    take_step(found, "conclude_appraisal", actor=seats_of(team)[0].user, key=uuid4())


def test_appraisals_are_signed_while_the_awards_are_refused():
    people = judged.cast()
    pairs = [appraised(people) for _ in range(TASKS)]
    acts = [
        act
        for order, team in pairs
        for act in (lambda t=team: conclude_appraisal(t), lambda o=order: refuse_award(people, o))
    ]
    assert_all_refused_without_a_deadlock(acts)


def assert_all_refused_without_a_deadlock(acts):
    """Every second act refuses an award; what goes on meanwhile with its dossier comes before that, or not at all."""
    counted = deadlocks()
    assert at_once(*acts)[1::2] == ["done"] * TASKS
    assert list(Order.objects.order_by("pk").values_list("state", flat=True)) == ["no_winner"] * TASKS
    assert list(Dossier.objects.order_by("pk").values_list("state", flat=True)) == ["not_selected"] * TASKS
    assert deadlocks() == counted
    assert_everything_agrees()


def assert_everything_agrees():
    assert list(audit.faults()) == []
    assert list(ledger.faults()) == []
    assert integrity.faults()[0] == []
