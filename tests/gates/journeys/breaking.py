"""A contract that ends early: suspended, resumed, terminated, its money settled and recovered, the file archived.

The people are those of the demo; the task is one whose contract waits for the director's agreement.
"""

from dataclasses import dataclass, field
from time import monotonic

from playwright.sync_api import expect

from .acting import Person, Stage, exactly, say
from .papers import agrees, countersigns, external, issue, numbers
from .paying import enters_estimate
from .people import ACCOUNTANT, CHAIR, CLERK, FUND_DIRECTOR, FUND_OFFICER, OFFICER

FLOODED = "Khu thí nghiệm bị ngập, thiết bị hư hỏng."
REPAIRED = "Đã sửa xong thiết bị và bố trí lại khu thí nghiệm."
BREACH = "Chủ trì không bố trí đủ nhân lực, chậm các mốc chính sau hai lần nhắc."
BASIS = "Biên bản đối chiếu kinh phí ngày 10/5/2027"
# Seconds within which the worker finds what the clock has made due.
A_SWEEP = 40
# Đồng. Paid, spent, accepted as proper; at least 40 per cent of the proper spending goes back too.
PAID, SPENT, ACCEPTED = "1.005.000.000", "800.000.000", "700.000.000"
TO_RECOVER = "585.000.000"


@dataclass
class Broken:
    """The task, who signs for its host, and what was written about it: the symbols of its papers by kind."""

    task: str
    title: str
    signer: str
    payment: str = ""
    settlement: str = ""
    repayment: str = ""
    amount: str = ""
    papers: dict[str, str] = field(default_factory=dict)


def _officer_at(stage: Stage, life: Broken, name: str = OFFICER) -> Person:
    person = stage.person(name)
    finds(person, life.task)
    return person


def finds(person: Person, code: str) -> None:
    """Search the long list of tasks for a code, and open what is left of it."""
    person.goes(say("Tasks"))
    person.page.locator("form.filter-bar input[type=search]").fill(code)
    expect(person.page.locator("main tbody tr")).to_have_count(1)
    person.picks(code)


def contract_is_signed(stage: Stage, life: Broken) -> None:
    """The draft has gone round: the director agrees, the host signs, the clerk gives number and date."""
    agrees(stage, FUND_DIRECTOR, life.title)
    countersigns(stage, life.signer, life.title)
    life.papers["contract"] = numbers(stage, life.title)
    _officer_at(stage, life).reads_state(say("Contracted"))


def clock_starts_the_work(stage: Stage, life: Broken) -> None:
    """On the contract's first day the work starts by itself: the officer looks until it has."""
    stage.at("2026-12-02 08:30")
    officer = _officer_at(stage, life)
    end = monotonic() + A_SWEEP
    while say("Start the work") in officer.buttons() and monotonic() < end:
        officer.page.reload()
    officer.reads_state(say("Running"))


def first_instalment_is_paid(stage: Stage, life: Broken) -> None:
    """Granted, requested by the host, checked, verified, decided, paid, confirmed."""
    officer = _officer_at(stage, life, FUND_OFFICER)
    officer.presses(say("Grant a year"))
    enters_estimate(stage, "91/QĐ-QPTKHCN")
    signer = _officer_at(stage, life, life.signer)
    signer.presses(say("Request instalment %(number)s", number=1))
    signer.fills({say("What the money is for"): "Tạm ứng đợt 1 theo hợp đồng."})
    signer.sends(say("Save"))
    life.payment = signer.code()
    signer.takes(say("Request the disbursement"))
    for name, step in ((FUND_OFFICER, "Check the request"), (ACCOUNTANT, "Verify the request")):
        stage.person(name).works_on(life.payment)
        stage.person(name).takes(say(step))
    officer.opens(life.payment, say("Fund and money"), say("Disbursements"))
    issue(stage, "Approve the disbursement", by=FUND_OFFICER, signer=FUND_DIRECTOR)
    officer.opens(life.payment, say("Fund and money"), say("Disbursements"))
    officer.presses(say("Enter the bank's answer"))
    officer.fills({say("Bank reference"): "UNC-2026-1188", say("Paid on"): stage.today()})
    officer.sends(say("Save"))
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(life.payment)
    accountant.takes(say("Confirm the payment"))


