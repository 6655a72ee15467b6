"""From the contract to the extension: signing, start, report, inspection, amendment."""

from time import monotonic

from .acting import Stage, say
from .life import Life
from .papers import external, hands_in, issue
from .people import CHAIR, FUND_DIRECTOR, HEAD, OFFICER, RESEARCHER, SECOND_OFFICER, SIGNER
from .proposing import TITLE

# Seconds within which the worker finds what the clock has made due.
A_SWEEP = 40


def contract_is_signed(stage: Stage, life: Life) -> None:
    """The officer writes it by the rule book's instalments; the director of the fund, which pays, and the host sign."""
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    officer.presses(say("Write the contract"))
    officer.fills(
        {
            say("Account of the host"): "3713.0.1054321",
            say("Bank or treasury of the host"): "Kho bạc Nhà nước Bình An",
            say("Starts on"): "2026-10-01",
            say("Ends on"): "2027-06-30",
            say("Share the value by the rule book"): True,
        }
    )
    officer.sends(say("Save"), say("The contract is saved."))
    life.contract = issue(stage, "Sign the contract", by=OFFICER, signer=FUND_DIRECTOR, other=SIGNER)


def work_starts(stage: Stage, life: Life) -> None:
    """The contract's first day has come: the system starts the work, the officer looks until it has."""
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    end = monotonic() + A_SWEEP
    while say("Start the work") in officer.buttons() and monotonic() < end:
        officer.page.reload()
    officer.reads_state(say("Running"))


def report_is_filed(stage: Stage, life: Life) -> None:
    """The researcher writes, the head files, an officer accepts who did not enter it from paper."""
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(TITLE, say("Tasks"))
    researcher.picks("15/03/2027")
    researcher.presses(say("Write the report"))
    researcher.fills(
        {
            say("Work done"): "Đã khảo sát 40 hộ và bố trí thí nghiệm 3 công thức.",
            say("Plan for the next period"): "Theo dõi mô hình.",
            say("Completed (%)"): 45,
            say("Spent from the state budget so far"): "410.000.000",
        }
    )
    for number, spent in enumerate(("210.000.000", "200.000.000"), start=1):
        researcher.fills({say("Spent from the state budget (đồng)"): spent}, within=f"{say('Budget line')} {number}")
    researcher.sends(say("Save"), say("The report is saved. File it when it is complete."))
    life.report = researcher.code()
    hands_in(stage, SIGNER, "File the report", life.report, typist=OFFICER)
    officer = stage.person(SECOND_OFFICER)
    officer.works_on(life.report)
    officer.takes(say("Accept the report"))
    officer.reads_state(say("Accepted", "report"))


def inspection_is_held(stage: Stage, life: Life) -> None:
    """Planned, announced in time, held; its head writes what was found, the officer concludes it with minutes."""
    stage.at("2027-04-05 09:00")
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    officer.presses(say("Plan an inspection"))
    officer.fills(
        {
            say("Planned on"): "2027-04-14",
            say("Venue"): "Xã Tân Hòa",
            say("Ground"): "Kế hoạch kiểm tra năm 2027",
            say("Head of the inspection"): "Lê Hoàng Nam",
            say("Period from"): "2026-10-01",
            say("Period to"): "2027-04-14",
        }
    )
    officer.sends(say("Save"), say("The inspection is planned. Announce it in time."))
    life.inspection = officer.code()
    officer.takes(say("Announce the inspection"))
    stage.at("2027-04-14 16:30")
    head = stage.person(HEAD)
    head.opens(life.inspection, say("Tasks"), say("Progress reports"), say("Inspections"))
    head.presses(say("Record the result"))
    head.fills(
        {
            say("Began at"): "2027-04-14T08:30",
            say("Closed at"): "2027-04-14T11:30",
            say("Inspectors"): "Lê Hoàng Nam; Phòng Quản lý Khoa học; Trưởng đoàn",
            say("For the host"): "Trần Thu Phương; Trường Đại học Bình An; Thư ký khoa học",
            say("Head of the host's side"): "Trần Thu Phương",
            say("What was found"): "Mô hình đã triển khai 1,6 ha; nhật ký ghi chép đầy đủ.",
            say("Requests to the host"): "Hoàn thành diện tích còn lại trước tháng 6.",
            say("Completed (%)"): 50,
            say("Spent so far"): "460.000.000",
            say("Verdict"): say("Continue", "inspection"),
        }
    )
    head.sends(say("Save"))
    officer.works_on(life.inspection)
    officer.takes(say("Conclude the inspection"))
    officer.reads_state(say("Concluded", "inspection"))


def extension_is_granted(stage: Stage, life: Life) -> None:
    """Asked for before the end, examined, decided by the chair of the committee."""
    stage.at("2027-05-17 09:00")
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(life.task, say("Tasks"))
    researcher.presses(say("Request an amendment"))
    researcher.follows(say("Extension", "amendment"))
    researcher.fills({say("Months of extension"): 3, say("Reason"): "Mưa kéo dài làm chậm một vụ trồng."})
    researcher.sends(say("Save"))
    life.amendment = researcher.code()
    hands_in(stage, SIGNER, "Request the amendment", life.amendment, typist=OFFICER)
    officer = stage.person(OFFICER)
    officer.works_on(life.amendment)
    officer.presses(say("Write the opinion"))
    officer.answers(say("The opinion is"), say("in favour"))
    officer.fills({say("Opinion"): "Lý do khách quan, trong giới hạn 06 tháng; đề nghị chấp thuận."})
    officer.sends(say("Save"), say("The opinion is saved."))
    officer.takes(say("Give the opinion"))
    issue(stage, "Decide the amendment", by=OFFICER, signer=CHAIR, facts=external(stage, 655))
    officer.opens(life.task, say("Tasks"))
    officer.sees("30/09/2027")
