"""Two things that a long loading may leave out, because somebody else does them anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model

# Python's collector looks for cycles after so many new objects; the loading makes millions that live for a moment.
RARELY = 200_000


@contextmanager
def hurry() -> Iterator[None]:
    """Inside, ``full_clean`` leaves constraints to the database, and the collector of cycles runs rarely.

    ``full_clean`` asks the database one query for every constraint of a row, to have words for a form; the same
    constraints refuse the row when it is saved. Here nobody reads the words.
    """
    validate, thresholds = Model.validate_constraints, gc.get_threshold()
    Model.validate_constraints = _left_to_the_database  # type: ignore[assignment,method-assign]
    gc.set_threshold(RARELY, 20, 20)
    try:
        yield
    finally:
        Model.validate_constraints = validate  # type: ignore[method-assign]
        gc.set_threshold(*thresholds)


def _left_to_the_database(_row: Model, exclude: object = None) -> None:
    """Nothing: the row is saved next."""
