"""What somebody types wrongly, may not do, or sends twice: seen in the browser, on a copy of the loaded demo."""

import sqlite3

import pytest
from django.urls import reverse

from tests.gates.browsing import browser
from tests.gates.conftest import copy_of, manage, serving

from .acting import Stage, say
from .correcting import comes_back, presses_twice, speaker, submits, typed, writes
from .papers import agrees, numbers
from .people import ACCOUNTANT, FUND_DIRECTOR, FUND_OFFICER, OFFICER, RESEARCHER, SIGNER

pytestmark = pytest.mark.browser
TOO_MUCH = "1.000.000.000.000.001"
MINE = "host_id = (SELECT id FROM people_organisation WHERE name = 'Trường Đại học Bình An') AND management = 'managed'"
# Tasks whose second instalment nobody asked for; those of them whose inspection has passed.
OPEN = """SELECT contract.task_id FROM tasks_contract contract
  JOIN tasks_instalment instalment ON instalment.contract_id = contract.id AND instalment.sequence = %d
  WHERE instalment.id NOT IN (SELECT instalment_id FROM funds_disbursement)"""
SECOND, THIRD = OPEN % 2, OPEN % 3
INSPECTED = "SELECT task_id FROM tasks_inspection WHERE state = 'concluded'"
READY = f"id IN ({SECOND}) AND id IN ({INSPECTED})"
TOO_EARLY = f"id IN ({THIRD}) AND id NOT IN ({SECOND})"
NO_CONTRACT = "id NOT IN (SELECT task_id FROM tasks_contract)"
NOT_SCREENED = "id NOT IN (SELECT proposal_id FROM proposals_screening)"


@pytest.fixture(scope="module")
def province(demo, tmp_path_factory, chromium):
    """The people of the loaded demo, on a copy that the tests of this file share."""
    place = tmp_path_factory.mktemp("province")
    with serving(copy_of(demo, place / "copy")) as server, browser(chromium) as running:
        yield Stage(running, server, place / "pictures")


def ask(stage, question, *values):
    """What the database of the copy says: the first column, row by row."""
    books = sqlite3.connect(f"file:{stage.server.database}?mode=ro", uri=True)
    try:
        return [row[0] for row in books.execute(question, values)]
    finally:
        books.close()


def code_of(stage, table, condition):
    """The code of the first record of a kind."""
    question = f"SELECT code FROM {table} WHERE {condition} ORDER BY code LIMIT 1"  # noqa: S608  # words of this file
    return ask(stage, question)[0]


def goes_to(stage, person, path):
    return person.page.goto(stage.server.url + path)


def proposals_called(stage, title):
    return ask(stage, "SELECT code FROM proposals_proposal WHERE title = ?", title)


def requests_of(stage, code):
    return ask(stage, "SELECT code FROM funds_disbursement WHERE code LIKE ?", f"{code}.%")


def fund_task(stage, which):
    """The code of a running task of the signer's house that the fund pays."""
    return code_of(stage, "tasks_task", f"state = 'running' AND payer = 'fund' AND {MINE} AND {which}")


def asks_for_money(stage, person, which):
    """The form of a request for the second instalment of a task of the signer's house; the code of the task."""
    code = fund_task(stage, which)
    goes_to(stage, person, f"/tasks/{code}/")
    person.presses(say("Request instalment %(number)s", number=2))
    return code


# ── Wrong and missing fields ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_proposal_comes_back_with_every_error_and_every_word(province):
    researcher = province.person(RESEARCHER)
    goes_to(province, researcher, "/proposals/new/")
    words = {"text_urgency": "Cấp thiết – “rất” <b>gấp</b>", "text_contents": "Một\nHai"}
    writes(researcher, state_budget_vnd="một tỷ", other_budget_vnd="-5", months="999", **words)
    before = typed(researcher)
    submits(researcher)
    comes_back(researcher, {"title", "state_budget_vnd", "other_budget_vnd", "months"}, before)
    writes(researcher, title="Đề xuất sửa lại", state_budget_vnd="1.000.000", other_budget_vnd="", months="12")
    submits(researcher)
    researcher.is_not_refused()
    researcher.sees("Cấp thiết – “rất” <b>gấp</b>")
    assert proposals_called(province, "Đề xuất sửa lại") == [researcher.code()]


