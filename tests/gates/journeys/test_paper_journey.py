"""The same whole life with the committee's chair, two council members and the host acting on paper only."""

import pytest

from . import whole
from .acting import play
from .life import Life
from .people import CHAIR, EXPERTS, RESEARCHER, SIGNER

pytestmark = pytest.mark.browser
# Nobody of them ever signs in: officer, clerk, fund officer and secretary enter what they signed, with its scan.
ON_PAPER = frozenset({CHAIR, *EXPERTS[4:6], RESEARCHER, SIGNER})


def test_from_the_call_to_the_archive_on_paper(stage, pdftotext):
    stage.on_paper = ON_PAPER
    play(stage, whole.CHAPTERS, Life())
    assert ON_PAPER.isdisjoint(stage.people)