def work_is_suspended(stage: Stage, life: Broken) -> None:
    """The officer writes why and until when, the chair of the committee decides, his office gives the number."""
    stage.at("2027-01-11 09:00")
    officer = _officer_at(stage, life)
    officer.presses(say("Facts of a suspension"))
    officer.fills(
        {
            say("Why the task is suspended"): FLOODED,
            say("Suspended from"): "2027-01-15",
            say("Suspended until"): "2027-04-15",
            say("Conditions for resuming"): "Sửa xong thiết bị\nCó kế hoạch bù tiến độ",
        }
    )
    officer.sends(say("Save"))
    facts = {**external(stage, 31), say("Reason"): FLOODED}
    life.papers["suspension"] = issue(stage, "Suspend the task", by=OFFICER, signer=CHAIR, facts=facts)
    _officer_at(stage, life).reads_state(say("Suspended"))


def payments_stand_still(stage: Stage, life: Broken) -> None:
    """Nobody offers the host money while the task is suspended."""
    signer = _officer_at(stage, life, life.signer)
    assert say("Request instalment %(number)s", number=2) not in signer.page.locator("main").inner_text()


def work_is_resumed(stage: Stage, life: Broken) -> None:
    """The conditions are met; the end moves by the time lost."""
    stage.at("2027-03-01 09:00")
    officer = _officer_at(stage, life)
    officer.presses(say("Facts of the resumption"))
    officer.fills(
        {
            say("Why the task may be resumed"): REPAIRED,
            say("Resumed from"): "2027-03-01",
            say("New end"): "2029-08-02",
        }
    )
    officer.sends(say("Save"))
    facts = {**external(stage, 402), say("Reason"): REPAIRED}
    life.papers["resumption"] = issue(stage, "Resume the task", by=OFFICER, signer=CHAIR, facts=facts)
    officer = _officer_at(stage, life)
    officer.reads_state(say("Running"))
    officer.sees("02/08/2029")


def contract_is_terminated(stage: Stage, life: Broken) -> None:
    """The host breaches it: ground, cause, spending; the chair decides."""
    stage.at("2027-05-10 09:00")
    _terminates(stage, life, SPENT, ACCEPTED, number=958)


def _terminates(stage: Stage, life: Broken, spent: str, accepted: str, *, number: int) -> None:
    officer = _officer_at(stage, life)
    officer.presses(say("Facts of a termination"))
    officer.fills(
        {
            say("Ground"): say("Stopped by decision of the competent authority (Article 5.3)", "ground"),
            say("Cause"): say("Subjective", "cause"),
            say("Terminated from"): stage.today(),
            say("What happened"): BREACH,
            say("Spent from the state budget"): spent,
            say("Spending accepted as proper"): accepted,
            say("Share of proper spending to give back (%)"): "40",
            say("Why this share"): "Mức tối thiểu đối với nguyên nhân chủ quan",
            say("What the host hands over"): "Số liệu khảo sát\nBáo cáo chuyên đề 1",
        }
    )
    officer.sends(say("Save"))
    facts = {**external(stage, number), say("Reason"): BREACH}
    life.papers["termination"] = issue(stage, "Terminate the contract", by=OFFICER, signer=CHAIR, facts=facts)
    _officer_at(stage, life).reads_state(say("Terminated"))


def advance_is_settled(stage: Stage, life: Broken) -> None:
    """The host accounts for what was spent properly; the fund settles it."""
    stage.at("2027-05-17 09:00")
    signer = _officer_at(stage, life, life.signer)
    signer.presses(say("Write a settlement"))
    signer.fills(
        {
            say("Spent and to be settled"): ACCEPTED,
            say("Report on the use of the money"): "Quyết toán khối lượng được chấp nhận.",
        }
    )
    item = {say("Item"): "Công lao động trực tiếp", say("Approved"): PAID, say("Spent"): ACCEPTED}
    signer.fills(item, within=f"{say('Item')} 1")
    signer.sends(say("Save"))
    life.settlement = signer.code()
    signer.takes(say("File the settlement"))
    for name, step in ((FUND_OFFICER, "Check the settlement"), (ACCOUNTANT, "Settle")):
        stage.person(name).works_on(life.settlement)
        stage.person(name).takes(say(step))


def recovery_is_ordered(stage: Stage, life: Broken) -> None:
    """What the rule book computes, to be paid in time; the chair decides."""
    stage.at("2027-05-24 09:00")
    _orders_recovery(stage, life, number=1033)


