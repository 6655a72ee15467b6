"""From the call to the screened proposal."""

from .acting import Stage, say
from .life import Life
from .papers import hands_in, issue
from .people import DIRECTOR, OFFICER, RESEARCHER, SIGNER

TITLE = "Nghiên cứu xây dựng mô hình trồng dưa lưới theo hướng hữu cơ tại xã Tân Hòa, tỉnh Bình An"
HOST = "Trường Đại học Bình An"
RECEIVER = "Trung tâm Khuyến nông tỉnh Bình An"
ORIENTATION = "Nông nghiệp hữu cơ gắn với truy xuất nguồn gốc\nChuyển đổi số trong sản xuất"


def announces_call(stage: Stage, life: Life) -> None:
    """The officer writes the call, the director agrees, the clerk numbers the announcement."""
    officer = stage.person(OFFICER)
    officer.goes(say("Proposals"), say("Calls"))
    officer.presses(say("New call for proposals"))
    officer.fills(
        {
            say("Title"): "Thông báo đề xuất nhiệm vụ khoa học và công nghệ thực hiện từ năm 2027",
            say("Plan year"): 2027,
            say("Opens at"): "2026-03-02T08:00",
            say("Closes at"): "2026-04-15T17:00",
            say("Orientations"): ORIENTATION,
            say("Address for paper files"): "Số 12 đường Hòa Bình, phường Trung Tâm",
            say("Contact"): "Phòng Quản lý Khoa học, 0200 000 000",
        }
    )
    officer.sends(say("Save the draft"), say("The call is saved."))
    life.call = officer.code()
    life.announcement = issue(stage, "Announce the call", by=OFFICER, signer=DIRECTOR)


def writes_proposal(stage: Stage, life: Life, title: str = TITLE) -> None:
    """The researcher fills in the form of 14 fields and saves it."""
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(life.call, say("Proposals"), say("Calls"))
    researcher.presses(say("New proposal"))
    if RESEARCHER in stage.on_paper:
        researcher.fills({say("Proposing organisation"): HOST, say("Author"): stage.called(RESEARCHER)})
    researcher.fills(
        {
            say("1. Name of the task"): title,
            say("2. Field"): say("Agricultural sciences"),
            say("3. Type of research"): say("Applied research"),
            say("Bases of the proposal"): "Nghị quyết của Hội đồng nhân dân tỉnh về nông nghiệp hữu cơ.",
            say("Urgency"): "Diện tích dưa lưới tăng nhanh nhưng chưa có quy trình phù hợp với đất Tân Hòa.",
            say("General objective"): "Có quy trình và mô hình trồng dưa lưới theo hướng hữu cơ.",
            say("Specific objectives"): "Xây dựng 01 quy trình\nXây dựng 01 mô hình 2 ha",
            say("Main contents"): "Khảo sát hiện trạng\nThử nghiệm phân bón hữu cơ\nXây dựng mô hình",
            say("Expected results and their indicators"): "01 quy trình\n01 mô hình 2 ha\n01 báo cáo tổng hợp",
            say("Effects and impact"): "Tăng thu nhập của hộ trồng ít nhất 15%.",
            say("State budget (đồng)"): "1.200.000.000",
            say("Other sources (đồng)"): "300.000.000",
            say("11. Duration (months)"): 9,
            say("12. Organisation for direct assignment, if any"): HOST,
            say("13. Receiving organisation"): RECEIVER,
            say("How the results will be received and managed"): "Trung tâm nhận quy trình và nhân rộng.",
        }
    )
    researcher.sends(say("Save the draft"), say("The draft is saved. Nothing is submitted yet."))
    life.proposal = researcher.code()


def submits(stage: Stage, life: Life) -> None:
    """The head of the organisation submits."""
    hands_in(stage, SIGNER, "Submit the proposal", life.proposal, typist=OFFICER)


def screens(stage: Stage, life: Life) -> None:
    """The officer looks for duplicates and confirms."""
    officer = stage.person(OFFICER)
    officer.works_on(life.proposal)
    officer.presses(say("Screening record"))
    officer.fills(
        {
            say("Search in the national database"): "“dưa lưới hữu cơ”: không có nhiệm vụ trùng.",
            say("Findings"): "Hồ sơ đủ 14 mục.",
        }
    )
    officer.answers(say("The file is complete"), say("Yes"))
    officer.answers(say("The proposal repeats an earlier one"), say("No"))
    officer.sends(say("Save the record"), say("The screening record is saved."))
    officer.takes(say("Confirm the screening"))
    officer.reads_state(say("Screened"))
