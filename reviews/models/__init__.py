"""Councils: who sits, what stands on the agenda, what they wrote on their ballots, what came of it."""

from .agenda import AgendaItem
from .appraisal import AppraisalLine
from .ballots import Ballot, GradeBallot, GradeLine, Level, ScoreBallot, ScoreLine, VoteBallot
from .council import JUDGE, Capacity, Council, CouncilGrant, DeclaredConflict, Position, Seat, SeatReplacement

__all__ = [
    "JUDGE",
    "AgendaItem",
    "AppraisalLine",
    "Ballot",
    "Capacity",
    "Council",
    "CouncilGrant",
    "DeclaredConflict",
    "GradeBallot",
    "GradeLine",
    "Level",
    "Position",
    "ScoreBallot",
    "ScoreLine",
    "Seat",
    "SeatReplacement",
    "VoteBallot",
]
