"""The same whole life with the committee's chair, two council members and the host acting on paper only."""

import pytest

from . import whole
from .acting import Stage, play, say
from .life import Life
from .people import CHAIR, CLERK, EXPERTS, OFFICER, RESEARCHER, SIGNER

pytestmark = pytest.mark.browser
# Nobody of them ever signs in: officer, clerk, fund officer and secretary enter what they signed, with its scan.
ON_PAPER = frozenset({CHAIR, *EXPERTS[4:6], RESEARCHER, SIGNER})


def both_stand_on_the_record(stage: Stage, life: Life) -> None:
    """Who decided and who entered it."""
    officer = stage.person(OFFICER)
    for menu, code, decided, entered in (
        (("Proposals", "Orders"), life.order, CHAIR, CLERK),
        (("Tasks",), life.task, SIGNER, OFFICER),
    ):
        officer.opens(code, *map(say, menu))
        officer.sees(stage.called(decided))
        officer.sees(say("Entered from paper by %(name)s", name=stage.called(entered)))


def test_from_the_call_to_the_archive_on_paper(stage, pdftotext):
    stage.on_paper = ON_PAPER
    play(stage, [*whole.CHAPTERS, both_stand_on_the_record], Life())
    assert ON_PAPER.isdisjoint(stage.people)
