"""Money: whole đồng, never a float, never a Decimal, at most 10^15 in one amount."""

from .amounts import MAX_VND, VND, format_vnd, parse_vnd, percent_of, split
from .fields import VNDField, vnd_check
from .forms import VNDFormField
from .words import in_words

__all__ = [
    "MAX_VND",
    "VND",
    "VNDField",
    "VNDFormField",
    "format_vnd",
    "in_words",
    "parse_vnd",
    "percent_of",
    "split",
    "vnd_check",
]
