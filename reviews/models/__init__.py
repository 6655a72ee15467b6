"""Councils: who sits, what stands on the agenda, what they wrote on their ballots, what came of it."""

from .agenda import AgendaItem
from .appraisal import AppraisalLine
from .ballots import Ballot, GradeBallot, GradeLine, Level, ScoreBallot, ScoreLine, VoteBallot
from .council import JUDGE, SINGLE, Capacity, Council, CouncilGrant, DeclaredConflict, Position, Seat, SeatReplacement
from .members import ConflictNote, Departure

__all__ = [
    "JUDGE",
    "SINGLE",
    "AgendaItem",
    "AppraisalLine",
    "Ballot",
    "Capacity",
    "ConflictNote",
    "Council",
    "CouncilGrant",
    "DeclaredConflict",
    "Departure",
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
