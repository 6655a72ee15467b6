"""Money: the plan of the year, the estimate of the task, and one instalment through all hands."""

from .acting import Stage, say
from .life import Life
from .papers import hands_in, issue
from .people import ACCOUNTANT, CLERK, FUND_DIRECTOR, FUND_OFFICER, RESEARCHER, SIGNER
from .proposing import TITLE


def year_plans_are_entered(stage: Stage, life: Life) -> None:
    """What comes into the fund in three years."""
    officer = stage.person(FUND_OFFICER)
    for year in (2026, 2027):
        officer.goes(say("Fund and money"), say("Year plans"))
        officer.presses(say("Enter a year plan"))
        officer.fills(
            {
                say("Budget year"): year,
                say("Amount"): "5.000.000.000",
                say("Decision"): "Giao kế hoạch vốn khoa học và công nghệ",
                say("Number and symbol"): f"{year}/QĐ-UBND",
                say("Decided on"): "2026-01-05",
                say("Scan of the signed decision"): "Quyết định.pdf",
            }
        )
        officer.sends(say("Save"), say("The plan is entered. It counts once a second person has confirmed it."))
        confirms(stage, f"{year}/QĐ-UBND")


def confirms(stage: Stage, number: str) -> None:
    """The chief accountant confirms what the fund officer entered on a decision."""
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(number)
    accountant.answers(say("Your answer"), say("I agree"))
    accountant.sends(say("Save"), say("Your answer is kept."))


def enters_estimate(stage: Stage, number: str) -> None:
    """The open form of an estimate, filled in, sent and confirmed."""
    officer = stage.person(FUND_OFFICER)
    officer.fills(
        {
            say("Decision"): "Giao dự toán",
            say("Number and symbol"): number,
            say("Decided on"): stage.today(),
            say("Scan of the signed decision"): "Quyết định.pdf",
        }
    )
    officer.sends(say("Save"), say("The estimate is entered. It counts once a second person has confirmed it."))
    confirms(stage, number)


def year_is_granted(stage: Stage, life: Life) -> None:
    """The task gets its estimate of the year."""
    officer = stage.person(FUND_OFFICER)
    officer.opens(TITLE, say("Tasks"))
    officer.presses(say("Grant a year"))
    enters_estimate(stage, "77/QĐ-QPTKHCN")


def instalment_is_requested(stage: Stage, life: Life) -> None:
    """The researcher writes the request, the head of the host sends it."""
    researcher = stage.writer(RESEARCHER, CLERK)
    researcher.opens(TITLE, say("Tasks"))
    researcher.presses(say("Request instalment %(number)s", number=1))
    researcher.fills({say("What the money is for"): "Tạm ứng đợt 1 theo hợp đồng."})
    researcher.sends(say("Save"))
    life.payment = researcher.code()
    hands_in(stage, SIGNER, "Request the disbursement", life.payment, typist=CLERK)


def instalment_is_approved(stage: Stage, life: Life) -> None:
    """The fund officer checks, the chief accountant verifies, the director of the fund decides."""
    officer = stage.person(FUND_OFFICER)
    officer.works_on(life.payment)
    officer.takes(say("Check the request"))
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(life.payment)
    accountant.takes(say("Verify the request"))
    officer.opens(life.payment, say("Fund and money"), say("Disbursements"))
    issue(stage, "Approve the disbursement", by=FUND_OFFICER, signer=FUND_DIRECTOR)


def instalment_is_paid(stage: Stage, life: Life) -> None:
    """One person enters the bank's answer, another confirms it."""
    officer = stage.person(FUND_OFFICER)
    officer.opens(life.payment, say("Fund and money"), say("Disbursements"))
    officer.presses(say("Enter the bank's answer"))
    officer.fills({say("Bank reference"): "UNC-2026-0415", say("Paid on"): stage.today()})
    officer.sends(say("Save"))
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(life.payment)
    accountant.takes(say("Confirm the payment"))
    accountant.reads_state(say("Paid", "disbursement"))


def use_is_settled(stage: Stage, life: Life) -> None:
    """The host accounts for the advance, the fund checks, the chief accountant settles."""
    researcher = stage.writer(RESEARCHER, CLERK)
    researcher.opens(TITLE, say("Tasks"))
    researcher.presses(say("Write a settlement"))
    researcher.fills({say("Report on the use of the money"): "Đã chi đúng dự toán; chứng từ lưu tại đơn vị."})
    for number, spent in enumerate(("300.000.000", "275.000.000"), start=1):
        researcher.fills({say("Spent"): spent}, within=f"{say('Item')} {number}")
    researcher.sends(say("Save"))
    life.settlement = researcher.code()
    hands_in(stage, SIGNER, "File the settlement", life.settlement, typist=CLERK)
    officer = stage.person(FUND_OFFICER)
    officer.works_on(life.settlement)
    officer.takes(say("Check the settlement"))
    accountant = stage.person(ACCOUNTANT)
    accountant.works_on(life.settlement)
    accountant.takes(say("Settle"))
    accountant.reads_state(say("Settled", "settlement"))
