"""manage.py ledger verify asks here: do the books agree with themselves, with the papers and with the events?"""

from collections.abc import Iterator

from . import books, causes, grants, papers, references
from .books import faults_of_account

__all__ = ["books", "faults", "faults_of_account"]


def faults() -> Iterator[str]:
    """One sentence for each disagreement."""
    for question in (books, papers, grants, causes, references):
        yield from question.faults()
