"""Time: UTC inside, Asia/Ho_Chi_Minh outside, working days by the Vietnamese calendar."""

from .instants import ZONE, ImmovableClockError, instant, local, moved_to, now, today
from .working_days import (
    Unit,
    add_days,
    add_working_days,
    deadline,
    is_known_year,
    is_working_day,
    missing_years,
    months_between,
    next_working_day,
    read_override,
    working_days_between,
)

__all__ = [
    "ZONE",
    "ImmovableClockError",
    "Unit",
    "add_days",
    "add_working_days",
    "deadline",
    "instant",
    "is_known_year",
    "is_working_day",
    "local",
    "missing_years",
    "months_between",
    "moved_to",
    "next_working_day",
    "now",
    "read_override",
    "today",
    "working_days_between",
]