def test_a_wrong_plan_of_payments_comes_back_with_its_rows(province):
    officer = province.person(OFFICER)
    code = code_of(province, "tasks_task", f"state = 'approved' AND {MINE} AND {NO_CONTRACT}")
    goes_to(province, officer, f"/tasks/{code}/contract/")
    names = [f"instalments-{number}-amount_vnd" for number in range(3)]
    wrong = dict(zip(names, ("0", "-1.000", TOO_MUCH), strict=True))
    writes(officer, host_account="", state_value_vnd="1,5", starts_on="2026-12-01", ends_on="2026-11-01", **wrong)
    before = typed(officer)
    submits(officer)
    comes_back(officer, {"host_account", "state_value_vnd", "ends_on", *names}, before)
    assert code_of(province, "tasks_task", f"code = '{code}' AND {NO_CONTRACT}") == code


def test_a_request_for_money_that_comes_too_early_says_why_and_keeps_its_words(province):
    signer = province.person(SIGNER)
    code = fund_task(province, TOO_EARLY)
    goes_to(province, signer, f"/tasks/{code}/")
    button = signer.here.get_by_role("button", name=say("Request instalment %(number)s", number=3))
    assert button.is_disabled()
    # The address is known all the same: from a page opened before, or typed.
    goes_to(province, signer, f"{reverse('funds:disbursement-create', args=[code])}?instalment=3")
    before_that = requests_of(province, code)
    writes(signer, account="3713.0.77", bank="Kho bạc", purpose="Cấp kinh phí đợt 3")
    before = typed(signer)
    submits(signer)
    waits_for = say("Results registered", "precondition")
    signer.is_refused(say("Instalment %(number)s waits for: %(precondition)s.", number=3, precondition=waits_for))
    assert typed(signer) == before
    assert requests_of(province, code) == before_that


# ── Amounts in three languages ───────────────────────────────────────────────────────────────────────────────────────

AMOUNTS = {
    "vi": ("1.285.500.000", "1,285,500,000"),
    "en": ("1,285,500,000", "1.285.500.000"),
    "ar": ("١٬٢٨٥٬٥٠٠٬٠٠٠", "1.285.500.000"),
}


@pytest.mark.parametrize("language", sorted(AMOUNTS))
def test_an_amount_is_read_as_the_language_of_the_page_groups_it(province, language):
    right, wrong = AMOUNTS[language]
    researcher = speaker(province, RESEARCHER, language)
    goes_to(province, researcher, "/proposals/new/")
    title = f"Số tiền theo ngôn ngữ {language}"
    writes(researcher, title=title, state_budget_vnd=wrong, other_budget_vnd="1285500000")
    before = typed(researcher)
    submits(researcher)
    comes_back(researcher, {"state_budget_vnd"}, before)
    writes(researcher, state_budget_vnd=right)
    submits(researcher)
    total = "SELECT state_budget_vnd + other_budget_vnd FROM proposals_proposal WHERE title = ?"
    assert ask(province, total, title) == [2 * 1_285_500_000]
    shown = "1.285.500.000" if language == "vi" else "1,285,500,000"
    assert shown in researcher.page.locator("main").inner_text()


# ── What one may not do ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_that_a_rule_refuses_names_the_rule_and_its_place(province):
    accountant = province.person(ACCOUNTANT)
    code = code_of(province, "tasks_task", "state = 'recovering'")
    goes_to(province, accountant, f"/tasks/{code}/")
    accountant.presses(say("Close the recovery"))
    place = accountant.here.locator(".refusals .source").first.inner_text()
    assert place == f"{say('Written in:')} Quy định của tỉnh (chưa có văn bản)"
    assert accountant.here.locator("button.btn-primary").is_disabled()
    accountant.page.keyboard.press("Escape")


def test_a_rule_without_a_law_of_its_own_names_none_and_leads_to_the_missing_form(province):
    officer = province.person(OFFICER)
    code = code_of(province, "proposals_proposal", f"state = 'submitted' AND {NOT_SCREENED}")
    goes_to(province, officer, f"/proposals/proposal/{code}/")
    officer.presses(say("Confirm the screening"))
    refusals = officer.here.locator(".refusals")
    assert refusals.locator(".source").count() == 0
    assert refusals.get_by_role("link").first.get_attribute("href") == f"/proposals/proposal/{code}/screening/"
    officer.page.keyboard.press("Escape")


