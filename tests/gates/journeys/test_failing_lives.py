"""Lives that end early: proposals returned, refused, withdrawn; a contract broken off and its money recovered."""

from collections.abc import Iterator

import pytest

from tests.gates.browsing import browser
from tests.gates.conftest import copy_of, manage, serving

from . import breaking, failing, proposing
from .acting import Stage, play, say
from .breaking import Broken
from .life import Life
from .people import OFFICER
from .reading import downloads, words_of

pytestmark = pytest.mark.browser
FIRST = """
from core.documents.models import Document
from core.people.roles import Role
from core.people.selectors import users_with_role
from tasks.models import Task
drafts = Document.objects.filter(kind="contract", status="draft").values("subject_code")
task = Task.objects.filter(%s).order_by("code")[0]
signer = users_with_role(Role.ORGANISATION_SIGNER, organisation=task.host)[0]
print(task.code, signer.email.split("@")[0], task.title)
"""


def _begins(stage, life):
    stage.at("2026-03-02 09:00")


def _before_the_closing(stage, life):
    stage.at("2026-04-14 09:00")


def _after_the_closing(stage, life):
    stage.at("2026-04-16 09:00")


BEGINNING = [_begins, proposing.announces_call, proposing.writes_proposal, proposing.submits]


def test_a_proposal_is_returned_completed_and_refused(stage):
    middle = [_before_the_closing, failing.is_returned, _after_the_closing, failing.is_completed]
    play(stage, [*BEGINNING, *middle, failing.is_refused], Life())


def test_a_proposal_is_withdrawn(stage):
    play(stage, [*BEGINNING, failing.is_withdrawn], Life())


@pytest.fixture
def province(demo, tmp_path, chromium) -> Iterator[Stage]:
    """The people of the loaded demo, on a copy of their own."""
    with serving(copy_of(demo, tmp_path / "copy")) as server, browser(chromium) as running:
        yield Stage(running, server, tmp_path / "pictures")


BREAKING = [
    breaking.contract_is_signed,
    breaking.clock_starts_the_work,
    breaking.first_instalment_is_paid,
    breaking.work_is_suspended,
    breaking.payments_stand_still,
    breaking.work_is_resumed,
    breaking.contract_is_terminated,
    breaking.advance_is_settled,
    breaking.recovery_is_ordered,
    breaking.money_is_paid_back,
    breaking.file_is_closed,
]
# What each paper says besides its number and the name of the task.
SAYS = {
    "suspension": ("Về việc tạm dừng thực hiện nhiệm vụ", "15 tháng 01 năm 2027", "Số: 31/QĐ-UBND"),
    "resumption": ("Về việc tiếp tục thực hiện nhiệm vụ", "02 tháng 8 năm 2029", "Số: 402/QĐ-UBND"),
    "termination": ("Về việc chấm dứt hợp đồng thực hiện nhiệm vụ", "585.000.000 đồng", "Số: 958/QĐ-UBND"),
    "recovery": ("Về việc thu hồi kinh phí thực hiện nhiệm vụ", "585.000.000 đồng", "Số: 1033/QĐ-UBND"),
}


def broken(stage, condition):
    """The first task of the demo that stands so, with the account of who signs for its host."""
    said = manage(stage.server.database, "shell", "-v", "0", "-c", FIRST % condition)
    code, signer, title = said.strip().split(" ", 2)
    return Broken(code, title, signer)


def everything_agrees(stage):
    for command in (("ledger", "verify"), ("audit", "verify"), ("lifecycle", "--check")):
        manage(stage.server.database, *command)


def lacks(person, pdftotext, symbol, phrases):
    """What somebody who downloads the paper looks for and does not find."""
    words = words_of(downloads(person, symbol), pdftotext)
    return [one for one in phrases if one not in words]


def test_a_contract_is_suspended_resumed_terminated_and_its_money_recovered(province, pdftotext):
    life = broken(province, "code__in=drafts")
    play(province, BREAKING, life)
    officer = province.person(OFFICER)
    breaking.finds(officer, life.task)
    officer.reads_state(say("Archived"))
    for kind, phrases in SAYS.items():
        assert lacks(officer, pdftotext, life.papers[kind], (*phrases, life.title, life.task)) == []
    everything_agrees(province)


def test_a_suspended_task_is_terminated_and_what_is_not_paid_back_goes_to_court(province, pdftotext):
    life = broken(province, "state='suspended', payer='fund'")
    # Of the hosts only the first has an account to click on.
    province.on_paper = frozenset({life.signer})
    chapters = [
        breaking.is_terminated_while_suspended,
        breaking.all_of_it_is_asked_back,
        breaking.half_a_debt_ends_by_a_decision,
        breaking.file_is_closed_all_the_same,
    ]
    play(province, chapters, life)
    officer = province.person(OFFICER)
    breaking.finds(officer, life.task)
    officer.reads_state(say("Archived"))
    for kind in ("termination", "recovery"):
        assert lacks(officer, pdftotext, life.papers[kind], (f"{life.amount} đồng", life.title, life.task)) == []
    everything_agrees(province)
