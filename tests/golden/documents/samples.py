"""Every invented paper by the name of its letter."""

from .after import AFTER
from .before import BEFORE
from .common import BASES, Sample

SAMPLES: dict[str, Sample] = {**BEFORE, **AFTER}
__all__ = ["BASES", "SAMPLES", "Sample"]
