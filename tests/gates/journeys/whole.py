"""The chapters of a whole life, from the call to the archive, in their order; the same at screens and on paper."""

from collections.abc import Callable

from . import awarding, checking, ending, identifying, paying, proposing, running
from .acting import Stage
from .life import Life


def day(moment: str) -> Callable[[Stage, Life], None]:
    """A chapter in which nothing but time passes."""

    def chapter(stage: Stage, life: Life) -> None:
        stage.at(moment)

    chapter.__name__ = moment
    return chapter


UNTIL_THE_AWARD = [
    day("2026-03-02 09:00"),
    proposing.announces_call,
    proposing.writes_proposal,
    proposing.submits,
    proposing.screens,
    day("2026-05-08 09:00"),
    identifying.council_is_established,
    identifying.council_votes,
    identifying.council_concludes,
    day("2026-06-01 09:00"),
    identifying.list_is_drafted,
    identifying.list_is_approved,
    awarding.host_is_invited,
    day("2026-06-20 09:00"),
    awarding.dossier_is_written,
    awarding.dossier_is_submitted,
    day("2026-07-16 09:00"),
    awarding.dossier_is_opened,
    awarding.selection_council_is_established,
    awarding.council_scores,
    awarding.council_recommends,
    day("2026-08-10 09:00"),
    awarding.remarks_are_answered,
]
FROM_THE_APPRAISAL = [
    awarding.budget_is_appraised,
    day("2026-09-07 09:00"),
    paying.year_plans_are_entered,
    awarding.task_is_approved,
    day("2026-10-01 09:00"),
    running.contract_is_signed,
    running.work_starts,
    paying.year_is_granted,
    paying.instalment_is_requested,
    paying.instalment_is_approved,
    day("2026-10-05 09:00"),
    paying.instalment_is_paid,
    day("2027-03-12 09:00"),
    running.report_is_filed,
    running.inspection_is_held,
    running.extension_is_granted,
    day("2027-09-06 09:00"),
    ending.dossier_is_filed,
    ending.acceptance_council_is_established,
    ending.council_accepts,
    day("2027-10-04 09:00"),
    ending.results_are_registered,
    day("2027-10-11 09:00"),
    ending.results_are_recognised,
    day("2027-10-18 09:00"),
    paying.use_is_settled,
    day("2027-10-25 09:00"),
    ending.contract_is_liquidated,
    day("2027-11-01 09:00"),
    ending.file_is_archived,
]
CHAPTERS = [*UNTIL_THE_AWARD, *FROM_THE_APPRAISAL, *checking.CHAPTERS]