def test_what_is_not_there_and_what_is_not_mine_look_the_same(province):
    researcher = province.person(RESEARCHER)
    strange = code_of(province, "tasks_task", f"NOT ({MINE})")
    answers = set()
    for path in (
        f"/tasks/{strange}/",
        "/tasks/NV.1999.999/",
        f"/tasks/{strange}/contract/",
        f"/steps/task/{strange}/terminate/",
        "/steps/task/NV.1999.999/terminate/",
        "/nothing/at/all/",
    ):
        answer = goes_to(province, researcher, path)
        answers.add((answer.status, researcher.page.title(), researcher.page.locator("main").inner_text()))
    assert [status for status, _title, _words in answers] == [404]
    # Chromium writes every 404 into the console.
    assert len(province.complaints) == 6
    province.complaints.clear()


# ── Sent twice ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_proposal_sent_twice_is_one(province):
    researcher = province.person(RESEARCHER)
    goes_to(province, researcher, "/proposals/new/")
    writes(researcher, title="Đề xuất bấm hai lần", state_budget_vnd="1.000.000")
    sending = presses_twice(researcher, say("Save the draft"))
    code = researcher.code()
    assert sending.again() == (200, researcher.page.url)
    assert proposals_called(province, "Đề xuất bấm hai lần") == [code]


def test_a_step_sent_twice_is_taken_once(province):
    officer = province.person(OFFICER)
    code = code_of(province, "proposals_proposal", "state = 'submitted'")
    goes_to(province, officer, f"/proposals/proposal/{code}/")
    officer.presses(say("Return for completion"))
    officer.fills({say("Reason"): "Chưa nêu đơn vị tiếp nhận kết quả."})
    sending = presses_twice(officer, say("Return for completion"))
    officer.reads_state(say("Returned for completion"))
    assert sending.again() == (200, officer.page.url)
    taken = "SELECT count(*) FROM audit_event WHERE subject_code = ? AND step = 'return_for_completion'"
    assert ask(province, taken, code) == [1]


def test_a_payment_wrongly_entered_comes_back_and_one_sent_twice_is_posted_once(province):
    officer, accountant = province.person(FUND_OFFICER), province.person(ACCOUNTANT)
    code = code_of(province, "funds_disbursement", "state = 'verified'")
    title = ask(province, "SELECT title FROM tasks_task WHERE code = ?", code.rsplit(".", 1)[0])[0]
    agrees(province, FUND_DIRECTOR, title)
    numbers(province, title)
    officer.opens(code, say("Fund and money"), say("Disbursements"))
    officer.presses(say("Enter the bank's answer"))
    submits(officer)
    comes_back(officer, {"bank_reference", "paid_on"}, {"bank_reference": "", "paid_on": ""})
    tomorrow = {"bank_reference": "UNC-2026-2001", "paid_on": "2026-11-24"}
    writes(officer, **tomorrow)
    submits(officer)
    comes_back(officer, {"paid_on"}, tomorrow)
    writes(officer, paid_on=province.today())
    submits(officer)
    accountant.works_on(code)
    accountant.presses(say("Confirm the payment"))
    sending = presses_twice(accountant, say("Confirm the payment"))
    accountant.reads_state(say("Paid", "disbursement"))
    assert sending.again() == (200, accountant.page.url)
    assert ask(province, "SELECT count(*) FROM funds_transfer WHERE memo = ? AND edge = 'pay'", code) == [1]


def test_a_request_for_money_sent_twice_is_one(province):
    signer = province.person(SIGNER)
    code = asks_for_money(province, signer, READY)
    before = requests_of(province, code)
    writes(signer, purpose="Cấp kinh phí đợt 3")
    sending = presses_twice(signer, say("Save"))
    made = signer.code()
    assert sending.again() == (200, signer.page.url)
    assert requests_of(province, code) == [*before, made]


def test_the_books_the_chain_and_the_states_agree_after_all_this(province):
    for command in (("ledger", "verify"), ("audit", "verify"), ("lifecycle", "--check")):
        manage(province.server.database, *command)
    assert province.complaints == []
