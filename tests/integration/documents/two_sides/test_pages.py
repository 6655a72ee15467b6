"""The pages on which the other party reads, signs or refuses a draft, and the clerk enters both signatures."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.documents.badges import badge_of
from core.documents.services import countersign_document, endorse_document, issue_document, prepare_document
from tasks.services import save_contract
from tests.factories import tasks as make
from tests.factories.documents import scan

HOST = "Lê Thị Hiệu Trưởng"
DETAIL = 20


def texts(response):
    return [str(one.text) for one in response.context["form"].refused]


def labels(response):
    return [str(one.label) for one in response.context["actions"]]


def test_the_page_of_the_draft_lets_the_host_read_sign_or_refuse(people, draft, client_for):
    client = client_for(people.signer, "en")
    page = client.get(draft.get_absolute_url())
    assert labels(page) == ["Open the PDF", "Sign for your organisation", "Refuse the draft"]
    (button,) = [one.url for one in page.context["actions"] if "/countersign/" in str(one.url)]
    assert f"shown={draft.text_digest}" in button
    form = client.get(button).context["form"]
    answer = client.post(button, {"key": uuid4(), "shown": form.initial["shown"]})
    assert answer["Location"] == draft.get_absolute_url()
    page = client.get(draft.get_absolute_url())
    assert labels(page) == ["Open the PDF", "Refuse the draft"]
    assert people.signer.full_name in page.content.decode()


def test_the_form_of_the_host_refuses_a_text_that_changed(people, task, draft, client_for):
    client, url = client_for(people.signer, "en"), reverse("documents:document-countersign", args=[draft.code])
    sent = {"key": uuid4(), "shown": client.get(url).context["form"].initial["shown"]}
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    prepare_document(task, "sign_contract", actor=people.officer)
    assert texts(client.post(url, sent)) == [
        "The text of this draft has changed since you opened the page. Read it again before you go on."
    ]


def test_the_form_of_the_host_sent_twice_leads_to_the_paper(people, draft, client_for):
    client, url = client_for(people.signer, "en"), reverse("documents:document-countersign", args=[draft.code])
    assert [client.post(url, {"key": uuid4()})["Location"] for _turn in range(2)] == [draft.get_absolute_url()] * 2


@pytest.mark.parametrize("who", ["applicant", "officer", "director", "clerk"])
def test_the_button_of_the_host_is_not_there_for_others(people, draft, client_for, who):
    url = reverse("documents:document-countersign", args=[draft.code])
    assert client_for(getattr(people, who), "en").get(url).status_code == 404


def test_the_first_page_of_the_host_leads_to_the_draft(people, draft, client_for):
    page = client_for(people.signer, "en").get("/")
    (panel,) = [one for one in page.context["panels"] if str(one.title) == "Papers that wait for me"]
    (line,) = panel.context["documents"]
    assert (line.url, str(line.note)) == (draft.get_absolute_url(), "Contract")
    page = client_for(people.signer, "en").get(draft.get_absolute_url())
    assert {str(line.status.label), str(page.context["badge"].label)} == {"Draft, waits for both parties to sign"}


def test_the_page_of_the_task_says_whose_signature_is_wanted(people, task, draft, client_for):
    words = client_for(people.signer, "en").get(task.get_absolute_url()).content.decode()
    assert "waits for party B to sign: Sign the contract" in words
    assert draft.get_absolute_url() in words


def test_the_clerk_enters_both_signatures_of_one_sheet(people, task, draft, client_for):
    client, url = client_for(people.clerk, "en"), reverse("documents:document-issue", args=[draft.code])
    form = client.get(url).context["form"]
    assert (form.fields["other_signer"].initial, form.fields["other_signed_on"].required) == (HOST, True)
    today = clock.today()
    sent = {"key": uuid4(), "signer": people.director.pk, "signed_on": today, "channel": "paper", "scan": scan()}
    missing = [f"The other party has not signed: {task.host.name}."]
    assert client.post(url, sent).context["form"].errors == {"other_signer": missing, "other_signed_on": missing}
    client.post(url, {**sent, "scan": scan(), "other_signer": HOST, "other_signed_on": today})
    words = client.get(draft.get_absolute_url()).content.decode()
    assert (f"Signed for {task.host.name} by" in words, HOST in words) == (True, True)


def test_who_has_signed_is_named_and_not_called_the_other_party(people, task, draft, client_for):
    countersign_document(draft, actor=people.signer)
    page = client_for(people.signer, "en").get(draft.get_absolute_url())
    assert str(page.context["badge"].label) == f"Signed by {task.host.name}"
    words = page.content.decode()
    assert (f"Signed for {task.host.name} by" in words, "other party" in words) == (True, False)


def test_a_draft_that_one_side_agreed_to_names_whom_it_waits_for(people, task, draft, client_for):
    endorse_document(draft, actor=people.director)
    page = client_for(people.director, "en").get(draft.get_absolute_url())
    assert str(page.context["badge"].label) == f"Agreed, waits for {task.host.name}"


def test_the_clerk_is_told_of_everything_at_once_and_to_choose_the_scan_again(people, task, draft, client_for):
    client, url = client_for(people.clerk, "en"), reverse("documents:document-issue", args=[draft.code])
    today = clock.today()
    later = today + timedelta(days=1)
    sent = {"key": uuid4(), "signer": people.director.pk, "signed_on": later, "channel": "paper", "other_signer": HOST}
    again = "Choose the file again."
    page = client.post(url, {**sent, "other_signed_on": today})
    assert list(page.context["form"].errors) == ["scan"]
    assert texts(page) == ["The paper cannot be numbered before it is signed."]
    assert again not in page.content.decode()
    page = client.post(url, {**sent, "scan": scan(), "other_signed_on": ""})
    assert list(page.context["form"].errors) == ["other_signed_on"]
    assert texts(page) == ["The paper cannot be numbered before it is signed."]
    assert page.content.decode().count(again) == 1


def test_the_clerk_is_not_asked_for_the_host_that_agreed_here(people, draft, client_for):
    endorse_document(draft, actor=people.director)
    countersign_document(draft, actor=people.signer)
    url = reverse("documents:document-issue", args=[draft.code])
    form = client_for(people.clerk, "en").get(url).context["form"]
    assert sorted(form.fields) == ["key", "reason", "scan", "shown", "signed_on", "signer"]


def held(page):
    due = page.context["due"]
    return (str(due.holder), str(due.note), due.since) if due else None


def test_a_draft_says_whom_it_waits_for_on_its_page_and_in_the_list(people, task, draft, client_for):
    officer, today = client_for(people.officer, "en"), clock.today()

    def state():
        (row,) = officer.get(reverse("documents:document-list")).context["page"].object_list
        page = officer.get(draft.get_absolute_url())
        assert str(badge_of(row).label) == str(page.context["badge"].label)
        return (str(badge_of(row).label), *held(page))

    director = f"Director of the department ({people.director.full_name})"
    host = f"Signer of the organisation · {task.host.name}"
    both = "Draft, waits for both parties to sign"
    assert state() == (both, f"{director}; {host}", "to agree to the draft; to sign for party B", today)
    endorse_document(draft, actor=people.director)
    assert state() == (f"Agreed, waits for {task.host.name}", host, "to sign for party B", today)
    countersign_document(draft, actor=people.signer)
    assert state() == ("Agreed, waits for its number", "Clerk", "to give number and date", today)
    given = {"signer": people.director, "signed_on": today, "key": uuid4()}
    issue_document(draft, actor=people.clerk, **given)
    assert held(officer.get(draft.get_absolute_url())) is None


def test_a_draft_that_is_out_of_date_waits_for_whoever_drafts_it(people, task, draft, client_for):
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    page = client_for(people.officer, "en").get(draft.get_absolute_url())
    assert held(page) == ("Officer", "to prepare the draft again", None)


def test_the_page_of_a_draft_keeps_its_budget_for_either_party(people, task, draft, client_for):
    for user in (people.signer, people.officer):
        client = client_for(user)
        client.get(draft.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(draft.get_absolute_url())
        assert len(queries) <= DETAIL
