"""Shares such as 2/3, compared by whole numbers."""

Share = tuple[int, int]
"""Numerator and denominator."""


def at_least(part: int, whole: int, share: Share) -> bool:
    """Whether ``part`` of ``whole`` reaches the share: 6 of 9 reach 2/3."""
    numerator, denominator = share
    return part * denominator >= whole * numerator


def more_than(part: int, whole: int, share: Share) -> bool:
    """Whether ``part`` of ``whole`` is more than the share: 3 of 9 are not more than 1/3."""
    numerator, denominator = share
    return part * denominator > whole * numerator
