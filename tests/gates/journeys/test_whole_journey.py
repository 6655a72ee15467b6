"""One proposal in the browser, each step as the right person."""

import pytest

from . import awarding, checking, ending, identifying, paying, proposing, running
from .acting import play
from .life import Life

pytestmark = pytest.mark.browser


def _day(moment):
    def chapter(stage, life):
        stage.at(moment)

    chapter.__name__ = moment
    return chapter


UNTIL_THE_AWARD = [
    _day("2026-03-02 09:00"),
    proposing.announces_call,
    proposing.writes_proposal,
    proposing.submits,
    proposing.screens,
    _day("2026-05-08 09:00"),
    identifying.council_is_established,
    identifying.council_votes,
    identifying.council_concludes,
    _day("2026-06-01 09:00"),
    identifying.list_is_drafted,
    identifying.list_is_approved,
    awarding.host_is_invited,
    _day("2026-06-20 09:00"),
    awarding.dossier_is_written,
    awarding.dossier_is_submitted,
    _day("2026-07-16 09:00"),
    awarding.dossier_is_opened,
    awarding.selection_council_is_established,
    awarding.council_scores,
    awarding.council_recommends,
    _day("2026-08-10 09:00"),
    awarding.remarks_are_answered,
]
FROM_THE_APPRAISAL = [
    awarding.budget_is_appraised,
    _day("2026-09-07 09:00"),
    paying.year_plans_are_entered,
    awarding.task_is_approved,
    _day("2026-09-21 09:00"),
    running.contract_is_signed,
    _day("2026-10-01 09:00"),
    running.work_starts,
    paying.year_is_granted,
    paying.instalment_is_requested,
    paying.instalment_is_approved,
    _day("2026-10-05 09:00"),
    paying.instalment_is_paid,
    _day("2027-03-12 09:00"),
    running.report_is_filed,
    running.inspection_is_held,
    running.extension_is_granted,
    _day("2027-09-06 09:00"),
    ending.dossier_is_filed,
    ending.acceptance_council_is_established,
    ending.council_accepts,
    _day("2027-10-04 09:00"),
    ending.results_are_registered,
    _day("2027-10-11 09:00"),
    ending.results_are_recognised,
    _day("2027-10-18 09:00"),
    paying.use_is_settled,
    _day("2027-10-25 09:00"),
    ending.contract_is_liquidated,
    _day("2027-11-01 09:00"),
    ending.file_is_archived,
]
CHAPTERS = [*UNTIL_THE_AWARD, *FROM_THE_APPRAISAL, *checking.CHAPTERS]


def test_from_the_call_to_the_archive(stage, pdftotext):
    play(stage, CHAPTERS, Life())
