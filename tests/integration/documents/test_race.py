"""Several at once: no number twice, none left out, no deadlock, no paper that says something else than its record."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from core import clock
from core.documents.models import Document
from core.documents.services import countersign_document, endorse_document, issue_document, prepare_document
from core.documents.services.questions import DraftOutdated
from tests.conftest import MORNING
from tests.factories import tasks as after
from tests.factories.documents import endorsed_draft
from tests.factories.proposals import cast
from tests.factories.racing import meanwhile

THREADS = 8


def at_once(work, things):
    """Run ``work`` on each thing in a thread of its own, started together; return what went wrong."""
    gate, wrong = threading.Barrier(len(things)), []

    def run(thing):
        try:
            gate.wait()
            with clock.moved_to(MORNING):
                work(thing)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test wants to see it
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(thing,)) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_papers_at_once_get_eight_numbers():
    with clock.moved_to(MORNING):
        people = cast()
        drafts = [endorsed_draft(people, title=f"Đợt {number}") for number in range(THREADS)]
        facts = {"actor": people.clerk, "signer": people.director, "signed_on": clock.today()}
        wrong = at_once(lambda draft: issue_document(draft, **facts, key=uuid4()), drafts)
    assert wrong == []
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, THREADS + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_eight_times_acts_once():
    with clock.moved_to(MORNING):
        people = cast()
        draft, key = endorsed_draft(people), uuid4()
        facts = {"actor": people.clerk, "signer": people.director, "signed_on": clock.today(), "key": key}
        wrong = at_once(lambda _turn: issue_document(Document.objects.get(pk=draft.pk), **facts), list(range(THREADS)))
    assert wrong == []
    assert list(Document.objects.values_list("symbol", flat=True)) == ["01/TB-SKHCN"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_contract_changed_while_it_is_numbered_is_not_numbered():
    """An officer's change is still open when the clerk sends the number: the clerk's step waits, and then refuses."""
    with clock.moved_to(MORNING):
        people = after.cast()
        task = after.adopted(people)
        after.written_contract(people, task)
        draft = prepare_document(task, "sign_contract", actor=people.officer)
        endorse_document(draft, actor=people.director)
        countersign_document(draft, actor=people.signer)
        facts = {"actor": people.clerk, "signer": people.director, "signed_on": clock.today(), "key": uuid4()}
        less = task.approved_state_vnd - 100_000_000
        wrong = meanwhile(
            lambda: after.written_contract(people, task, state_value_vnd=less), lambda: issue_document(draft, **facts)
        )
    assert [type(error) for error in wrong] == [DraftOutdated]
    assert Document.objects.get(kind="contract").number is None
