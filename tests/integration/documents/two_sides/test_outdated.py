"""A draft whose facts changed after somebody signed it: before, at once and afterwards everybody concerned reads it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.documents.jobs import look_at_all_drafts
from core.documents.selectors import documents_awaiting
from core.documents.services import countersign_document, endorse_document, prepare_document
from core.jobs.models import Job
from core.jobs.registry import handlers
from core.notifications.models import Notice
from core.workflow.waiting import waiting
from tasks.models import Task
from tasks.services import save_contract
from tests.factories import tasks as make

OUTDATED = "Draft out of date, to be prepared again"
FORM = 20


def changed(people, task, account="666"):
    """The officer writes another account into the contract, and the jobs of that are done."""
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account=account))
    for job in Job.objects.filter(name="documents.look_at_draft"):
        handlers[job.name](job.payload)


def signed(people, draft):
    return countersign_document(endorse_document(draft, actor=people.director), actor=people.signer)


def note_on(page):
    """The notice about signed drafts on a form."""
    note = page.context["draft_note"]
    return (str(note["title"]), str(note["text"])) if note else None


def test_the_form_of_the_contract_says_beforehand_that_signatures_fall(people, task, draft, client_for):
    officer, url = client_for(people.officer, "en"), reverse("tasks:contract-edit", args=[task.code])
    assert "A draft that was agreed to rests on this record" not in officer.get(url).text
    signed(people, draft)
    with CaptureQueriesContext(connection) as queries:
        page = officer.get(url)
    assert len(queries) <= FORM
    title, text = note_on(page)
    assert title == "A draft that was agreed to rests on this record"
    assert f"Signed for {task.host.name} by {people.signer.full_name} on {clock.today():%d/%m/%Y}" in text
    assert title in page.text


def test_an_outdated_draft_waits_for_whoever_prepares_papers(people, task, draft, client_for):
    changed(people, task)
    waited = {name: list(documents_awaiting(getattr(people, name))) for name in ("officer", "director", "signer")}
    assert waited == {"officer": [draft], "director": [], "signer": []}
    assert waiting(people.officer, Task).get(pk=task.pk).waits == "prepare:sign_contract:draft"
    assert waiting(people.director, Task).get(pk=task.pk).waits == "later:sign_contract:draft"
    officer = client_for(people.officer, "en")
    for address in ("/", reverse("documents:document-list"), draft.get_absolute_url()):
        assert OUTDATED in officer.get(address).text


def test_a_draft_is_in_order_again_when_its_facts_are_what_they_were(people, task, draft):
    account = task.contract.host_account
    signed(people, draft)
    changed(people, task)
    changed(people, task, account)
    draft.refresh_from_db()
    assert (draft.outdated_at, draft.countersigned_by) == (None, people.signer)
    assert list(documents_awaiting(people.clerk)) == [draft]


def test_the_night_finds_what_no_act_on_the_record_told(people, task, draft):
    Task.objects.filter(pk=task.pk).update(title="Tên khác")
    look_at_all_drafts({})
    assert list(documents_awaiting(people.officer)) == [draft]
    prepare_document(task, "sign_contract", actor=people.officer)
    assert list(documents_awaiting(people.officer)) == []


@pytest.mark.parametrize(("who", "act"), [("director", "endorse"), ("signer", "countersign")])
def test_the_dialog_refuses_an_outdated_draft_before_the_press(people, task, draft, client_for, who, act):
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    page = client_for(getattr(people, who), "en").get(reverse(f"documents:document-{act}", args=[draft.code]))
    refusal = "The facts have changed since the draft was prepared. Prepare it again."
    assert [str(one.text) for one in page.context["refusals"]] == [refusal]


def test_whoever_prepares_it_again_reads_which_agreements_fall(people, task, draft, client_for):
    url = f"{reverse('documents:document-prepare', args=['task', task.code, 'sign_contract'])}?again=1"
    officer = client_for(people.officer, "en")
    assert officer.get(url).context["consequences"] == []
    signed(people, draft)
    said = officer.get(url).context["consequences"]
    assert sorted(one.split(" by ")[0] for one in said) == ["Agreed to", f"Signed for {task.host.name}"]


def test_the_history_keeps_who_had_agreed_to_the_earlier_text(people, task, draft, client_for):
    signed(people, draft)
    changed(people, task)
    prepare_document(task, "sign_contract", actor=people.officer)
    page = client_for(people.officer, "en").get(draft.get_absolute_url())
    (panel,) = page.context["slots"]["history"]
    assert [(str(one.title), one.who) for one in panel.context["entries"]] == [
        ("Draft prepared", people.officer.full_name),
        ("An earlier text signed for the other party", people.signer.full_name),
        ("Agreed to an earlier text", people.director.full_name),
        ("An earlier text prepared", people.officer.full_name),
    ]


def test_the_host_is_told_that_the_paper_changed_since_it_signed(people, task, draft):
    def told():
        rows = Notice.objects.filter(recipient=people.signer, tell__startswith="core.").order_by("pk")
        return list(rows.values_list("tell", flat=True))

    changed(people, task)
    prepare_document(task, "sign_contract", actor=people.officer)
    assert told() == ["core.to_countersign"] * 2
    draft.refresh_from_db()
    countersign_document(draft, actor=people.signer)
    changed(people, task, "777")
    prepare_document(task, "sign_contract", actor=people.officer)
    assert told() == ["core.to_countersign", "core.to_countersign", "core.changed_since_signed"]
