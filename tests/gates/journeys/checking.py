"""At the end of a life: what it left behind is complete, numbered without a gap, readable, and the books agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from tests.gates.conftest import manage

from .acting import Person, Stage, say
from .life import Life
from .people import CLERK
from .proposing import ORIENTATION, TITLE
from .reading import words_of

# What stands under the State's name on a paper of each kind; an official letter has a subject line only.
PRINTED = {
    "Announcement of a call": "THÔNG BÁO Về việc đề xuất nhiệm vụ khoa học và công nghệ",
    "Receipt of a proposal": "PHIẾU TIẾP NHẬN Tiếp nhận đề xuất",
    "Receipt of a dossier": "PHIẾU TIẾP NHẬN Tiếp nhận hồ sơ",
    "Decision establishing a council": "QUYẾT ĐỊNH Về việc thành lập",
    "Minutes of a council": "BIÊN BẢN Họp Hội đồng",
    "Decision approving the list of ordered tasks": "QUYẾT ĐỊNH Về việc phê duyệt Danh mục nhiệm vụ",
    "Invitation for direct assignment": "V/v mời xây dựng hồ sơ nhiệm vụ",
    "Minutes of the opening of dossiers": "BIÊN BẢN Mở hồ sơ nhiệm vụ",
    "Minutes of the budget appraisal": "BIÊN BẢN Thẩm định kinh phí nhiệm vụ",
    "Decision approving a task": "QUYẾT ĐỊNH Về việc phê duyệt nhiệm vụ",
    "Contract": "HỢP ĐỒNG Thực hiện nhiệm vụ",
    "Decision to disburse": "QUYẾT ĐỊNH Về việc cấp kinh phí",
    "Minutes of an inspection": "BIÊN BẢN Kiểm tra tình hình thực hiện nhiệm vụ",
    "Decision amending a task": "QUYẾT ĐỊNH Về việc điều chỉnh nhiệm vụ",
    "Minutes of the acceptance council": "BIÊN BẢN Đánh giá, nghiệm thu nhiệm vụ",
    "Certificate of registration of results": "GIẤY CHỨNG NHẬN Đăng ký kết quả thực hiện nhiệm vụ",
    "Decision recognising results": "QUYẾT ĐỊNH Về việc công nhận kết quả thực hiện nhiệm vụ",
    "Minutes of the settlement": "BIÊN BẢN Quyết toán kinh phí nhiệm vụ",
    "Minutes of the liquidation of a contract": "BIÊN BẢN Thanh lý hợp đồng thực hiện nhiệm vụ",
    "Record of delivery to the archive": "BIÊN BẢN Giao nhận hồ sơ nhiệm vụ",
}
# Every paper of the life in the order of the days: its kind and its symbol. The registers kept here (outgoing,
# incoming, minutes and certificates of the department; outgoing, minutes and contracts of the fund, which pays) count
# from 1 in each year without a gap; those of the committee bear the numbers that its office gave.
PAPERS = [
    ("Announcement of a call", "01/TB-SKHCN"),
    ("Receipt of a proposal", "01/PTN-SKHCN"),
    ("Decision establishing a council", "02/QĐ-SKHCN"),
    ("Minutes of a council", "01/BB-SKHCN"),
    ("Decision approving the list of ordered tasks", "812/QĐ-UBND"),
    ("Invitation for direct assignment", "03/SKHCN-QLKH"),
    ("Receipt of a dossier", "02/PTN-SKHCN"),
    ("Minutes of the opening of dossiers", "02/BB-SKHCN"),
    ("Decision establishing a council", "04/QĐ-SKHCN"),
    ("Minutes of a council", "03/BB-SKHCN"),
    ("Decision establishing a council", "05/QĐ-SKHCN"),
    ("Minutes of the budget appraisal", "04/BB-SKHCN"),
    ("Decision approving a task", "1655/QĐ-UBND"),
    ("Contract", "01/2026/HĐKHCN-QPTKHCN"),
    ("Decision to disburse", "01/QĐ-QPTKHCN"),
    ("Minutes of an inspection", "01/BB-SKHCN"),
    ("Decision amending a task", "655/QĐ-UBND"),
    ("Decision establishing a council", "01/QĐ-SKHCN"),
    ("Minutes of the acceptance council", "02/BB-SKHCN"),
    ("Certificate of registration of results", "01/GCN-SKHCN"),
    ("Decision recognising results", "2011/QĐ-UBND"),
    ("Minutes of the settlement", "01/BB-QPTKHCN"),
    ("Minutes of the liquidation of a contract", "02/BB-QPTKHCN"),
    ("Record of delivery to the archive", "03/BB-SKHCN"),
]
COMMANDS = (("ledger", "verify"), ("audit", "verify"), ("lifecycle", "--check"))


@dataclass(frozen=True)
class Paper:
    """One row of the list of papers, as the page shows it."""

    kind: str
    symbol: str
    month: tuple[int, int]
    url: str


def papers_are_numbered(stage: Stage, life: Life) -> None:
    """The list of papers and the register of every month hold the same papers, with the numbers in their order."""
    clerk = stage.person(CLERK)
    listed = _listed(clerk)
    expected = [(say(kind), symbol) for kind, symbol in PAPERS]
    assert sorted((paper.kind, paper.symbol) for paper in listed) == sorted(expected)
    by_month = sorted((paper.month, paper.symbol) for paper in listed)
    assert sorted(_registered(clerk, {paper.month for paper in listed})) == by_month


def papers_can_be_read(stage: Stage, life: Life) -> None:
    """Every paper is a PDF that says what it is, its number, and what it is about."""
    clerk = stage.person(CLERK)
    printed = {say(kind): words for kind, words in PRINTED.items()}
    for paper in _listed(clerk):
        clerk.page.goto(paper.url)
        words = words_of(clerk.downloads(say("Open the PDF")), "pdftotext")
        about = ORIENTATION.split("\n")[0] if paper.kind == say("Announcement of a call") else TITLE
        for wanted in (f"Số: {paper.symbol}", printed[paper.kind], about):
            assert wanted in words, f"{paper.symbol}: {wanted!r} is not in {words[:600]!r}"


def file_is_complete(stage: Stage, life: Life) -> None:
    """The record of delivery names every paper of the life but the call, which is for many, and itself."""
    clerk = stage.person(CLERK)
    clerk.opens(say("Record of delivery to the archive"), say("Documents"))
    # A symbol breaks over several lines of a narrow column.
    words = words_of(clerk.downloads(say("Open the PDF")), "pdftotext").replace(" ", "")
    assert [symbol for _kind, symbol in PAPERS[1:-1] if symbol not in words] == []


def books_agree(stage: Stage, life: Life) -> None:
    """The ledger balances, the chain of events is whole, every record stands where its last event put it."""
    for command in COMMANDS:
        manage(stage.server.database, *command)


def _listed(clerk: Person) -> list[Paper]:
    """The papers of the list, oldest first."""
    clerk.goes(say("Documents"))
    rows = clerk.page.locator("main tbody tr").all()
    return [_paper(clerk, row) for row in reversed(rows)]


def _paper(clerk: Person, row) -> Paper:
    cells = row.get_by_role("cell")
    link = cells.nth(1).get_by_role("link")
    kind = cells.nth(1).inner_text().removeprefix(link.inner_text()).strip()
    _day, month, year = map(int, cells.nth(3).inner_text().split("/"))
    address = urljoin(clerk.page.url, link.get_attribute("href"))
    return Paper(kind, cells.nth(0).inner_text().strip(), (year, month), address)


def _registered(clerk: Person, months: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], str]]:
    """The symbols in both registers of each of the months, the latest year first: the clerk pages back."""
    for register in ("Register of outgoing papers", "Register of incoming papers"):
        clerk.goes(say("Documents"))
        clerk.presses(say(register))
        yield from _pages_of(clerk, months)


def _pages_of(clerk: Person, months: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], str]]:
    shown = max(months)[0]
    for year, month in sorted(months, reverse=True):
        if year != shown:
            clerk.follows(str(year))
            shown = year
        clerk.follows(f"{month:02d}")
        for row in clerk.page.locator("main tbody tr").all():
            yield (year, month), row.get_by_role("link").first.inner_text().strip()


CHAPTERS = [papers_are_numbered, papers_can_be_read, file_is_complete, books_agree]