def _orders_recovery(stage: Stage, life: Broken, *, number: int) -> str:
    """The amount that the rule book gives, as the form shows it."""
    officer = _officer_at(stage, life)
    officer.presses(say("Amount to recover"))
    amount: str = officer.page.get_by_label(exactly(say("Amount to recover"))).input_value()
    officer.fills(
        {
            say("Basis"): BASIS,
            say("Account to pay to"): "3713.0.9059031",
            say("Bank or treasury"): "Kho bạc Nhà nước khu vực Bình An",
        }
    )
    officer.sends(say("Save"))
    facts = external(stage, number)
    life.papers["recovery"] = issue(stage, "Order the recovery", by=OFFICER, signer=CHAIR, facts=facts)
    _officer_at(stage, life).reads_state(say("Under recovery"))
    return amount


def money_is_paid_back(stage: Stage, life: Broken) -> None:
    """Too early the recovery is not closed; the fund records what came in, the accountant confirms and closes."""
    accountant = _officer_at(stage, life, ACCOUNTANT)
    accountant.presses(say("Close the recovery"))
    accountant.is_refused(TO_RECOVER)
    accountant.page.keyboard.press("Escape")
    stage.at("2027-06-14 09:00")
    _pays_back(stage, life, TO_RECOVER)
    accountant.works_on(life.task)
    accountant.takes(say("Close the recovery"))
    accountant.reads_state(say("Recovery closed"))


def _pays_back(stage: Stage, life: Broken, amount: str) -> None:
    officer = _officer_at(stage, life, FUND_OFFICER)
    officer.presses(say("Record a repayment"))
    officer.fills(
        {
            say("Amount"): amount,
            say("Received on"): stage.today(),
            say("Bank reference"): "NT-2027-0061",
        }
    )
    officer.sends(say("Save"))
    life.repayment = officer.code()
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(life.repayment)
    accountant.takes(say("Confirm the repayment"))


def file_is_closed(stage: Stage, life: Broken) -> None:
    """The contract is liquidated, the file goes to the archive."""
    stage.at("2027-06-21 09:00")
    _closes_the_file(stage, life)


def _closes_the_file(stage: Stage, life: Broken) -> None:
    officer = _officer_at(stage, life)
    officer.presses(say("Facts of the liquidation"))
    officer.fills({say("Products handed over"): "Số liệu khảo sát; báo cáo chuyên đề 1"})
    officer.sends(say("Save"))
    issue(stage, "Liquidate the contract", by=OFFICER, signer=FUND_DIRECTOR, other=life.signer)
    clerk = stage.person(CLERK)
    clerk.works_on(life.task)
    clerk.takes(say("Archive the file"))
    clerk.reads_state(say("Archived"))


# ── A suspended task that is not worth going on with ───────────────────────────────────────────────────────────────


def is_terminated_while_suspended(stage: Stage, life: Broken) -> None:
    """Nothing of the spending is accepted: all that was paid is asked back."""
    stage.at("2026-11-24 09:00")
    _officer_at(stage, life).reads_state(say("Suspended"))
    _terminates(stage, life, "100.000.000", "0", number=4011)


def all_of_it_is_asked_back(stage: Stage, life: Broken) -> None:
    stage.at("2026-12-01 09:00")
    life.amount = _orders_recovery(stage, life, number=4102)


def half_a_debt_ends_by_a_decision(stage: Stage, life: Broken) -> None:
    """Part is paid back; for the rest one person records the ground, another closes the recovery."""
    stage.at("2026-12-28 09:00")
    _pays_back(stage, life, "50.000.000")
    officer = _officer_at(stage, life, FUND_OFFICER)
    officer.presses(say("Record a ground for closing"))
    officer.fills(
        {
            say("Ground"): say("Handed over to the court", "closing"),
            say("Decision"): "15/2026/QĐST-DS",
            say("Decided on"): stage.today(),
        }
    )
    officer.sends(say("Save"))
    accountant = _officer_at(stage, life, ACCOUNTANT)
    accountant.takes(say("Close the recovery"))
    accountant.reads_state(say("Recovery closed"))


def file_is_closed_all_the_same(stage: Stage, life: Broken) -> None:
    stage.at("2027-01-04 09:00")
    _closes_the_file(stage, life)
