"""What a long loading may leave out for its time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Python's collector looks for cycles after so many new objects; the loading makes millions that live for a moment.
RARELY = 200_000


@contextmanager
def hurry() -> Iterator[None]:
    """Inside, the collector of cycles rests."""
    thresholds = gc.get_threshold()
    gc.set_threshold(RARELY, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
