"""Proposals that end early: returned, completed and refused; withdrawn."""

import pytest

from . import failing, proposing
from .acting import play
from .life import Life

pytestmark = pytest.mark.browser


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
