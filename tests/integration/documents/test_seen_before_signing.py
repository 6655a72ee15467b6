"""Nobody agrees to a text, or signs facts, that were written anew after the page was opened."""

import re

import pytest

from core import clock
from core.documents.services import prepare_document
from funds import services as funds_services
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import head_items
from reviews.selectors.seats import seats_of
from reviews.services import write_conclusion
from tasks.services import save_contract
from tests.factories import funds as money
from tests.factories import reviews as councils
from tests.factories import tasks as make
from tests.factories.documents import scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
CHANGED_TEXT = "The text of this draft has changed since you opened the page. Read it again before you go on."
CHANGED_RECORD = "This record has changed since you opened the page. Open it again and look before you go on."


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)"[^>]*value="([^"]*)"', page.content.decode()))


def refused(answer):
    return [str(line.text) for line in answer.context["form"].refused]


@pytest.fixture
def contract_draft():
    people = make.cast()
    task = make.adopted(people)
    make.written_contract(people, task)
    return people, task, prepare_document(task, "sign_contract", actor=people.officer)


def rewritten(people, task):
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    return prepare_document(task, "sign_contract", actor=people.officer)


def test_the_signer_agrees_only_to_the_text_his_page_offered(contract_draft, client_for):
    people, task, draft = contract_draft
    director, url = client_for(people.director, "en"), f"/documents/{draft.code}/endorse/"
    fields = hidden(director.get(url))
    assert rewritten(people, task) == draft
    assert refused(director.post(url, fields)) == [CHANGED_TEXT]
    draft.refresh_from_db()
    assert draft.endorsed_by is None
    director.post(url, hidden(director.get(url)))
    draft.refresh_from_db()
    assert draft.endorsed_by == people.director


def test_the_button_keeps_the_text_that_the_page_of_the_paper_offered(contract_draft, client_for):
    """Whoever read the PDF from an old page and then opens the dialog is asked to read again."""
    people, task, draft = contract_draft
    director = client_for(people.director, "en")
    page = director.get(draft.get_absolute_url())
    (button,) = [one.url for one in page.context["actions"] if "/endorse/" in str(one.url)]
    rewritten(people, task)
    fields = hidden(director.get(button))
    assert refused(director.post(button, fields)) == [CHANGED_TEXT]


def test_the_clerk_numbers_only_the_text_his_page_offered(contract_draft, client_for):
    people, task, draft = contract_draft
    clerk, url = client_for(people.clerk, "en"), f"/documents/{draft.code}/issue/"
    fields = hidden(clerk.get(url))
    rewritten(people, task)
    both = {"signed_on": clock.today(), "other_signer": "Lê Thị Hiệu Trưởng", "other_signed_on": clock.today()}
    sent = {**fields, **both, "signer": people.director.pk, "channel": "paper"}
    answer = clerk.post(url, {**sent, "scan": scan()})
    assert refused(answer) == [CHANGED_TEXT]


def test_the_chair_signs_only_the_conclusion_his_page_offered(client_for):
    people = councils.cast()
    order, _dossier = councils.assigned_order(people)
    council = councils.counted(people, CouncilKind.SELECTION, [order])
    conclude(council, people, "Good")
    chair = next(seat.user for seat in seats_of(council) if seat.position == "chair")
    client, url = client_for(chair, "en"), f"/steps/council/{council.code}/conclude_selection/"
    fields = hidden(client.get(url))
    conclude(council, people, "Other words")
    assert refused(client.post(url, fields)) == [CHANGED_RECORD]
    answers = [client.post(url, fresh) for fresh in [hidden(client.get(url))] * 2]
    council.refresh_from_db()
    # The same form again meets its own step.
    assert (council.state, [answer.status_code for answer in answers]) == ("concluded", [302, 302])


def conclude(council, people, words):
    for item in head_items(council):
        write_conclusion(item, actor=people.secretary, conclusion=words, remarks="r")


def test_the_accountant_confirms_only_the_answer_of_the_bank_his_page_offered(client_for):
    who = money.house()
    payment = money.approved(who, money.running(who))
    client, url = client_for(who.accountant, "en"), f"/steps/disbursement/{payment.code}/pay/"
    enter(payment, who, "SEEN")
    fields = hidden(client.get(url))
    enter(payment, who, "NOT SEEN")
    assert refused(client.post(url, fields)) == [CHANGED_RECORD]
    payment.refresh_from_db()
    assert payment.state == "approved"


def enter(payment, who, reference):
    funds_services.enter_payment(payment, actor=who.fund_officer, bank_reference=reference, paid_on=clock.today())
