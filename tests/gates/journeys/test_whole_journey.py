"""One proposal in the browser from the call to the archive, each step by the right person at a screen."""

import pytest

from . import whole
from .acting import play
from .life import Life

pytestmark = pytest.mark.browser


def test_from_the_call_to_the_archive(stage, pdftotext):
    play(stage, whole.CHAPTERS, Life())
