"""What has to move: the plan of a contract by year, what is left over at the end, what an amendment shifts."""

from collections.abc import Iterable, Iterator, Mapping

from core.money import VND
from funds.choices import Bucket
from funds.postings import Edge
from tasks.models import Instalment

from .books import Books

Move = tuple[Edge, VND, int | None]


def years_of(instalments: Iterable[Instalment]) -> dict[int, VND]:
    """Budget year → what is planned for it, in đồng, in the order of the years."""
    sums: dict[int, VND] = {}
    for one in instalments:
        sums[one.budget_year] = VND(sums.get(one.budget_year, 0) + one.amount_vnd)
    return dict(sorted(sums.items()))


def rest_of(books: Books) -> Iterator[Move]:
    """Everything not paid that goes back to the source when a contract ends: edge, đồng, budget year."""
    framework = books.lies_in(Bucket.FRAMEWORK)
    if framework:
        yield Edge.RETURN_UNCONTRACTED, framework, None
    for year, held in books.years.items():
        if held.waiting_vnd:
            yield Edge.RELEASE_FUTURE, held.waiting_vnd, year
        if held.allocated_vnd:
            yield Edge.RELEASE_YEAR, held.allocated_vnd, year


def ungranted(books: Books, unpaid: Mapping[int, int]) -> Iterator[tuple[int, VND]]:
    """Granted money of a year that the new plan does not need there: year and đồng.

    ``unpaid``: budget year → what the new plan still pays of it.
    """
    for year, held in books.years.items():
        too_much = held.allocated_vnd + held.committed_vnd - unpaid.get(year, 0)
        if too_much > 0:
            yield year, VND(too_much)


def shifts(books: Books, unpaid: Mapping[int, int]) -> Iterator[tuple[int, int, VND]]:
    """From which year to which year contracted money moves, so that each year holds what the plan still pays.

    The whole stays the same. The years that give come first in time, and so do those that get.
    """
    differences = {year: unpaid.get(year, 0) - books.year(year).open_vnd for year in sorted({*books.years, *unpaid})}
    giving = [(year, -amount) for year, amount in differences.items() if amount < 0]
    for year, wanted in ((year, amount) for year, amount in differences.items() if amount > 0):
        missing = wanted
        while missing:
            giver, has = giving.pop(0)
            moved = min(has, missing)
            yield giver, year, VND(moved)
            missing -= moved
            if has > moved:
                giving.insert(0, (giver, has - moved))
