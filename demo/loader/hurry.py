"""What a long loading may leave out, because somebody else does it anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Field, ForeignKey, Model

# Python's collector looks for cycles after so many new objects; the loading makes millions that live for a moment.
RARELY = 200_000


@contextmanager
def hurry() -> Iterator[None]:
    """Inside, ``full_clean`` leaves constraints and foreign keys to the database; the collector of cycles rests.

    ``full_clean`` asks the database one query for every constraint and every foreign key of a row, to have words for a
    form. The database refuses the same row when it is saved, and here nobody reads the words.
    """
    constraints, key, thresholds = Model.validate_constraints, ForeignKey.validate, gc.get_threshold()
    Model.validate_constraints = _nothing  # type: ignore[method-assign, assignment]
    ForeignKey.validate = Field.validate  # type: ignore[method-assign]
    gc.set_threshold(RARELY, 20, 20)
    try:
        yield
    finally:
        Model.validate_constraints = constraints  # type: ignore[method-assign]
        ForeignKey.validate = key  # type: ignore[method-assign]
        gc.set_threshold(*thresholds)


def _nothing(_row: Model, exclude: Any = None) -> None:
    """The row is saved next."""
