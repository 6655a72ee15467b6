"""A task from before enters in every state that its form offers, says what the state needs, and its life goes on."""

from datetime import date

import pytest
from django.urls import reverse

from core.documents.kinds import DocumentKind
from core.people.policy import can
from core.workflow.selectors import available_steps
from funds.models import Account
from funds.verification import faults
from tasks.lifecycle import Guard
from tasks.models import Task
from tasks.selectors.papers import contract_of as contract_paper
from tasks.selectors.papers import paper_of
from tests.factories import funds as made
from tests.factories.adopting import ENDED_EARLY, GRADED, PAID, complete, entered, url, with_balance
from tests.factories.browsing import confirm, fill_in, refusals, shown, typed_in
from tests.factories.funds import MILLION
from tests.factories.people import department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def cites(task, kind):
    """What later papers say of a paper from before."""
    record = Task.objects.get(pk=task.pk)
    return contract_paper(record) if kind == "contract" else paper_of(record, DocumentKind(kind))


@pytest.mark.parametrize(
    ("state", "facts", "following"),
    [
        ("contracted", {}, "start"),
        ("suspended", {}, "resume"),
        ("accepted", GRADED, "register_results"),
        ("failed", {**GRADED, "grade": "fail"}, "allow_second_acceptance"),
        ("registered", GRADED, "recognise_results"),
        ("recognised", GRADED, "liquidate"),
        ("terminated", {}, "order_recovery"),
        ("liquidated", GRADED, "archive"),
    ],
)
def test_from_every_state_the_form_offers_a_life_goes_on(who, officer, head, state, facts, following):
    made.plan(2_000 * MILLION)
    # The form of a task whose results were accepted asks for the grade itself.
    task = entered(who, officer, state=state, **(facts if state == "accepted" else {}))
    complete(officer, task)
    settled = {"settled_vnd": "400.000.000"} if state == "liquidated" else {}
    with_balance(officer, task, **settled)
    if facts and state != "accepted":
        assert len(refusals(head, task)) == 1
        fill_in(officer, url("tasks", "entry-edit", task), **facts)
    if state == "terminated":
        assert len(refusals(head, task)) == 1
        fill_in(officer, url("tasks", "termination-edit", task), **{**ENDED_EARLY, "explanation": "Bão"})
    confirm(head, task)
    assert following in {row.name for row in task.rows()}
    assert list(faults()) == []
    if state == "terminated":
        task.refresh_from_db()
        assert task.termination.terminated_on == date(2026, 2, 1)


def test_an_archived_task_needs_its_grade_or_the_reason_of_its_end_and_no_contract(who, officer, head):
    task = entered(who, officer, state="archived", effective_on="2026-02-20")
    assert len(refusals(head, task)) == 1
    fill_in(officer, url("tasks", "termination-edit", task), **{**ENDED_EARLY, "cause": "subjective"})
    confirm(head, task)
    assert (task.is_final, Account.objects.filter(task=task).count()) == (True, 0)


def test_the_papers_of_before_are_kept_once_and_mended_with_the_entry(who, officer, head):
    task = entered(who, officer, state="suspended")
    address = url("tasks", "contract-edit", task)
    typed = shown(officer.get(address))
    assert (typed["number"], typed["signed_on"]) == ("07/2025/HĐKHCN", "2025-11-01")
    complete(officer, task, number="08/2025/HĐKHCN")
    assert cites(task, "contract")["symbol"] == "08/2025/HĐKHCN"
    page = shown(officer.get(url("tasks", "entry-edit", task)))
    assert (page["approval_symbol"], page["decision_symbol"], "contract_symbol" in page) == (
        "15/QĐ-UBND",
        "16/QĐ-UBND",
        False,
    )
    empty = typed_in(officer, url("tasks", "entry-edit", task), decision_symbol="")
    assert list(empty.context["form"].errors) == ["decision_symbol"]
    fill_in(officer, url("tasks", "entry-edit", task), decision_symbol="17/QĐ-UBND")
    kept = [(paper.kind, paper.symbol) for paper in task.earlier_papers.order_by("kind")]
    assert kept == [("approval_decision", "15/QĐ-UBND"), ("suspension_decision", "17/QĐ-UBND")]
    confirming = head.get(reverse("workflow:adoption-confirm", args=["task", task.code])).content.decode()
    assert [words in confirming for words in ("15/QĐ-UBND", "17/QĐ-UBND", "08/2025/HĐKHCN")] == [True, True, True]


def test_a_certificate_of_before_opens_the_recognition(who, officer, head):
    made.plan(2_000 * MILLION)
    task = entered(who, officer, state="registered", **GRADED)
    complete(officer, task)
    with_balance(officer, task)
    confirm(head, task)
    (offer,) = [one for one in available_steps(task, who.people.chair) if one.row.name == "recognise_results"]
    assert Guard.CERTIFICATE_ISSUED not in {refusal.guard for refusal in offer.refusals}
    assert cites(task, "registration_certificate")["issuer"] == department().name


def test_of_a_closed_task_no_advance_stays_open(who, officer):
    task = entered(who, officer, state="liquidated")
    complete(officer, task)
    answer = typed_in(officer, url("funds", "opening-edit", task), decision="Sổ", **PAID)
    assert len(answer.context["form"].non_field_errors()) == 1


def test_followed_tasks_need_their_time_or_their_end_and_have_no_books(who, officer, head):
    followed = {"management": "followed", "level": "national", "payer": "other"}
    task = entered(who, officer, **followed)
    assert (refusals(head, task), can(who.people.officer, "edit_contract", task).allowed) == ([], False)
    confirm(head, task)
    assert {row.name for row in task.rows()} == {"end_following"}
    ended = entered(who, officer, **followed, state="ended", code="")
    assert refusals(head, ended) == ["When and how the task ended is not recorded."]
    fill_in(officer, url("tasks", "entry-edit", ended), ended_on="2026-02-01", end_note="Đã nghiệm thu cấp quốc gia")
    assert confirm(head, ended).is_final


def test_facts_that_were_typed_wrongly_are_mended_while_nobody_has_confirmed_them(who, officer, head):
    task = entered(who, officer, state="accepted", **{**GRADED, "grade": "excellent"})
    old = {"approved_on": "2024-05-06", "starts_on": "2024-06-03", "ends_on": "2025-06-02", "months": "24", **GRADED}
    fill_in(officer, url("tasks", "entry-edit", task), **old)
    task.refresh_from_db()
    assert (task.regulation, task.acceptance_due_on, task.grade) == ("r1_2013", date(2025, 7, 2), "pass")
    wrong = typed_in(officer, url("tasks", "entry-edit", task), management="followed")
    assert len(wrong.context["form"].non_field_errors()) == 1
    missing = typed_in(officer, url("tasks", "entry-edit", task), ends_on="")
    assert list(missing.context["form"].errors) == ["ends_on"]
